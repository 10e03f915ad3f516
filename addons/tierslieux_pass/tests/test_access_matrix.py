# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo.tests import HttpCase, tagged

from odoo.addons.tierslieux_network.tests.matrix import Matrix, MatrixApi, MatrixTests

from .common import NOW, PassCommon


class PassMatrix(Matrix, PassCommon):
    """``access_matrix.csv`` is the table to review: who may r(ead), w(rite), c(reate)
    and u(nlink) what. The holder has the pass and came to the first venue, which the
    manager keeps; another person came to another one."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        holder = cls.env["res.users"].create(
            {
                "name": "holder",
                "login": "holder",
                "partner_id": cls.ada.partner_id.id,
                "group_ids": cls.env.ref("base.group_portal"),
            }
        )
        cls.users = cls.create_users(holder=holder, venue_manager=cls.manager)
        stranger = cls.create_holder("Bea Beta", plan=cls.unlimited)
        cls.unlimited.is_published = False
        cls.records = {
            ("tierslieux.pass.plan", "published"): cls.plan,
            ("tierslieux.pass.plan", "not published"): cls.unlimited,
            ("tierslieux.pass.rate", "adopted"): cls.plan.rate_ids,
            ("tierslieux.pass.rate", "draft"): cls.plan.rate_ids.copy(),
            ("tierslieux.pass", "the holder's"): cls.ada,
            ("tierslieux.pass", "another's"): stranger,
            ("tierslieux.pass.event", "the holder's"): cls.ada.event_ids,
            ("tierslieux.pass.event", "another's"): stranger.event_ids,
            ("tierslieux.pass.card", "the holder's"): cls.ada.card_ids,
            ("tierslieux.pass.card", "another's"): stranger.card_ids,
            ("tierslieux.settlement.rule", "adopted"): cls.create_rule(adopted_on=NOW),
            ("tierslieux.settlement.rule", "draft"): cls.create_rule(),
            ("tierslieux.venue.agreement", "the manager's venue"): cls.agreements[0],
            ("tierslieux.venue.agreement", "another venue"): cls.agreements[1],
            **cls.closes(),
            **cls.visits("the holder's", cls.ada, cls.venue),
            **cls.visits("another's", stranger, cls.far_venue),
        }
        cls.records["tierslieux.visit.month", "any"] = cls.env[
            "tierslieux.visit.month"
        ].search([("venue_id", "=", cls.venue.id)])

    @classmethod
    def closes(cls):
        """A month closed, with what it settled for both venues."""
        close = cls.env["tierslieux.pass.close"].create({"month": "2026-09-01"})
        rule = cls.create_rule(adopted_on=NOW, date_from="2025-01-01")
        line = cls.env["tierslieux.rated.line"].create(
            {
                "close_id": close.id,
                "source_key": "matrix",
                "kind": "subscription",
                "name": "Nomade",
                "month": close.month,
                "pass_id": cls.ada.id,
                "partner_id": cls.ada.partner_id.id,
                "amount_cents": 9000,
                "product_id": cls.plan.product_id.id,
                "rate_id": cls.plan.rate_ids[0].id,
                "rule_id": rule.id,
            }
        )
        sums = dict.fromkeys(("pool_cents", "hours_cents", "guarantee_cents"), 0)
        settled = cls.env["tierslieux.settlement"].create(
            {
                "close_id": close.id,
                "terms": "matrix",
                "rule_id": rule.id,
                "rules": {"month": "2026-09"},
                "fee_cents": 0,
                "reserve_left_cents": 0,
                "common_fund_cents": 0,
                "billed_hours_cents": 0,
                "in_cents": 0,
                "out_cents": 0,
            }
        )
        records = {
            ("tierslieux.pass.close", "a month"): close,
            ("tierslieux.rated.line", "the holder's"): line,
            ("tierslieux.settlement", "a month"): settled,
        }
        for whose, venue in (
            ("the manager's venue", cls.venue),
            ("another venue", cls.far_venue),
        ):
            statement = cls.env["tierslieux.venue.statement"].create(
                {
                    **sums,
                    "close_id": close.id,
                    "month": close.month,
                    "venue_id": venue.id,
                    "rule_id": rule.id,
                    "correction_cents": 0,
                    "due_cents": 0,
                }
            )
            records[statement._name, whose] = statement
            records["tierslieux.settlement.line", whose] = cls.env[
                "tierslieux.settlement.line"
            ].create(
                {
                    **sums,
                    "settlement_id": settled.id,
                    "statement_id": statement.id,
                    "venue_id": venue.id,
                    "total_cents": 0,
                }
            )
        return records

    @classmethod
    def create_rule(cls, **values):
        return cls.env["tierslieux.settlement.rule"].create(
            {"name": "Règles de partage", **values}
        )

    @classmethod
    def visits(cls, whose, one, venue):
        tap = cls.env["tierslieux.visit.tap"].create(
            {
                "pass_id": one.id,
                "venue_id": venue.id,
                "instant": NOW - timedelta(hours=2),
                "direction": "in",
                "outcome": "in",
                "source": "scanner",
                "key": "1",
                "digest": "1",
            }
        )
        visit = cls.env["tierslieux.visit"].create(
            {
                "pass_id": one.id,
                "partner_id": one.partner_id.id,
                "venue_id": venue.id,
                "check_in": NOW - timedelta(hours=2),
                "check_out": NOW - timedelta(hours=1),
                "minutes": 60,
                "tap_in_id": tap.id,
            }
        )
        presence = cls.env["tierslieux.presence"].create(
            {
                "pass_id": one.id,
                "venue_id": venue.id,
                "check_in": NOW,
                "estimated_out": NOW + timedelta(hours=1),
                "cut_off": NOW + timedelta(hours=2),
                "tap_id": tap.id,
            }
        )
        request = cls.env["tierslieux.visit.request"].create(
            {"visit_id": visit.id, "reason": "Partie à midi", "void": True}
        )
        return {
            (record._name, whose): record for record in (tap, visit, presence, request)
        }


class TestAccessMatrix(MatrixTests, PassMatrix):
    def test_nobody_but_the_treasurer_reads_names_in_visits(self):
        visit = self.records["tierslieux.visit", "the holder's"]
        self.assertEqual(
            visit.with_user(self.users["treasurer"]).partner_id, self.ada.partner_id
        )
        fields = visit.with_user(self.manager).fields_get()
        self.assertNotIn("partner_id", fields)
        self.assertIn("pass_id", fields)
        seen = visit.with_user(self.manager).read(["pass_id"])[0]["pass_id"][1]
        self.assertNotIn("Ada", seen)


@tagged("post_install", "-at_install")
class TestAccessApi(MatrixApi, PassMatrix, HttpCase):
    """The same matrix, asked from outside with an API key a user."""

    def test_search_counts_what_one_may_read(self):
        visits = self.records["tierslieux.visit", "the holder's"]
        visits |= self.records["tierslieux.visit", "another's"]
        for group, found in {
            "holder": 1,
            "venue_manager": 1,
            "treasurer": 2,
            "portal": 0,
            "member": 0,
        }.items():
            answer = self.call(
                group,
                "tierslieux.visit",
                "search_count",
                domain=[["id", "in", visits.ids]],
            )
            with self.subTest(group):
                self.assertEqual(answer.json(), found)
