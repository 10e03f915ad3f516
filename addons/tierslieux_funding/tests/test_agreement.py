# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from base64 import b64encode
from datetime import date

from psycopg2 import IntegrityError

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import Form
from odoo.tools import mute_logger

from .common import FundingCommon


class TestAgreement(FundingCommon):
    def assertRefusedByDatabase(self, write):
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            with self.cr.savepoint():
                write()
                self.env.flush_all()
        self.env.invalidate_all()

    def create_tranches(self, *tranches):
        return self.env["tierslieux.funding.tranche"].create(
            [
                {"agreement_id": self.agreement.id, "name": f"Tranche {number}"}
                | {"sequence": number}
                | tranche
                for number, tranche in enumerate(tranches)
            ]
        )

    def transition(self, agreement, state, **values):
        action = agreement.with_context(transition=state).action_transition()
        wizard = Form(
            self.env[action["res_model"]]
            .with_user(self.treasurer)
            .with_context(**action["context"])
        )
        for field, value in values.items():
            setattr(wizard, field, value)
        return wizard.save().action_confirm()

    # States

    def test_amounts_stand_by_state(self):
        columns = ("probable", "requested", "notified", "signed")

        def standing():
            return [column for column in columns if self.agreement[f"amount_{column}"]]

        self.assertEqual(standing(), ["probable"])
        for state in ("requested", "notified", "signed"):
            self.agreement._become(state)
            self.assertEqual(standing(), [state])
        self.assertEqual(self.agreement.secured_amount, 10000)
        self.agreement.requirement_ids.action_done()
        self.agreement._become("closed")
        self.assertEqual(standing(), ["signed"])

    def test_secured_once_notified_where_that_binds(self):
        self.agreement._become("notified")
        self.assertEqual(self.agreement.secured_amount, 0)
        self.agreement.notification_secures = True
        self.assertEqual(self.agreement.secured_amount, 10000)
        self.agreement._become("refused", reason="Le budget n’est pas voté")
        self.assertEqual(self.agreement.secured_amount, 0)

    def test_the_treasurer_goes_through_the_states(self):
        self.transition(self.agreement, "requested", date="2026-01-10", amount=12000)
        self.transition(self.agreement, "notified", date="2026-03-01", amount=9000)
        self.transition(self.agreement, "signed", date="2026-03-15")
        self.assertEqual(self.agreement.signed_on, date(2026, 3, 15))
        self.agreement.invalidate_recordset(["event_ids"])
        self.assertEqual(
            [(event.state, event.amount) for event in self.agreement.event_ids],
            [("signed", 9000), ("notified", 9000), ("requested", 12000)],
        )
        self.assertEqual(self.agreement.event_ids.user_id, self.treasurer)

    def test_what_cannot_follow_is_refused_in_a_sentence(self):
        with self.assertRaisesRegex(UserError, "“Probable” does not become “Signed”"):
            self.agreement._become("signed")
        with self.assertRaisesRegex(UserError, "still to come"):
            self.agreement._become("requested", date(2026, 10, 22))
        self.agreement._become("requested", date(2026, 5, 1))
        with self.assertRaisesRegex(UserError, "changed on .* already"):
            self.agreement._become("notified", date(2026, 4, 30))
        with self.assertRaisesRegex(UserError, "say why"):
            self.agreement._become("refused")
        bare = self.create_agreement("Rien", action_ids=[])
        with self.assertRaisesRegex(UserError, "for no action"):
            bare._become("requested")
        bare.write({"action_ids": self.action, "amount": 0})
        with self.assertRaisesRegex(UserError, "amount of “Rien” is missing"):
            bare._become("requested")

    def test_above_the_threshold_a_public_grant_is_signed_on_paper(self):
        big = self.create_agreement("Grande", amount=23000.01)
        big._become("notified")
        with self.assertRaisesRegex(UserError, "above .*23.000.*2000-321"):
            big._become("signed")
        just = self.create_agreement("Juste", amount=23000)
        private = self.create_agreement(
            "Mécénat",
            amount=50000,
            source_id=self.env.ref("tierslieux_funding.source_sponsorship").id,
        )
        for agreement in just | private:
            agreement._become("notified")
            agreement._become("signed")
        self.sign(self.create_agreement("Grande, avec sa convention", amount=30000))

    def test_an_event_is_written_once(self):
        self.agreement._become("requested")
        event = self.agreement.event_ids
        self.assertRefusedByDatabase(lambda: event.write({"reason": "autre"}))
        with self.assertRaisesRegex(UserError, "is kept"):
            self.agreement.unlink()
        draft = self.create_agreement("Brouillon")
        terms = draft.terms_id
        draft.unlink()
        self.assertFalse(terms.exists())

    # Terms

    def test_signed_terms_are_fixed(self):
        terms = self.agreement.terms_id
        self.agreement.write(
            {
                "category_ids": [Command.link(self.category.id)],
                "cap_ids": [
                    Command.create({"category_id": self.category.id, "amount": 5})
                ],
            }
        )
        self.sign(self.agreement)
        for values in (
            {"amount": 1},
            {"rate": 50},
            {"signed_on": False},
            {"category_ids": [Command.clear()]},
            {"category_ids": [Command.link(self.in_kind_category.id)]},
            {"cap_ids": [Command.clear()]},
            {"cap_ids": [Command.update(terms.cap_ids.id, {"amount": 6})]},
        ):
            with self.subTest(values):
                self.assertRefusedByDatabase(lambda v=values: self.agreement.write(v))
        self.assertRefusedByDatabase(terms.unlink)
        self.assertEqual(self.agreement.rate, 100)

    def test_an_amendment_is_the_next_version(self):
        self.agreement.write(
            {
                "category_ids": [Command.link(self.category.id)],
                "cap_ids": [
                    Command.create({"category_id": self.category.id, "percent": 5})
                ],
            }
        )
        with self.assertRaisesRegex(UserError, "agreement that is signed"):
            self.agreement.action_amend()
        self.sign(self.agreement)
        first = self.agreement.terms_id
        action = self.agreement.with_user(self.treasurer).action_amend()
        draft = self.env[action["res_model"]].browse(action["res_id"])
        self.assertEqual(self.agreement.draft_terms_id, draft)
        self.assertEqual(draft.category_ids, self.category)
        self.assertEqual(draft.cap_ids.percent, 5)
        draft.amount = 12000
        self.assertEqual(self.agreement.amount, 10000)
        with self.assertRaisesRegex(UserError, "what the amendment changes"):
            draft.action_sign()
        draft.changes = "Article 3 : la subvention est portée à 12 000 €."
        draft.with_user(self.treasurer).action_sign()
        self.assertEqual(self.agreement.terms_id, draft)
        self.assertEqual(self.agreement.amount, 12000)
        self.assertEqual(self.agreement.amount_signed, 12000)
        self.assertEqual(first.amount, 10000)
        self.agreement.invalidate_recordset(["event_ids"])
        self.assertEqual(self.agreement.event_ids[0].reason, draft.changes)
        for terms in first | draft:
            self.assertRefusedByDatabase(lambda t=terms: t.write({"amount": 1}))
        with self.assertRaisesRegex(UserError, "no amendment being prepared"):
            first.action_sign()

    # Tranches

    def test_tranches_sum_to_the_award(self):
        self.agreement.amount = 10000.01
        third = {"percent": 33.333}
        tranches = self.create_tranches(third, third, {"percent": 33.334})
        self.assertEqual(tranches.mapped("amount"), [3333.30, 3333.30, 3333.41])
        self.assertFalse(self.agreement.tranche_problem)
        tranches[2].percent = 30
        self.assertIn("short of the award", self.agreement.tranche_problem)
        self.agreement._become("notified")
        with self.assertRaisesRegex(UserError, "333.*short of the award"):
            self.agreement._become("signed")
        tranches[2].kind = "balance"
        self.assertEqual(sum(tranches.mapped("amount")), 10000.01)
        self.agreement._become("signed")

    def test_tranches_of_a_signed_agreement_change_by_an_amendment(self):
        first, last = self.create_tranches({"percent": 60}, {"kind": "balance"})
        with self.assertRaisesRegex(UserError, "once the agreement is signed"):
            first.action_call()
        self.sign(self.agreement)
        self.assertRefusedByDatabase(lambda: last.write({"condition": "Aucune"}))
        self.assertRefusedByDatabase(last.unlink)
        self.assertRefusedByDatabase(
            lambda: self.create_tranches({"kind": "amount", "fixed_amount": 5})
        )
        first.action_call()
        self.agreement.action_amend()
        draft = self.agreement.draft_terms_id
        draft.write({"amount": 15000, "changes": "Article 3"})
        last.condition = "Compte rendu financier"
        self.assertRefusedByDatabase(lambda: first.write({"percent": 50}))
        draft.action_sign()
        self.assertEqual((first.amount, last.amount), (6000, 9000))
        self.assertRefusedByDatabase(lambda: last.write({"condition": "Aucune"}))

    def test_a_tranche_is_expected_called_received_or_late(self):
        first, second, third = self.create_tranches(
            {"percent": 50, "expected_on": "2026-02-01"},
            {"percent": 30, "expected_on": "2026-12-01"},
            {"percent": 20},
        )
        self.assertEqual(first.state, "late")
        self.sign(self.agreement)
        with self.assertRaisesRegex(UserError, "not called yet"):
            first.action_receive()
        (first | second).action_call()
        first.action_receive()
        self.assertEqual(
            [tranche.state for tranche in (first, second, third)],
            ["received", "called", "expected"],
        )
        self.assertEqual(first.received_amount, 5000)
        with self.assertRaisesRegex(UserError, "called already"):
            first.action_call()

    # Requirements

    def test_a_financial_report_for_each_exercise(self):
        agreement = self.create_agreement(
            "Deux ans", date_from="2026-03-01", date_to="2027-06-30"
        )
        self.sign(agreement)
        reports = agreement.requirement_ids
        self.assertEqual(
            [(one.period_from, one.period_to, one.due_on) for one in reports],
            [
                (date(2026, 3, 1), date(2026, 12, 31), date(2027, 6, 30)),
                (date(2027, 1, 1), date(2027, 6, 30), date(2028, 6, 30)),
            ],
        )
        self.assertIn("2000-321", reports[0].source)
        agreement.action_amend()
        agreement.draft_terms_id.write({"date_to": "2027-12-31", "changes": "Durée"})
        agreement.draft_terms_id.action_sign()
        self.assertEqual(
            agreement.requirement_ids.mapped("period_to"),
            [date(2026, 12, 31), date(2027, 12, 31)],
        )

    def test_requirements_are_activities_once_signed(self):
        requirement = self.env["tierslieux.funding.requirement"].create(
            {
                "agreement_id": self.agreement.id,
                "name": "Logo sur la carte",
                "due_on": "2026-12-01",
            }
        )
        self.agreement.user_id = self.treasurer
        self.assertFalse(self.agreement.activity_ids)
        self.sign(self.agreement)
        activity = requirement.activity_id
        self.assertEqual(activity.user_id, self.treasurer)
        self.assertEqual(activity.date_deadline, date(2026, 12, 1))
        self.assertEqual(len(self.agreement.activity_ids), 2)
        requirement.due_on = "2026-11-15"
        self.assertEqual(activity.date_deadline, date(2026, 11, 15))
        with self.assertRaisesRegex(UserError, "still to be done: Logo"):
            self.agreement._become("closed")
        activity.with_user(self.treasurer).action_feedback()
        self.assertEqual(requirement.state, "done")
        report = self.agreement.requirement_ids - requirement
        report.with_user(self.treasurer).action_done()
        self.assertFalse(self.agreement.activity_ids)
        self.agreement._become("closed")

    def test_a_legal_value_is_fixed_and_dated(self):
        rules = self.env["tierslieux.funding.rule"]
        old = rules._at("convention", date(2026, 1, 1))
        self.assertEqual(old.value, 23000)
        self.assertRefusedByDatabase(lambda: old.write({"value": 1}))
        new = rules.create(
            {
                "code": "convention",
                "date_from": "2026-06-01",
                "value": 25000,
                "source": "Décret à venir",
            }
        )
        self.assertEqual(rules._at("convention", date(2026, 7, 1)), old)
        new.action_adopt()
        self.assertEqual(rules._at("convention", date(2026, 7, 1)), new)
        self.assertEqual(rules._at("convention", date(2026, 5, 31)), old)
        with self.assertRaisesRegex(UserError, "No value"):
            rules._at("convention", date(2000, 1, 1))

    def test_a_document_is_filed_by_its_kind(self):
        document = self.env["tierslieux.funding.document"].create(
            {
                "agreement_id": self.agreement.id,
                "kind": "budget",
                "name": "Budget prévisionnel",
                "file": b64encode(b"x"),
            }
        )
        self.assertFalse(document.funder_visible)
