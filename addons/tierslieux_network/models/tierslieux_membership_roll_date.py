# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..domain.roll import REASONS_IN


class Membership(models.Model):
    _inherit = "tierslieux.membership"

    roll_date = fields.Date(
        string="On the roll on",
        store=False,
        search="_search_roll_date",
        help="Finds the members of a day, whatever became of them since.",
    )

    @api.model
    def _search_roll_date(self, operator, value):
        if operator != "in":
            return NotImplemented
        days = [fields.Date.to_date(day) for day in value if day]
        self.env.flush_all()
        return Domain.OR(
            Domain("id", "in", SQL("(SELECT id FROM (%s) m)", self._query_on_roll(day)))
            for day in days
        )

    @api.model
    def _query_on_roll(self, day):
        """``(id, college_id)`` of the members of a day.

        :param day: date, or SQL that gives one
        """
        return SQL(
            "SELECT roll.membership_id AS id, roll.college_id FROM (%s) roll "
            "WHERE roll.reason IN %s",
            self._query_roll(day),
            REASONS_IN,
        )
