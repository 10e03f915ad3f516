# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo.fields import Datetime

from .common import FonciereCommon


class TestLetters(FonciereCommon):
    """Subscribers and holders are written to at each event, once."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ada, cls.basile, cls.chloe, cls.denis = cls.people
        cls.ada.lang = "fr_FR"
        cls.letters = cls.env["tierslieux.share.letter"]
        cls.bank.bank_account_id = cls.env["res.partner.bank"].create(
            {
                "acc_number": "FR1420041010050500013M02606",
                "partner_id": cls.company.partner_id.id,
            }
        )

    def mails(self):
        """Those that are queued since the last time."""
        last = self.env["mail.mail"].search([], order="id desc", limit=1).id
        with self.enter_registry_test_mode():
            self.env.ref("tierslieux_fonciere.cron_letters").method_direct_trigger()
        return self.env["mail.mail"].search([("id", ">", last or 0)], order="id")

    def kinds(self, *people):
        return self.letters.search(
            [("partner_id", "in", [one.id for one in people])]
        ).mapped("kind")

    def test_reserved_then_allotted(self):
        issue = self.open_issue()
        one = self.subscribe(issue, self.ada, 3)
        [reserved] = self.mails()
        self.assertEqual(reserved.recipient_ids, self.ada)
        self.assertEqual(
            reserved.subject,
            f"Réservation de 3 parts : comment payer ({one.reference})",
        )
        for words in ("FR14 2004 1010", one._shown_reference(), f"/my/shares/{one.id}"):
            self.assertIn(words, reserved.body_html)
        self.assertFalse(self.mails(), "once")
        self.pays(one)
        [allotted] = self.mails()
        self.assertIn("votre attestation", allotted.subject)
        self.assertEqual(
            allotted.attachment_ids.mapped("name"), ["Attestation de parts.pdf"]
        )
        self.assertEqual(
            self.env["tierslieux.share.certificate"]
            .search([("partner_id", "=", self.ada.id)])
            .quantity,
            3,
        )

    def test_paid_admitted_refused(self):
        issue = self.open_issue(admission_required=True, minimum_shares=5)
        one = self.subscribe(issue, self.ada, 3)
        other = self.subscribe(issue, self.basile, 2)
        self.pays(one)
        one._admit(self.today)
        self.assertEqual(self.kinds(self.ada), ["reserved", "paid", "admitted"])
        self.pays(other)
        other._refuse("Une pièce manque")
        self.assertEqual(
            self.kinds(self.basile), ["reserved", "paid", "refused", "refunded"]
        )
        refused, refunded = self.mails().filtered(
            lambda mail: mail.recipient_ids == self.basile
        )
        self.assertIn("Une pièce manque", refused.body_html)
        self.assertIn("200,00", refunded.body_html)
        self.assertIn("Nous ne connaissons pas votre compte", refunded.body_html)

    def test_paid_too_late(self):
        issue = self.open_issue(target_shares=5, maximum_shares=5)
        one = self.subscribe(issue, self.ada, 5)
        one.reserved_until = Datetime.now() - timedelta(hours=1)
        self.subscribe(issue, self.basile, 5)
        self.pays(one)
        self.assertEqual(self.kinds(self.ada), ["reserved", "waiting"])

    def test_redemption(self):
        one = self.subscribe(self.open_issue(), self.ada, 10)
        self.pays(one)
        redemption = self.env["tierslieux.share.redemption"]._request(
            self.company, self.ada, 2, iban="FR7630006000011234567890189"
        )
        queued = self.mails()[-1]
        self.assertIn("en tête de la file", queued.body_html)
        redemption._decide(self.today)
        redemption._pay(self.today)
        decided, paid = self.mails()
        self.assertEqual(
            self.kinds(self.ada)[-3:],
            ["redemption_queued", "redemption_decided", "redemption_paid"],
        )
        self.assertIn("FR76 •••• 0189", decided.body_html)
        self.assertIn("200,00", paid.subject)

    def test_what_is_past_is_not_told(self):
        one = self.subscribe(self.open_issue(minimum_shares=20), self.ada, 3)
        self.pays(one)
        [paid] = self.mails()
        self.assertIn("Votre paiement est arrivé", paid.subject)
        self.assertTrue(
            all(
                self.letters.search([("partner_id", "=", self.ada.id)]).mapped(
                    "sent_at"
                )
            )
        )

    def test_who_is_written_to(self):
        union = self.env["res.partner"].create({"name": "Union", "is_company": True})
        issue = self.open_issue()
        self.subscribe(issue, union, 1, representative=self.ada)
        self.assertEqual(self.kinds(self.ada), ["reserved"])
        self.basile.email = False
        self.subscribe(issue, self.basile, 1)
        self.assertFalse(self.kinds(self.basile))
