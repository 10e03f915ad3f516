# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    def session_info(self):
        """People of the network start on their home page, unless they chose another
        first page themselves: nothing is written on them."""
        info = super().session_info()
        if not info.get("home_action_id") and self.env.user.has_group(
            "tierslieux_network.group_member"
        ):
            action = self.env.ref("tierslieux_network.tierslieux_home_action")
            info["home_action_id"] = action.id
        return info
