# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tools import SQL

FUNCTIONS = (
    "tierslieux_booking_changed",
    "tierslieux_hold_changed",
    "tierslieux_check_booking",
)


def create_exclusion_extension(env):
    """Holds exclude one another with btree_gist, a trusted extension: the owner of the
    database may create it."""
    env.cr.execute("CREATE EXTENSION IF NOT EXISTS btree_gist")


def clean_up(env):
    """The triggers go with their tables, their functions do not."""
    for name in FUNCTIONS:
        env.cr.execute(SQL("DROP FUNCTION IF EXISTS %s CASCADE", SQL.identifier(name)))
