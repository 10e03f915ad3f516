# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from urllib.parse import urlencode

from odoo import http
from odoo.exceptions import UserError, ValidationError
from odoo.http import request

from ..domain import subscriber
from ..exceptions import SharesGone
from .properties import published_property
from .tools import counted, number, worded


class Subscribe(http.Controller):
    """Taking shares: how many, who, read and accept. Nothing is kept between the steps
    but what their addresses and forms carry; an account is asked for at the second."""

    def _offer(self, slug):
        """A property and its issue under way.

        :raises NotFound: without one
        """
        one = published_property(slug)
        issue = one._issue_under_way()
        if not issue:
            raise request.not_found()
        return one, issue

    def _values(self, one, issue, step, **values):
        return {
            "page": one._card(),
            "issue": issue._public_values(),
            "step": step,
            "worded": worded,
            "counted": counted,
            "error": None,
            "additional_title": request.env._("Take shares"),
            **values,
        }

    @http.route(
        "/foncieres/<string:slug>/souscrire",
        auth="public",
        website=True,
        sitemap=False,
        readonly=True,
    )
    def subscribe_shares(self, slug, shares="", **_kwargs):
        one, issue = self._offer(slug)
        return self._shares_page(one, issue, number(shares) or 1)

    def _shares_page(self, one, issue, shares, error=None):
        public = request.env.user._is_public()
        return request.render(
            "tierslieux_fonciere.subscribe_shares",
            self._values(
                one,
                issue,
                1,
                shares=shares,
                error=error,
                choices=[] if public else issue._holder_choices(request.env.user),
            ),
        )

    def _chosen(self, issue, shares, holder):
        """The number of shares and the holder of a form; a sentence if they cannot be.

        :return: ``(shares, contact, error)``
        """
        shares = number(shares)
        most = issue._public_values()["most"]
        if not shares:
            error = request.env._("Shares are whole, at least one.")
        elif shares > most:
            error = (
                request.env._("You can take %s at most.", counted(most))
                if most
                else request.env._("All the shares are taken or reserved.")
            )
        else:
            error = None
        contact = issue._holder_of_choice(request.env.user, holder)
        if contact is None:
            raise request.not_found()
        return shares, contact, error

    @http.route(
        "/foncieres/<string:slug>/souscrire/identite",
        auth="public",
        website=True,
        sitemap=False,
        readonly=True,
    )
    def subscribe_identity(self, slug, shares="", holder="self", **_kwargs):
        one, issue = self._offer(slug)
        if request.env.user._is_public():
            return self._sign_in_page(one, issue, shares, holder)
        shares, contact, error = self._chosen(issue, shares, holder)
        if error:
            return self._shares_page(one, issue, shares or 1, error)
        values = issue._form_values(request.env.user, contact)
        return self._identity_page(one, issue, shares, holder, contact, values)

    def _sign_in_page(self, one, issue, shares, holder):
        query = urlencode({"shares": number(shares) or 1, "holder": holder})
        back = urlencode({"redirect": f"{one.website_url}/souscrire/identite?{query}"})
        scope = request.env["res.users"]._get_signup_invitation_scope()
        return request.render(
            "tierslieux_fonciere.subscribe_sign_in",
            self._values(
                one,
                issue,
                2,
                shares=number(shares) or 1,
                back=back,
                may_sign_up=scope == "b2c",
            ),
        )

    def _is_legal(self, contact):
        return contact != request.env.user.partner_id

    def _identity_page(self, one, issue, shares, holder, contact, values, errors=None):
        return request.render(
            "tierslieux_fonciere.subscribe_identity",
            self._values(
                one,
                issue,
                2,
                shares=shares,
                holder=holder,
                legal=self._is_legal(contact),
                values=values,
                errors=errors or {},
            ),
        )

    @http.route(
        "/foncieres/<string:slug>/souscrire/<any(recapitulatif,reserver):act>",
        auth="user",
        website=True,
        methods=["POST"],
        sitemap=False,
    )
    def subscribe_confirm(self, slug, act, shares="", holder="self", **post):
        one, issue = self._offer(slug)
        shares, contact, error = self._chosen(issue, shares, holder)
        if error:
            return self._shares_page(one, issue, shares or 1, error)
        legal = self._is_legal(contact)
        values = {name: post.get(name, "")[:200] for name in subscriber.asked(legal)}
        errors = issue._form_errors(values, legal)
        if errors or post.get("back"):
            return self._identity_page(
                one, issue, shares, holder, contact, values, errors
            )
        accepted = post.get("accepted") == str(issue.conditions_id.id)
        if act == "reserver" and accepted:
            return self._reserve(one, issue, shares, holder, values)
        return self._recap_page(
            one,
            issue,
            shares,
            holder,
            values,
            error=act == "reserver"
            and request.env._("Read the conditions and accept them to go on."),
        )

    def _reserve(self, one, issue, shares, holder, values):
        user = request.env.user
        # subscribers queue for the row of the issue instead of failing on one another
        issue._read_committed()
        try:
            with request.env.cr.savepoint():
                subscription = issue._subscribe_by_form(
                    user, holder, shares, values, issue.conditions_id
                )
        except SharesGone as gone:
            return self._shares_page(one, issue, max(gone.left, 1), str(gone))
        except (UserError, ValidationError) as refusal:
            return self._recap_page(one, issue, shares, holder, values, str(refusal))
        return request.redirect(f"/my/shares/{subscription.id}?notice=reserved")

    def _recap_page(self, one, issue, shares, holder, values, error=None):
        return request.render(
            "tierslieux_fonciere.subscribe_recap",
            self._values(
                one,
                issue,
                3,
                shares=shares,
                holder=holder,
                legal="legal_name" in values,
                values=values,
                amount=shares * issue.nominal,
                conditions=issue.conditions_id,
                error=error,
            ),
        )
