# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models

from .tierslieux_funding_agreement import STATES


class FundingEvent(models.Model):
    """A change of state of an agreement: when it took place, why, who wrote it."""

    _name = "tierslieux.funding.event"
    _description = "Event of a funding agreement"
    _inherit = ["tierslieux.append.only"]
    _order = "date desc, id desc"

    agreement_id = fields.Many2one(
        "tierslieux.funding.agreement", required=True, ondelete="restrict", index=True
    )
    currency_id = fields.Many2one(related="agreement_id.currency_id")
    state = fields.Selection(STATES, string="Became", required=True)
    date = fields.Date(required=True)
    amount = fields.Monetary(help="Of the agreement at that time.")
    reason = fields.Char()
    user_id = fields.Many2one(
        "res.users",
        string="Written by",
        required=True,
        ondelete="restrict",
        default=lambda self: self.env.user,
    )
