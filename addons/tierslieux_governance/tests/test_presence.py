# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import datetime, timedelta

from odoo.exceptions import UserError

from .common import START, GovernanceCommon


class TestPresence(GovernanceCommon):
    def hold(self, **values):
        self.convene(**values)
        self.clock_at(START)

    def numbers(self, at=None):
        whole, _colleges = self.assembly._presence(self.assembly._rule(), at)
        return whole.entitled, whole.on_site, whole.remote, whole.represented

    def test_one_tap_makes_all_their_votes_present(self):
        self.hold()
        self.assembly._arrive(self.ada)
        self.assertEqual(self.numbers(), (5, 2, 0, 0))
        self.assembly._arrive(self.ada)
        self.assertEqual(self.numbers(), (5, 2, 0, 0))
        self.assembly._arrive(self.ada, "remote")
        self.assertEqual(self.numbers(), (5, 0, 2, 0))
        self.assembly._leave(self.ada)
        self.assertEqual(self.numbers(), (5, 0, 0, 0))
        with self.assertRaises(UserError):
            self.assembly._arrive(self.noor)

    def test_proxies_count_while_their_holder_is_there(self):
        self.hold()
        self.give(self.hedy, self.ada)
        self.assertEqual(self.numbers(), (5, 0, 0, 0))
        self.assembly._arrive(self.ada)
        self.assertEqual(self.numbers(), (5, 2, 0, 1))
        self.assembly._leave(self.ada)
        self.assertEqual(self.numbers(), (5, 0, 0, 0))

    def test_at_a_past_moment(self):
        self.hold()
        self.give(self.hedy, self.ada)
        self.clock_at(START + timedelta(minutes=10))
        self.assembly._arrive(self.ada)
        self.clock_at(START + timedelta(minutes=20))
        self.assembly._arrive(self.hedy)
        self.clock_at(START + timedelta(minutes=30))
        self.assembly._leave(self.ada)
        for minutes, expected in (
            (5, (5, 0, 0, 0)),
            (15, (5, 2, 0, 1)),
            (25, (5, 3, 0, 0)),
            (35, (5, 1, 0, 0)),
        ):
            moment = START + timedelta(minutes=minutes)
            self.assertEqual(self.numbers(moment), expected, minutes)

    def test_voting_power(self):
        self.hold()
        self.give(self.hedy, self.coop)
        self.assembly._arrive(self.ada)
        self.assembly._arrive(self.lea)
        every = self.assembly._voting_power()
        mine = {
            self.ada: self.elector(self.ada) | self.elector(self.town),
            self.lea: self.elector(self.coop) | self.elector(self.hedy),
        }
        self.assertEqual(every, mine)
        for voter in (self.ada, self.lea):
            self.assertEqual(
                self.assembly._voting_power(voter=voter)[voter], mine[voter]
            )
        self.assertFalse(self.assembly._voting_power(voter=self.hedy)[self.hedy])

    def test_between_two_dates_who_gave_no_proxy_votes(self):
        self.hold(is_asynchronous=True)
        self.give(self.hedy, self.ada)
        ada = self.assembly._voting_power(voter=self.ada)[self.ada]
        self.assertEqual(len(ada), 3)
        self.assertFalse(self.assembly._voting_power(voter=self.hedy)[self.hedy])
        motion = self.assembly.motion_ids[0]
        self.assertEqual(motion._quorum().whole.counted, 0)
        self.env["tierslieux.signing"].create(
            {"motion_id": motion.id, "elector_id": self.elector(self.ada).id}
        )
        self.assertEqual(motion._quorum().whole.counted, 1)

    def test_quorum_in_words(self):
        self.hold()
        self.assertFalse(self.assembly._quorum().reached)
        self.give(self.hedy, self.ada)
        self.assembly._arrive(self.ada)
        sentence = self.assembly._quorum_sentence()
        self.assertEqual(
            sentence.split(" (")[0],
            "Quorum : 2 présents + 1 représenté = 3 sur 5 inscrits ≥ 1/4, article 11",
        )
        self.assembly.action_open()
        self.assertEqual(self.assembly.opening_quorum, sentence)

    def test_quorum_of_each_motion_by_its_own_rule(self):
        self.assembly.motion_ids[0].decision_kind = "extraordinary"
        self.hold()
        self.assembly._arrive(self.ada)
        first, second = self.assembly.motion_ids
        self.assertFalse(first._quorum().reached)
        self.assertTrue(second._quorum().reached)
        self.assertIn("il en faut 3", first._quorum_sentence())
        self.assembly._arrive(self.lea)
        self.assertTrue(first._quorum().reached)

    def test_quorum_per_college(self):
        self.change_statutes(quorum_per_college=True)
        self.hold()
        self.assembly._arrive(self.ada)
        verdict = self.assembly._quorum()
        self.assertTrue(verdict.whole.reached)
        self.assertFalse(verdict.reached)
        self.assertIn(self.companies.name, self.assembly._quorum_sentence())
        self.assembly._arrive(self.lea)
        self.assertTrue(self.assembly._quorum().reached)

    def test_second_convocation(self):
        self.hold()
        self.assembly.action_open()
        self.assembly.action_close()
        self.assertTrue(self.assembly.has_undecided)
        action = self.assembly.action_second_convocation()
        second = self.env["tierslieux.assembly"].browse(action["res_id"])
        self.assertEqual(
            second.motion_ids.mapped("name"), self.assembly.motion_ids.mapped("name")
        )
        self.assertEqual(
            second.motion_ids.candidate_ids.mapped("name"),
            ["Ada Lovelace", "Hedy Lamarr"],
        )
        second.write(
            {
                "date_start": datetime(2026, 11, 14, 13),
                "date_end": datetime(2026, 11, 14, 15),
            }
        )
        second.action_convene()
        self.assertTrue(second._quorum().reached)
        self.assertEqual(second._quorum().convocation, 2)

    def test_opens_on_its_day_and_closes_without_running_votes(self):
        self.convene()
        with self.assertRaises(UserError):
            self.assembly.action_open()
        self.clock_at(START)
        self.assembly.action_open()
        self.assembly.motion_ids[0].state = "open"
        with self.assertRaises(UserError):
            self.assembly.action_close()
        self.assembly.motion_ids[0].state = "closed"
        self.assembly.action_close()
        with self.assertRaises(UserError):
            self.assembly._arrive(self.ada)
