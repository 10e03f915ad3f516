# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models
from odoo.exceptions import AccessError


class OwnRecord(models.AbstractModel):
    """Records that people keep themselves: access rules say which records are theirs,
    ``_own_fields`` what they may write of them. The board writes everything."""

    _name = "tierslieux.own.record"
    _description = "Record kept by those it is about"

    _own_fields = frozenset()

    @api.model_create_multi
    def create(self, vals_list):
        # whom a new record is about is for the access rules to check; it never changes
        names = {name for vals in vals_list for name in vals}
        self._check_own_fields(names - {"partner_id"})
        return super().create(vals_list)

    def write(self, vals):
        self._check_own_fields(vals)
        return super().write(vals)

    @api.model
    def _check_own_fields(self, names):
        """
        :raises AccessError: for a field that is not the user's to write
        """
        if self.env.su or self.env.user.has_group("tierslieux_network.group_board"):
            return
        forbidden = set(names) - self._own_fields
        if forbidden:
            raise AccessError(
                self.env._(
                    "Ask the network's board to change: %s",
                    ", ".join(sorted(forbidden)),
                )
            )
