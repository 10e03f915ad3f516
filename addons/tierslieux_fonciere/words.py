# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Numbers as they are said in sentences."""

from odoo.tools import formatLang


def count_shares(env, quantity):
    """“1 share”, “1,200 shares”, in the language of ``env``."""
    if not quantity:
        # singular in French
        return env._("0 shares")
    if quantity == 1:
        return env._("1 share")
    return env._("%s shares", formatLang(env, quantity, digits=0))


def more_or_less(env, quantity):
    """“+12”, “−1,200”, in the language of ``env``."""
    return f"{'−' if quantity < 0 else '+'}{formatLang(env, abs(quantity), digits=0)}"
