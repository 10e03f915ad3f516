# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date, timedelta

from psycopg2.errors import IntegrityConstraintViolation

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import BrandCommon


@tagged("post_install", "-at_install")
class TestApplication(BrandCommon):
    def test_from_application_to_licence(self):
        licence = self.licensed()
        self.assertEqual(licence.state, "valid")
        self.assertEqual(licence.rules_id, self.rules)
        self.assertEqual(licence.date_to, date(2029, 10, 20))
        self.assertTrue(licence.number.startswith("TLT-2026-"))
        found = licence._verify(licence._shown_code().lower())
        self.assertEqual(found["answer"], "valid")
        self.assertEqual(found["venue"], self.venue.name)

    def test_gates_read_live_data(self):
        application = self.draft()
        self.assertTrue(all(gate.passed for gate, _text in application._check_gates()))
        self.venue.write({"opening_date": date(2026, 9, 1), "service_ids": False})
        self.holder.membership_ids.line_ids.state = "waiting"
        failed = {
            gate.code: text
            for gate, text in application._check_gates()
            if not gate.passed
        }
        self.assertEqual(set(failed), {"open", "services", "membership"})
        self.assertIn("2026", failed["open"])
        with self.assertRaises(UserError) as refusal:
            application._submit()
        for text in failed.values():
            self.assertIn(text, str(refusal.exception))
        self.assertEqual(application.state, "draft")

    def test_what_lacks_is_said_and_the_draft_is_kept(self):
        application = self.applications(self.ada)._start(self.brand, self.venue)
        with self.assertRaises(UserError) as refusal:
            application._submit()
        for criterion in self.rules.grid_id.criterion_ids:
            self.assertIn(criterion.name, str(refusal.exception))
        again = self.applications(self.ada)._start(self.brand, self.venue)
        self.assertEqual(again, application)

    def test_conditions_are_accepted_by_a_person_in_the_version_in_force(self):
        application = self.draft()
        self.assertEqual(application.accepted_by_id, self.ada)
        self.assertTrue(application.accepted_at)
        newer = self.rules.copy(
            {"number": 8, "date_from": date(2026, 10, 1), "decision": "AG-2026-09"}
        )
        newer.action_adopt()
        with self.assertRaises(UserError):
            application._submit()
        with self.assertRaises(UserError):
            application._accept(self.rules)
        application._accept(newer)
        application._submit()

    def test_the_fee_is_invoiced_once(self):
        self.brand.product_id = self.env["product.product"].create(
            {"name": "Dossier", "type": "service", "list_price": 120, "taxes_id": False}
        )
        application = self.reviewed()
        move = application.move_id
        self.assertEqual(move.partner_id, self.holder)
        self.assertEqual((move.state, move.amount_total), ("posted", 120))
        self.as_user(application, self.committee[0])._ask_for_more("Des preuves.")
        application = self.as_user(application, self.ada)
        self.assertEqual((application.state, application.round), ("draft", 2))
        application._submit()
        self.assertEqual(application.move_id, move)

    def test_only_those_who_run_a_venue_apply(self):
        with self.assertRaises(AccessError):
            self.applications(self.bob)._start(self.brand, self.venue)
        with self.assertRaises(AccessError):
            self.as_user(self.draft(), self.bob)._save_statement("Non")

    def test_nobody_reviews_a_venue_they_have_a_tie_with(self):
        application = self.as_user(self.submitted(), self.committee[0])
        helper = self.create_user("venue_manager", "helper")
        third = self.create_venue("Troisième lieu", state="open")
        third.write({"manager_ids": helper.ids, "structure_id": self.holder.id})
        for reviewer in (self.ada, helper, self.committee[0]):
            with self.subTest(reviewer.login), self.assertRaises(UserError):
                application._assign(reviewer)
        self.assertIn(self.bob, application._possible_reviewers())
        self.assertNotIn(helper, application._possible_reviewers())

    def test_a_tie_that_came_later(self):
        application = self.submitted()
        self.as_user(application, self.committee[0])._assign(self.bob)
        self.venue.manager_ids |= self.bob
        application = self.as_user(application, self.bob)
        self.fill(application.peer_assessment_id)
        with self.assertRaises(UserError):
            application._submit_review()
        application._recuse("Je travaille ici maintenant.")
        self.assertEqual(application.state, "submitted")
        self.assertFalse(application.peer_assessment_id)
        with self.assertRaises(UserError):
            self.as_user(application, self.committee[0])._assign(self.bob)

    def test_levels_are_met_one_by_one(self):
        application = self.submitted()
        self.as_user(application, self.committee[0])._assign(self.bob)
        application = self.as_user(application, self.bob)
        review = application.peer_assessment_id
        self.fill(review, 4)
        first = review.line_ids[0]
        review._save({first.criterion_id.id: (0, "Fermé.")})
        application._submit_review()
        self.assertEqual(application._unmet(), first.criterion_id)
        self.vote(application)
        with self.assertRaises(UserError) as refusal:
            self.as_user(application, self.committee[0])._decide("Oui")
        self.assertIn(first.criterion_id.name, str(refusal.exception))

    def test_quorum_motive_and_one_decision(self):
        application = self.reviewed()
        self.vote(application, ("for", "abstain"))
        chair = self.as_user(application, self.committee[0])
        with self.assertRaises(UserError):
            chair._decide("Trop tôt.")
        self.as_user(application, self.committee[2])._give_opinion("for", "Oui.")
        with self.assertRaises(UserError):
            chair._decide("  ")
        with self.assertRaises(UserError):
            chair._give_opinion("against", "Je change.")
        chair._decide("Accordée.")
        with self.assertRaises(UserError) as told:
            self.as_user(application, self.committee[1])._decide("Moi aussi.")
        self.assertIn("Accordée.", str(told.exception))
        self.assertEqual(len(application.licence_id), 1)

    def test_a_tie_of_opinions_does_not_grant(self):
        application = self.reviewed()
        self.vote(application, ("for", "against", "abstain"))
        licence = self.as_user(application, self.committee[0])._decide("Partagés.")
        self.assertFalse(licence)
        self.assertEqual(application.state, "refused")

    def test_a_refusal_is_appealed_against_once(self):
        application = self.reviewed()
        self.vote(application, ("against", "against", "for"))
        chair = self.as_user(application, self.committee[0])
        chair._decide("Trop tôt.")
        ours = self.as_user(application, self.ada)
        self.assertIn("2026", ours._appeal_sentence())
        with self.assertRaises(AccessError):
            self.as_user(application, self.bob)._appeal("Pour eux.")
        with self.assertRaises(UserError):
            ours._appeal("  ")
        again = self.applications(self.ada)._start(self.brand, self.venue)
        with self.assertRaises(UserError) as refusal:
            ours._appeal("Nous sommes ouverts.")
        self.assertIn("under way", str(refusal.exception))
        self.as_user(again, self.ada)._abandon()
        ours._appeal("Nous sommes ouverts.")
        self.assertEqual(application.state, "committee")
        self.assertEqual(application.first_decision["motive"], "Trop tôt.")
        self.assertEqual(application.first_decision["verdict"]["against"], 2)
        with self.assertRaises(UserError):
            chair._decide("Sans nouvel avis.")
        self.vote(application)
        licence = chair._decide("Vu de nos yeux.")
        self.assertEqual(licence.state, "valid")
        self.assertEqual(len(application.opinion_ids), 6)

    def test_an_appeal_comes_in_time_and_its_answer_is_final(self):
        application = self.reviewed()
        self.vote(application, ("against", "against", "against"))
        chair = self.as_user(application, self.committee[0])
        chair._decide("Trop tôt.")
        ours = self.as_user(application, self.ada)
        decided = application.decided_at
        application.decided_at = decided - timedelta(days=61)
        with self.assertRaises(UserError) as refusal:
            ours._appeal("Trop tard.")
        self.assertIn("60", str(refusal.exception))
        application.decided_at = decided - timedelta(days=60)
        ours._appeal("À temps.")
        self.vote(application, ("against", "against", "against"))
        chair._decide("Toujours trop tôt.")
        self.assertEqual(application.state, "refused")
        self.assertFalse(ours._may_appeal())
        with self.assertRaises(UserError):
            ours._appeal("Encore.")

    def test_letters_lead_to_the_page_and_carry_the_rules(self):
        before = self.env["mail.message"].search([])
        application = self.reviewed()
        self.vote(application, ("against", "against", "against"))
        self.as_user(application, self.committee[0])._decide("Trop tôt.")
        letters = (self.env["mail.message"].search([]) - before).filtered(
            lambda one: one.message_type == "user_notification"
        )
        base = application.get_base_url()
        self.assertTrue(base.startswith("http"))
        for user, path in (
            (self.ada, f"/my/brand/{application.id}"),
            (self.bob, f"/my/brand/review/{application.id}"),
            (self.committee[1], f"/my/brand/committee/{application.id}"),
        ):
            theirs = letters.filtered(
                lambda one, user=user: user.partner_id in one.notified_partner_ids
            )
            self.assertTrue(theirs)
            for letter in theirs:
                self.assertIn(f'href="{base}{path}"', letter.body)
        papers = letters.attachment_ids
        self.assertEqual(papers.mapped("name"), ["reglement-v7.pdf"])
        self.assertIn(
            self.ada.partner_id,
            letters.filtered("attachment_ids").notified_partner_ids,
        )

    def test_answers_to_the_questions_are_kept(self):
        application = self.draft()
        assessment = application.self_assessment_id
        question = assessment.line_ids.criterion_id.question_ids[0]
        assessment._save({}, answers={question.id: "Chaque samedi."})
        line = assessment.line_ids.filtered(
            lambda one: one.criterion_id == question.criterion_id
        )
        self.assertEqual(dict(line._answered())[question], "Chaque samedi.")
        self.fill(assessment)
        self.assertEqual(dict(line._answered())[question], "Chaque samedi.")
        application._submit()
        with self.assertRaises(UserError):
            assessment._save({}, answers={question.id: "Autre chose."})

    def test_an_interested_member_does_not_decide(self):
        application = self.reviewed()
        self.venue.manager_ids |= self.committee[1]
        with self.assertRaises(UserError):
            self.as_user(application, self.committee[1])._give_opinion("for", "Oui.")
        with self.assertRaises(AccessError):
            self.as_user(application, self.bob)._give_opinion("for", "Oui.")

    def test_what_was_sent_is_fixed_in_the_database(self):
        application = self.reviewed()
        self.vote(application)
        line = application.peer_assessment_id.line_ids[0]
        for query in (
            f"UPDATE tierslieux_brand_assessment_line SET rank = 4 WHERE id={line.id}",
            "UPDATE tierslieux_brand_assessment SET summary = 'x' WHERE id = "
            f"{line.assessment_id.id}",
            "UPDATE tierslieux_brand_opinion SET choice = 'against'",
            f"UPDATE tierslieux_brand_rules SET quorum = 1 WHERE id = {self.rules.id}",
            f"DELETE FROM tierslieux_brand_rules WHERE id = {self.rules.id}",
            "UPDATE tierslieux_brand_level SET name = 'x'",
            "DELETE FROM tierslieux_brand_question",
        ):
            with (
                self.subTest(query),
                mute_logger("odoo.sql_db"),
                self.assertRaises(IntegrityConstraintViolation),
                self.env.cr.savepoint(),
            ):
                self.env.cr.execute(query)

    def test_renewal_adds_a_period_under_the_new_version(self):
        licence = self.licensed()
        newer = self.rules.copy(
            {"number": 8, "date_from": date(2026, 10, 1), "decision": "AG-2026-09"}
        )
        newer.action_adopt()
        self.assertEqual(licence.rules_id, self.rules)
        self.patch(type(self), "rules", newer)
        application = self.reviewed()
        self.vote(application)
        renewed = self.as_user(application, self.committee[0])._decide("Encore.")
        self.assertEqual(renewed, licence)
        self.assertEqual(licence.rules_id, newer)
        self.assertEqual(licence.date_to, date(2032, 10, 20))
        self.assertEqual(licence.date_from, date(2026, 10, 20))

    def test_the_first_page(self):
        """What one applies for, reviews, decides on, and what is to renew."""
        application = self.draft()
        needs, ways = self.home(self.ada)
        self.assertEqual(needs["brand_drafts"]["url"], f"/my/brand/{application.id}")
        self.assertEqual(ways["brand"]["url"], "/my/brand")
        application._submit()
        self.assertNotIn("brand_drafts", self.home(self.ada)[0])
        carl = self.committee[0]
        self.assertEqual(self.home(carl)[0]["committee"]["count"], 1)
        self.as_user(application, carl)._assign(self.bob)
        needs = self.home(self.bob)[0]
        self.assertEqual(
            (needs["reviews"]["count"], needs["reviews"]["url"]),
            (1, "/my/brand/review"),
        )
        self.assertNotIn("licences", needs)
        today = fields.Date.today()
        self.create_licence(
            self.other_venue, start=today, end=today + timedelta(days=30)
        )
        self.assertEqual(self.home(self.bob)[0]["licences"]["count"], 1)
        self.assertFalse({"reviews", "committee"} & set(self.home(self.ada)[0]))
