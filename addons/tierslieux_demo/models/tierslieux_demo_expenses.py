# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import date

from odoo import fields, models
from odoo.fields import Command

from .. import papers
from ..domain import expenses
from .tierslieux_demo_venues import DISCLAIMER

BATCH = 60
#: What agreements are charged: the whole award, or a part of it.
CHARGED = {"metropolis_before": 1, "foundation": 1, "metropolis": 0.6}


class Demo(models.AbstractModel):
    _inherit = "tierslieux.demo"

    def _stages(self):
        return [
            *super()._stages(),
            (self.env._("expenses and receipts"), "_load_expenses"),
            (self.env._("expenses charged to funders"), "_load_allocations"),
        ]

    def _load_expenses(self, data, ids):
        """Two years of bills with receipts, and pay, on the actions under way."""
        today = fields.Date.context_today(self)
        spent = expenses.generate(data["funding"]["year"], today)
        suppliers = ids["suppliers"] = self._load_suppliers(spent["bills"])
        accounts = ids["expense_accounts"] = self._expense_accounts(ids)
        self._load_keys(spent, ids, accounts)
        bills = spent["bills"]
        moves = self.env["account.move"]
        for batch, done, total in self._batches(bills, BATCH):
            moves |= self._load_bills(batch, suppliers, accounts)
            yield done, total + 2
        moves |= self._load_pay(spent["pay"], accounts)
        yield len(bills) + 1, len(bills) + 2
        self._pay_expenses(moves, [*bills, *spent["pay"]])
        yield len(bills) + 2, len(bills) + 2

    def _load_suppliers(self, bills):
        names = list(dict.fromkeys(bill["supplier"] for bill in bills))
        partners = self.env["res.partner"].create(
            [
                {
                    "name": name,
                    "is_company": True,
                    "country_id": self.env.ref("base.fr").id,
                    "comment": DISCLAIMER,
                }
                for name in names
            ]
        )
        return dict(zip(names, partners.ids, strict=True))

    def _expense_accounts(self, ids):
        """``{code or (year, action): id}``: accounts of the chart, and analytic ones;
        that of the seat for ``(year, None)``."""
        found = {
            account.code: account.id
            for account in self.env["account.account"].search([])
        }
        actions = self.env["tierslieux.funding.action"].browse(ids["actions"].values())
        for key, action in zip(ids["actions"], actions, strict=True):
            found[key] = action.analytic_account_id.id
        seat = self.env["account.analytic.account"].create(
            {
                "name": "Siège partagé",
                "plan_id": actions[:1].analytic_account_id.plan_id.id,
            }
        )
        for year, _action in ids["actions"]:
            found[year, None] = seat.id
        return found

    def _load_keys(self, spent, ids, accounts):
        years = sorted({bill["year"] for bill in spent["bills"]})
        keys = self.env["tierslieux.funding.driver"].create(
            [
                {
                    "name": "Loyer du siège",
                    "kind": "area",
                    "date_from": date(year, 1, 1),
                    "date_to": date(year, 12, 31),
                    "analytic_account_id": accounts[year, None],
                    "method": "Surfaces relevées sur le plan des locaux.",
                    "part_ids": [
                        Command.create(
                            {
                                "action_id": name and ids["actions"][year, name],
                                "quantity": surface,
                            }
                        )
                        for name, surface in spent["surfaces"].items()
                    ],
                }
                for year in years
            ]
        )
        keys.action_adopt()

    def _load_bills(self, bills, suppliers, accounts):
        moves = self.env["tierslieux.invoice.batch"]._post_invoices(
            [
                {
                    "move_type": "in_invoice",
                    "source_key": bill["key"],
                    "partner_id": suppliers[bill["supplier"]],
                    "ref": bill["reference"],
                    "invoice_date": bill["date"],
                    "date": bill["date"],
                    "invoice_date_due": bill["date"],
                    "invoice_line_ids": [
                        Command.create(
                            {
                                "name": bill["label"],
                                "price_unit": bill["cents"] / 100,
                                "account_id": accounts[bill["account"]],
                                "analytic_distribution": {
                                    str(accounts[bill["year"], bill["action"]]): 100
                                },
                            }
                        )
                    ],
                }
                for bill in bills
            ]
        )
        self.env["ir.attachment"].create(
            [
                {
                    "name": f"{bill['reference']}.pdf",
                    "raw": self._receipt(bill),
                    "mimetype": "application/pdf",
                    "res_model": "account.move",
                    "res_id": move.id,
                }
                for bill, move in zip(bills, moves, strict=True)
                if bill["receipt"]
            ]
        )
        self._load_credits(bills, moves)
        return moves

    def _receipt(self, bill):
        euros = f"{bill['cents'] / 100:.2f} €".replace(".", ",")
        return papers.paper(
            f"Facture {bill['reference']}",
            [
                bill["supplier"],
                f"Le {bill['date']:%d/%m/%Y}",
                bill["label"],
                f"Total : {euros}, TVA non applicable",
            ],
        )

    def _load_credits(self, bills, moves):
        """What suppliers gave back."""
        for bill, move in zip(bills, moves, strict=True):
            if bill["credited"]:
                credit = move._reverse_moves(
                    [{"invoice_date": bill["date"], "ref": f"{move.ref}-AV"}]
                )
                credit.invoice_line_ids.price_unit = bill["credited"] / 100
                credit._post(soft=False)

    def _load_pay(self, rows, accounts):
        journal = self.env["account.journal"].search(
            [("type", "=", "general"), ("company_id", "=", self.env.company.id)],
            limit=1,
        )
        create = Command.create
        moves = self.env["account.move"].create(
            [
                {
                    "journal_id": journal.id,
                    "date": row["date"],
                    "ref": f"Paie {row['date']:%m/%Y}",
                    "line_ids": [
                        create(values)
                        for account, owed, cents in row["lines"]
                        for values in (
                            {
                                "account_id": accounts[account],
                                "name": f"Paie {row['date']:%m/%Y}",
                                "balance": cents / 100,
                                "analytic_distribution": {
                                    str(accounts[row["year"], row["action"]]): 100
                                },
                            },
                            {"account_id": accounts[owed], "balance": -cents / 100},
                        )
                    ],
                }
                for row in rows
            ]
        )
        moves._post(soft=False)
        self.env["ir.attachment"].create(
            [
                {
                    "name": f"Livre de paie {row['date']:%Y-%m}.pdf",
                    "raw": papers.paper(
                        f"Livre de paie {row['date']:%m/%Y}", [row["action"]]
                    ),
                    "mimetype": "application/pdf",
                    "res_model": "account.move",
                    "res_id": move.id,
                }
                for row, move in zip(rows, moves, strict=True)
            ]
        )
        return moves

    def _pay_expenses(self, moves, rows):
        """One entry of the bank a day, matched with what it pays."""
        bank = self.env["account.journal"].search(
            [("type", "=", "bank"), ("company_id", "=", self.env.company.id)], limit=1
        )
        days = {}
        for move, row in zip(moves, rows, strict=True):
            if row["paid_on"]:
                owed = move.line_ids.filtered(lambda line: line.account_id.reconcile)
                days.setdefault(row["paid_on"], []).extend(owed)
        entries = self.env["account.move"].create(
            [
                {
                    "journal_id": bank.id,
                    "date": day,
                    "ref": "Règlements",
                    "line_ids": [
                        *(
                            Command.create(
                                {
                                    "account_id": line.account_id.id,
                                    "partner_id": line.partner_id.id,
                                    "balance": -line.amount_residual,
                                }
                            )
                            for line in owed
                        ),
                        Command.create(
                            {
                                "account_id": bank.default_account_id.id,
                                "balance": sum(line.amount_residual for line in owed),
                            }
                        ),
                    ],
                }
                for day, owed in days.items()
            ]
        )
        entries._post(soft=False)
        self.env["account.move.line"]._match_all(
            [
                owed + paid
                for entry, lines in zip(entries, days.values(), strict=True)
                for owed, paid in zip(lines, entry.line_ids, strict=False)
            ]
        )

    def _load_allocations(self, data, ids):
        """Agreements are charged, as the proposal says."""
        for done, (key, part) in enumerate(CHARGED.items(), 1):
            agreement = self.env["tierslieux.funding.agreement"].browse(
                ids["agreements"][key]
            )
            self._charge(agreement, agreement.amount * part)
            yield done, len(CHARGED)

    def _charge(self, agreement, asked):
        proposal = self.env["tierslieux.funding.proposal"].create(
            {
                "agreement_ids": [
                    Command.create(
                        {
                            "agreement_id": agreement.id,
                            "asked": agreement.currency_id.round(asked),
                        }
                    )
                ]
            }
        )
        proposal.action_propose()
        proposal.action_apply()
