# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models


class Skill(models.Model):
    _name = "tierslieux.skill"
    _description = "Skill"
    _parent_store = True
    _order = "parent_path, id"
    _rec_names_search = ["name", "parent_id.name"]

    name = fields.Char(required=True, translate=True)
    parent_id = fields.Many2one(
        "tierslieux.skill", string="Field", ondelete="restrict", index=True
    )
    parent_path = fields.Char(index=True)
    child_ids = fields.One2many("tierslieux.skill", "parent_id", string="Skills")
    complete_name = fields.Char(compute="_compute_complete_name", recursive=True)

    _name_uniq = models.UniqueIndex(
        "(COALESCE(parent_id, 0), name)", "This skill exists already in this field."
    )

    @api.depends("complete_name")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for skill in self:
            skill.display_name = skill.complete_name

    @api.depends("name", "parent_id.complete_name")
    @api.depends_context("lang")
    def _compute_complete_name(self):
        for skill in self:
            parent = skill.parent_id.complete_name
            skill.complete_name = f"{parent} / {skill.name}" if parent else skill.name
