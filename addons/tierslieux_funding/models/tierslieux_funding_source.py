# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models


class FundingSource(models.Model):
    """Where money comes from: the study's sources of a hybrid budget."""

    _name = "tierslieux.funding.source"
    _description = "Source of funds"
    _order = "sequence, id"

    code = fields.Char(required=True)
    name = fields.Char(required=True, translate=True)
    color = fields.Char(default="#875a7b", required=True, help="Its colour in charts.")
    is_public = fields.Boolean(
        string="Public grants",
        help="The law asks for an agreement above an amount, a financial report, and "
        "an auditor above a sum of the year.",
    )
    sequence = fields.Integer(default=10)

    _color_code = models.Constraint(
        "CHECK (color ~ '^#[0-9a-fA-F]{6}$')", "A colour is written like #2f6f8f."
    )
    _code_uniq = models.UniqueIndex("(code)", "A source has this code already.")

    def _ink(self):
        """Black or white, whichever is read better upon the colour (contrast of WCAG
        2)."""
        light = 0
        for weight, place in ((0.2126, 1), (0.7152, 3), (0.0722, 5)):
            part = int(self.color[place : place + 2], 16) / 255
            light += weight * (
                part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
            )
        return "#000000" if (light + 0.05) ** 2 > 0.05 * 1.05 else "#ffffff"
