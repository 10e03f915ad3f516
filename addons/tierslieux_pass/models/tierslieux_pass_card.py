# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import secrets

from odoo import fields, models

# 100 random bits in the letters of base 32: short to type, in capitals for a compact
# QR code, and impossible to guess.
ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
LENGTH = 20


class PassCard(models.Model):
    """The code that a pass is shown with: a QR code on a phone or on paper. A lost one
    is revoked and replaced; it stays known, so that the desk can say why it refuses."""

    _name = "tierslieux.pass.card"
    _description = "Code of a pass"
    _inherit = ["tierslieux.frozen"]
    _order = "id desc"
    _rec_name = "pass_id"
    _frozen_by = "revoked_on"

    pass_id = fields.Many2one(
        "tierslieux.pass", required=True, ondelete="restrict", index=True
    )
    code = fields.Char(required=True, copy=False, default=lambda self: self._new_code())
    revoked_on = fields.Datetime(readonly=True, copy=False)
    revoke_reason = fields.Char(readonly=True, copy=False)

    _code_uniq = models.Constraint("UNIQUE (code)", "This code exists already.")
    _one_living_card = models.UniqueIndex(
        "(pass_id) WHERE revoked_on IS NULL", "A pass has one valid code at a time."
    )

    def _new_code(self):
        return "".join(secrets.choice(ALPHABET) for __ in range(LENGTH))
