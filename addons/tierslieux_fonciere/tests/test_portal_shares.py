# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import re
from datetime import timedelta

from odoo.tests import HttpCase, new_test_user, tagged

from odoo.addons.tierslieux_network.domain import public_code

from .common import FonciereCommon

IBAN = "FR7630006000011234567890189"


@tagged("post_install", "-at_install")
class TestPortalShares(HttpCase, FonciereCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ines, cls.other = (
            new_test_user(cls.env, login, "base.group_portal", password=login)
            for login in ("ines", "other")
        )
        cls.call = cls.open_issue()
        cls.certificates = cls.env["tierslieux.share.certificate"]

    def own(self):
        return f"{self.company.id}/{self.ines.partner_id.id}"

    def send(self, path, **form):
        page = self.url_open("/my").text
        token = re.search(r'csrf_token: "([^"]+)"', page).group(1)
        self.env.invalidate_all()
        answer = self.url_open(path, data={"csrf_token": token, **form})
        self.env.invalidate_all()
        return answer

    def test_guessed_numbers(self):
        one = self.subscribe(self.call, self.ines.partner_id, 4)
        one._receive(400, self.today, "paid")
        pages = [
            f"/my/shares/{one.id}",
            f"/my/shares/certificate/{self.own()}.pdf",
            f"/my/shares/account/{self.own()}.pdf",
            f"/my/shares/redeem/{self.own()}?shares=1",
            f"/my/shares/transfer/{self.own()}",
        ]
        self.authenticate("other", "other")
        for page in pages:
            with self.subTest(page):
                self.assertEqual(self.url_open(page).status_code, 404)
        self.assertNotIn(one.reference, self.url_open("/my/shares").text)
        self.authenticate(None, None)
        for page in pages:
            with self.subTest(page):
                self.assertIn("/web/login", self.url_open(page).url)
        self.authenticate("ines", "ines")
        for page in pages:
            with self.subTest(page):
                self.assertEqual(self.url_open(page).status_code, 200)

    def test_another_transaction_cannot_be_begun(self):
        one = self.subscribe(self.call, self.ines.partner_id, 4)
        self.authenticate("other", "other")
        answer = self.make_jsonrpc_request_raw(one)
        self.assertIn("error", answer)
        self.assertFalse(
            self.env["payment.transaction"].search(
                [("share_subscription_id", "=", one.id)]
            )
        )

    def make_jsonrpc_request_raw(self, one):
        return self.url_open(
            f"/my/shares/{one.id}/transaction",
            json={"jsonrpc": "2.0", "params": {"provider_id": 1}},
        ).json()

    def test_shares_over_time(self):
        holder = self.ines.partner_id
        first = self.today - timedelta(days=100)
        self.holds(holder, 6, first)
        self.holds(holder, 4)
        movements = self.env["tierslieux.share.movement"].with_user(self.ines)
        (account,) = movements._portal_accounts()
        self.assertEqual(account["shares"], 10)
        self.assertEqual(account["worth"], 1000)
        self.assertEqual([row[2] for row in account["rows"]], [10, 6])
        self.assertEqual(account["chart"]["first"], first)
        self.assertEqual(account["chart"]["highest"], 10)
        points = account["chart"]["line"].split()
        self.assertEqual(points[0], "0.0,160")
        self.assertEqual(points[-1], "640.0,0.0")

    def test_certificate_and_its_code(self):
        holder = self.ines.partner_id
        self.holds(holder, 6)
        one = self.certificates._issue(self.company, holder)
        self.assertEqual(self.certificates._issue(self.company, holder), one)
        found = self.certificates._verify(one._shown_code().lower())
        self.assertEqual((found["answer"], found["shares"]), ("valid", 6))
        self.assertNotIn(holder.name, str(found))
        page = self.url_open(f"/foncieres/certificat/{one.code}")
        self.assertIn("tl-answer-good", page.text)
        self.assertEqual(page.headers["Cache-Control"], "no-store")
        other = "0" if one.code[3] != "0" else "1"
        altered = one.code[:3] + other + one.code[4:]
        self.assertEqual(self.certificates._verify(altered)["answer"], "altered")
        never = public_code.draw()
        self.assertEqual(self.certificates._verify(never)["answer"], "unknown")
        # somebody else's movement changes nothing, the holder's own does
        self.holds(self.people[0], 3)
        self.assertEqual(one._standing(), "valid")
        self.holds(holder, 1)
        self.assertEqual(one._standing(), "changed")
        new = self.certificates._issue(self.company, holder)
        self.assertEqual((new.quantity, new._standing()), (7, "valid"))

    def test_a_register_rewritten_is_found(self):
        holder = self.ines.partner_id
        self.holds(holder, 6)
        one = self.certificates._issue(self.company, holder)
        table = "tierslieux_share_movement"
        self.env.flush_all()
        self.env.cr.execute(f"ALTER TABLE {table} DISABLE TRIGGER append_only_row")
        self.env.cr.execute(
            f"UPDATE {table} SET digest = 'x' WHERE number = %s AND company_id = %s",
            (one.number, self.company.id),
        )
        self.env.invalidate_all()
        self.assertEqual(self.certificates._verify(one.code)["answer"], "tampered")

    def test_pages_of_a_stranger_code(self):
        for text in ("x" * 300, "<script>", "%00", "0" * 18):
            page = self.url_open(f"/foncieres/certificat/{text}")
            self.assertNotIn("tl-answer-good", page.text)

    def test_papers(self):
        holder = self.ines.partner_id
        self.holds(holder, 6)
        self.authenticate("ines", "ines")
        for kind in ("certificate", "account"):
            answer = self.url_open(f"/my/shares/{kind}/{self.own()}.pdf")
            self.assertEqual(answer.headers["Content-Type"], "application/pdf", kind)
            # the tests of Odoo answer what the PDF is made of
            one = self.certificates.search([("partner_id", "=", holder.id)])
            self.assertIn(one._shown_code(), answer.text, kind)
            self.assertIn("600,00", answer.text, kind)

    def test_redemption_is_told_before_it_is_asked_for(self):
        self.holds(self.people[0], 90)
        self.holds(self.ines.partner_id, 10)
        redemptions = self.env["tierslieux.share.redemption"]
        self.authenticate("ines", "ines")
        path = f"/my/shares/redeem/{self.own()}"
        page = self.url_open(f"{path}?shares=4").text
        self.assertIn('name="confirm"', page)
        self.assertFalse(redemptions.search([]), "seen, not asked for")
        page = self.send(path, shares=11, confirm=1)
        self.assertIn("alert-danger", page.text)
        page = self.send(path, shares=4, confirm=1, iban="FR76 1234")
        self.assertIn("tl_iban_error", page.text)
        self.assertFalse(redemptions.search([]))
        self.send(path, shares=4, confirm=1, reason="Je déménage.", iban=IBAN)
        request = redemptions.search([])
        account = request.bank_account_id
        self.assertEqual(account.partner_id, self.ines.partner_id)
        self.assertFalse(account.allow_out_payment, "the treasurer checks it first")
        self.assertEqual((request.quantity, request.state), (4, "queued"))
        self.assertEqual(request.partner_id, self.ines.partner_id)

    def test_where_the_money_goes(self):
        one = self.subscribe(self.call, self.ines.partner_id, 4)
        self.authenticate("ines", "ines")
        path = f"/my/shares/{one.id}/account"
        self.assertEqual(self.send(path, iban=IBAN).status_code, 404)
        one._receive(400, self.today, "paid")
        one._receive(400, self.today, "paid twice")
        self.assertIn("tl_iban", self.url_open(f"/my/shares/{one.id}").text)
        self.assertIn("tl_iban_error", self.send(path, iban="FR76").text)
        self.send(path, iban="FR76 3000 6000 0112 3456 7890 189")
        self.assertEqual(one.bank_account_id.sanitized_acc_number, IBAN)
        self.assertNotIn("tl_iban", self.url_open(f"/my/shares/{one.id}").text)
        self.authenticate("other", "other")
        self.assertEqual(self.send(path, iban=IBAN).status_code, 404)

    def test_payments_and_papers_of_a_subscription(self):
        one = self.subscribe(self.call, self.ines.partner_id, 4)
        one._receive(450, self.today, "paid")
        one.action_refund()
        self.authenticate("ines", "ines")
        page = self.url_open(f"/my/shares/{one.id}").text
        self.assertEqual(
            [(what, amount) for _day, what, amount in one._payments()],
            [("Payment received", 450), ("To be given back by transfer", 50)],
        )
        for text in ("450", "remboursées selon les statuts"):
            self.assertIn(text, page)
        paper = f"/foncieres/document/{self.call.document_ids[0].id}"
        self.assertNotIn(paper, page, "its property is not published")
        self.property.is_published = True
        self.assertIn(paper, self.url_open(f"/my/shares/{one.id}").text)
        self.assertEqual(self.url_open(paper).status_code, 200)

    def test_a_transfer_told_reaches_the_office(self):
        self.holds(self.ines.partner_id, 10)
        self.authenticate("ines", "ines")
        path = f"/my/shares/transfer/{self.own()}"
        page = self.send(path, shares=11, receiver="Ada", address="Lyon")
        self.assertIn("alert-danger", page.text)
        self.send(path, shares=2, receiver="Ada <b>", address="1 rue, Lyon")
        note = self.ines.partner_id.message_ids[0]
        self.assertIn("Ada &lt;b&gt;", note.body)
        self.assertIn(self.board.partner_id, note.partner_ids)
        self.assertTrue(note.is_internal or note.subtype_id.internal)
        self.assertEqual(self.held()[self.ines.partner_id.name], 10, "not recorded")

    def test_constant_queries(self):
        holder = self.ines.partner_id

        def queries(path):
            counts = []
            for _turn in range(2):
                self.env.flush_all()
                before = self.cr.sql_log_count
                self.assertEqual(self.url_open(path).status_code, 200)
                counts.append(self.cr.sql_log_count - before)
            return counts[-1]

        self.holds(holder, 1)
        self.subscribe(self.call, holder, 1)
        self.subscribe(self.call, holder, 1)._receive(100, self.today, "a")
        self.authenticate("ines", "ines")
        code = self.certificates._issue(self.company, holder).code
        paths = ("/my/shares", f"/foncieres/certificat/{code}")
        few = [queries(path) for path in paths]
        for number in range(12):
            self.holds(holder, 1)
            self.holds(self.people[0], 1)
            self.subscribe(self.call, holder, 1)
            one = self.subscribe(self.call, holder, 1)
            one._receive(100, self.today, f"b{number}")
        for path, before in zip(paths, few, strict=True):
            self.assertLessEqual(queries(path), before, path)
