# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date


class VisitRequest(models.Model):
    """What a holder asks to change in a visit, and the answer of the venue."""

    _name = "tierslieux.visit.request"
    _description = "Correction asked for"
    _order = "id desc"
    _rec_name = "visit_id"

    visit_id = fields.Many2one("tierslieux.visit", required=True, ondelete="restrict")
    pass_id = fields.Many2one(related="visit_id.pass_id", store=True, index=True)
    venue_id = fields.Many2one(related="visit_id.venue_id", store=True, index=True)
    void = fields.Boolean(string="Did not take place")
    check_in = fields.Datetime()
    check_out = fields.Datetime()
    reason = fields.Char(required=True)
    state = fields.Selection(
        [("asked", "Asked"), ("accepted", "Accepted"), ("refused", "Refused")],
        string="Status",
        required=True,
        default="asked",
        index=True,
    )
    answer_by = fields.Date(
        readonly=True,
        help="Without an answer of the venue by then, the voted rules answer.",
    )
    unanswered = fields.Selection(
        [("accepted", "Accepted"), ("refused", "Refused")],
        string="Without an answer",
        readonly=True,
    )
    answer = fields.Char()
    decided_by_id = fields.Many2one("res.users", ondelete="restrict")
    decided_on = fields.Datetime()

    _to_answer_idx = models.Index("(answer_by) WHERE state = 'asked'")
    _one_open_request = models.UniqueIndex(
        "(visit_id) WHERE state = 'asked'",
        "A correction of this visit is asked for already.",
    )
    _refusal_says_why = models.Constraint(
        "CHECK (state != 'refused' OR length(trim(answer)) > 0)",
        "A refusal says why.",
    )

    def _decide(self, accept, answer=None):
        """The venue's answer: an accepted correction is written at once.

        :raises UserError: it was answered already, or the visit changed since
        """
        self.ensure_one()
        self.venue_id._check_desk()
        if self.state != "asked":
            raise UserError(self.env._("This request has been answered already."))
        if not accept and not (answer or "").strip():
            raise UserError(self.env._("Say why you refuse."))
        # sudo: those who keep the desk write through this act only
        request = self.sudo()
        if accept:
            request.visit_id._correct(
                request.reason, request.check_in, request.check_out, request.void
            )
        request.write(
            {
                "state": "accepted" if accept else "refused",
                "answer": answer,
                "decided_by_id": self.env.uid,
                "decided_on": fields.Datetime.now(),
            }
        )

    @api.model
    def _cron_answer(self, batch_size=200):
        """Answer, by the voted rules, the requests that venues left without one."""
        domain = [
            ("state", "=", "asked"),
            ("answer_by", "<", fields.Date.context_today(self)),
        ]
        commit = self.env["ir.cron"]._commit_progress
        commit(remaining=self.search_count(domain))
        for request in self.search(domain, limit=batch_size, order="id"):
            if request.try_lock_for_update():
                request._decide_by_rule()
            if not commit(1):
                break

    def _decide_by_rule(self):
        self.ensure_one()
        request = self.with_context(lang=self.pass_id.partner_id.lang)
        day = format_date(request.env, self.answer_by)
        if self.visit_id.corrected_by_ids:
            answer = request.env._("This visit has been corrected already.")
            request._decide(False, answer)
        elif self.unanswered == "refused":
            answer = request.env._("Refused by rule: the venue had until %s.", day)
            request._decide(False, answer)
        else:
            answer = request.env._("Accepted by rule: the venue had until %s.", day)
            request._decide(True, answer)
