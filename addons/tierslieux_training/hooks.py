# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).


def lead_to_agenda(env):
    """The menu of events leads to the agenda of all venues and sessions."""
    _move_menu(env, "/event", "/agenda")


def lead_to_events(env):
    """Back to the events of the core, when the module goes."""
    _move_menu(env, "/agenda", "/event")


def _move_menu(env, before, after):
    env["website.menu"].search([("url", "=", before)]).url = after
