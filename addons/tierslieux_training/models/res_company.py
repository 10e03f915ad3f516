# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    training_number = fields.Char(
        string="Training activity number",
        help="Numéro de déclaration d’activité, printed on each document.",
    )
    training_vat_exempt = fields.Boolean(
        string="Trainings exempt from VAT",
        help="With the certificate of article 261, 4, 4° a of the French tax code.",
    )
    training_rules = fields.Text(
        string="Internal rules of trainings", help="Règlement intérieur."
    )
