# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import csv
import io
import json

from odoo import api, fields, models
from odoo.tools import SQL, formatLang

from odoo.addons.tierslieux_network.domain.money import cents

from ..domain.chain import COLUMNS, GENESIS
from ..domain.entries import CAPITAL


class ShareRegister(models.Model):
    """The register of a foncière: where its chain of movements is."""

    _name = "tierslieux.share.register"
    _description = "Register of share movements"
    _rec_name = "company_id"

    company_id = fields.Many2one(
        "res.company", string="Foncière", required=True, ondelete="restrict"
    )
    number = fields.Integer(string="Last number", readonly=True, default=0)
    digest = fields.Char(string="Last digest", readonly=True)

    currency_id = fields.Many2one(related="company_id.currency_id")
    shares = fields.Integer(compute="_compute_figures")
    holders = fields.Integer(compute="_compute_figures")
    voters = fields.Integer(compute="_compute_figures", help="One person, one vote.")
    capital = fields.Monetary(compute="_compute_figures")
    highest_capital = fields.Monetary(
        string="Highest capital ever", compute="_compute_figures"
    )
    floor = fields.Monetary(compute="_compute_figures", help="Redemptions stop there.")
    problems = fields.Text(
        string="To look at",
        compute="_compute_problems",
        help="Where register, capital accounts and bank do not agree.",
    )

    _company_uniq = models.Constraint(
        "UNIQUE (company_id)", "A foncière has one register."
    )

    def _compute_figures(self):
        today = fields.Date.context_today(self)
        for register in self:
            register.update(self._figures(register.company_id, today))

    @api.model
    def _figures(self, company, at):
        """What the register of a company comes to at the end of a day."""
        movements = self.env["tierslieux.share.movement"]
        held = movements._holdings(company, at)
        capital, _paid, highest = movements._capital(company, at)
        return {
            "shares": sum(held.values()),
            "holders": len(held),
            "voters": len(movements._roll(company, at)),
            "capital": capital / 100,
            "highest_capital": highest / 100,
            "floor": movements._floor(company, highest, at)[0] / 100,
        }

    def _compute_problems(self):
        for register in self:
            # sudo: the board reads sums that do not agree, not the books
            register.problems = "\n".join(register.sudo()._disagreements())

    def _disagreements(self):
        """Sentences on what does not agree: the chain, the capital in the register and
        in the books, what is kept for others, and the bank."""
        company = self.company_id
        movements = self.env["tierslieux.share.movement"]
        capital, paid, _highest = movements._capital(company)
        ledger = self._ledger()
        owed = self._owed()
        balance = {role: ledger.get(role, 0) for role in ("awaiting", "to_repay")}
        pairs = [
            (
                self.env._("capital of the register"),
                capital,
                self.env._("capital accounts"),
                -sum(ledger.get(role, 0) for role in CAPITAL),
            ),
            (
                self.env._("paid shares of the register"),
                paid,
                self.env._("account of paid capital"),
                -ledger.get("paid_capital", 0),
            ),
            (
                self.env._("money of subscriptions without shares"),
                owed["awaiting"],
                self.env._("account of what is received before the allotment"),
                -balance["awaiting"],
            ),
            (
                self.env._("redemptions decided and not paid"),
                owed["to_repay"],
                self.env._("account of capital to pay back"),
                -balance["to_repay"],
            ),
            (
                self.env._("capital and what is owed"),
                paid + owed["awaiting"] + owed["to_repay"],
                self.env._("bank, by the entries of share capital"),
                self._cash(),
            ),
        ]
        found = [
            self.env._(
                "%(one)s: %(amount)s, %(other)s: %(other_amount)s.",
                one=one.capitalize(),
                amount=self._money(amount),
                other=other,
                other_amount=self._money(other_amount),
            )
            for one, amount, other, other_amount in pairs
            if amount != other_amount
        ]
        unpaid = self.env["tierslieux.share.subscription"].search(
            [("company_id", "=", company.id), ("state", "=", "allotted")]
        )
        found += [
            self.env._(
                "%(reference)s, %(person)s: shares are allotted, and the payment was "
                "undone since.",
                reference=one.reference,
                person=one.partner_id.display_name,
            )
            for one in unpaid.filtered(lambda one: one.received_amount < one.amount)
        ]
        postings = self.env["tierslieux.share.posting"]
        for number, amount, in_books in postings._query_disagreements(company):
            found.append(
                self.env._(
                    "“%(entry)s” is %(amount)s, in the books %(books)s.",
                    entry=postings.browse(number).name,
                    amount=self._money(cents(amount)),
                    books=self._money(cents(in_books)),
                )
            )
        return found

    def _ledger(self):
        """``{role: balance in cents}`` of the accounts that play a part."""
        accounts = self.env["tierslieux.share.account"].search(
            [("company_id", "=", self.company_id.id)]
        )
        rows = self.env["account.move.line"]._read_group(
            [
                ("company_id", "=", self.company_id.id),
                ("parent_state", "=", "posted"),
                ("account_id", "in", accounts.account_id.ids),
            ],
            ["account_id"],
            ["balance:sum"],
        )
        balances = {account: cents(balance) for account, balance in rows}
        found = {}
        for role, group in accounts.grouped("role").items():
            found[role] = sum(balances.get(one, 0) for one in group.account_id)
        return found

    def _owed(self):
        """Cents that are owed to subscribers and to former holders."""
        subscriptions = self.env["tierslieux.share.subscription"]._read_group(
            [("company_id", "=", self.company_id.id)],
            ["state"],
            ["received_amount:sum", "amount:sum"],
        )
        redemptions = self.env["tierslieux.share.redemption"]._read_group(
            [("company_id", "=", self.company_id.id), ("state", "=", "decided")],
            [],
            ["amount:sum"],
        )
        return {
            "awaiting": sum(
                cents(received) - (cents(amount) if state == "allotted" else 0)
                for state, received, amount in subscriptions
            ),
            "to_repay": cents(redemptions[0][0] or 0),
        }

    def _cash(self):
        """Cents that came in less those that went out, by the register of entries."""
        signs = {"receipt": 1, "refund": -1, "payout": -1}
        rows = self.env["tierslieux.share.posting"]._read_group(
            [("company_id", "=", self.company_id.id), ("kind", "in", list(signs))],
            ["kind"],
            ["amount:sum"],
        )
        return sum(signs[kind] * cents(amount) for kind, amount in rows)

    def _money(self, amount):
        return formatLang(self.env, amount / 100, currency_obj=self.currency_id)

    def _verdict(self, head=None):
        """The register recomputed from its first movement, as plain data.

        :param head: a digest that was kept: it must be in the register
        """
        movements = self.env["tierslieux.share.movement"]
        problem = movements._first_tampered(self.company_id)
        problem = problem and problem[1]
        if not problem and head:
            kept = [("company_id", "=", self.company_id.id), ("digest", "=", head)]
            if not movements.search_count(kept):
                problem = self.env._("the digest that was kept is not in this register")
        capital, _paid, _highest = movements._capital(self.company_id)
        held = movements._holdings(self.company_id)
        return {
            "register": self.company_id.name,
            "movements": self.number,
            "head": self.digest or GENESIS,
            "shares": sum(held.values()),
            "holders": len(held),
            "capital": f"{capital / 100:.2f}",
            "problem": problem or None,
        }

    def action_verify(self):
        """Tell whether the register is what was recorded."""
        self.ensure_one()
        verdict = self._verdict()
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "danger" if verdict["problem"] else "success",
                "sticky": bool(verdict["problem"]),
                "message": verdict["problem"]
                or self.env._(
                    "All %(number)s movements are what was recorded. Last digest: "
                    "%(digest)s",
                    number=verdict["movements"],
                    digest=verdict["head"],
                ),
            },
        }

    def action_export_json(self):
        return self._download("json", self._as_json())

    def action_export_csv(self):
        return self._download("csv", self._as_csv())

    def _as_json(self):
        rows = list(self.env["tierslieux.share.movement"]._export_rows(self.company_id))
        return json.dumps(
            {"company": self.company_id.name, "movements": rows},
            ensure_ascii=False,
            indent=1,
        ).encode()

    def _as_csv(self):
        text = io.StringIO()
        writer = csv.DictWriter(text, [*COLUMNS, "previous", "digest"])
        writer.writeheader()
        for row in self.env["tierslieux.share.movement"]._export_rows(self.company_id):
            writer.writerow(
                {**row, "gratuitous": "true" if row["gratuitous"] else "false"}
            )
        return text.getvalue().encode()

    def _download(self, extension, data):
        self.env["tierslieux.share.movement"]._check_office()
        attachment = self.env["ir.attachment"].create(
            {
                "name": self.env._(
                    "Register of %(company)s, %(number)s movements.%(extension)s",
                    company=self.company_id.name,
                    number=self.number,
                    extension=extension,
                ),
                # theirs alone: nobody may write on the register itself
                "raw": data,
            }
        )
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{attachment.id}?download=true",
            "target": "new",
        }

    @api.model
    def _default_company(self):
        """The company that shares are of: the main one at work, or where that one has
        no register, the first that has."""
        # sudo: which companies have a register is nobody's secret
        companies = self.sudo().search([]).company_id & self.env.companies
        own = self.env.company
        return own if own in companies else companies[:1] or own

    @api.model
    def _of(self, company):
        """The register of a company, made the first time."""
        # sudo: nobody has the right to make or change one, movements do it
        registers = self.sudo()
        return registers.search([("company_id", "=", company.id)]) or registers.create(
            {"company_id": company.id}
        )

    def _lock(self):
        """Wait for whoever is recording; from here on nobody else does, until the end
        of the transaction. One that began before the other recorded fails here, and is
        tried again by the server.

        :return: the last number and digest
        """
        self.ensure_one()
        self.flush_recordset()
        number, digest = self.env.execute_query(self._query_lock())[0]
        return number, digest or GENESIS

    def _advance(self, number, digest):
        self.write({"number": number, "digest": digest})
        # whoever reads the head next reads this
        self.flush_recordset()

    def _query_lock(self):
        return SQL(
            """
            SELECT number, digest
              FROM tierslieux_share_register
             WHERE id = %s
               FOR UPDATE
            """,
            self.id,
        )
