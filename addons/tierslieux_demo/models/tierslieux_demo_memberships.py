# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo import fields, models
from odoo.tools import groupby

from ..domain import passes

BATCH = 500
INVOICE_BATCH = 100
FEE = {
    "name": "Cotisation solidaire, douze mois",
    "type": "service",
    "list_price": 30,
    "purchase_ok": False,
    "membership": True,
    "membership_type": "variable",
    "membership_interval_qty": 1,
    "membership_interval_unit": "years",
}


class Demo(models.AbstractModel):
    _inherit = "tierslieux.demo"

    def _load_memberships(self, data, ids):
        """Memberships, what happened to each and who speaks for it."""
        fees = self._fees()
        colleges = self._codes("tierslieux.college")
        ids["memberships"] = []
        for batch, done, total in self._batches(data["memberships"], BATCH):
            memberships = self.env["tierslieux.membership"].create(
                [
                    {
                        "partner_id": self._member_partner(row, ids),
                        "college_id": colleges[row["college"]],
                        "product_id": fees[row["college"], row["fee"]],
                    }
                    for row in batch
                ]
            )
            self._create_membership_events(batch, memberships)
            self._create_delegations(batch, memberships, ids)
            ids["memberships"] += memberships.ids
            yield done, total

    def _fees(self):
        """``{(college code, kind of fee): product id}``"""
        fees = {}
        account = self.env["account.chart.template"].ref("asso_7561").id
        for college in self.env["tierslieux.college"].search([]):
            college.product_ids.property_account_income_id = account
            yearly = college.product_ids[:1]
            yearly.is_favorite = True  # the fee that is proposed first
            fees[college.code, "year"] = yearly.product_variant_id.id
            if college.accepts_person:
                solidary = yearly.create(
                    {
                        **FEE,
                        "college_id": college.id,
                        "property_account_income_id": account,
                    }
                )
                fees[college.code, "twelve_months"] = solidary.product_variant_id.id
        return fees

    def _member_partner(self, row, ids):
        if row["kind"] == "organisation":
            return ids["organisations"][row["key"]]
        return ids["contacts"][row["key"]]

    def _create_membership_events(self, rows, memberships):
        self.env["tierslieux.membership.event"].create(
            [
                {
                    "membership_id": membership.id,
                    "kind": kind,
                    "date": day,
                    "reason": reason or False,
                }
                for row, membership in zip(rows, memberships, strict=True)
                for kind, day, reason in row["events"]
            ]
        )

    def _create_delegations(self, rows, memberships, ids):
        self.env["tierslieux.delegation"].create(
            [
                {
                    "membership_id": membership.id,
                    "partner_id": ids["contacts"][person],
                    "date_from": first,
                    "date_to": last,
                }
                for row, membership in zip(rows, memberships, strict=True)
                for person, first, last in row["delegates"]
            ]
        )

    def _load_dues(self, data, ids):
        """Periods paid before the books are kept here, lines without an invoice; the
        others are for the next stages."""
        today = fields.Date.context_today(self)
        books = passes.months_before(today, data["months"])
        before, ids["to_invoice"] = [], []
        for row, membership in zip(
            data["memberships"], ids["memberships"], strict=True
        ):
            for start in row["starts"]:
                unpaid = row["unpaid"] and start == row["starts"][-1]
                due = {"membership": membership, "start": start, "unpaid": unpaid}
                invoiced = unpaid or start >= books
                (ids["to_invoice"] if invoiced else before).append(due)
        ids["to_invoice"].sort(key=lambda due: (due["start"], due["membership"]))
        for batch, done, total in self._batches(before, BATCH):
            self.env["membership.membership_line"].create(
                [self._paid_line(due) for due in batch]
            )
            yield done, total

    def _paid_line(self, due):
        membership = self.env["tierslieux.membership"].browse(due["membership"])
        fee = membership.product_id
        first, last, cents = fee.product_tmpl_id._dues(due["start"])
        return {
            "tierslieux_membership_id": membership.id,
            "partner_id": membership.partner_id.id,
            "membership_id": fee.id,
            "member_price": cents / 100,
            "date": first,
            "date_from": first,
            "date_to": last,
            "state": "paid",
        }

    def _load_invoices(self, data, ids):
        """Invoices of dues, posted in the order of their dates."""
        memberships = self.env["tierslieux.membership"]
        ids["to_pay"], ids["invoices"] = [], {}
        for batch, done, total in self._batches(ids["to_invoice"], INVOICE_BATCH):
            values = []
            for due in batch:
                membership = memberships.browse(due["membership"])
                dues = membership.product_id.product_tmpl_id._dues(due["start"])
                values.append(membership._prepare_invoice(due["start"], *dues))
            moves = self.env["tierslieux.invoice.batch"]._post_invoices(values)
            for move, due in zip(moves, batch, strict=True):
                ids["invoices"][due["membership"], due["start"]] = move.id
            ids["to_pay"] += [
                (move.id, due["start"])
                for move, due in zip(moves, batch, strict=True)
                if not due["unpaid"]
            ]
            yield done, total

    def _load_payments(self, data, ids):
        """Transfers received some weeks after the invoices: one entry of the bank's
        journal a month, each line matched with its invoice."""
        today = fields.Date.context_today(self)
        done = 0
        by_month = groupby(ids["to_pay"], lambda pay: pay[1].replace(day=1))
        for _month, pays in by_month:
            received = min(pays[-1][1] + timedelta(days=18), today)
            invoices = self.env["account.move"].browse([move for move, _start in pays])
            self._pay(invoices, received, self.env._("Fees received by transfer"))
            done += len(pays)
            yield done, len(ids["to_pay"])

    def _pay(self, invoices, received, label):
        due_lines = invoices.line_ids.filtered(
            lambda line: line.display_type == "payment_term"
        )
        journal = self.env["account.journal"].search(
            [("type", "=", "bank"), ("company_id", "=", invoices.company_id.id)],
            limit=1,
        )
        entry = self.env["account.move"].create(
            {
                "move_type": "entry",
                "journal_id": journal.id,
                "date": received,
                "ref": label,
                "line_ids": [
                    fields.Command.create(
                        {
                            "name": label,
                            "account_id": journal.default_account_id.id,
                            "debit": sum(due_lines.mapped("balance")),
                        }
                    ),
                    *(
                        fields.Command.create(
                            {
                                "name": line.move_name,
                                "account_id": line.account_id.id,
                                "partner_id": line.partner_id.id,
                                "credit": line.balance,
                            }
                        )
                        for line in due_lines
                    ),
                ],
            }
        )
        entry._post(soft=False)
        received_lines = entry.line_ids.filtered("credit")
        due_lines.with_context(tierslieux_no_invitation=True)._match_all(
            [due + paid for due, paid in zip(due_lines, received_lines, strict=True)]
        )
