# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.exceptions import UserError


class SharesGone(UserError):
    """Fewer shares are left than were asked for: ``left`` of them."""

    def __init__(self, message, left=0):
        super().__init__(message)
        self.left = left
