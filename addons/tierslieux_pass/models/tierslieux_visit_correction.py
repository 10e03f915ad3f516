# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import UserError

# How long a holder may ask for a correction.
DELAY = timedelta(days=14)


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
        if visit.check_out < fields.Datetime.now() - DELAY:
            raise UserError(
                self.env._("Corrections are asked for within 14 days of a visit.")
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
            }
        )
        if visit._is_own_estimate(check_in, check_out, void):
            request._decide(
                True, self.env._("Accepted by rule: the end was estimated.")
            )
        return request

    def _is_own_estimate(self, check_in, check_out, void):
        self.ensure_one()
        return (
            self.estimated
            and not void
            and check_in == self.check_in
            and check_out <= self.check_out
        )
