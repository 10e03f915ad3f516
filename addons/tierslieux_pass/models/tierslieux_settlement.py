# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import csv
import io
from datetime import datetime, timezone

from odoo import fields, models

from ..domain.settlement.months import Month

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

    def _passes(self):
        close = self.close_id
        return close.rated_line_ids.filtered(
            lambda line: (
                line.kind != "correction"
                and close._terms_of(line.rate_id).items() <= self.rules.items()
            )
        ).pass_id

    def _visits_csv(self):
        """VISITS.csv of ``./tierslieux settle``: all visits this was made from, by the
        names of this close, which say nothing of the persons."""
        self.ensure_one()
        close = self.close_id
        passes = self._passes()
        names = {one.id: close._person_name(one.id) for one in passes}
        span = Month(self.rules["month"], self.rules["timezone"])
        text = io.StringIO()
        rows = csv.writer(text)
        rows.writerow(COLUMNS)
        for part in close._query_visits(span, passes.ids):
            for visit, one, venue, start, end in sorted(part):
                rows.writerow([visit, names[one], venue, _iso(start), _iso(end)])
        return text.getvalue()


def _iso(minutes):
    return datetime.fromtimestamp(minutes * 60, timezone.utc).isoformat()
