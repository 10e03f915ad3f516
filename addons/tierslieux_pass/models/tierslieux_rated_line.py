# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models


class RatedLine(models.Model):
    """What a month bills for one pass, written once by the close: price, tax and rule
    are those of that day, whatever becomes of them. What changes afterwards in a
    closed month is a line of kind *correction* in the month that is open."""

    _name = "tierslieux.rated.line"
    _description = "Rated line of the pass"
    _inherit = ["tierslieux.append.only"]
    _order = "close_id desc, id"
    _rec_name = "name"

    close_id = fields.Many2one(
        "tierslieux.pass.close", required=True, ondelete="restrict", index=True
    )
    source_key = fields.Char(required=True)
    kind = fields.Selection(
        [
            ("subscription", "Subscription"),
            ("hours", "Hours"),
            ("correction", "Correction"),
        ],
        required=True,
    )
    name = fields.Char(string="Label", required=True)
    month = fields.Date(
        required=True, help="First day of the month that the line is about."
    )
    pass_id = fields.Many2one("tierslieux.pass", required=True, ondelete="restrict")
    partner_id = fields.Many2one(
        "res.partner", string="Billed to", required=True, ondelete="restrict"
    )
    venue_id = fields.Many2one(
        "tierslieux.venue", ondelete="restrict", index="btree_not_null"
    )
    visits = fields.Integer(help="Those that start in the month.")
    capped_minutes = fields.Integer(
        help="Of each day at most the daily cap: what weighs in the pool."
    )
    minutes = fields.Integer(string="Minutes of presence")
    included_minutes = fields.Integer()
    billed_minutes = fields.Integer()
    amount_cents = fields.Integer(
        string="Amount (cents)", required=True, help="Excluding tax."
    )
    currency_id = fields.Many2one(related="close_id.currency_id")
    amount = fields.Monetary(compute="_compute_amount", string="Amount excl. tax")
    product_id = fields.Many2one("product.product", required=True, ondelete="restrict")
    tax_id = fields.Many2one("account.tax", ondelete="restrict")
    rate_id = fields.Many2one(
        "tierslieux.pass.rate", required=True, ondelete="restrict"
    )
    rule_id = fields.Many2one(
        "tierslieux.settlement.rule", required=True, ondelete="restrict"
    )

    _source_key_uniq = models.Constraint(
        "UNIQUE (source_key)", "This is rated already."
    )
    _partner_idx = models.Index("(close_id, partner_id)")
    _correction_idx = models.Index("(pass_id, month)")

    def _compute_amount(self):
        for line in self:
            line.amount = line.amount_cents / 100
