# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import base64

from odoo import api, fields, models
from odoo.tools import format_date

from odoo.addons.tierslieux_network.domain import public_code

from ..words import count_shares, more_or_less


class ShareCertificate(models.Model):
    """What somebody held on a day, by the register as it was then. Its public code is
    checked against the register as it is."""

    _name = "tierslieux.share.certificate"
    _description = "Certificate of shares"
    _inherit = ["tierslieux.append.only"]
    _order = "id desc"
    _rec_name = "code"

    code = fields.Char(string="Public code", required=True, readonly=True)
    company_id = fields.Many2one(
        "res.company", string="Foncière", required=True, readonly=True
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    partner_id = fields.Many2one(
        "res.partner",
        string="Holder",
        required=True,
        readonly=True,
        ondelete="restrict",
        index=True,
    )
    identity = fields.Char(
        required=True, readonly=True, help="Name and address as on that day."
    )
    issued_at = fields.Datetime(required=True, readonly=True)
    date = fields.Date(string="As of", required=True, readonly=True)
    quantity = fields.Integer(string="Shares", required=True, readonly=True)
    nominal = fields.Monetary(string="Nominal value", required=True, readonly=True)
    number = fields.Integer(
        string="Last movement",
        required=True,
        readonly=True,
        help="Of the register when it was issued.",
    )
    digest = fields.Char(
        required=True, readonly=True, help="Of that movement: the head of the chain."
    )

    _code_uniq = models.Constraint("UNIQUE (code)", "This code is taken.")

    # -- issuing -----------------------------------------------------------------------

    @api.model
    def _issue(self, company, holder):
        """The certificate of what a holder has today: the last one while nothing of
        theirs has moved since that day began, else a new one.

        :param holder: checked by who calls
        """
        # sudo: nobody writes certificates by hand, this act is the way in
        certificates = self.sudo()
        movements = certificates.env["tierslieux.share.movement"]
        own = movements.search(
            [("company_id", "=", company.id), *movements._of_holder(holder)],
            order="number desc",
            limit=1,
        )
        today = fields.Date.context_today(self)
        last = certificates.search(
            [
                ("company_id", "=", company.id),
                ("partner_id", "=", holder.id),
                ("date", "=", today),
                ("number", ">=", own.number),
                ("identity", "=", holder._share_identity()),
            ],
            limit=1,
        )
        head = movements.search([("company_id", "=", company.id)], limit=1)
        return last or certificates.create(
            {
                "code": public_code.draw(),
                "company_id": company.id,
                "partner_id": holder.id,
                "identity": holder._share_identity(),
                "issued_at": fields.Datetime.now(),
                "date": today,
                "quantity": certificates._held(company, holder, today),
                "nominal": own.nominal,
                "number": head.number,
                "digest": head.digest,
            }
        )

    def _held(self, company, holder, at, up_to=None):
        """Shares of one holder at the end of a day.

        :param up_to: number of the last movement that is known
        """
        movements = self.env["tierslieux.share.movement"]
        known = [("company_id", "=", company.id), ("effective_on", "<=", at)]
        if up_to is not None:
            known.append(("number", "<=", up_to))
        received, given = (
            movements._read_group([*known, (side, "=", holder.id)], [], ["held:sum"])[
                0
            ][0]
            or 0
            for side in ("receiver_id", "giver_id")
        )
        return received - given

    # -- checking ----------------------------------------------------------------------

    @api.model
    def _verify(self, text):
        """What a passer-by is told of a code.

        :return: ``{"answer": "altered" | "unknown" | "tampered" | "changed" |
            "valid", …}`` with, for a certificate, what it shows itself; of the holder
            only initials, or the name of a legal person
        """
        try:
            code = public_code.read(text)
        except public_code.Altered:
            return {"answer": "altered"}
        # sudo: whoever has the code has the paper; what it does not show is not told
        one = self.sudo().search([("code", "=", code)])
        if not one:
            return {"answer": "unknown"}
        return {
            "answer": one._standing(),
            "foundation": one.company_id.name,
            "holder": one._shown_holder(),
            "shares": one.quantity,
            "date": one.date,
            "number": one.number,
            "digest": one.digest,
            "code": one._shown_code(),
        }

    def _standing(self):
        """Whether the register still says what the certificate says."""
        head = self.env["tierslieux.share.movement"].search(
            [("company_id", "=", self.company_id.id), ("number", "=", self.number)]
        )
        then = self._held(self.company_id, self.partner_id, self.date, self.number)
        if head.digest != self.digest or then != self.quantity:
            return "tampered"
        today = fields.Date.context_today(self)
        now = self._held(self.company_id, self.partner_id, today)
        return "valid" if now == self.quantity and now else "changed"

    def _name_and_address(self):
        name, _comma, address = self.identity.partition(", ")
        return name, address

    def _shown_holder(self):
        name, _address = self._name_and_address()
        if self.partner_id.is_company:
            return name
        return " ".join(f"{word[0]}." for word in name.replace("-", " ").split())

    # -- printing ----------------------------------------------------------------------

    def _verification_url(self):
        """What the QR code says."""
        self.ensure_one()
        return f"{self.get_base_url()}/foncieres/certificat/{self.code}"

    def _shown_code(self):
        return public_code.show(self.code)

    def _qr_base64(self, size=600):
        png = self.env["ir.actions.report"].barcode(
            "QR", self._verification_url(), width=size, height=size, barLevel="M"
        )
        return base64.b64encode(png).decode()

    def _shares_words(self):
        return count_shares(self.env, self.quantity)

    def _signed(self, shares):
        return more_or_less(self.env, shares)

    def _rows(self):
        """The movements of the holder that the certificate knows."""
        movements = self.env["tierslieux.share.movement"]
        return movements.search(
            [
                ("company_id", "=", self.company_id.id),
                ("number", "<=", self.number),
                *movements._of_holder(self.partner_id),
            ],
            order="number",
        )._account_rows(self.partner_id)

    def _page_foot(self):
        """The foot of each page: see ``ir.actions.report``."""
        return [
            self.env._(
                "%(foundation)s · %(day)s · register no. %(number)s",
                foundation=self.company_id.name,
                day=format_date(self.env, self.date),
                number=self.number,
            ),
            self._verification_url(),
        ], self.env._("page %(page)s of %(pages)s")
