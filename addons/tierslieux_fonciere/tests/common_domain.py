# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from hypothesis import HealthCheck, settings

from odoo.addons.tierslieux_fonciere.domain import chain

unhurried = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


def movement(number, giver=None, receiver=None, shares=1, day="2026-01-01", **values):
    return {
        **dict.fromkeys(chain.COLUMNS),
        "number": number,
        "kind": "transfer",
        "effective_on": day,
        "recorded_at": f"{day}T10:00:00",
        "quantity": shares,
        "held": shares,
        "giver": giver,
        "receiver": receiver,
        "nominal": 10000,
        "price": shares * 10000,
        "gratuitous": False,
        "source_key": f"test/{number}",
        **values,
    }


def sealed(movements):
    """The movements with their digests."""
    previous = chain.GENESIS
    rows = []
    for one in movements:
        row = {**one, "previous": previous}
        row["digest"] = previous = chain.digest(previous, row)
        rows.append(row)
    return rows
