# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

PENDING = ("draft", "open", "generated")


class VenueCollect(models.TransientModel):
    """An invoice of the network that was paid at the desk of a venue: the member owes
    it no more, the venue does, until a close deducts it from what the venue gets."""

    _name = "tierslieux.venue.collect"
    _description = "Invoice paid at a venue"

    move_id = fields.Many2one(
        "account.move",
        string="Invoice",
        required=True,
        default=lambda self: self.env.context.get("active_id"),
    )
    currency_id = fields.Many2one(related="move_id.currency_id")
    venue_id = fields.Many2one("tierslieux.venue", required=True)
    date = fields.Date(
        string="Paid on", required=True, default=fields.Date.context_today
    )
    amount = fields.Monetary(
        required=True,
        compute="_compute_amount",
        store=True,
        readonly=False,
        precompute=True,
    )

    def _compute_amount(self):
        for wizard in self:
            wizard.amount = wizard.move_id.amount_residual

    def action_record(self):
        """
        :raises UserError: it is not owed, or being debited
        """
        self.ensure_one()
        move = self.move_id
        move.check_access("read")
        company = move.company_id
        account = company.pass_collected_account_id
        if not account:
            raise UserError(
                self.env._(
                    "Choose the account “%s” of the pass first, on the tab Accounting "
                    "of a close.",
                    company._fields["pass_collected_account_id"]._description_string(
                        self.env
                    ),
                )
            )
        if (
            move.move_type != "out_invoice"
            or move.state != "posted"
            or move.currency_id.compare_amounts(self.amount, 0) <= 0
            or move.currency_id.compare_amounts(self.amount, move.amount_residual) > 0
        ):
            raise UserError(
                self.env._("Between nothing and what is still owed may be collected.")
            )
        # sudo: entries and orders are part of the act, which is the treasurer's
        owed = move.sudo().line_ids.filtered(
            lambda line: line.display_type == "payment_term" and not line.reconciled
        )
        if any(line.state in PENDING for line in owed.payment_line_ids):
            raise UserError(self.env._("This invoice is being debited."))
        label = self.env._(
            "%(invoice)s paid at %(venue)s",
            invoice=move.name,
            venue=self.venue_id.name,
        )
        venue = self.venue_id
        entry = owed.move_id.create(
            {
                "move_type": "entry",
                "pass_venue_id": venue.id,
                "company_id": company.id,
                "date": self.date,
                "ref": label,
                "line_ids": [
                    Command.create(
                        {
                            "account_id": line_account.id,
                            "partner_id": partner.id,
                            "balance": balance,
                            "name": label,
                        }
                    )
                    for line_account, partner, balance in (
                        (account, venue.structure_id or venue.partner_id, self.amount),
                        (owed.account_id, owed.partner_id, -self.amount),
                    )
                ],
            }
        )
        entry._post(soft=False)
        (
            owed
            | entry.line_ids.filtered(lambda line: line.account_id == owed.account_id)
        ).reconcile()
        return {"type": "ir.actions.act_window_close"}
