# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import UserError


class Visit(models.Model):
    _inherit = "tierslieux.visit"

    request_ids = fields.One2many(
        "tierslieux.visit.request", "visit_id", string="Corrections asked for"
    )

    def _ask_correction(self, reason, check_in=None, check_out=None, void=False):
        """Ask the venue to correct one's own visit; the caller has checked whose it is.

        An end that nobody recorded is the holder's to say: if it is earlier than the
        estimate, it is accepted at once. Anything else is for the venue to decide.

        :raises UserError: too late, impossible, or nothing to change
        """
        self.ensure_one()
        # sudo: holders have no right to write requests, this act is the way in
        visit = self.sudo()
        if not (reason or "").strip():
            raise UserError(self.env._("Say why this visit is wrong."))
        rule = visit._correction_rule()
        now = fields.Datetime.now()
        if rule and visit.check_out < now - timedelta(days=rule.correction_days):
            raise UserError(
                self.env._(
                    "Corrections are asked for within %s days of a visit.",
                    rule.correction_days,
                )
            )
        if visit.request_ids.filtered(lambda request: request.state == "asked"):
            raise UserError(
                self.env._("A correction of this visit is asked for already.")
            )
        check_in, check_out = check_in or visit.check_in, check_out or visit.check_out
        if not void:
            visit._check_times(check_in, check_out)
            if (check_in, check_out) == (visit.check_in, visit.check_out):
                raise UserError(self.env._("Say what changes: a time is not right."))
        request = visit.request_ids.create(
            {
                "visit_id": visit.id,
                "reason": reason.strip(),
                "check_in": check_in,
                "check_out": check_out,
                "void": void,
                **rule._answer_due(),
            }
        )
        if visit._is_own_estimate(check_in, check_out, void):
            request._decide(
                True, self.env._("Accepted by rule: the end was estimated.")
            )
        return request

    def _correction_rule(self):
        """The rules in force on the day of this visit; before the first ones, there is
        no delay."""
        self.ensure_one()
        # sudo: rules are for the office and the venues; holders are told their delays
        rules = self.env["tierslieux.settlement.rule"].sudo()
        return rules._in_force(self.sudo().venue_id._local_day(self.check_out))

    def _is_own_estimate(self, check_in, check_out, void):
        self.ensure_one()
        return (
            self.estimated
            and not void
            and check_in == self.check_in
            and check_out <= self.check_out
        )
