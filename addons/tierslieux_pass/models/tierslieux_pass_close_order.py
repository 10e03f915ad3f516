# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models


class PassCloseOrder(models.Model):
    """The files for the bank: debits of members, then transfers to venues."""

    _inherit = "tierslieux.pass.close"

    def _collect(self):
        """pain.008: the invoices of those who pay by direct debit, less what
        the network owes them."""
        invoices = self._moves("out_invoice").filtered(_owed)
        passes = {
            one.partner_id: one
            for one in self.env["tierslieux.pass"].search(
                [
                    ("partner_id", "in", invoices.partner_id.ids),
                    ("company_id", "=", self.company_id.id),
                    ("payment_mode", "=", "debit"),
                ]
            )
        }
        debited = invoices.filtered(lambda move: move.partner_id in passes)
        self._net_credits(debited)
        lines = []
        for move in debited.filtered(_owed):
            mandate = passes[move.partner_id].mandate_id
            if (
                mandate.state not in ("valid", "final")
                or mandate.partner_id != move.commercial_partner_id
            ):
                self._note(
                    self.env._(
                        "%(person)s pays by direct debit but has no valid mandate: "
                        "%(invoice)s waits for a transfer.",
                        person=move.partner_id.display_name,
                        invoice=move.name,
                    )
                )
                continue
            lines += [
                {
                    "move_line_id": line.id,
                    "mandate_id": mandate.id,
                    "partner_bank_id": mandate.partner_bank_id.id,
                }
                for line in self._term_lines(move)
            ]
        self.debit_order_id = self._payment_order("inbound", "sepa_direct_debit", lines)

    def _net_credits(self, invoices):
        """What the network owes persons, credit notes and what they paid too much, is
        deducted from what it collects of them."""
        owed = self.env["account.move.line"].search(
            [
                ("account_id.account_type", "=", "asset_receivable"),
                ("amount_residual", "<", 0),
                ("parent_state", "=", "posted"),
                ("reconciled", "=", False),
                ("partner_id", "in", invoices.commercial_partner_id.ids),
                ("company_id", "=", self.company_id.id),
            ],
            order="date, id",
        )
        credits = owed.grouped(lambda line: (line.partner_id, line.account_id))
        for move in invoices:
            lines = self._term_lines(move)
            found = credits.pop((lines.partner_id, lines.account_id), None)
            if found:
                (lines | found).reconcile()

    def _transfer(self):
        """pain.001: the invoices drawn up for venues."""
        lines = []
        for move in self._moves("in_invoice").filtered(_owed):
            if not move.partner_bank_id.allow_out_payment:
                self._note(
                    self.env._(
                        "%s has no bank account that was checked: pay it once its "
                        "agreement names one.",
                        move.partner_id.display_name,
                    )
                )
                continue
            lines += [
                {
                    "move_line_id": line.id,
                    "partner_bank_id": move.partner_bank_id.id,
                }
                for line in self._term_lines(move)
            ]
        self.transfer_order_id = self._payment_order(
            "outbound", "sepa_credit_transfer", lines
        )

    def _moves(self, move_type):
        return self.env["account.move"].search(
            [
                ("pass_close_id", "=", self.id),
                ("move_type", "=", move_type),
                ("state", "=", "posted"),
            ],
            order="id",
        )

    def _term_lines(self, move):
        return move.line_ids.filtered(
            lambda line: line.display_type == "payment_term" and not line.reconciled
        )

    def _payment_order(self, payment_type, code, lines):
        """The payment order of the month with its file, made once; none when there is
        nothing to pay."""
        orders = self.env["account.payment.order"]
        order = orders.search(
            [("pass_close_id", "=", self.id), ("payment_type", "=", payment_type)]
        )
        if not order and lines:
            order = self._new_order(payment_type, code, lines)
        return self.env["tierslieux.payment.file"]._generate(order)

    def _new_order(self, payment_type, code, lines):
        files = self.env["tierslieux.payment.file"]
        method = files._method(self.company_id, payment_type, code)
        if not method:
            self._note(
                self.env._(
                    "No bank journal has the payment method “SEPA direct debit”: "
                    "debits wait."
                )
                if payment_type == "inbound"
                else self.env._(
                    "No bank journal has the payment method “SEPA credit transfer”: "
                    "transfers wait."
                )
            )
            return self.env["account.payment.order"]
        return files._new_order(
            method, lines, pass_close_id=self.id, description=self.display_name
        )


def _owed(move):
    return move.payment_state in ("not_paid", "partial")
