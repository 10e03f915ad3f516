# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models
from odoo.tools import formatLang


class PassCloseNet(models.Model):
    """What a venue owes the network is deducted from what it gets, where its agreement
    says so: what it collected for the network, and credit notes of earlier months.
    Invoices stay whole; entries say what was deducted, and the transfer is the rest.
    """

    _inherit = "tierslieux.pass.close"

    def _net(self, statements):
        """Deduct from the venues' invoices just posted. In their transaction."""
        collected = self._owed_by(
            statements.venue_id,
            [("account_id", "=", self.company_id.pass_collected_account_id.id)],
        )
        refunds = self._owed_by(
            statements.venue_id,
            [
                ("display_type", "=", "payment_term"),
                ("move_id.move_type", "=", "in_refund"),
            ],
        )
        none = self.env["account.move.line"]
        for statement in statements:
            venue = statement.venue_id
            owed = collected.get(venue, none), refunds.get(venue, none)
            if not any(owed):
                continue
            if not statement.agreement_id.netting:
                self._note_owed(venue, owed[0] | owed[1])
                continue
            bill = self._bill_lines(statement)
            (bill | _same(owed[1], bill)).reconcile()
            self._deduct(statement, bill, owed[0])

    def _owed_by(self, venues, domain):
        """``{venue: open lines}`` of what venues owe by the end of the month."""
        lines = self.env["account.move.line"].search(
            [
                *domain,
                ("move_id.pass_venue_id", "in", venues.ids),
                ("parent_state", "=", "posted"),
                ("reconciled", "=", False),
                ("date", "<=", self._invoice_date()),
                ("company_id", "=", self.company_id.id),
            ],
            order="date, id",
        )
        return lines.grouped(lambda line: line.move_id.pass_venue_id)

    def _bill_lines(self, statement):
        move = statement.move_id
        if move.move_type != "in_invoice":
            return self.env["account.move.line"]
        return self._term_lines(move)

    def _deduct(self, statement, bill, collected):
        """An entry from the payable of the invoice to what the venue collected."""
        open_cents = round(100 * sum(collected.mapped("amount_residual")))
        bill_cents = round(-100 * sum(bill.mapped("amount_residual")))
        cents = min(open_cents, bill_cents)
        if cents <= 0:
            return
        label = self.env._(
            "Pass, %(what)s: collected by the venue", what=statement.display_name
        )
        entry = self._post_entry(
            f"pass-net-{statement.id}",
            label,
            [
                (bill.account_id, cents, label),
                (collected.account_id, -cents, label),
            ],
            bill.partner_id,
        )
        for lines in (bill, collected):
            account = lines.account_id
            own = entry.line_ids.filtered(lambda line, a=account: line.account_id == a)
            (lines | own).reconcile()

    def _note_owed(self, venue, lines):
        amount = formatLang(
            self.env,
            sum(lines.mapped("amount_residual")),
            currency_obj=self.currency_id,
        )
        self._note(
            self.env._(
                "%(venue)s owes the network %(amount)s and has not agreed to netting: "
                "ask it to pay.",
                venue=venue.name,
                amount=amount,
            )
        )


def _same(lines, bill):
    """Those of the account and the partner of an invoice."""
    return lines.filtered(
        lambda line: (
            line.account_id == bill.account_id and line.partner_id == bill.partner_id
        )
    )
