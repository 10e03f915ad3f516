# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import csv
import io

from odoo.tests import HttpCase, tagged

from ..domain import chain
from .test_vote import VoteCommon


@tagged("post_install", "-at_install")
class TestNamedVotes(HttpCase, VoteCommon):
    """The list of an open vote: for those who were called, once it is closed."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.motion.action_open()
        cls.motion._cast(cls.hedy, {cls.elector(cls.hedy).id: "against"})
        cls.motion._cast(
            cls.ada, {cls.elector(cls.ada).id: "for", cls.elector(cls.town).id: "for"}
        )
        cls.page = f"/my/votes/{cls.motion.id}/names"

    def open_as(self, partner, motion=None):
        token = self.assembly._access_token(partner)
        vote = (motion or self.motion).id
        return self.url_open(
            f"/assemblies/{self.assembly.id}/{partner.id}/{token}/vote-{vote}"
        )

    def test_after_the_closing_only(self):
        self.open_as(self.hedy)
        self.assertEqual(self.url_open(self.page).status_code, 404)
        self.assertEqual(self.url_open(f"{self.page}.csv").status_code, 404)
        self.motion.action_close()
        self.assertIn(f'href="{self.page}"', self.open_as(self.hedy).text)
        page = self.url_open(self.page).text
        for member in (self.ada, self.hedy, self.town):
            self.assertIn(member.name, page)
        self.assertIn("Votes trouvés", page)
        found = self.url_open(f"{self.page}?search=lamarr").text
        self.assertIn(self.hedy.name, found)
        self.assertNotIn(self.town.name, found)

    def test_not_for_strangers(self):
        self.motion.action_close()
        stranger = self.create_user("member", "stranger")
        self.authenticate(stranger.login, stranger.login)
        for path in (self.page, f"{self.page}.csv"):
            self.assertEqual(self.url_open(path).status_code, 404)

    def test_a_confidential_vote_has_no_list(self):
        self.election.action_open()
        self.election._cast(self.hedy, {self.elector(self.hedy).id: "blank"})
        self.election.action_close()
        page = self.open_as(self.hedy, self.election).text
        self.assertNotIn(f"/my/votes/{self.election.id}/names", page)
        path = f"/my/votes/{self.election.id}/names"
        self.assertEqual(self.url_open(path).status_code, 404)
        self.assertEqual(self.url_open(f"{path}.csv").status_code, 404)

    def test_the_chain_is_checked_with_the_file_alone(self):
        self.motion.action_close()
        self.open_as(self.hedy)
        rows = list(csv.DictReader(io.StringIO(self.url_open(f"{self.page}.csv").text)))
        self.assertEqual(
            [row["choice_name"] for row in rows], ["Contre", "Pour", "Pour"]
        )
        before = chain.GENESIS
        for row in rows:
            self.assertEqual(row["previous"], before)
            kept = {
                name: int(row[name])
                for name in ("motion", "position", "elector", "voter")
            } | {name: row[name] for name in ("choice", "cast_at")}
            before = chain.digest(before, kept)
            self.assertEqual(row["digest"], before)

    def test_constant_queries(self):
        """A page of one vote and one of three: names are read at once."""
        self.motion.action_close()
        counts = []
        for limit in (1, 3):
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            votes = self.motion._named_votes(limit=limit)
            self.assertEqual(len(votes), limit)
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(*counts)
