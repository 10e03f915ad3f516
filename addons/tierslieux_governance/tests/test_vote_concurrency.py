# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import threading
from datetime import datetime

from odoo.exceptions import ConcurrencyError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import SQL

from odoo.addons.tierslieux_network.tests.at_once import AtOnceCase

CONNECTIONS = 16
# In the order in which they may be removed
TABLES = (
    "tierslieux_open_ballot",
    "tierslieux_signing",
    "tierslieux_urn_ballot",
    "tierslieux_attendance",
    "tierslieux_elector",
    "tierslieux_motion",
    "tierslieux_assembly",
)
BY_MOTION = TABLES[:3]


@tagged("post_install", "-at_install")
class TestVoteConcurrency(AtOnceCase):
    """Votes over several connections, on rows that are committed and removed after."""

    def setUp(self):
        super().setUp()
        with self.registry.cursor() as cr:
            env = self.environment(cr)
            version = env.ref("tierslieux_governance.statutes_association")
            self.partners = env["res.partner"].create(
                [{"name": f"Electeur {n}"} for n in range(CONNECTIONS)]
            )
            assembly = env["tierslieux.assembly"].create(
                {
                    "name": "Concurrence",
                    "date_start": datetime(2026, 1, 1),
                    "date_end": datetime(2099, 1, 1),
                    "motion_ids": [
                        Command.create({"name": secrecy, "secrecy": secrecy})
                        for secrecy in ("open", "confidential")
                    ],
                }
            )
            electors = env["tierslieux.elector"].create(
                [
                    {
                        "assembly_id": assembly.id,
                        "partner_id": one.id,
                        "voter_id": one.id,
                        "member_name": one.name,
                        "search_text": one.name,
                        "is_entitled": True,
                        "reason": "x",
                    }
                    for one in self.partners
                ]
            )
            env["tierslieux.attendance"].create(
                [{"assembly_id": assembly.id, "elector_id": one.id} for one in electors]
            )
            assembly.write({"state": "open", "statutes_version_id": version.id})
            assembly.motion_ids.write({"state": "open"})
            self.open_id, self.confidential_id = assembly.motion_ids.ids
            self.voters = [(one.voter_id.id, one.id) for one in electors.sorted("id")]
            self.assembly_id = assembly.id
        self.addCleanup(self.remove)

    def remove(self):
        with self.registry.cursor() as cr:
            for table in TABLES:
                where = SQL("assembly_id = %s", self.assembly_id)
                if table in BY_MOTION:
                    where = SQL(
                        "motion_id IN (%s, %s)", self.open_id, self.confidential_id
                    )
                elif table == "tierslieux_assembly":
                    where = SQL("id = %s", self.assembly_id)
                self.remove_fixed(cr, where, table)
            self.environment(cr)["res.partner"].browse(self.partners.ids).unlink()

    def cast(self, motion_id, voter_id, elector_id):
        def act(env):
            motion = env["tierslieux.motion"].browse(motion_id)
            motion._read_committed()
            motion._cast(env["res.partner"].browse(voter_id), {elector_id: "for"})
            return "cast"

        return act

    def together(self, motion_id, voters):
        """What each connection was answered; each reads what the others committed."""
        acts = [self.cast(motion_id, *voter) for voter in voters]
        return self.at_once(*acts, isolation=None)

    def number(self, model, motion_id):
        with self.registry.cursor() as cr:
            return self.environment(cr)[model].search_count(
                [("motion_id", "=", motion_id)]
            )

    def test_one_voter_one_ballot(self):
        for motion_id, models in (
            (self.open_id, ["tierslieux.open.ballot"]),
            (self.confidential_id, ["tierslieux.signing", "tierslieux.urn.ballot"]),
        ):
            results = self.together(motion_id, [self.voters[0]] * CONNECTIONS)
            self.assertEqual(results.count("cast"), 1)
            self.assertEqual(
                [self.number(model, motion_id) for model in models], [1] * len(models)
            )

    def test_each_voter_one_ballot(self):
        for motion_id in (self.open_id, self.confidential_id):
            results = self.together(motion_id, self.voters)
            self.assertEqual(results, ["cast"] * CONNECTIONS)
        self.assertEqual(
            self.number("tierslieux.open.ballot", self.open_id), CONNECTIONS
        )
        for model in ("tierslieux.signing", "tierslieux.urn.ballot"):
            self.assertEqual(self.number(model, self.confidential_id), CONNECTIONS)
        with self.registry.cursor() as cr:
            motion = self.environment(cr)["tierslieux.motion"].browse(self.open_id)
            self.assertIsNone(motion._first_break())

    def test_a_closing_misses_no_vote(self):
        """A closing that began before a vote was recorded fails, and is tried again by
        the server, which then sees that vote."""
        with self.registry.cursor() as cr:
            motion = self.environment(cr)["tierslieux.motion"].browse(self.open_id)
            self.assertEqual(motion.state, "open")
            answers = self.together(self.open_id, self.voters[:1])
            self.assertEqual(answers, ["cast"])
            with self.assertRaises(ConcurrencyError):
                motion.action_close()
            cr.rollback()
        self.assertEqual(self.number("tierslieux.resolution", self.open_id), 0)

    def test_a_vote_after_the_closing_is_late(self):
        answers = []
        with self.registry.cursor() as cr:
            motion = self.environment(cr)["tierslieux.motion"].browse(self.open_id)
            motion._hold("open").write({"state": "closed"})
            motion.flush_recordset()
            late = threading.Thread(
                target=lambda: answers.extend(
                    self.together(self.open_id, self.voters[:1])
                )
            )
            late.start()
            late.join(1)
            self.assertEqual(answers, [], "it waits for the closing")
        late.join(30)
        self.assertIn("closed", answers[0])
        self.assertEqual(self.number("tierslieux.open.ballot", self.open_id), 0)
