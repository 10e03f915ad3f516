# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tools import SQL

FUNCTIONS = (
    "tierslieux_funding_charge",
    "tierslieux_funding_guard_charged",
    "tierslieux_refuse_signed_tranche",
)


def clean_up(env):
    """The triggers go with their tables, their functions do not."""
    for name in FUNCTIONS:
        env.cr.execute(SQL("DROP FUNCTION IF EXISTS %s CASCADE", SQL.identifier(name)))
