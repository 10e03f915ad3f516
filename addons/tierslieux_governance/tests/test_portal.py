# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import re

from odoo.tests import HttpCase, tagged

from .common import START, GovernanceCommon


@tagged("post_install", "-at_install")
class TestPortal(HttpCase, GovernanceCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user = cls.give_account(cls.ada)
        cls.stranger = cls.create_user("member", "stranger")
        cls.convene()
        cls.page = f"/my/assemblies/{cls.assembly.id}"

    def link(self, partner, page="", token=None):
        token = token or self.assembly._access_token(partner)
        return f"/assemblies/{self.assembly.id}/{partner.id}/{token}{page}"

    def post(self, path, **values):
        page = self.url_open(self.page).text
        token = re.search(r'csrf_token: "([^"]+)"', page).group(1)
        self.env.invalidate_all()
        return self.url_open(path, data={"csrf_token": token, **values})

    def test_personal_link_opens_without_a_login(self):
        answer = self.url_open(self.link(self.hedy))
        self.assertTrue(answer.url.endswith(self.page))
        self.assertIn("Hedy Lamarr", answer.text)
        self.assertIn("Approbation des comptes", answer.text)
        self.assertNotIn(self.assembly._access_token(self.hedy), answer.text)

    def test_wrong_links(self):
        other = self.create_assembly()
        other.action_convene()
        token = self.assembly._access_token(self.hedy)
        for path in (
            self.link(self.hedy, token="0" * 64),
            self.link(self.ada, token=token),
            self.link(self.noor, token=token),
            f"/assemblies/{other.id}/{self.hedy.id}/{token}",
            f"/assemblies/999999/{self.hedy.id}/{token}",
            f"/assemblies/{self.assembly.id}/999999/{token}",
            self.link(self.stranger.partner_id),
            self.link(self.hedy, page="/attendance"),
        ):
            with self.subTest(path):
                self.assertEqual(self.url_open(path).status_code, 404)
                self.assertEqual(self.url_open(self.page).status_code, 404)

    def test_who_was_not_called_finds_nothing(self):
        self.authenticate(self.stranger.login, self.stranger.login)
        for page in ("", "/proxy"):
            self.assertEqual(self.url_open(self.page + page).status_code, 404)
        self.assertNotIn(self.assembly.name, self.url_open("/my/assemblies").text)
        self.assertEqual(
            self.url_open(f"/assemblies/{self.assembly.id}/attendance").status_code, 403
        )

    def test_drafts_are_not_shown(self):
        draft = self.create_assembly()
        self.authenticate(self.user.login, self.user.login)
        self.assertEqual(self.url_open(f"/my/assemblies/{draft.id}").status_code, 404)
        self.assertIn(self.assembly.name, self.url_open("/my/assemblies").text)

    def test_proxy_in_two_clicks_from_the_mail(self):
        answer = self.url_open(self.link(self.hedy, "/proxy"))
        self.assertTrue(answer.url.endswith(f"{self.page}/proxy"))
        self.assertIn("Ada Lovelace", answer.text)
        self.assertNotIn("Noor Khan", answer.text)
        self.post(
            f"{self.page}/proxy",
            elector=self.elector(self.hedy).id,
            holder=self.elector(self.ada).id,
        )
        proxy = self.assembly.proxy_ids
        self.assertEqual(proxy.principal_id, self.elector(self.hedy))
        self.assertEqual(proxy.holder_id, self.elector(self.ada))
        self.post(f"{self.page}/proxy/revoke", elector=self.elector(self.hedy).id)
        self.assertTrue(proxy.revoked_at)

    def test_a_refusal_is_said_and_leaves_nothing(self):
        self.give(self.coop, self.hedy)
        self.url_open(self.link(self.hedy))
        answer = self.post(
            f"{self.page}/proxy",
            elector=self.elector(self.hedy).id,
            holder=self.elector(self.ada).id,
        )
        self.assertIn("ne se transmet pas", answer.text)
        self.assertEqual(len(self.assembly.proxy_ids), 1)

    def test_nobody_gives_or_takes_back_for_others(self):
        proxy = self.give(self.coop, self.ada)
        self.url_open(self.link(self.hedy))
        ada = self.elector(self.ada).id
        self.post(f"{self.page}/proxy", elector=self.elector(self.coop).id, holder=ada)
        answer = self.post(
            f"{self.page}/proxy/revoke", elector=self.elector(self.coop).id
        )
        self.assertEqual(answer.status_code, 404)
        self.assertFalse(proxy.revoked_at)
        self.assertNotIn(
            self.elector(self.coop), (self.assembly.proxy_ids - proxy).principal_id
        )

    def test_search_by_name_without_accents(self):
        self.url_open(self.link(self.hedy))
        page = self.url_open(f"{self.page}/proxy?search=lea gam").text
        self.assertIn("Léa Gamma", page)
        self.assertNotIn("Ada Lovelace", page)

    def test_join_remotely(self):
        self.url_open(self.link(self.hedy))
        answer = self.post(f"{self.page}/join")
        self.assertFalse(self.assembly.attendance_ids)
        self.clock_at(START)
        self.url_open(self.link(self.hedy))
        self.post(f"{self.page}/join")
        self.assertEqual(self.assembly.attendance_ids.mode, "remote")
        self.post(f"{self.page}/leave")
        self.assertTrue(self.assembly.attendance_ids.left_at)
        self.assertEqual(answer.status_code, 200)

    def test_not_you(self):
        self.url_open(self.link(self.hedy))
        self.post(f"{self.page}/quit")
        self.assertEqual(self.url_open(self.page).status_code, 404)

    def test_attendance_sheet(self):
        board = self.create_user("board")
        self.authenticate(board.login, board.login)
        sheet = f"/assemblies/{self.assembly.id}/attendance"
        page = self.url_open(f"{sheet}?search=lamarr").text
        self.assertIn("Hedy Lamarr", page)
        self.assertNotIn("Léa Gamma", page)
        token = re.search(r'csrf_token: "([^"]+)"', page).group(1)
        for mode, present in (("site", True), ("left", False)):
            self.url_open(
                f"{sheet}/mark",
                data={"csrf_token": token, "voter": self.hedy.id, "mode": mode},
            )
            self.env.invalidate_all()
            self.assertEqual(self.elector(self.hedy)._is_present(), present)
        answer = self.url_open(
            f"{sheet}/mark",
            data={"csrf_token": token, "voter": self.noor.id, "mode": "site"},
        )
        self.assertIn("ne vote pour personne", answer.text)

    def test_statutes(self):
        self.assertIn("/web/login", self.url_open("/my/statutes").url)
        self.authenticate(self.user.login, self.user.login)
        page = self.url_open("/my/statutes").text
        self.assertIn("Modes de scrutin", page)
        self.assertIn("Quorum : 1/4 des membres.", page)
        self.assertIn("25\xa0%", page)

    def test_pages_run_a_constant_number_of_queries(self):
        self.authenticate(self.user.login, self.user.login)
        for path in (self.page, f"{self.page}/proxy"):
            self.url_open(path)
            before = self.env.cr.sql_log_count
            self.url_open(path)
            self.assertLess(self.env.cr.sql_log_count - before, 90, path)
