# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import datetime, timedelta
from fractions import Fraction
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import SQL

from ..domain import stv
from .common import START, GovernanceCommon


class VoteCommon(GovernanceCommon):
    """The assembly in session on its day: Ada (herself and the town), Léa (Coop) and
    Hedy are there; Atelier gave its proxy to nobody."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.convene()
        cls.clock.move_to(START)
        cls.assembly.action_open()
        for person in (cls.ada, cls.lea, cls.hedy):
            cls.assembly._arrive(person)
        cls.motion, cls.election = cls.assembly.motion_ids

    def setUp(self):
        super().setUp()
        self.clock_at(START)

    def _query_electors(self, assembly, count):
        """So many electors more, all of them there."""
        return SQL(
            """
            WITH person AS (
                INSERT INTO res_partner (name, complete_name, active, autopost_bills)
                SELECT 'Membre ' || n, 'Membre ' || n, TRUE, 'ask'
                  FROM generate_series(1, %(count)s) n
             RETURNING id, name
            ),
            elector AS (
                INSERT INTO tierslieux_elector (
                    assembly_id, partner_id, voter_id, member_name, voter_name,
                    search_text, college_id, is_entitled, reason
                )
                SELECT %(assembly)s, id, id, name, name, name, %(college)s, TRUE, 'x'
                  FROM person
             RETURNING id
            )
            INSERT INTO tierslieux_attendance (
                assembly_id, elector_id, mode, arrived_at
            )
            SELECT %(assembly)s, id, 'site', %(start)s FROM elector
            """,
            count=count,
            assembly=assembly.id,
            college=self.venues.id,
            start=START,
        )

    def vote(self, voter, choice, *members, motion=None):
        members = members or (voter,)
        electors = [self.elector(member).id for member in members]
        return (motion or self.motion)._cast(voter, dict.fromkeys(electors, choice))

    def rows(self, table):
        self.env.flush_all()
        return self.env.execute_query_dict(
            SQL("SELECT * FROM %s", SQL.identifier(table))
        )

    def assert_refused(self, words, voter, choice, *members, motion=None):
        tables = (
            "tierslieux_open_ballot",
            "tierslieux_signing",
            "tierslieux_urn_ballot",
        )
        before = [self.rows(table) for table in tables]
        with self.assertRaisesRegex(UserError, words):
            self.vote(voter, choice, *members, motion=motion)
        self.assertEqual([self.rows(table) for table in tables], before)

    def ranking(self, *names):
        by_name = {one.name: str(one.id) for one in self.election.candidate_ids}
        return ">".join(by_name[name] for name in names)


@tagged("post_install", "-at_install")
class TestVote(VoteCommon):
    def test_refusals_leave_nothing(self):
        self.assert_refused("pas encore ouvert", self.hedy, "for")
        self.motion.action_open()
        self.election.action_open()
        for motion, choice in (
            (self.motion, "perhaps"),
            (self.motion, ""),
            (self.motion, None),
            (self.motion, self.ranking("Ada Lovelace")),
            (self.election, "for"),
            (self.election, ""),
            (self.election, "999999"),
            (self.election, self.ranking("Ada Lovelace", "Ada Lovelace")),
            (self.election, self.ranking("Ada Lovelace") + ">"),
            (self.election, ["1"]),
        ):
            with self.subTest(choice=choice):
                self.assert_refused("illisible", self.hedy, choice, motion=motion)
        self.assert_refused("pas le droit", self.noor, "for")
        self.assert_refused("pas le droit", self.hedy, "for", self.ada)
        self.assert_refused("pas le droit", self.hedy, "for", self.hedy, self.ada)
        self.assert_refused("pas le droit", self.coop, "for")
        with self.assertRaisesRegex(UserError, "pas le droit"):
            self.motion._cast(self.hedy, {})
        with self.assertRaisesRegex(UserError, "pas le droit"):
            self.motion._cast(self.hedy, {999999: "for"})
        self.vote(self.hedy, "for")
        self.motion.action_close()
        self.assert_refused("clos", self.lea, "for", self.coop)

    def test_twice(self):
        self.motion.action_open()
        self.election.action_open()
        self.vote(self.hedy, "for")
        self.assert_refused("déjà voté", self.hedy, "against")
        self.vote(self.hedy, "blank", motion=self.election)
        self.assert_refused("déjà voté", self.hedy, "blank", motion=self.election)
        # All of an act or nothing: the town has not voted
        self.vote(self.ada, "for")
        self.assert_refused("déjà voté", self.ada, "for", self.town, self.ada)
        self.vote(self.ada, "for", self.town)

    def test_late_by_the_clock_of_the_database(self):
        self.motion.action_open()
        now = self.env.execute_query(self.motion._query_now())[0][0]
        self.motion.closes_at = now + timedelta(hours=1)
        self.vote(self.hedy, "for")
        self.motion.closes_at = now - timedelta(seconds=1)
        self.assert_refused("clos", self.ada, "for")

    def test_proxies_and_delegates(self):
        self.assembly._leave(self.hedy)
        self.give(self.hedy, self.coop)
        self.motion.action_open()
        self.assert_refused("pas le droit", self.hedy, "for")
        self.motion._cast(
            self.lea,
            {
                self.elector(self.coop).id: "for",
                self.elector(self.hedy).id: "against",
            },
        )
        ballots = self.env["tierslieux.open.ballot"].search([])
        self.assertEqual(ballots.voter_id, self.lea)
        self.assertEqual(
            {one.elector_id.partner_id: one.choice for one in ballots},
            {self.coop: "for", self.hedy: "against"},
        )
        # Who comes after the holder voted has voted
        self.assembly._arrive(self.hedy)
        self.assert_refused("déjà voté", self.hedy, "for")

    def test_one_act(self):
        """A failure after the first insert leaves neither signature nor ballot."""
        self.election.action_open()
        for method in ("_query_insert_ballot", "_query_voted_among"):
            with (
                self.subTest(method),
                patch.object(
                    type(self.election), method, side_effect=ZeroDivisionError
                ),
                self.assertRaises(ZeroDivisionError),
            ):
                self.vote(self.ada, "blank", motion=self.election)
                self.vote(self.ada, "blank", motion=self.election)
            self.assertFalse(
                method == "_query_insert_ballot" and self.rows("tierslieux_signing")
            )
            self.assertEqual(
                len(self.rows("tierslieux_signing")),
                len(self.rows("tierslieux_urn_ballot")),
            )

    def test_random_ids_are_drawn_again(self):
        self.election.action_open()
        drawn = iter([7, 7, 7, 8, 7, 9])
        with patch.object(
            type(self.election), "_random_id", side_effect=lambda: next(drawn)
        ):
            self.vote(self.ada, "blank", motion=self.election)
            self.vote(self.hedy, "blank", motion=self.election)
        self.assertEqual({one["id"] for one in self.rows("tierslieux_signing")}, {7, 8})
        self.assertEqual(
            {one["id"] for one in self.rows("tierslieux_urn_ballot")}, {7, 9}
        )

    def test_chain(self):
        self.motion.action_open()
        for person in (self.hedy, self.ada):
            self.vote(person, "for")
        self.vote(self.lea, "against", self.coop)
        self.assertIsNone(self.motion._first_break())
        ballots = self.env["tierslieux.open.ballot"].search([])
        self.assertEqual(ballots.mapped("position"), [1, 2, 3])
        for change in (
            SQL("UPDATE tierslieux_open_ballot SET choice = 'for' WHERE position = 3"),
            SQL("DELETE FROM tierslieux_open_ballot WHERE position = 2"),
            SQL(
                "UPDATE tierslieux_open_ballot SET voter_id = %s WHERE position = 1",
                self.lea.id,
            ),
        ):
            savepoint = self.env.cr.savepoint()
            # Whoever holds the database can switch the refusals off
            self.env.cr.execute(
                "ALTER TABLE tierslieux_open_ballot DISABLE TRIGGER USER"
            )
            self.env.cr.execute(change)
            self.env.invalidate_all()
            self.assertTrue(self.motion._first_break())
            with self.assertRaisesRegex(UserError, "chaîne"):
                self.motion.action_close()
            savepoint.rollback()
            self.env.invalidate_all()
        self.assertIsNone(self.motion._first_break())

    def test_verdict_by_colleges(self):
        self.motion.action_open()
        self.vote(self.ada, "for", self.ada, self.town)
        self.vote(self.hedy, "against")
        self.vote(self.lea, "abstention", self.coop)
        with self.assertRaisesRegex(UserError, "avant la clôture"):
            self.motion._count()
        self.motion.action_close()
        resolution = self.motion.resolution_ids
        decided = self.motion._rule()._decide_colleges(
            {self.venues: (1, 1, 0), self.public: (1, 0, 0), self.companies: (0, 0, 1)}
        )
        self.assertEqual(resolution.outcome == "adopted", decided.adopted)
        self.assertEqual(
            Fraction(resolution.verdict["colleges"]["result"]), decided.result
        )
        self.assertEqual(
            resolution.verdict["votes"],
            {"for": 2, "against": 1, "abstention": 1, "blank": 0},
        )
        self.assertEqual(resolution.number, "2026-001")
        self.assertIn("Quorum", resolution.verdict_text)
        self.assertIn("2 pour, 1 contre", resolution.verdict_text)
        self.assertIn("article", resolution.verdict_text)
        with self.assertRaises(UserError):
            self.motion.action_close()
        self.assertEqual(len(self.motion.resolution_ids), 1)

    def test_verdict_by_heads(self):
        version = self.change_statutes(
            college_mode="heads", majority="absolute", majority_base="voters"
        )
        self.assembly.statutes_version_id = version
        self.motion.action_open()
        self.vote(self.ada, "for", self.ada, self.town)
        self.vote(self.hedy, "blank")
        self.vote(self.lea, "abstention", self.coop)
        self.motion.action_close()
        resolution = self.motion.resolution_ids
        # 2 × 2 is not more than 4 voters
        self.assertEqual(resolution.outcome, "rejected")
        self.assertEqual(resolution.verdict["majority"]["base"], 4)

    def test_election(self):
        self.election.action_open()
        seed = self.election.seed
        self.assertEqual(len(seed), 32)
        self.vote(
            self.ada, self.ranking("Ada Lovelace"), self.town, motion=self.election
        )
        self.vote(
            self.hedy,
            self.ranking("Hedy Lamarr", "Ada Lovelace"),
            motion=self.election,
        )
        self.vote(self.lea, "blank", self.coop, motion=self.election)
        self.election.action_close()
        resolution = self.election.resolution_ids
        expected = stv.count(
            tuple(self.election.candidate_ids.mapped("name")),
            {(0,): 1, (1, 0): 1, (): 1},
            1,
            seed,
        )
        self.assertEqual(resolution.outcome, "elected")
        self.assertEqual(resolution.verdict["count"]["winners"], expected.winners)
        self.assertEqual(resolution.verdict["count"]["quota"], expected.quota)
        self.assertEqual(resolution.verdict["count"]["ties"], expected.ties)
        self.assertIn(seed, resolution.verdict_text)

    def test_election_of_blanks(self):
        self.election.action_open()
        self.vote(self.hedy, "blank", motion=self.election)
        self.election.action_close()
        self.assertEqual(self.election.resolution_ids.outcome, "rejected")

    def test_quorum(self):
        self.assembly._leave(self.ada)
        self.assembly._leave(self.lea)
        self.assembly.statutes_version_id = self.change_statutes(
            quorum_numerator=1, quorum_denominator=2
        )
        with self.assertRaisesRegex(UserError, "quorum"):
            self.motion.action_open()
        self.assertEqual(self.motion.state, "draft")
        self.motion.action_record_no_quorum()
        self.assertEqual(self.motion.resolution_ids.outcome, "no_quorum")
        self.assertIn("1/2", self.motion.resolution_ids.verdict_text)

    def test_record_no_quorum_only_without(self):
        with self.assertRaisesRegex(UserError, "quorum est atteint"):
            self.motion.action_record_no_quorum()

    def test_asynchronous(self):
        assembly = self.create_assembly(
            is_asynchronous=True,
            date_start=datetime(2026, 11, 20),
            date_end=datetime(2100, 1, 1),
        )
        assembly.action_convene()
        self.clock_at(datetime(2026, 11, 20, 10))
        assembly.action_open()
        motion = assembly.motion_ids[0]
        motion.action_open()
        self.assertEqual(motion.closes_at, assembly.date_end)
        motion._cast(self.hedy, {self.elector(self.hedy, assembly).id: "for"})
        with self.assertRaisesRegex(UserError, "heure annoncée"):
            motion.action_close()
        motion.closes_at = datetime(2026, 11, 21)
        motion.action_close()
        self.assertEqual(
            motion.resolution_ids.verdict["quorum"]["parts"]["correspondence"], 1
        )

    def test_blank_proxies_follow_the_board(self):
        self.assembly.statutes_version_id = self.change_statutes(blank_proxy="board")
        self.give(self.atelier)
        self.motion.action_open()
        self.vote(self.hedy, "against")
        self.motion.action_close()
        votes = self.motion.resolution_ids.verdict["votes"]
        self.assertEqual((votes["for"], votes["against"]), (1, 1))

    def test_board_opens_and_nobody_writes_the_state(self):
        board = self.create_user("board")
        member = self.give_account(self.ada)
        with self.assertRaises(AccessError):
            self.motion.with_user(member).action_open()
        for field, value in (("state", "open"), ("seed", "1")):
            with self.assertRaises(UserError):
                self.motion.with_user(board).write({field: value})
        self.motion.with_user(board).action_open()
        self.vote(self.hedy, "for")
        self.assertEqual(self.motion.with_user(board).voted_count, 1)
        self.motion.with_user(board).action_close()
        self.assertEqual(self.motion.state, "closed")

    def test_candidates_are_fixed(self):
        self.election.action_open()
        with self.assertRaises(UserError):
            self.election.candidate_ids[0].name = "Autre"
        with self.assertRaises(UserError):
            self.election.candidate_ids[0].unlink()
        with self.assertRaises(UserError):
            self.election.candidate_ids.create(
                {"name": "Autre", "motion_id": self.election.id}
            )

    def test_withdrawn_points_are_done_with(self):
        motion, election = self.assembly.motion_ids
        self.assertTrue(self.assembly.has_undecided)
        (motion | election).mapped(lambda one: one.action_withdraw())
        self.assertFalse(self.assembly.has_undecided)
        for act in (motion.action_withdraw, motion.action_open):
            with self.assertRaises(UserError):
                act()

    def test_information_is_not_voted(self):
        assembly = self.create_assembly(
            motion_ids=[Command.create({"name": "A", "kind": "information"})]
        )
        with self.assertRaisesRegex(UserError, "pas soumis"):
            assembly.motion_ids.action_open()

    def test_convening_keeps_the_secrecy_chosen(self):
        assembly = self.create_assembly(
            date_start=datetime(2026, 12, 20), date_end=datetime(2026, 12, 21)
        )
        assembly.motion_ids[0].secrecy = "confidential"
        assembly.action_convene()
        self.assertEqual(
            assembly.motion_ids.mapped("secrecy"), ["confidential", "confidential"]
        )
