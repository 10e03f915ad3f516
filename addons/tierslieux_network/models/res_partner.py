# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models


class ResPartner(models.Model):
    _inherit = "res.partner"

    venue_ids = fields.One2many("tierslieux.venue", "partner_id")
    profile_ids = fields.One2many("tierslieux.profile", "partner_id")
    structure_venue_ids = fields.One2many(
        "tierslieux.venue", "structure_id", string="Venues run"
    )
    membership_ids = fields.One2many(
        "tierslieux.membership", "partner_id", string="Memberships"
    )
    legal_form_id = fields.Many2one("tierslieux.legal.form", string="Legal form")
    rna = fields.Char(
        string="RNA number",
        help="Number in the national register of associations: W and nine digits.",
    )

    _rna_form = models.Constraint(
        "CHECK (rna ~ '^W[0-9A-Z][0-9]{8}$')",
        "An RNA number is W and nine digits, such as W691234567.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._normalise_rna(vals)
        return super().create(vals_list)

    def write(self, vals):
        self._normalise_rna(vals)
        return super().write(vals)

    def action_open_memberships(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "tierslieux_network.tierslieux_membership_action"
        )
        action.update(domain=[("partner_id", "=", self.id)], context={})
        if len(self.membership_ids) == 1:
            action.update(
                res_id=self.membership_ids.id, view_mode="form", views=[(False, "form")]
            )
        return action

    @api.model
    def _normalise_rna(self, vals):
        if "rna" in vals:
            # a form sends an empty text for no number
            vals["rna"] = "".join((vals["rna"] or "").split()).upper() or False
