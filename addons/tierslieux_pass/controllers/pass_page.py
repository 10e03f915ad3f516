# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, http
from odoo.http import request


class PassPage(http.Controller):
    """What the pass is, what it costs, where it opens doors."""

    @http.route("/pass", auth="public", website=True, sitemap=True, readonly=True)
    def pass_page(self, **_kwargs):
        return request.render(
            "tierslieux_pass.pass_page",
            {"plans": _plans(), "venues": _venues()},
        )


def _plans():
    """The published plans with a price today, as the public may see them."""
    # sudo: visitors read no model of ours; the page shows these fields of each plan
    plans = request.env["tierslieux.pass.plan"].sudo()
    plans = plans.search([("is_published", "=", True)])
    today = fields.Date.context_today(plans)
    rates = plans._rates_at(today)
    return [
        {
            "id": plan.id,
            "name": plan.name,
            "description": plan.description,
            "currency": plan.currency_id,
            "monthly": plan._with_taxes(rates[plan].monthly_fee),
            "hour": plan._with_taxes(rates[plan].hourly_rate, hours=True),
            "unlimited": rates[plan].unlimited,
            "included_minutes": rates[plan].included_minutes,
        }
        for plan in plans
        if plan in rates
    ]


def _venues():
    """The published venues that take the pass today."""
    # sudo: as above; that a venue takes the pass is public, its agreement is not
    agreements = request.env["tierslieux.venue.agreement"].sudo()
    today = fields.Date.context_today(agreements)
    venues = agreements.search(agreements._in_force(today)).venue_id
    venues = venues.filtered(lambda venue: venue.is_published and venue.active)
    slug = request.env["ir.http"]._slug
    return [
        {"name": venue.name, "city": venue.city, "url": f"/lieux/{slug(venue)}"}
        for venue in venues.sorted("sort_name")
    ]
