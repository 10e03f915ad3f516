# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo import fields, http
from odoo.exceptions import UserError
from odoo.http import content_disposition, request

from odoo.addons.portal.controllers.portal import CustomerPortal
from odoo.addons.tierslieux_booking.controllers.tools import number

from ..domain import subscription
from .pass_page import _plans

# Status of a pass that goes on.
HELD = ("planned", "active", "paused")
CHANGES = ("plan_changed", "paused", "resumed", "ended", "undo", "card")


def my_pass():
    """The visitor's pass, empty for none."""
    return request.env["tierslieux.pass"].search(
        [
            ("partner_id", "=", request.env.user.partner_id.id),
            ("company_id", "=", request.env.company.id),
        ]
    )


class PortalPass(CustomerPortal):
    """“My pass”: its code, its plan, and what one may change."""

    @http.route("/my/pass", type="http", auth="user", website=True)
    def pass_my_pass(self, notice=None, **_kwargs):
        one = my_pass()
        values = self._prepare_portal_layout_values()
        values.update(
            page_name="my_pass",
            plans=_plans(),
            notice=notice,
            error=request.session.pop("tierslieux_pass_error", None),
        )
        if one:
            today = fields.Date.context_today(one)
            values.update(
                # sudo: the plan of one's own pass, though it be published no more
                one=one.sudo(),
                qr=one._qr_base64().decode(),
                planned=one._planned_sentences(),
                month=one._month(today.replace(day=1)),
                next_month=subscription.next_month(today),
                last_day=subscription.next_month(today) - timedelta(days=1),
            )
        page = "portal_my_pass" if one.state in HELD else "portal_no_pass"
        return request.render(f"tierslieux_pass.{page}", values)

    @http.route(
        "/my/pass/subscribe/<int:plan_id>",
        type="http",
        auth="user",
        website=True,
        methods=["GET", "POST"],
    )
    def pass_subscribe(self, plan_id, **post):
        plan = self._pass_plan(plan_id)
        passes = request.env["tierslieux.pass"]
        if my_pass().state in HELD:
            return request.redirect("/my/pass")
        values = self._pass_subscription_values(post)
        errors = {}
        if request.httprequest.method == "POST" and post.get("step") != "quote":
            errors = passes._subscription_errors(plan, values)
            if not errors:
                partner = request.env.user.partner_id
                passes._subscribe(partner, plan, values)
                return request.redirect("/my/pass?notice=subscribed")
        page = self._prepare_portal_layout_values()
        page.update(
            page_name="my_pass",
            plan=plan,
            currency=plan.currency_id,
            values=values,
            errors=errors,
            quote=passes._quote(plan, values["date"]) if values["date"] else None,
            mandate_text=passes._mandate_text(),
            today=fields.Date.context_today(passes),
            venues=self._pass_home_venues(),
        )
        return request.render("tierslieux_pass.portal_subscribe", page)

    @http.route(
        "/my/pass/payment",
        type="http",
        auth="user",
        website=True,
        methods=["GET", "POST"],
    )
    def pass_payment(self, **post):
        one = my_pass()
        if one.state not in HELD:
            return request.redirect("/my/pass")
        values = self._pass_payment_values(post or {"payment_mode": one.payment_mode})
        errors = {}
        if request.httprequest.method == "POST":
            errors = one._payment_errors(values)
            if not errors:
                one._set_payment(values)
                return request.redirect("/my/pass?notice=payment")
        page = self._prepare_portal_layout_values()
        page.update(
            page_name="pass_payment",
            # sudo: the mandate of one's own pass
            one=one.sudo(),
            iban=one._masked_iban(),
            values=values,
            errors=errors,
            mandate_text=one._mandate_text(),
        )
        return request.render("tierslieux_pass.portal_payment", page)

    @http.route(
        "/my/pass/change", type="http", auth="user", website=True, methods=["POST"]
    )
    def pass_change(self, kind, plan_id=None, **_post):
        one = my_pass()
        if not one or kind not in CHANGES:
            raise request.not_found()
        try:
            with request.env.cr.savepoint():
                if kind == "undo":
                    one._undo_planned()
                elif kind == "card":
                    one._replace_card(request.env._("Replaced by the holder"))
                elif kind == "plan_changed":
                    one._change(kind, self._pass_plan(number(plan_id)))
                else:
                    one._change(kind)
        except UserError as error:
            request.session["tierslieux_pass_error"] = str(error)
            return request.redirect("/my/pass")
        return request.redirect(f"/my/pass?notice={kind}")

    @http.route("/my/pass/qr.png", type="http", auth="user")
    def pass_qr(self, **_kwargs):
        one = my_pass()
        if not one:
            raise request.not_found()
        return request.make_response(
            one._qr(1000),
            [
                ("Content-Type", "image/png"),
                ("Content-Disposition", content_disposition("pass.png")),
                ("Cache-Control", "no-store"),
            ],
        )

    @http.route("/my/pass/card.pdf", type="http", auth="user")
    def pass_card(self, **_kwargs):
        one = my_pass()
        if not one:
            raise request.not_found()
        # sudo: reports are for the office; this one is of the holder's own pass
        pdf, _type = (
            request.env["ir.actions.report"]
            .sudo()
            ._render_qweb_pdf("tierslieux_pass.report_card", one.ids)
        )
        return request.make_response(
            pdf,
            [
                ("Content-Type", "application/pdf"),
                ("Content-Disposition", content_disposition("pass.pdf")),
                ("Cache-Control", "no-store"),
            ],
        )

    def _pass_plan(self, plan_id):
        """A published plan.

        :raises werkzeug NotFound: for any other id
        """
        # sudo: prices and taxes of a published plan are public
        plans = request.env["tierslieux.pass.plan"].sudo()
        plan = plans.search([("id", "=", plan_id), ("is_published", "=", True)])
        if not plan:
            raise request.not_found()
        return plan

    def _pass_subscription_values(self, post):
        today = fields.Date.context_today(request.env.user)
        try:
            day = fields.Date.to_date(post.get("date")) if post.get("date") else today
        except ValueError:
            day = None
        venue = (post.get("home_venue_id") or "").strip()
        known = {number for number, _name in self._pass_home_venues()}
        return {
            "date": day,
            **self._pass_payment_values(post),
            "shows_name": bool(post.get("shows_name")),
            "home_venue_id": int(venue)
            if venue.isdecimal() and int(venue) in known
            else False,
        }

    def _pass_payment_values(self, post):
        return {
            "payment_mode": post.get("payment_mode") or "debit",
            "iban": (post.get("iban") or "").strip()[:60],
            "accepted": bool(post.get("accepted")),
        }

    def _pass_home_venues(self):
        # sudo: the names of published venues are public
        venues = request.env["tierslieux.venue"].sudo()
        found = venues.search_fetch([("is_published", "=", True)], ["name"])
        return [(venue.id, venue.name) for venue in found]
