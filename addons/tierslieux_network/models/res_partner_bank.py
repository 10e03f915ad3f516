# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models
from odoo.exceptions import ValidationError

from odoo.addons.base_iban.models.res_partner_bank import validate_iban


class PartnerBank(models.Model):
    _inherit = "res.partner.bank"

    @api.model
    def _iban_error(self, text):
        """What is wrong with an IBAN that somebody typed, in words; "" if nothing."""
        try:
            validate_iban((text or "").strip())
        except ValidationError:
            return self.env._(
                "This is not a valid IBAN: in France it is FR and 25 characters, on "
                "your bank statement."
            )
        return ""

    def _masked(self):
        """An account as far as its holder needs it to know it again; "" without
        one."""
        number = self.sanitized_acc_number
        return f"{number[:4]} •••• {number[-4:]}" if number else ""
