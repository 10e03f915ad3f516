# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import http
from odoo.exceptions import AccessError, MissingError
from odoo.http import request

from odoo.addons.portal.controllers.portal import CustomerPortal


class MembershipPortal(CustomerPortal):
    """“My membership”: what I am, what I owe, and what I can do about it."""

    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        if "membership_count" in counters:
            values["membership_count"] = len(self._memberships())
        return values

    def _memberships(self):
        return request.env["tierslieux.membership"]._of_partner(
            request.env.user.partner_id
        )

    def _membership(self, membership_id):
        """One of the visitor's memberships, with the rights of the server: what the
        page shows of it (fees, invoices, delegate) belongs to this member.

        :raises werkzeug NotFound: for an id that is not theirs, or nobody's
        """
        membership = request.env["tierslieux.membership"].browse(membership_id)
        try:
            membership.check_access("read")
        except (AccessError, MissingError):
            membership = membership.browse()
        if not membership & self._memberships():
            raise request.not_found()
        # sudo: found by the rights of the member, see above
        return membership.sudo()

    @http.route("/my/membership", auth="user", website=True)
    def my_memberships(self, notice=None, **_kwargs):
        # Not read-only: the links to the invoices create their access tokens.
        values = self._prepare_portal_layout_values()
        values.update(
            page_name="membership",
            # sudo: found with the member's own rights; shown as in _membership
            memberships=self._memberships().sudo(),
            notice=notice,
        )
        return request.render("tierslieux_network.portal_my_membership", values)

    @http.route(
        "/my/membership/<int:membership_id>/renew",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def renew(self, membership_id, **_kwargs):
        invoice = self._membership(membership_id)._renew()
        if not invoice:
            return request.redirect("/my/membership?notice=nothing_due")
        return request.redirect(invoice.get_portal_url())

    @http.route(
        "/my/membership/<int:membership_id>/withdraw",
        auth="user",
        website=True,
        methods=["GET", "POST"],
    )
    def withdraw(self, membership_id, reason=None, **_kwargs):
        membership = self._membership(membership_id)
        if membership.state not in ("applied", "admitted", "member", "due"):
            return request.redirect("/my/membership")
        reason = (reason or "").strip()
        if request.httprequest.method == "POST" and reason:
            membership._decide("withdrawal", reason=reason)
            return request.redirect("/my/membership?notice=withdrawn")
        values = self._prepare_portal_layout_values()
        values.update(
            page_name="membership",
            membership=membership,
            error=request.httprequest.method == "POST",
        )
        return request.render("tierslieux_network.portal_membership_withdraw", values)
