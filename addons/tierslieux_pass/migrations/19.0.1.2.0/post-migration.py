# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import SUPERUSER_ID, api

from odoo.addons.tierslieux_pass.models.tierslieux_pass_close_rate import COLUMNS

KEY, VISITS, CAPPED = map(COLUMNS.index, ("source_key", "visits", "capped_minutes"))


def migrate(cr, version):
    """Lines of months that are rated and not settled get what weighs in the pool."""
    env = api.Environment(cr, SUPERUSER_ID, {})
    closes = env["tierslieux.pass.close"].search(
        [("state", "in", ("rated", "invoiced", "collected"))]
    )
    cr.execute("ALTER TABLE tierslieux_rated_line DISABLE TRIGGER append_only_row")
    for close in closes:
        lines = close._hours_lines(close._holders())
        weights = [(line[KEY], line[VISITS], line[CAPPED]) for line in lines]
        if weights:
            cr.execute(
                """
                UPDATE tierslieux_rated_line line
                   SET visits = weight.visits, capped_minutes = weight.capped
                  FROM unnest(%s, %s, %s) AS weight (key, visits, capped)
                 WHERE line.source_key = weight.key
                """,
                list(map(list, zip(*weights, strict=True))),
            )
    cr.execute("ALTER TABLE tierslieux_rated_line ENABLE TRIGGER append_only_row")
