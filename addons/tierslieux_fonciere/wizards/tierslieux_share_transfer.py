# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models.tierslieux_share_movement_record import Entry
from ..words import count_shares


class ShareTransfer(models.TransientModel):
    """Shares that pass from a holder to another: all of them, or some."""

    _name = "tierslieux.share.transfer"
    _description = "Transfer of shares"

    company_id = fields.Many2one(
        "res.company",
        string="Foncière",
        required=True,
        default=lambda self: self.env["tierslieux.share.register"]._default_company(),
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    giver_id = fields.Many2one("res.partner", required=True)
    receiver_id = fields.Many2one("res.partner", required=True)
    free_shares = fields.Integer(string="Can give", compute="_compute_free_shares")
    quantity = fields.Integer(
        string="Shares",
        required=True,
        compute="_compute_quantity",
        store=True,
        readonly=False,
        precompute=True,
        help="All of them, unless you say otherwise.",
    )
    date = fields.Date(
        string="Takes effect on", required=True, default=fields.Date.context_today
    )
    gratuitous = fields.Boolean(string="Free of charge")
    price = fields.Monetary(help="Of all the shares together.")
    deed = fields.Char(required=True, help="The paper that supports it.")

    @api.depends("company_id", "giver_id", "date")
    def _compute_free_shares(self):
        redemptions = self.env["tierslieux.share.redemption"]
        for one in self:
            one.free_shares = (
                redemptions._free_shares(one.company_id, one.giver_id, one.date)
                if one.company_id and one.giver_id and one.date
                else 0
            )

    @api.depends("free_shares")
    def _compute_quantity(self):
        for one in self:
            one.quantity = one.free_shares

    def action_record(self):
        """Write the transfer in the register: title passes with it.

        :raises UserError: the giver has fewer shares that are free
        """
        self.ensure_one()
        movements = self.env["tierslieux.share.movement"]
        movements._check_office()
        if self.quantity < 1 or self.giver_id == self.receiver_id:
            raise UserError(
                self.env._("A transfer is of whole shares, to somebody else.")
            )
        if self.price < 0:
            raise UserError(self.env._("A price is not negative."))
        # one at a time: the lock of the register is that of what holders have
        self.env["tierslieux.share.register"]._of(self.company_id)._lock()
        self.invalidate_recordset(["free_shares"])
        if self.quantity > self.free_shares:
            raise UserError(
                self.env._(
                    "%(person)s can give %(free)s: those that are to be paid back "
                    "cannot be given.",
                    person=self.giver_id.display_name,
                    free=count_shares(self.env, max(self.free_shares, 0)),
                )
            )
        last = movements.search([("company_id", "=", self.company_id.id)], limit=1)
        movement = movements._record(
            [
                Entry(
                    company=self.company_id,
                    kind="transfer",
                    effective_on=self.date,
                    quantity=self.quantity,
                    nominal=last.nominal,
                    price=0 if self.gratuitous else self.price,
                    gratuitous=self.gratuitous,
                    giver=self.giver_id,
                    receiver=self.receiver_id,
                    deed=self.deed,
                    source_key=f"transfer/{self.id}",
                )
            ]
        )
        return {
            "type": "ir.actions.act_window",
            "res_model": movement._name,
            "res_id": movement.id,
            "view_mode": "form",
        }
