# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import contextlib
import doctest
import random
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from psycopg2.errors import IntegrityConstraintViolation

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.tierslieux_network.domain import public_code as code

from ..domain import committee, gates, levels, licence, radar
from .common import TODAY, BrandCommon

DAYS = st.integers(-900, 900).map(lambda days: TODAY + timedelta(days=days))
#: Histories that the rules let happen: acts that are refused leave nothing.
ACTS = st.lists(
    st.tuples(
        st.sampled_from([k for k in licence.EFFECTS if k != licence.GRANT]),
        st.integers(0, 400),
    ),
    max_size=8,
)


@tagged("post_install", "-at_install")
class TestLicence(BrandCommon):
    def test_examples(self):
        for module in (code, committee, gates, levels, licence, radar):
            self.assertEqual(doctest.testmod(module).failed, 0, module.__name__)

    def test_an_altered_code_is_told(self):
        for seed in range(20):
            known = code.draw(random.Random(seed).choice)
            self.assertEqual(code.read(code.show(known).lower()), known)
            for place, symbol in enumerate(known):
                others = code.ALPHABET if place < code.SYMBOLS else "0123456789"
                for other in others.replace(symbol, ""):
                    altered = known[:place] + other + known[place + 1 :]
                    with self.assertRaises(code.Altered):
                        code.read(altered)
                swapped = (
                    known[:place] + known[place : place + 2][::-1] + known[place + 2 :]
                )
                if swapped != known and place < code.SYMBOLS - 1:
                    with self.assertRaises(code.Altered):
                        code.read(swapped)

    @given(st.text(max_size=40))
    def test_any_text_is_read_or_told(self, text):
        with contextlib.suppress(code.Altered):
            self.assertEqual(len(code.read(text)), code.SYMBOLS + 2)

    def _history(self, acts):
        events = [licence.Event(licence.GRANT, TODAY, TODAY + timedelta(days=300))]
        day = TODAY
        for kind, days in acts:
            day += timedelta(days=days)
            until = None
            if kind == licence.RENEWAL:
                until = max(licence.last_day(events), day) + timedelta(days=200)
            new = licence.Event(kind, day, until)
            try:
                if kind == licence.UPHELD:
                    appeal = licence.Event(licence.APPEAL, day)
                    licence.check(events, appeal, day)
                    events.append(appeal)
                licence.check(events, new, day)
            except licence.Refused:
                continue
            events.append(new)
        return events

    @settings(deadline=None, max_examples=60)
    @given(ACTS, st.integers(-10, 2500))
    def test_the_database_says_what_the_rules_say(self, acts, days):
        events = self._history(acts)
        at = TODAY + timedelta(days=days)
        with self.env.cr.savepoint() as savepoint:
            record = self.create_licence(self.venue)
            record.event_ids.create(
                [
                    {
                        "licence_id": record.id,
                        "kind": event.kind,
                        "date": event.date,
                        "date_to": event.until,
                        "rules_id": event.until and self.rules.id,
                    }
                    for event in events[1:]
                ]
            )
            grant = licence.Event(licence.GRANT, TODAY, date(2028, 10, 20))
            expected = licence.state([grant, *events[1:]], at)
            self.patch(type(record), "_today", lambda self: at)
            self.env.flush_all()
            [found] = self.env["tierslieux.brand.licence"].search(
                [("id", "=", record.id), ("state", "in", [expected])]
            )
            self.assertEqual(found.state, expected)
            savepoint.close(rollback=True)
            self.env.invalidate_all()

    def test_state_drives_badge_kit_and_answer_at_once(self):
        record = self.licensed()
        directory = self.env["tierslieux.directory"]

        def seen():
            return (
                bool(directory._badges(self.venue.ids)),
                record._may_use_kit(),
                record._verify(record.code)["answer"],
            )

        self.assertEqual(seen(), (True, True, "valid"))
        record._record(licence.SUSPENSION, motive="Sans réponse.")
        self.assertEqual(seen(), (False, False, "suspended"))
        record._record(licence.LIFTING, motive="Répondu.")
        self.assertEqual(seen(), (True, True, "valid"))
        record._record(licence.WITHDRAWAL, date(2026, 11, 19), motive="Faux usage.")
        self.assertEqual(seen(), (True, True, "valid"), "until the notice is over")
        self.patch(type(record), "_today", lambda self: date(2026, 11, 19))
        record.invalidate_recordset()
        self.assertEqual(seen(), (False, False, "withdrawn"))

    def test_expiry_needs_nobody(self):
        record = self.create_licence(self.venue, end=date(2026, 12, 31))
        self.patch(type(record), "_today", lambda self: date(2027, 1, 1))
        self.assertEqual(record._verify(record.code)["answer"], "expired")
        self.assertFalse(self.env["tierslieux.directory"]._badges(self.venue.ids))
        for _turn in range(2):
            record._cron_expire()
            record.invalidate_recordset()
        self.assertEqual(record.event_ids.mapped("kind"), ["grant", "expiry"])

    def test_motive_notice_and_appeal(self):
        record = self.licensed()
        for kind in (licence.SUSPENSION, licence.WITHDRAWAL):
            with self.assertRaises(UserError):
                record._record(kind, motive=" ")
        with self.assertRaises(UserError):
            record._record(licence.WITHDRAWAL, TODAY, motive="Tout de suite.")
        with self.assertRaises(UserError):
            record._appeal("Contre rien.")
        record._record(licence.WITHDRAWAL, date(2026, 11, 19), motive="Faux usage.")
        record._appeal("Ce n’était pas nous.")
        with self.assertRaises(UserError):
            record._appeal("Encore.")
        decision = self.env["tierslieux.brand.licence.decision"].create(
            {"licence_id": record.id, "kind": "appeal_upheld", "motive": "C’est vrai."}
        )
        self.assertEqual(decision.date, date(2026, 11, 19))
        decision.action_record()
        self.patch(type(record), "_today", lambda self: date(2026, 12, 1))
        record.invalidate_recordset()
        self.assertEqual(record.state, "valid")

    def test_whoever_runs_the_venue_does_not_decide_about_it(self):
        board = self.committee[2]
        record = self.licensed()
        self.venue.manager_ids |= board
        decision = (
            self.env["tierslieux.brand.licence.decision"]
            .with_user(board)
            .create({"licence_id": record.id, "motive": "Je décide."})
        )
        with self.assertRaises(UserError):
            decision.action_record()

    def test_history_is_kept(self):
        record = self.licensed()
        for query in (
            "UPDATE tierslieux_brand_licence_event SET date_to = '2099-01-01'",
            f"DELETE FROM tierslieux_brand_licence_event WHERE licence_id={record.id}",
        ):
            with (
                mute_logger("odoo.sql_db"),
                self.assertRaises(IntegrityConstraintViolation),
                self.env.cr.savepoint(),
            ):
                self.env.cr.execute(query)

    def test_a_year_before_and_a_target(self):
        record = self.licensed()
        application = record._application()
        first = application.grid_id.criterion_ids[0]
        self.as_user(application, self.ada)._save_plan(
            {first.id: (4, date(2026, 10, 1), "Ouvrir le dimanche.")}
        )
        review = self.as_user(record, self.ada)._yearly_review()
        self.assertEqual(review, self.as_user(record, self.ada)._yearly_review())
        self.fill(review, 3)
        review._submit(TODAY + timedelta(days=365))
        row = application._progress()["rows"][0]
        self.assertEqual((row["before"], row["now"], row["target"]), (2, 3, 4))
        self.assertTrue(row["late"])
        self.assertFalse(application._progress()["rows"][1]["late"])

    def test_versions_of_rules(self):
        draft = self.rules.copy({"number": 8})
        draft.replaces_id = self.rules
        draft.users = draft.users.replace("La licence", "Cette licence")
        self.assertIn("<ins", draft.differences)
        self.assertIn("Cette", draft.differences)
        draft.conditions = " "
        draft.decision = "AG-2026-02"
        with self.assertRaises(UserError) as refusal:
            draft.action_adopt()
        self.assertIn("8.", str(refusal.exception))
