# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models

# What an expense copies from its entry, beside its posting
COPIED = {"ref", "date", "partner_id", "name"}


class AccountMove(models.Model):
    _inherit = "account.move"

    def _post(self, soft=True):
        posted = super()._post(soft)
        self.env["tierslieux.funding.expense"]._sync(posted)
        return posted

    def write(self, vals):
        result = super().write(vals)
        if vals.get("state") in ("draft", "cancel"):
            self.env["tierslieux.funding.expense"]._sync(self)
        elif "state" not in vals and COPIED & vals.keys():
            self.env["tierslieux.funding.expense"]._sync_known(self)
        return result
