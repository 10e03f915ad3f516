# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.exceptions import UserError


class SlotTaken(UserError):
    """Somebody was faster; ``times`` are the nearest that are free,
    ``[(start, stop), …]`` in naive UTC."""

    def __init__(self, message, times=()):
        super().__init__(message)
        self.times = list(times)
