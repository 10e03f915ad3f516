# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).


from odoo import fields, models


class BrandOpinion(models.Model):
    """What one member of the committee thinks of an application, and why."""

    _name = "tierslieux.brand.opinion"
    _description = "Opinion of a committee member"
    _inherit = ["tierslieux.append.only"]
    _order = "id"

    application_id = fields.Many2one(
        "tierslieux.brand.application", required=True, ondelete="restrict", index=True
    )
    round = fields.Integer(required=True, default=1)
    user_id = fields.Many2one(
        "res.users", string="By", required=True, ondelete="restrict"
    )
    on_appeal = fields.Boolean(help="Given when a refusal was heard anew.")
    choice = fields.Selection(
        [("for", "For"), ("against", "Against"), ("abstain", "Abstains")], required=True
    )
    motive = fields.Text(required=True)

    _once_a_hearing = models.UniqueIndex(
        "(application_id, round, user_id, COALESCE(on_appeal, false))",
        "You gave your opinion already.",
    )
