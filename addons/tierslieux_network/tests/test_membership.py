# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date, timedelta

from freezegun import freeze_time
from psycopg2 import IntegrityError
from psycopg2.errors import CheckViolation, ExclusionViolation, UniqueViolation

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tools import SQL, mute_logger
from odoo.tools.sql import constraint_definition

from .common_membership import TODAY, MembershipCommon


class TestMembership(MembershipCommon):
    def test_from_application_to_the_roll(self):
        membership = self.apply()
        self.assertEqual(membership.state, "applied")
        self.assertFalse(membership.on_roll)
        self.assertFalse(membership.line_ids)

        board = self.create_user("board")
        membership.with_user(board).action_admit()
        self.assertEqual(membership.state, "admitted")
        self.assertEqual(membership._last_event().user_id, board)
        invoice = membership._invoices()
        self.assertEqual(invoice.state, "posted")
        self.assertEqual(invoice.partner_id, membership.partner_id)
        # 60 € a year, October to December
        self.assertEqual(invoice.amount_total, 15)
        self.assertFalse(invoice.invoice_line_ids.tax_ids)
        self.assertEqual(membership.amount_due, 15)
        line = membership.line_ids
        self.assertEqual((line.date_from, line.date_to), (TODAY, date(2026, 12, 31)))

        self.pay(invoice)
        self.assertEqual(line.state, "paid")
        self.assertEqual(membership.state, "member")
        self.assertEqual(membership.reason, "paid")
        self.assertEqual(membership.member_since, TODAY)
        self.assertEqual(membership.paid_until, date(2026, 12, 31))
        self.assertEqual(membership.amount_due, 0)
        [row] = self.memberships.roll(college=self.venues)
        self.assertEqual(row.membership_id, membership.id)
        self.assertTrue(row.on_roll)

    def test_admitted_at_once_where_nobody_is_asked(self):
        membership = self.apply_organisation("Métropole", self.public)
        self.assertEqual(membership.state, "admitted")
        self.assertEqual(membership._invoices().amount_total, 600)
        self.assertEqual(membership.partner_id.company_registry, "73282932000074")
        self.assertEqual(membership.delegate_id.name, "Léa Gamma")
        self.assertEqual(membership.delegate_id.parent_id, membership.partner_id)

    def test_an_incomplete_application_says_what_is_missing(self):
        errors = self.memberships._application_errors({"college_id": self.venues.id})
        self.assertEqual(set(errors), {"name", "email"})
        errors = self.memberships._application_errors(
            {
                "college_id": self.public.id,
                "is_company": False,
                "name": "Zoé",
                "email": "zoe",
            }
        )
        self.assertEqual(set(errors), {"is_company", "email"})
        errors = self.memberships._application_errors(
            {
                "college_id": self.public.id,
                "is_company": True,
                "name": "Mairie",
                "email": "mairie@example.org",
                "delegate_name": "Léa",
                "delegate_email": "lea@example.org",
                "siret": "73282932000075",
                "rna": "12",
            }
        )
        self.assertEqual(set(errors), {"siret", "rna"})
        with self.assertRaises(ValidationError):
            self.apply(name=" ", email="x@example.org")

    def test_a_stranger_is_matched_with_nobody(self):
        known = self.env["res.partner"].create(
            {"name": "Zoé Bêta", "email": "zoé@example.org"}
        )
        self.assertNotEqual(self.apply().partner_id, known)
        self.assertEqual(self.apply(partner=known).partner_id, known)

    def test_one_membership_for_a_contact_and_a_college(self):
        membership = self.apply()
        with mute_logger("odoo.sql_db"), self.assertRaises(UniqueViolation):
            self.memberships.create(
                {
                    "partner_id": membership.partner_id.id,
                    "college_id": membership.college_id.id,
                }
            )

    def test_whoever_comes_back_takes_up_the_same_membership(self):
        membership = self.create_member("Zoé")
        membership._decide("withdrawal", reason="Déménagement")
        self.assertEqual(membership.state, "withdrawn")
        again = self.apply("Zoé", partner=membership.partner_id)
        self.assertEqual(again, membership)
        self.assertEqual(membership.state, "applied")
        with self.assertRaises(ValidationError):
            self.apply("Zoé", partner=membership.partner_id)
        membership.action_admit()
        self.assertEqual(membership.member_since, TODAY)
        # the dues of the year are paid already
        self.assertTrue(membership.on_roll)

    def test_events_happen_in_order_only(self):
        membership = self.create_member("Zoé")
        for kind in ("application", "admission", "refusal", "reinstatement"):
            with self.subTest(kind), self.assertRaises(UserError):
                membership._record(kind, reason="Parce que")

    def test_leaving_says_why(self):
        membership = self.create_member("Zoé")
        with mute_logger("odoo.sql_db"), self.assertRaises(CheckViolation):
            membership._record("exclusion", reason=" ")

    def test_the_database_refuses_to_rewrite_events(self):
        event = self.apply().event_ids
        for query in (
            SQL(
                "UPDATE tierslieux_membership_event SET date = %s WHERE id = %s",
                date(2020, 1, 1),
                event.id,
            ),
            SQL("DELETE FROM tierslieux_membership_event WHERE id = %s", event.id),
            SQL("TRUNCATE tierslieux_membership_event CASCADE"),
        ):
            with (
                self.subTest(query.code),
                mute_logger("odoo.sql_db"),
                self.assertRaises(IntegrityError),
                self.cr.savepoint(),
            ):
                self.env.cr.execute(query)
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            event.with_user(self.create_user("administrator")).sudo().unlink()

    def test_a_correction_erases_an_event_from_all_history(self):
        membership = self.create_member("Zoé")
        exclusion = membership._record("exclusion", date(2026, 5, 1), "Erreur de nom")
        self.assertEqual(membership.state, "excluded")
        self.env["tierslieux.membership.event"].create(
            {
                "membership_id": membership.id,
                "kind": "correction",
                "corrects_id": exclusion.id,
                "reason": "Il s'agissait d'une autre personne.",
            }
        )
        self.assertEqual(membership.state, "member")
        [row] = self.memberships.roll(at=date(2026, 6, 1), college=self.venues)
        self.assertEqual(row.reason, "paid")
        other = self.create_member("Yves")
        with self.assertRaises(ValidationError):
            self.env["tierslieux.membership.event"].create(
                {
                    "membership_id": other.id,
                    "kind": "correction",
                    "corrects_id": membership.event_ids[-1].id,
                    "reason": "Autre membre",
                }
            )

    def test_the_board_erases_what_was_recorded_by_mistake(self):
        membership = self.apply("Zoé")
        refusal = membership._record("refusal", reason="Erreur de nom")
        action = refusal.action_correct()
        wizard = (
            self.env["tierslieux.membership.correction"]
            .with_user(self.create_user("board"))
            .with_context(**action["context"])
            .create({"reason": "Autre personne"})
        )
        wizard.action_correct()
        self.assertEqual(membership.state, "applied")
        self.assertTrue(refusal.is_erased)
        self.assertEqual(membership._last_event().kind, "application")
        membership._decide("admission")
        self.assertEqual(membership.state, "admitted")

    def test_an_application_on_paper(self):
        membership = self.memberships.create(
            {
                "partner_id": self.env["res.partner"].create({"name": "Paul"}).id,
                "college_id": self.venues.id,
            }
        )
        action = membership.with_context(default_kind="application").action_decide()
        self.env["tierslieux.membership.decision"].with_context(
            **action["context"]
        ).create({}).action_confirm()
        self.assertEqual(membership.state, "applied")

    def test_one_delegate_at_a_time(self):
        self.assertTrue(
            constraint_definition(
                self.cr, "tierslieux_delegation", "tierslieux_delegation_no_overlap"
            )
        )
        membership = self.apply_organisation()
        first = membership.delegation_ids
        first.date_to = date(2026, 12, 31)
        other = self.env["res.partner"].create({"name": "Marc"})
        membership.delegation_ids = [
            Command.create({"partner_id": other.id, "date_from": date(2027, 1, 1)})
        ]
        self.env.flush_all()
        self.assertEqual(membership.delegate_at(date(2026, 12, 31)), first.partner_id)
        self.assertEqual(membership.delegate_at(date(2027, 1, 1)), other)
        self.assertFalse(membership.delegate_at(TODAY - timedelta(days=1)))
        with mute_logger("odoo.sql_db"), self.assertRaises(ExclusionViolation):
            first.date_to = date(2027, 1, 1)
            self.env.flush_all()

    def test_a_person_needs_no_delegate(self):
        membership = self.create_member("Zoé")
        with self.assertRaises(ValidationError):
            membership.delegation_ids = [
                Command.create({"partner_id": self.env.user.partner_id.id})
            ]

    def test_the_calendar_makes_members_late_then_lapsed(self):
        membership = self.create_member("Zoé", email="zoe@example.org")
        for day, state in [
            (date(2026, 12, 31), "member"),
            (date(2027, 1, 1), "due"),
            (date(2027, 3, 31), "due"),
            (date(2027, 4, 1), "lapsed"),
        ]:
            with freeze_time(day):
                self.memberships._cron_update()
                self.assertEqual(membership.state, state, day)
        self.assertEqual(membership._last_event().kind, "lapse")
        self.assertEqual(membership._last_event().date, date(2027, 4, 1))
        self.assertTrue(membership._last_event().reason)

    def test_paying_late_brings_a_lapsed_member_back(self):
        membership = self.create_member("Zoé")
        with freeze_time(date(2027, 1, 5)):
            invoice = membership._renew()
        self.assertEqual(invoice.amount_total, 60)
        with freeze_time(date(2027, 5, 2)):
            self.memberships._cron_update()
            self.assertEqual(membership.state, "lapsed")
            self.pay(invoice)
            self.assertEqual(membership.state, "member")
            self.assertEqual(membership._last_event().kind, "reinstatement")
            # paid for the whole year: on the roll on every day of it
            [row] = self.memberships.roll(at=date(2027, 4, 20), college=self.venues)
        self.assertTrue(row.on_roll)

    def test_renewing_twice_gives_the_same_invoice(self):
        membership = self.create_member("Zoé")
        invoice = membership._renew()
        self.assertEqual(
            (invoice.invoice_line_ids.dues_date_from, membership.line_ids[-1].date_to),
            (date(2027, 1, 1), date(2027, 12, 31)),
        )
        self.assertEqual(membership._renew(), invoice)
        self.assertEqual(len(membership.line_ids), 2)

    def test_the_database_refuses_to_bill_a_period_twice(self):
        membership = self.create_member("Zoé")
        first = membership._renew()
        vals = membership._prepare_invoice(
            TODAY, date(2027, 1, 1), date(2027, 12, 31), 6000
        )
        batch = self.env["tierslieux.invoice.batch"]
        with mute_logger("odoo.sql_db"), self.assertRaises(UniqueViolation):
            batch._post_invoices([vals])
        first.button_draft()
        first.button_cancel()
        self.assertTrue(batch._post_invoices([vals]))

    def test_nothing_to_renew_long_before_the_end(self):
        membership = self.create_member(
            "Zoé", paid=[(date(2026, 1, 1), date(2027, 12, 31))]
        )
        self.assertFalse(membership._renew())

    def test_arrears(self):
        membership = self.create_member("Zoé")
        membership._renew()
        self.assertEqual((membership.amount_due, membership.arrears), (60, 0))
        with freeze_time(date(2027, 2, 1)):
            self.memberships._cron_update()
        self.assertEqual(membership.arrears, 60)

    def test_free_members(self):
        membership = self.apply()
        membership.partner_id.free_member = True
        membership.action_admit()
        self.assertFalse(membership.line_ids)
        self.assertEqual((membership.state, membership.reason), ("member", "free"))
        self.assertFalse(membership.may_renew)

    def test_a_fee_of_nothing_makes_no_invoice(self):
        self.venues.product_ids.list_price = 0
        membership = self.apply()
        membership.action_admit()
        self.assertFalse(membership._invoices())
        self.assertEqual(membership.line_ids.state, "free")
        self.assertEqual(membership.state, "member")

    def test_dues_invoiced_with_the_tools_of_oca_count(self):
        membership = self.apply()
        membership._record("admission")
        fee = self.venues._default_product()
        invoice = membership.partner_id.create_membership_invoice(fee, 60)
        self.assertEqual(membership.line_ids.account_invoice_id, invoice)
        invoice.action_post()
        self.pay(invoice)
        self.assertEqual(membership.state, "member")

    def test_a_refund_ends_what_was_paid(self):
        membership = self.apply()
        membership.action_admit()
        invoice = membership._invoices()
        self.pay(invoice)
        with freeze_time(date(2026, 11, 15)):
            refund = invoice._reverse_moves([{"invoice_date": date(2026, 11, 15)}])
            refund.action_post()
        for at, on_roll in [(date(2026, 11, 15), True), (date(2027, 4, 1), False)]:
            [row] = self.memberships.roll(at=at, college=self.venues)
            self.assertEqual(row.on_roll, on_roll, at)
            self.assertEqual(row.paid_until, date(2026, 11, 15))

    def test_members_do_not_decide(self):
        member = self.create_user("member")
        membership = self.apply("Moi", partner=member.partner_id)
        self.assertEqual(membership.with_user(member).state, "applied")
        with self.assertRaises(AccessError):
            membership.with_user(member).action_admit()
        with self.assertRaises(AccessError):
            membership.with_user(member).write({"product_id": False})

    def test_decisions_on_many_at_once(self):
        many = self.apply("Une") | self.apply("Deux")
        action = many.with_context(default_kind="refusal").action_decide()
        wizard = (
            self.env["tierslieux.membership.decision"]
            .with_user(self.create_user("board"))
            .with_context(**action["context"])
            .create({"reason": "Hors du territoire", "date": date(2026, 10, 1)})
        )
        self.assertTrue(wizard.reason_required)
        with self.assertRaisesRegex(UserError, "Une.*2026"):
            wizard.action_confirm()
        self.assertEqual(many.mapped("state"), ["applied"] * 2)
        wizard.date = TODAY
        wizard.action_confirm()
        self.assertEqual(many.mapped("state"), ["refused"] * 2)
        self.assertEqual(set(many.mapped("last_reason")), {"Hors du territoire"})
