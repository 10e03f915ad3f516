# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import csv
import io
from datetime import datetime, timezone

from odoo import fields, models

from ..domain.settlement.reduced import reduced

COLUMNS = ("visit_id", "person", "venue", "check_in", "check_out")


class Settlement(models.Model):
    """The result of a month's settlement for the passes of the same terms of hours,
    with what it was made from: ``./tierslieux settle`` gives it again."""

    _name = "tierslieux.settlement"
    _description = "Settlement of a month"
    _inherit = ["tierslieux.append.only"]
    _order = "close_id desc, id"
    _rec_name = "terms"

    close_id = fields.Many2one(
        "tierslieux.pass.close", required=True, ondelete="restrict"
    )
    terms = fields.Char(
        required=True, help="Price of the hour, minutes included, daily cap."
    )
    rule_id = fields.Many2one(
        "tierslieux.settlement.rule", required=True, ondelete="restrict"
    )
    rules = fields.Json(string="RULES.json", required=True)
    line_ids = fields.One2many("tierslieux.settlement.line", "settlement_id")
    fee_cents = fields.Integer(required=True)
    reserve_left_cents = fields.Integer(required=True)
    common_fund_cents = fields.Integer(required=True)
    billed_hours_cents = fields.Integer(required=True)
    in_cents = fields.Integer(required=True)
    out_cents = fields.Integer(required=True)

    _terms_uniq = models.Constraint(
        "UNIQUE (close_id, terms)", "This is settled already."
    )
    _in_is_out = models.Constraint(
        "CHECK (in_cents = out_cents)", "What comes in is not what goes out."
    )

    def _visits(self):
        """The visits this was made from, by the names of this close."""
        close = self.close_id
        rates = next(
            rates
            for terms, rates in close._groups(close._query_sums()).items()
            if terms._asdict().items() <= self.rules.items()
        )
        names = {
            pass_id: close._person_name(pass_id)
            for pass_id in close._query_pass_ids(rates)
        }
        return close._visits(
            close.month, self.rule_id.timezone, list(names), names.__getitem__
        )

    def _visits_csv(self):
        """VISITS.csv of ``./tierslieux settle``: the visits this was made from, by the
        names of this close, which say nothing of the persons, and without the times at
        which they were there (see ``domain/settlement/reduced``)."""
        self.ensure_one()
        visits = self._visits()
        text = io.StringIO()
        rows = csv.writer(text)
        rows.writerow(COLUMNS)
        number = 0
        for person in sorted(visits.persons()):
            for start, place, end in reduced(visits.of(person), visits.month):
                number += 1
                instants = [_iso(visits.month.start + one) for one in (start, end)]
                rows.writerow([f"{number:07}", person, visits.venues[place], *instants])
        return text.getvalue()


def _iso(minutes):
    return datetime.fromtimestamp(minutes * 60, timezone.utc).isoformat()
