# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import UserError


class Candidate(models.Model):
    _name = "tierslieux.candidate"
    _description = "Candidate"
    _order = "motion_id, sequence, id"

    motion_id = fields.Many2one(
        "tierslieux.motion", required=True, ondelete="cascade", index=True
    )
    sequence = fields.Integer(default=10)
    name = fields.Char(required=True)
    partner_id = fields.Many2one("res.partner", ondelete="restrict")
    statement = fields.Text()

    _name_uniq = models.Constraint(
        "UNIQUE (motion_id, name)", "This candidate stands already."
    )

    @api.model_create_multi
    def create(self, vals_list):
        candidates = super().create(vals_list)
        candidates._check_not_voted()
        return candidates

    def write(self, vals):
        self._check_not_voted()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_voted(self):
        self._check_not_voted()

    def _check_not_voted(self):
        """Whoever votes chooses among the same candidates."""
        if any(candidate.motion_id.state != "draft" for candidate in self):
            raise UserError(
                self.env._("The vote has begun: its candidates do not change.")
            )
