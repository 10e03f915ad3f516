# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import datetime

from ..domain import majority, quorum
from ..domain.quorum import Attendance
from ..models import verdict_sentences as sentences
from .common import GovernanceCommon


class TestVerdictSentences(GovernanceCommon):
    def rule(self, kind="ordinary"):
        return self.statutes.rule_ids.filtered(lambda rule: rule.kind == kind)

    def quorum(self, attendance, kind="extraordinary", **options):
        rule = self.rule(kind)
        verdict = quorum.check(rule._domain_quorum(), attendance, **options)
        return sentences.quorum_sentence(self.env, verdict, rule)

    def majority(self, kind, *votes, **bases):
        rule = self.rule(kind)
        verdict = majority.decide(
            rule._domain_majority(), majority.Motion(*votes, **bases)
        )
        return sentences.majority_sentence(self.env, verdict, rule)

    def test_quorum(self):
        version = self.statutes.display_name
        self.assertEqual(
            self.quorum(Attendance(100, 41, represented=12)),
            "Quorum : 41 présents + 12 représentés = 53 sur 100 inscrits ≥ 1/2, "
            f"article 11 ({version})",
        )
        self.assertEqual(
            self.quorum(Attendance(100, 1, 2, 1, 1)).splitlines(),
            [
                "Quorum : 1 présent + 2 à distance + 1 représenté "
                "+ 1 par correspondance = 5 sur 100 inscrits < 1/2 (il en faut 50), "
                f"article 11 ({version})",
                "Le quorum n’est pas atteint.",
            ],
        )
        self.assertIn("0 présent sur 3", self.quorum(Attendance(3)))
        self.assertIn(
            "aucun n’est exigé",
            self.quorum(Attendance(3, 1), "ordinary", convocation=2),
        )

    def test_majority(self):
        self.assertTrue(
            self.majority("ordinary", 60, 40).startswith(
                "Majorité simple : 60 pour > 40 contre, article 12"
            )
        )
        self.assertIn("40 pour ≤ 40 contre", self.majority("ordinary", 40, 40))
        self.assertTrue(
            self.majority("extraordinary", 67, 33).startswith(
                "Majorité : 3 × 67 pour = 201 > 2 × 100 exprimés = 200, article 13"
            )
        )
        self.rule_absolute = self.env.ref(
            "tierslieux_governance.statutes_scic_rule_board"
        )
        verdict = majority.decide(
            self.rule_absolute._domain_majority(),
            majority.Motion(6, 2, present=8, represented=4),
        )
        self.assertTrue(
            sentences.majority_sentence(
                self.env, verdict, self.rule_absolute
            ).startswith(
                "Majorité : 2 × 6 pour = 12 ≤ 12 présents ou représentés, article 14"
            )
        )

    def test_colleges(self):
        rule = self.rule()
        votes = {self.venues: (3, 1, 0), self.companies: (0, 2, 0)}
        lines = sentences.college_sentences(
            self.env, rule._decide_colleges(votes), rule
        )
        self.assertEqual(len(lines), 4)
        self.assertIn("66,67\xa0% × 75\xa0% = 50\xa0%", lines[0])
        self.assertIn("aucun vote", lines[2])
        self.assertIn("article 14", lines[3])
        self.assertIn("3 pour, 3 contre", lines[3])

    def test_one_and_none_are_singular(self):
        self.assertIn("1 exprimé =", self.majority("extraordinary", 1, 0))
        self.assertIn(
            "1 sur 1 inscrit ",
            self.quorum(Attendance(1, 1)).replace("1 présent sur", "1 sur"),
        )
        votes = {"for": 2, "against": 0, "abstention": 1, "blank": 0}
        self.assertEqual(
            sentences.votes_sentence(self.env, votes),
            "Votes : 2 pour, 0 contre, 1 abstention, 0 blanc.",
        )
        votes.update(abstention=2, blank=3)
        self.assertIn(
            "2 abstentions, 3 blancs", sentences.votes_sentence(self.env, votes)
        )

    def test_first_of_the_month(self):
        first = self.assembly.copy(
            {"date_start": datetime(2027, 5, 1, 8), "date_end": datetime(2027, 5, 1, 9)}
        )
        self.assertIn("samedi 1er mai 2027 à 10", first._when())
        self.assertIn("1er mai", first._moment(first.date_start))
        self.assertIn("11 mai", first._moment(datetime(2027, 5, 11)))
