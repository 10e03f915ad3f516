# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.fields import Command
from odoo.tests import HttpCase, tagged
from odoo.tools import SQL

from ..domain import chain
from .common import START
from .test_vote import VoteCommon

SIZES = (100, 20_000)
CHOICES = ("for", "against", "abstention", "blank")


@tagged("post_install", "-at_install")
class TestVerdictSize(HttpCase, VoteCommon):
    """Quorum and verdict, and the screens that show them: as many queries when a
    hundred electors vote as when twenty thousand do."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.create_user("board", "bureau")

    def setUp(self):
        super().setUp()
        self.authenticate("bureau", "bureau")

    def count(self, call):
        self.env.flush_all()
        self.env.invalidate_all()
        # Environments may keep these, or may be gone: read in any case
        self.assertTrue(self.env.user.partner_id.name)
        before = self.env.cr.sql_log_count
        call()
        self.env.flush_all()
        return self.env.cr.sql_log_count - before

    def page(self, address, words):
        """The queries of a page, once its caches are warm."""
        for _time in range(2):
            count = self.count(
                lambda: self.assertIn(words, self.url_open(address).text)
            )
        return count

    def meeting(self, size):
        """A meeting in session, its electors there, all votes open."""
        assembly = self.create_assembly(
            motion_ids=[
                Command.create({"name": secrecy, "secrecy": secrecy})
                for secrecy in ("open", "confidential")
            ]
        )
        assembly.write(
            {
                "state": "open",
                "frozen_at": START,
                "convened_at": START,
                "statutes_version_id": self.statutes.id,
            }
        )
        self.env.cr.execute(self._query_electors(assembly, size))
        self.env.cr.execute("ANALYZE tierslieux_elector, tierslieux_attendance")
        for motion in assembly.motion_ids:
            motion.action_open()
        self.env.flush_all()
        return assembly

    def vote_all(self, assembly):
        """Everybody votes on both motions; none has more than the others' queries."""
        named, secret = assembly.motion_ids
        previous, links = chain.GENESIS, []
        electors = assembly.elector_ids.sorted("id")
        for position, elector in enumerate(electors, start=1):
            choice = CHOICES[position % 4]
            row = named._chain_row(
                position, elector.id, elector.voter_id.id, choice, START
            )
            own = chain.digest(previous, row)
            links.append((position, elector.id, row["voter"], choice, previous, own))
            previous = own
        self.env.cr.execute(self._query_vote_open(named, links))
        for table in ("tierslieux_signing", "tierslieux_urn_ballot"):
            self.env.cr.execute(self._query_vote_secretly(secret, table, links))

    def _query_vote_open(self, motion, links):
        return SQL(
            """
            INSERT INTO tierslieux_open_ballot (
                motion_id, position, elector_id, voter_id, choice,
                previous_digest, digest, cast_at
            )
            SELECT %s, link.*, %s
              FROM unnest(%s, %s, %s, %s, %s, %s) link
            """,
            motion.id,
            START,
            *(list(column) for column in zip(*links, strict=True)),
        )

    def _query_vote_secretly(self, motion, table, links):
        column = "elector_id" if table == "tierslieux_signing" else "choice"
        values = [link[1 if column == "elector_id" else 3] for link in links]
        return SQL(
            """
            INSERT INTO %s (id, motion_id, %s)
            SELECT 1000000000 + nextval('tierslieux_motion_id_seq'), %s, value
              FROM unnest(%s) value
            """,
            SQL.identifier(table),
            SQL.identifier(column),
            motion.id,
            values,
        )

    def measure(self, size):
        assembly = self.meeting(size)
        counts = {
            "attendance": self.page(
                f"/assemblies/{assembly.id}/attendance", "Feuille de présence"
            ),
            "quorum": self.count(assembly.motion_ids[0]._quorum_sentence),
        }
        self.vote_all(assembly)
        voter = assembly.elector_ids.sorted("id")[0].voter_id
        token = assembly._access_token(voter)
        self.url_open(f"/assemblies/{assembly.id}/{voter.id}/{token}")
        for motion in assembly.motion_ids:
            counts[f"closing {motion.secrecy}"] = self.count(motion.action_close)
            self.assertIn(f"{size // 4} ", motion.resolution_ids.verdict_text)
            counts[f"result {motion.secrecy}"] = self.page(
                f"/my/votes/{motion.id}", motion.resolution_ids.number
            )
        return counts

    def test_constant_queries(self):
        self.measure(SIZES[0])  # fills the caches
        small, large = (self.measure(size) for size in SIZES)
        self.assertEqual(small, large)
        self.assertLess(max(large.values()), 100)
