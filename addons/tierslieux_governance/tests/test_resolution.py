# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.fields import Command
from odoo.tests import HttpCase, tagged

from .common import GovernanceCommon


@tagged("post_install", "-at_install")
class TestResolution(HttpCase, GovernanceCommon):
    """The register on the portal; Ada was called, the stranger was not."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user = cls.give_account(cls.ada)
        cls.stranger = cls.create_user("member", "stranger")
        cls.convene()
        cls.resolution = cls.resolve(cls.assembly.motion_ids[0])
        meeting = cls.create_assembly(name="Bureau", kind="board")
        cls.env["tierslieux.mandate"].create({"partner_id": cls.hedy.id})
        meeting.action_convene()
        cls.internal = cls.resolve(
            meeting.motion_ids[0], "2026-02", name="Embauche", outcome="rejected"
        )

    def sign(self):
        minutes = self.env["tierslieux.minutes"].create(
            {
                "assembly_id": self.assembly.id,
                "version": 1,
                "content": {"title": "Procès-verbal"},
                "digest": "0",
                "signed_at": self.resolution.decided_at,
            }
        )
        self.env["ir.attachment"].create(
            {
                "name": "pv.pdf",
                "raw": b"%PDF-1.4",
                "res_model": minutes._name,
                "res_id": minutes.id,
            }
        )
        self.env.flush_all()

    def log_in(self, user):
        self.authenticate(user.login, user.login)

    def test_members_read_general_assemblies(self):
        self.assertIn("/web/login", self.url_open("/my/resolutions").url)
        self.log_in(self.stranger)
        page = self.url_open("/my/resolutions").text
        self.assertIn("Approbation des comptes", page)
        self.assertNotIn("Embauche", page)
        page = self.url_open(f"/my/resolutions/{self.resolution.id}").text
        self.assertIn("6 &gt; 5 exprimés, article 12", page)
        self.assertNotIn("/minutes", page)

    def test_guessed_ids(self):
        self.log_in(self.stranger)
        self.sign()
        for path in (
            f"/my/resolutions/{self.internal.id}",
            "/my/resolutions/999999",
            f"/my/assemblies/{self.assembly.id}/minutes",
            "/my/assemblies/999999/minutes",
        ):
            self.assertEqual(self.url_open(path).status_code, 404, path)

    def test_minutes_for_who_was_called(self):
        path = f"/my/assemblies/{self.assembly.id}/minutes"
        self.log_in(self.user)
        self.assertEqual(self.url_open(path).status_code, 404)
        self.sign()
        page = self.url_open(f"/my/resolutions/{self.resolution.id}").text
        self.assertIn(path, page)
        answer = self.url_open(path)
        self.assertEqual(answer.content, b"%PDF-1.4")
        self.assertEqual(answer.headers["Content-Type"], "application/pdf")

    def test_search(self):
        self.log_in(self.user)
        for query, found in (
            ("search=comptes 2026-01", True),
            ("search=exprimés", True),
            ("search=piscine", False),
            ("year=2026", True),
            ("year=2025", False),
            ("year=9999", False),
            ("year=x&outcome=x", True),
            ("outcome=rejected", False),
        ):
            page = self.url_open(f"/my/resolutions?{query}").text
            self.assertEqual("2026-01 · " in page.replace("\n", " "), found, query)

    def test_constant_queries(self):
        self.log_in(self.user)
        counts = []
        for size in (3, 15):
            other = self.create_assembly(
                motion_ids=[
                    Command.create({"name": f"Point {one}"}) for one in range(size)
                ]
            )
            for rank, motion in enumerate(other.motion_ids):
                self.resolve(motion, f"{size}-{rank}")
            self.env.flush_all()
            self.url_open("/my/resolutions")
            before = self.env.cr.sql_log_count
            self.url_open("/my/resolutions")
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(*counts)
