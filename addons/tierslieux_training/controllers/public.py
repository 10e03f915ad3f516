# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import date, datetime, time, timedelta

from dateutil.relativedelta import relativedelta

from odoo import fields, http
from odoo.http import request

from .tools import refusals

MONTHS_AHEAD = 24


class PublicTraining(http.Controller):
    """Programmes, the agenda of all venues, and enrolling."""

    @http.route("/formations", auth="public", website=True, sitemap=True, readonly=True)
    def training_programmes(self, **_kwargs):
        programmes = request.env["tierslieux.programme"]._published()
        return request.render(
            "tierslieux_training.programmes_page",
            {"programmes": programmes, "coming": programmes._coming()},
        )

    def _programme(self, slug):
        number = request.env["ir.http"]._unslug(slug)[1] or 0
        programme = request.env["tierslieux.programme"]._published(number)
        if not programme:
            raise request.not_found()
        return programme

    @http.route("/formations/<string:slug>", auth="public", website=True, readonly=True)
    def training_programme(self, slug, **_kwargs):
        programme = self._programme(slug)
        today = fields.Date.context_today(programme)
        return request.render(
            "tierslieux_training.programme_page",
            {
                "programme": programme,
                "sessions": programme._coming().get(programme, ()),
                "prices": [
                    (name, price)
                    for audience, name in programme.price_ids._fields[
                        "audience"
                    ]._description_selection(request.env)
                    if (price := programme._price(audience, today))
                    and price.audience == audience
                ],
            },
        )

    @http.route(
        "/formations/session/<int:event_id>",
        auth="user",
        website=True,
        methods=["GET", "POST"],
    )
    def training_enrol(self, event_id, **post):
        event = request.env["event.event"].search(
            [
                ("id", "=", event_id),
                ("website_published", "=", True),
                ("programme_id", "!=", False),
            ]
        )
        if not event:
            raise request.not_found()
        error = None
        if request.httprequest.method == "POST":
            with refusals() as outcome:
                enrolment = self._enrol_from(event, post)
            error = outcome.error
            if not error:
                return request.redirect(f"/my/training/enrolment/{enrolment.id}")
        enrolments = request.env["tierslieux.training.enrolment"]
        today = fields.Date.context_today(event)
        # sudo: of a published session, what its page says
        programme = event.sudo().programme_id
        return request.render(
            "tierslieux_training.enrol_page",
            {
                # sudo: of a published session, what its page says
                "event": event.sudo(),
                "error": error,
                "post": post,
                "withdrawal_days": enrolments._withdrawal_days("individual"),
                "price": programme._price(
                    enrolments._audience_of(request.env.user.partner_id, "individual"),
                    today,
                ),
                "organisation_price": programme._price("organisation", today),
            },
        )

    def _enrol_from(self, event, post):
        enrolments = request.env["tierslieux.training.enrolment"]
        if post.get("kind") != "organisation":
            return enrolments._enrol(event, [])
        typed = [
            (
                (post.get(f"name_{rank}") or "").strip()[:100],
                (post.get(f"email_{rank}") or "").strip()[:200],
            )
            for rank in range(1, 6)
        ]
        return enrolments._enrol_for(
            event,
            (post.get("organisation") or "").strip()[:200],
            (post.get("registry") or "").strip()[:20],
            [trainee for trainee in typed if any(trainee)],
        )

    # -- agenda ------------------------------------------------------------------------

    def _months(self, month):
        """The month asked for, the one before and the one after."""
        today = fields.Date.context_today(request.env.user)
        first = today.replace(day=1)
        try:
            chosen = date.fromisoformat(f"{month}-01") if month else first
        except ValueError:
            chosen = first
        limit = first + relativedelta(months=MONTHS_AHEAD)
        chosen = min(max(chosen, first), limit)
        before = chosen - relativedelta(months=1) if chosen > first else None
        after = chosen + relativedelta(months=1) if chosen < limit else None
        return chosen, before, after

    @http.route("/agenda", auth="public", website=True, sitemap=True, readonly=True)
    def venues_agenda(self, month=None, kind=None, **_kwargs):
        chosen, before, after = self._months(month)
        start = max(datetime.combine(chosen, time()), fields.Datetime.now())
        stop = datetime.combine(chosen + relativedelta(months=1), time())
        events = request.env["event.event"]._agenda(start, stop)
        if kind == "training":
            # sudo: whether a published event is a session
            events = events.filtered(lambda one: one.sudo().programme_id)
        return request.render(
            "tierslieux_training.agenda_page",
            {
                "events": events,
                "chosen": chosen,
                "before": before,
                "after": after,
                "kind": kind,
            },
        )

    @http.route("/agenda.ics", auth="public", website=True, readonly=True)
    def venues_agenda_file(self, **_kwargs):
        now = fields.Datetime.now()
        events = request.env["event.event"]._agenda(
            now, now + timedelta(days=366), limit=1000
        )
        return request.make_response(
            events._agenda_ics(),
            headers=[
                ("Content-Type", "text/calendar; charset=utf-8"),
                ("Content-Disposition", 'attachment; filename="agenda.ics"'),
            ],
        )
