# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models
from odoo.tools import SQL


class VisitMonth(models.Model):
    """Visits by venue and month, for those who are to see figures and no person."""

    _name = "tierslieux.visit.month"
    _description = "Visits of a month"
    _auto = False
    _order = "month desc, minutes desc"
    _rec_name = "venue_id"
    _depends = {
        "tierslieux.visit": ["venue_id", "check_in", "minutes", "void", "corrects_id"]
    }

    month = fields.Date(readonly=True)
    venue_id = fields.Many2one("tierslieux.venue", readonly=True)
    visits = fields.Integer(readonly=True)
    persons = fields.Integer(
        string="People", readonly=True, aggregator=None, help="Different ones."
    )
    minutes = fields.Integer(string="Minutes of presence", readonly=True)
    hours = fields.Float(readonly=True)

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT min(v.id) AS id,
                   date_trunc('month', v.check_in AT TIME ZONE 'UTC'
                              AT TIME ZONE 'Europe/Paris')::date AS month,
                   v.venue_id,
                   count(*)::integer AS visits,
                   count(DISTINCT v.pass_id)::integer AS persons,
                   sum(v.minutes)::integer AS minutes,
                   sum(v.minutes) / 60.0 AS hours
              FROM tierslieux_visit v
             WHERE v.void IS NOT TRUE
               AND NOT EXISTS (
                    SELECT FROM tierslieux_visit c WHERE c.corrects_id = v.id
                   )
             GROUP BY v.venue_id, 2
            """
        )
