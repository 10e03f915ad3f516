# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command


class MandateCreation(models.TransientModel):
    """From the result of an election to the mandates of those elected."""

    _name = "tierslieux.mandate.creation"
    _description = "Mandates of those elected"

    resolution_id = fields.Many2one(
        "tierslieux.resolution", required=True, ondelete="cascade", readonly=True
    )
    date_from = fields.Date(
        string="From",
        required=True,
        compute="_compute_date_from",
        store=True,
        precompute=True,
        readonly=False,
    )
    date_to = fields.Date(string="To")
    line_ids = fields.One2many(
        "tierslieux.mandate.creation.line",
        "creation_id",
        string="Elected",
        compute="_compute_line_ids",
        store=True,
        readonly=False,
    )

    @api.depends("resolution_id")
    def _compute_date_from(self):
        for creation in self:
            resolution = creation.resolution_id
            creation.date_from = resolution.decided_at and (
                resolution.assembly_id._local_day(resolution.decided_at)
            )

    @api.depends("resolution_id")
    def _compute_line_ids(self):
        for creation in self:
            resolution = creation.resolution_id
            people = {one.name: one for one in resolution.motion_id.candidate_ids}
            count = (resolution.verdict or {}).get("count", {})
            creation.line_ids = [Command.clear()] + [
                Command.create({"name": name, "partner_id": people[name].partner_id.id})
                for name in count.get("winners", [])
                if name in people
            ]

    def action_create(self):
        """One mandate a person elected, or none at all."""
        self.ensure_one()
        resolution = self.resolution_id
        if resolution.outcome != "elected":
            raise UserError(self.env._("Nobody was elected by this resolution."))
        nameless = self.line_ids.filtered(lambda line: not line.partner_id)
        if nameless:
            raise UserError(
                self.env._(
                    "Choose the contact of: %s.", ", ".join(nameless.mapped("name"))
                )
            )
        mandates = self.env["tierslieux.mandate"].create(
            [
                {
                    "partner_id": line.partner_id.id,
                    "role": line.role,
                    "college_id": line.college_id.id,
                    "date_from": self.date_from,
                    "date_to": self.date_to,
                    "motion_id": resolution.motion_id.id,
                }
                for line in self.line_ids
            ]
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Mandates"),
            "res_model": "tierslieux.mandate",
            "view_mode": "list,form",
            "domain": [("id", "in", mandates.ids)],
        }
