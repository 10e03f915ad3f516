# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.addons.tierslieux_network.hooks import drop_functions

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
    drop_functions(env, *FUNCTIONS)
