# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import base64

from odoo import api, fields, models
from odoo.tools import formatLang

from ..words import count_shares

BATCH = 50
#: States that a letter tells as they are, with what is to be done or awaited.
WAITING = ("reserved", "paid", "waiting", "queued")
KINDS = [
    ("reserved", "Reserved, and how to pay"),
    ("paid", "Paid"),
    ("waiting", "Paid too late"),
    ("admitted", "Admitted"),
    ("refused", "Refused"),
    ("allotted", "Allotted"),
    ("refunded", "Money given back"),
    ("redemption_queued", "Redemption in the queue"),
    ("redemption_decided", "Redemption decided"),
    ("redemption_paid", "Redemption paid"),
]


class ShareLetter(models.Model):
    """A letter to a subscriber or a holder on what happened to their shares. It leaves
    once, when what it tells is certain, and while it is so."""

    _name = "tierslieux.share.letter"
    _description = "Letter on shares"
    _order = "id"

    kind = fields.Selection(KINDS, required=True, readonly=True)
    partner_id = fields.Many2one(
        "res.partner", string="To", required=True, readonly=True, ondelete="cascade"
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    subscription_id = fields.Many2one(
        "tierslieux.share.subscription",
        readonly=True,
        ondelete="cascade",
        index="btree_not_null",
    )
    redemption_id = fields.Many2one(
        "tierslieux.share.redemption",
        readonly=True,
        ondelete="cascade",
        index="btree_not_null",
    )
    amount = fields.Monetary(readonly=True, help="Given back or paid.")
    shares = fields.Char(compute="_compute_shares", help="How many, in words.")
    sent_at = fields.Datetime(readonly=True)
    transfer = fields.Text(compute="_compute_transfer", help="How to pay, in words.")
    account = fields.Char(
        compute="_compute_account", help="Its ends, to know it again."
    )

    _to_send_idx = models.Index("(id) WHERE sent_at IS NULL")

    @api.depends_context("lang")
    def _compute_shares(self):
        for one in self:
            about = one.redemption_id or one.subscription_id
            one.shares = count_shares(self.env, about.quantity)

    def _compute_transfer(self):
        for one in self:
            found = one.subscription_id._transfer() if one.subscription_id else {}
            one.transfer = found and self.env._(
                "By transfer of %(amount)s to %(holder)s, IBAN %(iban)s, with the "
                "reference %(reference)s.",
                amount=formatLang(
                    self.env, found["amount"], currency_obj=one.currency_id
                ),
                holder=found["holder"],
                iban=found["iban"],
                reference=found["reference"],
            )

    def _compute_account(self):
        for one in self:
            # sudo: the ends of one's own account
            about = (one.redemption_id or one.subscription_id).sudo()
            one.account = about._masked_account()

    @api.model
    def _write_to(self, kind, records, amounts=None):
        """Have a letter leave to whoever a subscription or a redemption is of; who has
        no address gets none.

        :param amounts: ``{record: cents}`` given back
        """
        name = records._name.removeprefix("tierslieux.share.") + "_id"
        vals_list = [
            {
                "kind": kind,
                "partner_id": partner.id,
                "company_id": one.company_id.id,
                name: one.id,
                "amount": (amounts or {}).get(one, 0) / 100,
            }
            for one in records
            if (partner := one._letter_partner())
        ]
        if vals_list:
            # sudo: nobody writes letters by hand, what happened does
            self.sudo().create(vals_list)
            self.env.ref("tierslieux_fonciere.cron_letters").sudo()._trigger()

    @api.model
    def _cron_send(self):
        """Send the letters that are to leave: that they were is written in the
        transaction that queues them."""
        domain = [("sent_at", "=", False)]
        commit = self.env["ir.cron"]._commit_progress
        commit(remaining=self.search_count(domain))
        while letters := self.search(domain, limit=BATCH):
            letters = letters.try_lock_for_update().filtered_domain(domain)
            letters._send()
            if not commit(len(letters)) or not letters:
                break

    def _is_past(self):
        """Whether something else has happened meanwhile, of which another letter
        tells."""
        about = self.redemption_id or self.subscription_id
        kind = self.kind.removeprefix("redemption_")
        return kind in WAITING and about.state != kind

    def _send(self):
        current = self.filtered(lambda one: not one._is_past())
        for kind, letters in current.grouped("kind").items():
            template = f"tierslieux_fonciere.mail_template_{kind}"
            # sudo: the letter is the foncière's, whoever did what it tells
            self.env.ref(template).sudo().send_mail_batch(letters.ids)
        self.sent_at = fields.Datetime.now()

    def _process_attachments_for_template_post(self, mail_template):
        """Shares that are allotted come with their certificate."""
        return {
            letter.id: {"attachments": [letter._certificate_file()]}
            for letter in self
            if letter.kind == "allotted"
        }

    def _certificate_file(self):
        certificate = self.env["tierslieux.share.certificate"]._issue(
            self.company_id, self.subscription_id.partner_id
        )
        content, _kind = self.env["ir.actions.report"]._render_qweb_pdf(
            "tierslieux_fonciere.report_certificate", certificate.ids
        )
        return self.env._("Certificate of shares.pdf"), base64.b64encode(content)
