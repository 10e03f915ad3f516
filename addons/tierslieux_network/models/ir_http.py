# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models
from odoo.http import request


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    def session_info(self):
        """People of the network start on their home page, unless they chose another
        first page themselves: nothing is written on them."""
        info = super().session_info()
        if self.env.user.has_group("tierslieux_network.group_member"):
            if not info.get("home_action_id"):
                action = self.env.ref("tierslieux_network.tierslieux_home_action")
                info["home_action_id"] = action.id
            self._start_with_every_company()
        return info

    def _start_with_every_company(self):
        """Whoever works for several companies sees the records of all of them until
        they choose: the web client would show those of one, and lists of a foncière
        would look empty."""
        user = self.env.user
        others = user.company_ids - user.company_id
        if others and request and not request.cookies.get("cids"):
            companies = (user.company_id | others).ids
            request.future_response.set_cookie("cids", "-".join(map(str, companies)))
