# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import http
from odoo.exceptions import UserError
from odoo.http import request

from odoo.addons.payment.controllers.portal import PaymentPortal
from odoo.addons.portal.controllers.portal import CustomerPortal
from odoo.addons.tierslieux_network.controllers.tools import report_page

from .tools import counted, number, own, signed, worded


class PortalShares(CustomerPortal):
    """What a holder sees and does: shares over time, subscriptions, papers."""

    def _shares_values(self, page, **values):
        return {
            **self._prepare_portal_layout_values(),
            "page_name": page,
            "worded": worded,
            "counted": counted,
            "signed": signed,
            "error": None,
            "notice": None,
            **values,
        }

    @http.route("/my/shares", auth="user", website=True, readonly=True)
    def my_shares(self, notice=None, **_kwargs):
        # sudo: one's own, found by the rules; what hangs on them is read too
        subscriptions = request.env["tierslieux.share.subscription"].search([]).sudo()
        going, ended = subscriptions._portal_lists()
        return request.render(
            "tierslieux_fonciere.portal_shares",
            self._shares_values(
                "shares",
                accounts=request.env["tierslieux.share.movement"]._portal_accounts(),
                going=going,
                ended=ended,
                notice=notice,
            ),
        )

    # Not read-only: the payment form may write what it knows of the payer.
    @http.route("/my/shares/<int:subscription_id>", auth="user", website=True)
    def my_subscription(self, subscription_id, notice=None, **_kwargs):
        one = own("tierslieux.share.subscription", subscription_id)
        return self._subscription_page(one, notice=notice)

    def _subscription_page(self, one, **values):
        return request.render(
            "tierslieux_fonciere.portal_subscription",
            self._shares_values(
                "share_subscription",
                **{
                    "one": one,
                    "transfer": one._can_be_paid() and one._transfer(),
                    "payment": one._can_be_paid() and self._payment_form(one),
                    "errors": {},
                    "iban": "",
                    **values,
                },
            ),
        )

    @http.route(
        "/my/shares/<int:subscription_id>/account",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def tell_account(self, subscription_id, iban="", **_kwargs):
        """Where the money that is given back goes."""
        one = own("tierslieux.share.subscription", subscription_id)
        if not one._needs_account():
            raise request.not_found()
        iban = iban.strip()[:60]
        if error := request.env["res.partner.bank"]._iban_error(iban):
            return self._subscription_page(one, errors={"iban": error}, iban=iban)
        one.bank_account_id = one.partner_id._share_account(iban)
        return request.redirect(f"/my/shares/{one.id}?notice=account", 303)

    def _payment_form(self, one):
        """The core's payment form for what is missing; ``{}`` without a provider."""
        payer = request.env.user.partner_id
        amount = one._missing_amount()
        # sudo: a payer reads no provider and no method; these are open to this payment
        providers = (
            request.env["payment.provider"]
            .sudo()
            ._get_compatible_providers(
                one.company_id.id, payer.id, amount, currency_id=one.currency_id.id
            )
        )
        methods = (
            request.env["payment.method"]
            .sudo()
            ._get_compatible_payment_methods(
                providers.ids, payer.id, currency_id=one.currency_id.id
            )
        )
        if not methods:
            return {}
        return {
            "mode": "payment",
            "allow_token_selection": False,
            "allow_token_deletion": False,
            "default_token_id": None,
            "show_tokenize_input_mapping": dict.fromkeys(providers.ids, False),
            "display_submit_button": True,
            "submit_button_label": request.env._("Pay"),
            "reference_prefix": one.reference,
            "amount": amount,
            "currency": one.currency_id,
            "partner_id": payer.id,
            "providers_sudo": providers,
            "payment_methods_sudo": methods,
            "tokens_sudo": request.env["payment.token"],
            "transaction_route": f"/my/shares/{one.id}/transaction",
            "assign_token_route": "",
            "landing_route": f"/my/shares/{one.id}?notice=paid",
            "access_token": "",
        }

    @http.route(
        "/my/shares/certificate/<int:company_id>/<int:holder_id>.pdf",
        auth="user",
        website=True,
    )
    def share_certificate(self, company_id, holder_id, **_kwargs):
        """What somebody holds today, on a paper that anybody can check."""
        certificate = self._certificate(company_id, holder_id)
        return report_page(
            "tierslieux_fonciere.report_certificate", certificate, "attestation"
        )

    @http.route(
        "/my/shares/account/<int:company_id>/<int:holder_id>.pdf",
        auth="user",
        website=True,
    )
    def share_account(self, company_id, holder_id, **_kwargs):
        """The individual account: every movement of a holder."""
        certificate = self._certificate(company_id, holder_id)
        return report_page(
            "tierslieux_fonciere.report_account", certificate, "compte-individuel"
        )

    def _certificate(self, company_id, holder_id):
        company, holder = self._account(company_id, holder_id)
        return request.env["tierslieux.share.certificate"]._issue(company, holder)

    def _account(self, company_id, holder_id):
        """A foncière and a holder, the visitor or one they represent, who has or had
        shares of it.

        :raises NotFound: for anybody else
        """
        holders = request.env.user.partner_id._share_holders()
        holder = holders.filtered(lambda one: one.id == holder_id)
        # sudo: its name and its register, for one of its holders
        company = request.env["res.company"].sudo().browse(company_id)
        movements = request.env["tierslieux.share.movement"].sudo()
        if not holder or not movements.search(
            [("company_id", "=", company_id), *movements._of_holder(holder)], limit=1
        ):
            raise request.not_found()
        return company, holder

    # -- redemption ------------------------------------------------------------------

    @http.route(
        "/my/shares/redeem/<int:company_id>/<int:holder_id>",
        auth="user",
        website=True,
        methods=["GET", "POST"],
    )
    def redeem_shares(self, company_id, holder_id, shares="", confirm=None, **post):
        """How many, what becomes of the request and where the money goes, then the
        request."""
        company, holder = self._account(company_id, holder_id)
        redemptions = request.env["tierslieux.share.redemption"]
        wanted, outlook, error = number(shares), None, None
        # sudo: the ends of one's own account
        known = holder.sudo()._share_payee(False, company)._masked()
        iban = (post.get("iban") or "").strip()[:60]
        iban_error = ""
        if confirm and (iban or not known):
            iban_error = request.env["res.partner.bank"]._iban_error(iban)
        if shares:
            try:
                with request.env.cr.savepoint():
                    outlook = redemptions._outlook(company, holder, wanted)
                    ready = confirm and not iban_error
                    if ready and request.httprequest.method == "POST":
                        reason = (post.get("reason") or "").strip()[:2000]
                        redemptions._request(company, holder, wanted, reason, iban)
                        return request.redirect("/my/shares?notice=redemption")
            except UserError as refusal:
                error = str(refusal)
        return request.render(
            "tierslieux_fonciere.portal_redeem",
            self._shares_values(
                "share_redeem",
                company=company,
                holder=holder,
                free=redemptions._free_shares(company, holder),
                shares=wanted,
                outlook=outlook,
                known=known,
                errors={"iban": iban_error} if iban_error else {},
                post=post,
                error=error,
            ),
        )

    @http.route(
        "/my/shares/transfer/<int:company_id>/<int:holder_id>",
        auth="user",
        website=True,
        methods=["GET", "POST"],
    )
    def tell_transfer(self, company_id, holder_id, **post):
        """The office is told of a transfer; it writes it in the register."""
        company, holder = self._account(company_id, holder_id)
        movements = request.env["tierslieux.share.movement"]
        error = None
        if request.httprequest.method == "POST":
            notice = {
                name: (post.get(name) or "").strip()[:500]
                for name in ("receiver", "address", "terms")
            }
            try:
                movements._tell_transfer(
                    company, holder, number(post.get("shares")), **notice
                )
                return request.redirect("/my/shares?notice=transfer")
            except UserError as refusal:
                error = str(refusal)
        return request.render(
            "tierslieux_fonciere.portal_transfer",
            self._shares_values(
                "share_transfer",
                company=company,
                holder=holder,
                free=request.env["tierslieux.share.redemption"]._free_shares(
                    company, holder
                ),
                post=post,
                error=error,
            ),
        )


class SharePayment(PaymentPortal):
    """Payment of a subscription by one of the core's providers."""

    @http.route(
        "/my/shares/<int:subscription_id>/transaction", type="jsonrpc", auth="user"
    )
    def share_transaction(self, subscription_id, access_token=None, **kwargs):
        """A draft transaction for what is missing; the amount is ours, not the form's.

        :param access_token: the core's form sends one, the session is what counts

        :raises NotFound: for a subscription of somebody else, or one not to be paid
        """
        one = own("tierslieux.share.subscription", subscription_id)
        if not one._can_be_paid():
            raise request.not_found()
        self._validate_transaction_kwargs(kwargs)
        kwargs.update(
            amount=one._missing_amount(),
            currency_id=one.currency_id.id,
            partner_id=request.env.user.partner_id.id,
            reference_prefix=one.reference,
        )
        transaction = self._create_transaction(
            custom_create_values={"share_subscription_id": one.id}, **kwargs
        )
        return transaction._get_processing_values()
