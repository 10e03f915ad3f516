# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).


from odoo import fields, models


class Brand(models.Model):
    """A mark of the network: the territorial one, or the commercial collective one."""

    _name = "tierslieux.brand"
    _description = "Mark"
    _inherit = ["mail.thread"]
    _order = "sequence, id"

    name = fields.Char(required=True)
    kind = fields.Selection(
        [
            ("territorial", "Territorial mark"),
            ("commercial", "Commercial collective mark"),
        ],
        required=True,
        default="territorial",
    )
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    summary = fields.Text(
        help="What the mark says, in plain words; it is not a certification."
    )
    holder_id = fields.Many2one(
        "res.partner",
        required=True,
        ondelete="restrict",
        default=lambda self: self.env.company.partner_id,
    )
    code = fields.Char(
        required=True, help="Begins the numbers of licences, such as TLM."
    )
    product_id = fields.Many2one(
        "product.product",
        string="Fee of an application",
        domain=[("type", "=", "service")],
        ondelete="restrict",
        help="Invoiced once for an application; no fee without a product.",
    )
    committee_ids = fields.Many2many(
        "res.users",
        "tierslieux_brand_committee_rel",
        "brand_id",
        "user_id",
        help="Those who decide on applications; interested members abstain by rule.",
    )
    registration_ids = fields.One2many("tierslieux.brand.registration", "brand_id")
    asset_ids = fields.One2many(
        "tierslieux.brand.asset", "brand_id", string="Visual kit"
    )
    rules_ids = fields.One2many("tierslieux.brand.rules", "brand_id")
    licence_ids = fields.One2many("tierslieux.brand.licence", "brand_id")

    _code_uniq = models.Constraint("UNIQUE (code)", "Another mark has this code.")

    def _rules_in_force(self, at=None):
        """The rules of use in force on a day; empty before the first ones."""
        self.ensure_one()
        at = at or fields.Date.context_today(self)
        return self.env["tierslieux.brand.rules"].search(
            [
                ("brand_id", "=", self.id),
                ("adopted_on", "!=", False),
                ("date_from", "<=", at),
            ],
            limit=1,
        )
