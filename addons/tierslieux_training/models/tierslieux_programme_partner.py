# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models

from ..domain import hours
from .tierslieux_programme_price import BASES


class ProgrammePartner(models.Model):
    """Who gives some of the hours of a programme, and for how much."""

    _name = "tierslieux.programme.partner"
    _description = "Partner of a programme"
    _order = "programme_id, id"
    _rec_name = "partner_id"

    programme_id = fields.Many2one(
        "tierslieux.programme", required=True, ondelete="cascade", index=True
    )
    partner_id = fields.Many2one("res.partner", required=True, ondelete="restrict")
    contact_id = fields.Many2one(
        "res.partner",
        string="Who signs",
        ondelete="restrict",
        help="Reads the contract, and signs it on their own page.",
    )
    kind = fields.Selection(
        [("subcontract", "Subcontracting"), ("partnership", "Partnership")],
        string="As",
        required=True,
        default="subcontract",
    )
    minutes = fields.Integer(required=True, help="Whole quarters of an hour.")
    duration = fields.Char(compute="_compute_share")
    share = fields.Float(string="Share of the hours", compute="_compute_share")
    basis = fields.Selection(BASES, string="Paid for", required=True, default="hour")
    price = fields.Float(
        string="Rate without VAT", digits=(16, 2), help="Zero for a share given free."
    )
    amount = fields.Float(
        string="Amount without VAT", compute="_compute_share", digits=(16, 2)
    )

    _quarters = models.Constraint(
        "CHECK (minutes > 0 AND minutes % 15 = 0)",
        "A share is whole quarters of an hour.",
    )
    _not_negative = models.Constraint(
        "CHECK (price IS NULL OR price >= 0)", "A price is not negative."
    )
    _once = models.Constraint(
        "UNIQUE (programme_id, partner_id)", "This partner has a share already."
    )

    @api.depends("minutes", "programme_id.minutes", "basis", "price")
    def _compute_share(self):
        for share in self:
            whole = share.programme_id.minutes
            share.duration = hours.label(share.minutes)
            share.share = share.minutes / whole if whole else 0
            share.amount = float(
                hours.amount(share.basis, share.price, share.minutes, share.minutes)
            )

    def _signer(self):
        """Whom the contract is sent to."""
        self.ensure_one()
        return self.contact_id or self.partner_id
