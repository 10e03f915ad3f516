# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import re

from odoo.tests import HttpCase, new_test_user, tagged

from .common import FonciereCommon

PERSON = {
    "name": "Ines Roche",
    "born_on": "1990-02-03",
    "street": "4 rue des Tables",
    "zip": "69001",
    "city": "Lyon",
}
LEGAL = {
    "legal_name": "Les Amis de l'Atelier",
    "siret": "41816609600069",
    "function": "Présidente",
    "street": "4 rue des Tables",
    "zip": "69001",
    "city": "Lyon",
}


@tagged("post_install", "-at_install")
class TestSubscribePages(HttpCase, FonciereCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.property.is_published = True
        cls.call = cls.open_issue(maximum_shares=100, max_per_person=20)
        cls.base = f"{cls.property.website_url}/souscrire"
        cls.ines, cls.other = (
            new_test_user(cls.env, login, "base.group_portal", password=login)
            for login in ("ines", "other")
        )

    def send(self, act, form):
        page = self.url_open("/my").text
        token = re.search(r'csrf_token: "([^"]+)"', page).group(1)
        self.env.invalidate_all()
        answer = self.url_open(f"{self.base}/{act}", data={"csrf_token": token, **form})
        self.env.invalidate_all()
        return answer

    def reserve(self, **form):
        accepted = {"accepted": self.call.conditions_id.id}
        return self.send("reserver", {"shares": 5, **PERSON, **accepted, **form})

    def subscriptions(self):
        return self.call.subscription_ids

    def test_an_account_is_asked_for_at_the_second_step(self):
        self.assertIn('id="tl_shares"', self.url_open(f"{self.base}?shares=3").text)
        page = self.url_open(f"{self.base}/identite?shares=3&holder=self").text
        self.assertIn("/web/login?redirect=", page)
        self.assertIn("shares%253D3", page.replace("shares%3D3", "shares%253D3"))
        self.assertNotIn('id="tl_street"', page)

    def test_a_person_subscribes(self):
        self.authenticate("ines", "ines")
        page = self.url_open(f"{self.base}/identite?shares=5&holder=self").text
        self.assertIn('id="tl_born_on"', page)
        recap = self.send("recapitulatif", {"shares": 5, **PERSON}).text
        self.assertIn("Ines Roche", recap)
        self.assertFalse(self.subscriptions(), "nothing is reserved by reading")
        answer = self.reserve()
        one = self.subscriptions()
        self.assertIn(f"/my/shares/{one.id}", answer.url)
        self.assertEqual(one.quantity, 5)
        self.assertEqual(one.partner_id, self.ines.partner_id)
        self.assertEqual(one.partner_id.street, "4 rue des Tables")
        self.assertEqual(one.born_on.isoformat(), "1990-02-03")
        self.assertIn(one.reference, answer.text)
        self.assertIn("tl-no-account", answer.text, "the foncière has no account yet")

    def test_nothing_without_the_conditions(self):
        self.authenticate("ines", "ines")
        answer = self.reserve(accepted="")
        self.assertEqual(answer.status_code, 200)
        self.assertFalse(self.subscriptions())
        self.assertIn("alert-danger", answer.text)

    def test_what_is_missing_is_told_and_kept(self):
        self.authenticate("ines", "ines")
        for lack in ({"zip": " "}, {"born_on": "2026-13-01"}, {"name": ""}):
            with self.subTest(lack):
                page = self.reserve(**lack).text
                self.assertIn("tl-error", page)
                self.assertIn("4 rue des Tables", page)
        self.assertFalse(self.subscriptions())

    def test_whole_shares_that_are_left(self):
        self.authenticate("ines", "ines")
        for shares in ("0", "-1", "1.5", "1e3", "", "21", "9" * 30):
            with self.subTest(shares):
                page = self.reserve(shares=shares).text
                self.assertIn("alert-danger", page)
        self.assertFalse(self.subscriptions())

    def test_who_comes_second_is_told_what_is_left(self):
        self.call.max_per_person = 0
        self.subscribe(self.call, self.people[0], 97)
        self.authenticate("ines", "ines")
        page = self.reserve(shares=3 + 1).text
        self.assertIn("alert-danger", page)
        self.assertRegex(page, r"\b3\b")
        self.assertEqual(len(self.subscriptions()), 1)
        self.reserve(shares=3)
        self.assertEqual(self.call.available_shares, 0)
        page = self.url_open(self.base).text
        self.assertNotIn('id="tl_shares"', page)

    def test_a_legal_person_and_who_represents_it(self):
        self.authenticate("ines", "ines")
        page = self.reserve(holder="legal", **{**LEGAL, "siret": "123"}).text
        self.assertIn("tl-error", page)
        self.reserve(holder="legal", **LEGAL)
        one = self.subscriptions()
        self.assertTrue(one.partner_id.is_company)
        self.assertEqual(one.representative_id, self.ines.partner_id)
        self.assertEqual(one.accepted_by_id, self.ines.partner_id)
        self.assertEqual(self.url_open(one.access_url).status_code, 200)
        # again for the same one: no second contact
        self.reserve(holder=str(one.partner_id.id), **LEGAL)
        self.assertEqual(len(self.subscriptions().partner_id), 1)
        # a number that somebody else gives is nobody's key
        self.authenticate("other", "other")
        self.assertEqual(self.url_open(one.access_url).status_code, 404)
        answer = self.reserve(holder=str(one.partner_id.id), **LEGAL)
        self.assertEqual(answer.status_code, 404)
        self.reserve(holder="legal", **LEGAL)
        self.assertEqual(len(self.subscriptions().partner_id), 2)

    def test_only_an_issue_under_way(self):
        self.authenticate("ines", "ines")
        self.call.state = "succeeded"
        self.issue.state = "draft"
        self.assertEqual(self.url_open(self.base).status_code, 404)
        self.assertEqual(self.reserve().status_code, 404)

    def test_the_code_for_bank_apps(self):
        self.env["res.partner.bank"].search([]).allow_out_payment = False
        self.bank.bank_account_id = self.env["res.partner.bank"].create(
            {
                "acc_number": "FR76 3000 6000 0112 3456 7890 189",
                "partner_id": self.company.partner_id.id,
            }
        )
        one = self.subscribe(self.call, self.people[0], 5)
        # EPC069-12, version 2: twelve lines, the reference as remittance information
        lines = one._qr_text(one._pay_account()).split("\n")
        self.assertEqual(
            lines,
            [
                "BCD",
                "002",
                "1",
                "SCT",
                "",
                "Foncière des Ateliers",
                "FR7630006000011234567890189",
                "EUR500.00",
                "",
                one.reference,
                "",
                "",
            ],
        )
        self.assertEqual(one._transfer()["iban"], "FR76 3000 6000 0112 3456 7890 189")
        one._receive(200, self.today, "part")
        self.assertIn("EUR300.00", one._qr_text(one._pay_account()))
        one.partner_id = self.ines.partner_id
        self.authenticate("ines", "ines")
        page = self.url_open(one.access_url).text
        self.assertIn(one._shown_reference(), page)
        self.assertIn("data:image/png;base64,", page)
