# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import io
from datetime import date, timedelta
from unittest.mock import patch

import openpyxl
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reportlab.pdfgen.canvas import Canvas

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools.pdf import PdfFileReader

from odoo.addons.tierslieux_network.domain import roll

from .common_membership import TODAY, MembershipCommon

START = date(2025, 1, 1)
DAYS = st.dates(START, START + timedelta(days=40))
EVENTS = st.lists(
    st.tuples(
        st.sampled_from(
            [kind for kind in roll.ALLOWED_AFTER if kind != "application"]
            + ["admission", "application"]
        ),
        DAYS,
        st.booleans(),
    ),
    max_size=7,
)
LINES = st.lists(
    st.tuples(
        DAYS,
        st.integers(0, 20),
        st.one_of(st.none(), DAYS),
        st.sampled_from(["paid", "paid", "free", "invoiced", "canceled", "none"]),
    ),
    max_size=4,
    unique_by=lambda line: line[0],
)
HISTORIES = st.lists(
    st.tuples(EVENTS, LINES, st.booleans(), st.integers(0, 9)), min_size=1, max_size=4
)


@tagged("post_install", "-at_install")
class TestRoll(MembershipCommon):
    def row(self, membership, at):
        rows = {row.membership_id: row for row in self.memberships.roll(at=at)}
        return rows.get(membership.id)

    def test_any_past_date(self):
        membership = self.create_member("Zoé")
        membership._decide("withdrawal", date(2026, 6, 30), "Déménagement")
        for at, reason in [
            (date(2024, 12, 31), None),
            (date(2025, 6, 1), "unpaid"),
            (date(2026, 6, 29), "paid"),
            (date(2026, 6, 30), "withdrawn"),
        ]:
            row = self.row(membership, at)
            self.assertEqual(row and row.reason, reason, at)

    def test_what_is_paid_today_for_the_past_counts_for_the_past(self):
        membership = self.create_member("Zoé", paid=[(date(2025, 1, 1), START)])
        self.assertEqual(self.row(membership, TODAY).reason, "grace_over")
        [invoice] = self.env["tierslieux.invoice.batch"]._post_invoices(
            [
                membership._prepare_invoice(
                    TODAY, date(2025, 1, 2), date(2026, 12, 31), 6000
                )
            ]
        )
        self.pay(invoice)
        self.assertEqual(self.row(membership, date(2025, 9, 1)).reason, "paid")

    def test_the_delegate_of_the_day(self):
        membership = self.apply_organisation()
        self.assertEqual(
            self.row(membership, TODAY).delegate_id, membership.delegate_id.id
        )
        membership.delegation_ids.date_to = TODAY
        self.assertIsNone(self.row(membership, TODAY + timedelta(days=1)).delegate_id)

    def test_by_college(self):
        member = self.create_member("Zoé")
        other = self.create_member("Acme", self.companies, is_company=True)
        rows = self.memberships.roll(college=self.companies)
        self.assertIn(other.id, [row.membership_id for row in rows])
        self.assertNotIn(member.id, [row.membership_id for row in rows])

    def test_members_see_their_own_line_only(self):
        member = self.create_user("member")
        own = self.apply("Moi", partner=member.partner_id)
        self.create_member("Zoé")
        rows = self.memberships.with_user(member).roll()
        self.assertEqual([row.membership_id for row in rows], own.ids)
        with self.assertRaises(AccessError):
            self.memberships.with_user(self.env.ref("base.public_user")).roll()

    def test_one_query_for_few_and_many(self):
        def queries():
            self.env.flush_all()
            start = self.cr.sql_log_count
            self.memberships.roll()
            return self.cr.sql_log_count - start

        self.create_member("Zoé")
        self.assertEqual(queries(), 1)
        for number in range(20):
            self.create_member(f"Membre {number}")
        self.assertEqual(queries(), 1)

    def test_lists_run_as_many_queries_for_few_and_many(self):
        fields = [
            "partner_id",
            "college_id",
            "state",
            "member_since",
            "paid_until",
            "arrears",
            "delegate_id",
        ]
        specification = {
            name: {"fields": {"display_name": {}}}
            if self.memberships._fields[name].type == "many2one"
            else {}
            for name in fields
        }

        def queries():
            self.env.flush_all()
            self.env.invalidate_all()
            start = self.cr.sql_log_count
            self.memberships.web_search_read([], specification)
            return self.cr.sql_log_count - start

        self.apply_organisation("Coopérative")
        self.create_member("Zoé")
        queries()
        few = queries()
        self.assertGreater(few, 0)
        for number in range(20):
            self.create_member(f"Membre {number}")
            self.apply_organisation(f"Coopérative {number}")
        self.assertEqual(queries(), few)

    @settings(
        max_examples=60,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )
    @given(histories=HISTORIES, at=DAYS)
    def test_the_query_and_the_rule_agree(self, histories, at):
        """The SQL, the pure function and the stored fields tell the same story of
        any history, likely or not."""
        with self.cr.savepoint(flush=False) as savepoint:
            memberships = self.memberships
            for number, (events, lines, free, grace_days) in enumerate(histories):
                memberships |= self.create_history(
                    number, events, lines, free, grace_days
                )
            rows = {row.membership_id: row for row in self.memberships.roll(at=at)}
            for membership in memberships:
                expected = membership._standing_values(at)
                row = rows.get(membership.id)
                found = {
                    "state": row and row.status,
                    "reason": row and row.reason,
                    "on_roll": row and row.on_roll,
                    "member_since": row and row.member_since,
                    "paid_until": row and row.paid_until,
                }
                self.assertEqual(found, expected)
            self.env.invalidate_all(flush=False)
            self.env.cr.clear()
            savepoint.rollback()

    def create_history(self, number, events, lines, free, grace_days):
        college = self.env["tierslieux.college"].create(
            {"name": f"Collège {number}", "code": f"{number}", "grace_days": grace_days}
        )
        partner = self.env["res.partner"].create(
            {"name": f"Membre {number}", "free_member": free}
        )
        membership = self.memberships.create(
            {
                "partner_id": partner.id,
                "college_id": college.id,
                "line_ids": [
                    Command.create(
                        {
                            "partner_id": partner.id,
                            "membership_id": self.venues._default_product().id,
                            "member_price": 0,
                            "date_from": first,
                            "date_to": first + timedelta(days=length),
                            "date_cancel": cancel,
                            "state": state,
                        }
                    )
                    for first, length, cancel, state in lines
                ],
            }
        )
        log = self.env["tierslieux.membership.event"]
        recorded = log.create(
            [
                {
                    "membership_id": membership.id,
                    "kind": kind,
                    "date": day,
                    "reason": "Motif",
                }
                for kind, day, _corrected in events
            ]
        )
        log.create(
            [
                {
                    "membership_id": membership.id,
                    "kind": "correction",
                    "corrects_id": event.id,
                    "reason": "Erreur",
                    "date": START,
                }
                for event, (_kind, _day, corrected) in zip(
                    recorded, events, strict=True
                )
                if corrected
            ]
        )
        return membership

    def print_roll(self, **values):
        return self.env["tierslieux.membership.roll.print"].create(values)

    def test_spreadsheet(self):
        self.create_member("=CMD()")
        self.apply_organisation("Coopérative du Rhône").action_admit()
        wizard = self.print_roll(only_on_roll=False)
        content, kind = self.env["ir.actions.report"]._render_xlsx(
            "tierslieux_network.report_roll_xlsx", wizard.ids, {}
        )
        self.assertEqual(kind, "xlsx")
        book = openpyxl.load_workbook(io.BytesIO(content))
        cells = [
            cell.value
            for sheet in book
            for row in sheet.iter_rows(min_row=4)
            for cell in row
        ]
        self.assertIn("=CMD()", cells)
        self.assertIn("Coopérative du Rhône", cells)
        self.assertIn("Léa Gamma", cells)
        formulas = [
            cell
            for sheet in book
            for row in sheet
            for cell in row
            if cell.data_type == "f"
        ]
        self.assertFalse(formulas)

    def test_pdf(self):
        self.create_member("Zoé Bêta")
        wizard = self.print_roll(college_ids=self.venues.ids)
        html, _kind = self.env["ir.actions.report"]._render_qweb_html(
            "tierslieux_network.report_roll_document", wizard.ids
        )
        self.assertIn("Zoé Bêta", html.decode())
        self.assertIn("31/12/2026", html.decode())

    def test_pdf_has_a_foot(self):
        wizard = self.print_roll()
        drawn = io.BytesIO()
        canvas = Canvas(drawn)
        canvas.drawString(100, 700, "Page")
        canvas.save()
        reports = self.env["ir.actions.report"].with_context(
            force_report_rendering=True, lang="fr_FR"
        )
        with patch.object(
            type(reports), "_run_wkhtmltopdf", return_value=drawn.getvalue()
        ):
            pdf, kind = reports._render_qweb_pdf(
                "tierslieux_network.report_roll", wizard.ids
            )
        self.assertEqual(kind, "pdf")
        [page] = PdfFileReader(io.BytesIO(pdf)).pages
        self.assertIn(self.env.company.name, page.extract_text())
        self.assertIn("1 sur 1", page.extract_text())
