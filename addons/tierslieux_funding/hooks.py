# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.addons.tierslieux_network.hooks import drop_functions

FUNCTIONS = (
    "tierslieux_funding_charge",
    "tierslieux_funding_guard_charged",
    "tierslieux_refuse_signed_tranche",
)


def clean_up(env):
    drop_functions(env, *FUNCTIONS)
