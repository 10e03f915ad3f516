# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import re
from datetime import date

from freezegun import freeze_time

from odoo.fields import Command
from odoo.tests import HttpCase, tagged

from .common_membership import TODAY, MembershipCommon


@tagged("post_install", "-at_install")
class TestPortalMembership(HttpCase, MembershipCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user = cls.create_user("member")
        cls.membership = cls.apply("Moi", partner=cls.user.partner_id)
        cls.membership.action_admit()
        cls.organisation = cls.apply_organisation("Coopérative du Rhône")

    def setUp(self):
        super().setUp()
        self.authenticate(self.user.login, self.user.login)

    def post(self, path, **values):
        page = self.url_open("/my/membership").text
        token = re.search(r'csrf_token: "([^"]+)"', page).group(1)
        return self.url_open(path, data={"csrf_token": token, **values})

    def delegate(self, **values):
        self.organisation.delegation_ids.unlink()
        self.organisation.delegation_ids = [
            Command.create({"partner_id": self.user.partner_id.id, **values})
        ]
        self.env.flush_all()

    def test_status_and_invoice(self):
        page = self.url_open("/my/membership").text
        self.assertIn(self.membership._invoices().name, page)
        self.assertIn("access_token=", page)
        self.pay(self.membership._invoices())
        self.assertIn("31/12/2026", self.url_open("/my/membership").text)
        self.assertIn("/my/membership", self.url_open("/my").text)

    def test_renew(self):
        self.pay(self.membership._invoices())
        answer = self.post(f"/my/membership/{self.membership.id}/renew")
        self.assertIn("/my/invoices/", answer.url)
        self.assertEqual(self.membership.amount_due, 60)
        self.post(f"/my/membership/{self.membership.id}/renew")
        self.assertEqual(self.membership.amount_due, 60)

    def test_withdraw_says_why(self):
        path = f"/my/membership/{self.membership.id}/withdraw"
        self.assertIn("is-invalid", self.post(path, reason=" ").text)
        self.assertEqual(self.membership.state, "admitted")
        self.post(path, reason="Je déménage")
        self.assertEqual(self.membership.state, "withdrawn")
        self.assertEqual(self.membership._last_event().user_id, self.user)
        self.assertFalse(self.user.has_group("tierslieux_network.group_member"))
        self.assertEqual(self.url_open("/my/membership").status_code, 200)

    def test_somebody_else_does_not_exist(self):
        for number in (self.organisation.id, 10**8):
            for action in ("renew", "withdraw"):
                answer = self.post(f"/my/membership/{number}/{action}", reason="Hop")
                self.assertEqual(answer.status_code, 404)
        self.assertNotIn("Coopérative du Rhône", self.url_open("/my/membership").text)
        self.assertEqual(self.organisation.state, "applied")

    def test_the_delegate_sees_the_organisation(self):
        self.delegate(date_from=TODAY)
        self.assertIn("Coopérative du Rhône", self.url_open("/my/membership").text)
        self.post(f"/my/membership/{self.organisation.id}/withdraw", reason="Fusion")
        self.assertEqual(self.organisation.state, "withdrawn")

    def test_a_former_delegate_sees_it_no_more(self):
        self.delegate(date_from=date(2025, 1, 1), date_to=date(2025, 12, 31))
        self.assertNotIn("Coopérative du Rhône", self.url_open("/my/membership").text)
        answer = self.post(f"/my/membership/{self.organisation.id}/withdraw")
        self.assertEqual(answer.status_code, 404)

    def test_admission_opens_the_portal(self):
        membership = self.apply("Nouvelle Personne", email="new@example.org")
        membership.action_admit()
        user = membership.partner_id.user_ids
        self.assertEqual(user.login, "new@example.org")
        self.assertTrue(user._is_portal())
        self.assertTrue(user.has_group("tierslieux_network.group_member"))
        with freeze_time(date(2026, 11, 1)):
            membership._decide("exclusion", reason="Article 8")
        self.assertFalse(user.has_group("tierslieux_network.group_member"))

    def test_the_network_opens_with_the_first_payment_where_nobody_checks(self):
        membership = self.apply_organisation(
            "Métropole", self.public, email="metropole@example.org"
        )
        delegate = membership.delegate_id.user_ids
        self.assertTrue(delegate._is_portal())
        self.assertFalse(delegate.has_group("tierslieux_network.group_member"))
        self.pay(membership._invoices())
        self.assertTrue(delegate.has_group("tierslieux_network.group_member"))

    def test_as_many_queries_for_one_and_many_memberships(self):
        def queries():
            self.env.flush_all()
            self.env.invalidate_all()
            start = self.cr.sql_log_count
            self.url_open("/my/membership")
            return self.cr.sql_log_count - start

        def add(*numbers):
            for number in numbers:
                organisation = self.apply_organisation(f"Coopérative {number}")
                organisation.delegation_ids.unlink()
                organisation.delegation_ids = [
                    Command.create({"partner_id": self.user.partner_id.id})
                ]
                organisation.action_admit()
                self.pay(organisation._invoices())

        add(1)
        queries()  # warm the caches
        few = queries()
        add(2, 3, 4, 5)
        queries()  # the links to new invoices make their tokens once
        self.assertGreater(few, 0)
        self.assertEqual(queries(), few)
