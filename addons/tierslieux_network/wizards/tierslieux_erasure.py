# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import UserError


class Erasure(models.TransientModel):
    _name = "tierslieux.erasure"
    _description = "Erasure of a person"

    partner_id = fields.Many2one("res.partner", string="Person", required=True)
    kept = fields.Text(
        # the board is told how many invoices are kept, without a right to read them
        compute="_compute_kept",
        compute_sudo=True,
        string="What the law makes us keep",
    )
    confirmed = fields.Boolean(string="I have checked that this person asked for it")

    @api.depends("partner_id")
    def _compute_kept(self):
        for wizard in self:
            person = wizard.partner_id
            wizard.kept = "\n".join(person._erasure_kept()) if person else False

    def action_erase(self):
        self.ensure_one()
        if not self.confirmed:
            raise UserError(
                self.env._("Tick the box: an erasure cannot be taken back.")
            )
        name, email = self.partner_id.name, self.partner_id.email
        # sudo: erasing reaches users, messages and registrations; the access right
        # on this wizard says who may
        self.sudo().partner_id._erase_person()
        if not email or not self.env["privacy.lookup.wizard.line"].has_access("read"):
            return {
                "type": "ir.actions.client",
                "tag": "display_notification",
                "params": {
                    "type": "success",
                    "message": self.env._("This person is erased."),
                    "next": {"type": "ir.actions.act_window_close"},
                },
            }
        # what still names the person elsewhere, found by Odoo's own tool, which is for
        # administrators alone
        lookup = self.env["privacy.lookup.wizard"].sudo()
        return lookup.create({"name": name, "email": email}).action_lookup()
