# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import logging

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import SQL, mute_logger

from .test_vote import VoteCommon


@tagged("post_install", "-at_install")
class TestVoteSecrecy(VoteCommon):
    """Ways to link a ballot of a confidential vote with who cast it, and why they give
    nothing. Ada votes for the town too, Hedy ranks one name nobody else does."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.election.action_open()

    def cast_all(self):
        self.secret = self.ranking("Hedy Lamarr", "Ada Lovelace")
        self.vote(
            self.ada,
            self.ranking("Ada Lovelace"),
            self.ada,
            self.town,
            motion=self.election,
        )
        self.vote(self.hedy, self.secret, motion=self.election)
        self.vote(self.lea, "blank", self.coop, motion=self.election)

    def columns(self, table):
        return set(
            self.env.execute_query_dict(
                SQL("SELECT * FROM %s LIMIT 1", SQL.identifier(table))
            )[0]
        )

    def test_columns(self):
        """No author, no date, no key in common but the vote."""
        self.cast_all()
        self.assertEqual(
            self.columns("tierslieux_urn_ballot"),
            {"id", "motion_id", "college_id", "choice"},
        )
        self.assertEqual(
            self.columns("tierslieux_signing"), {"id", "motion_id", "elector_id"}
        )

    def test_college_only_where_it_counts(self):
        self.cast_all()
        self.assertEqual(
            {one["college_id"] for one in self.rows("tierslieux_urn_ballot")}, {None}
        )

    def test_ids_tell_no_order(self):
        """Neither list follows the order of votes, nor the other: over 40 draws of each
        table, ids neither all rise nor match."""
        signings, ballots = [], []
        for _n in range(40):
            savepoint = self.env.cr.savepoint()
            self.vote(self.hedy, "blank", motion=self.election)
            signings += [one["id"] for one in self.rows("tierslieux_signing")]
            ballots += [one["id"] for one in self.rows("tierslieux_urn_ballot")]
            savepoint.rollback()
        for ids in (signings, ballots):
            self.assertNotEqual(ids, sorted(ids))
            self.assertEqual(len(set(ids)), 40)
            self.assertGreater(max(ids), 2**24)
        self.assertFalse(set(signings) & set(ballots))
        steps = {one - two for one, two in zip(signings, ballots, strict=True)}
        self.assertEqual(len(steps), 40)

    def test_nothing_in_messages_mails_and_tracking(self):
        tables = (
            "mail_message",
            "mail_mail",
            "mail_tracking_value",
            "mail_activity",
            "ir_attachment",
            "queue_job",
        )
        before = {table: len(self.rows(table)) for table in tables}
        motion = self.rows("tierslieux_motion")
        self.cast_all()
        for table in tables:
            self.assertEqual(len(self.rows(table)), before[table], table)
        for old, new in zip(
            sorted(motion, key=lambda one: one["id"]),
            sorted(self.rows("tierslieux_motion"), key=lambda one: one["id"]),
            strict=True,
        ):
            self.assertEqual(old, new)

    def test_nothing_in_logs(self):
        lines = []

        class Catcher(logging.Handler):
            def emit(self, record):
                lines.append(record.getMessage())

        catcher = Catcher(logging.INFO)
        logging.getLogger().addHandler(catcher)
        self.addCleanup(logging.getLogger().removeHandler, catcher)
        logger = logging.getLogger("odoo.sql_db")
        logger.addHandler(catcher)
        self.addCleanup(logger.removeHandler, catcher)
        self.cast_all()
        self.assert_refused("déjà voté", self.hedy, self.secret, motion=self.election)
        self.assert_refused("illisible", self.hedy, "1>1", motion=self.election)
        self.assertFalse([line for line in lines if self.secret in line])
        self.assertFalse([line for line in lines if "1>1" in line])

    def test_nobody_reads_the_urn(self):
        self.cast_all()
        users = [
            self.create_user(group) for group in ("member", "board", "administrator")
        ]
        users += [self.env.ref("base.user_admin")]
        for closed in (False, True):
            if closed:
                self.election.action_close()
            for user in users:
                urn = self.env["tierslieux.urn.ballot"].with_user(user)
                for call in (
                    lambda urn=urn: urn.search([]).mapped("choice"),
                    lambda urn=urn: urn.search_count([]),
                    lambda urn=urn: urn._read_group([], ["choice"], ["__count"]),
                    lambda urn=urn: urn.create({}),
                ):
                    with (
                        mute_logger("odoo.addons.base.models.ir_model"),
                        self.assertRaises(AccessError),
                    ):
                        call()

    def test_signatures_equal_ballots(self):
        self.cast_all()
        self.assertEqual(
            len(self.rows("tierslieux_signing")),
            len(self.rows("tierslieux_urn_ballot")),
        )
        # A ballot slipped in by the host
        self.env.cr.execute(self.election._query_insert_ballot(None, "blank"))
        with self.assertRaisesRegex(Exception, "5 bulletins.*4 signatures"):
            self.election.action_close()

    def test_small_colleges_are_said(self):
        self.assembly.statutes_version_id = self.change_statutes(secrecy="confidential")
        motion = self.motion
        self.env.cr.execute(
            SQL(
                "UPDATE tierslieux_motion SET secrecy = 'confidential' WHERE id = %s",
                motion.id,
            )
        )
        self.env.invalidate_all()
        self.assertIn(self.public.name, motion._small_colleges())
        self.assertEqual(self.election._small_colleges(), [])
        motion.action_open()
        self.vote(self.hedy, "for")
        [ballot] = self.rows("tierslieux_urn_ballot")
        self.assertEqual(ballot["college_id"], self.venues.id)
