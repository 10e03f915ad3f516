# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import json
from pathlib import Path
from tempfile import TemporaryDirectory

from lxml import etree
from psycopg2.errors import IntegrityError, UniqueViolation

from odoo.exceptions import UserError
from odoo.tests import Form, tagged
from odoo.tools import file_open, mute_logger

from ..domain import settlement
from .common_close import NOVEMBER, OCTOBER, SEPTEMBER, CloseCommon


@tagged("post_install", "-at_install")
class TestPassClose(CloseCommon):
    def assert_equal_everywhere(self, close):
        for label, *sums in close._controls():
            self.assertEqual(len(set(sums)), 1, (label, sums))

    def test_month_from_visits_to_transfers(self):
        self.visit_month(SEPTEMBER)
        close = self.close(SEPTEMBER)
        self.assertEqual(close.state, "closed")
        self.assert_equal_everywhere(close)
        self.assertEqual(len(close._controls()), 4)
        self.assertIn(
            "égal" if self.env.lang == "fr_FR" else "equal", close.control_html
        )
        invoices = close._moves("out_invoice")
        self.assertEqual(len(invoices), 3)
        ada = invoices.filtered(lambda m: m.partner_id == self.ada.partner_id)
        # 7 × 3 h 30 less 10 h included, at 4 € an hour, and the fee
        self.assertEqual(ada.amount_untaxed, 60 + 14.5 * 4)
        cyr = invoices.filtered(lambda m: m.partner_id == self.cyr.partner_id)
        self.assertEqual(cyr.amount_untaxed, 150)

    def test_a_form_begun_has_nothing_to_see_to(self):
        with Form(self.env["tierslieux.pass.close"]) as form:
            form.month = SEPTEMBER
            self.assertFalse(form.problem_text)

    def test_venue_without_mandate_is_held_and_named(self):
        self.visit_month(SEPTEMBER)
        close = self.close(SEPTEMBER)
        cap = close.statement_ids.filtered(lambda s: s.venue_id == self.cap)
        self.assertTrue(cap.held)
        self.assertIn("Cap", close.problem_text)
        self.assertEqual(cap.move_id.move_type, "entry")
        held = cap.move_id.line_ids.filtered(
            lambda line: line.account_id == self.company.pass_held_account_id
        )
        self.assertEqual(held.balance, -cap.due_amount)
        bills = close._moves("in_invoice")
        self.assertEqual(
            bills.partner_id, self.ancre.partner_id | self.brique.partner_id
        )
        by_partner = {bill.partner_id: bill for bill in bills}
        self.assertTrue(by_partner[self.ancre.partner_id].amount_tax)
        self.assertFalse(by_partner[self.brique.partner_id].amount_tax)
        narration = by_partner[self.brique.partner_id].narration
        self.assertIn("autofacturation", narration.lower())
        self.assertIn("293 B", narration)

    def test_files_for_the_bank_are_valid(self):
        self.visit_month(SEPTEMBER)
        close = self.close(SEPTEMBER)
        for order, module in (
            (close.debit_order_id, "account_payment_sepa_direct_debit"),
            (close.transfer_order_id, "account_payment_sepa_credit_transfer"),
        ):
            document = etree.fromstring(order.payment_file_id.raw)
            version = etree.QName(document).namespace.rpartition(":")[2]
            with file_open(f"{module}/data/{version}.xsd", "rb") as file:
                schema = etree.XMLSchema(etree.parse(file))
            schema.assertValid(document)
            # It does refuse what is wrong
            document.find(".//{*}GrpHdr/{*}NbOfTxs").text = "many"
            self.assertFalse(schema.validate(document))

    def test_orders_of_a_month_are_made_once(self):
        self.visit_month(SEPTEMBER)
        close = self.close(SEPTEMBER)
        orders = close.debit_order_id, close.transfer_order_id
        close._collect()
        close._transfer()
        self.assertEqual((close.debit_order_id, close.transfer_order_id), orders)
        with mute_logger("odoo.sql_db"), self.assertRaises(UniqueViolation):
            close.debit_order_id.copy({"pass_close_id": close.id})

    def test_files_for_the_bank(self):
        self.visit_month(SEPTEMBER)
        close = self.close(SEPTEMBER)
        debits, transfers = close.debit_order_id, close.transfer_order_id
        self.assertEqual(debits.state, "generated")
        self.assertEqual(transfers.state, "generated")
        self.assertIn(b"pain.008.001", debits.payment_file_id.raw)
        self.assertIn(b"pain.001.001", transfers.payment_file_id.raw)
        payers = self.ada.partner_id | self.bea.partner_id
        self.assertEqual(debits.payment_line_ids.partner_id, payers)
        self.assertEqual(
            sum(debits.payment_line_ids.mapped("amount_currency")),
            sum(
                close._moves("out_invoice")
                .filtered(lambda m: m.partner_id in payers)
                .mapped("amount_total")
            ),
        )
        self.assertEqual(
            sum(transfers.payment_line_ids.mapped("amount_currency")),
            sum(close._moves("in_invoice").mapped("amount_total")),
        )

    def assert_replayed(self, close):
        """``./tierslieux settle`` says the same of its files, figure by figure."""
        self.assertEqual(len(close.settlement_ids), 2)
        for one in close.settlement_ids:
            rules = settlement.read_rules(json.dumps(one.rules))
            with TemporaryDirectory() as folder:
                path = Path(folder, "VISITS.csv")
                path.write_text(one._visits_csv(), encoding="utf-8")
                visits = settlement.read_visits(path, rules)
            result = settlement.settle(rules, visits)
            venues = result.pop("venues")
            self.assertEqual(result, {name: one[name] for name in result})
            self.assertEqual(len(venues), len(one.line_ids))
            for line in one.line_ids:
                figures = venues[str(line.venue_id.id)]
                self.assertEqual(figures, {name: line[name] for name in figures})

    def test_settlement_is_replayed_from_its_files(self):
        self.visit_month(SEPTEMBER)
        self.assert_replayed(self.close(SEPTEMBER))

    def test_settlement_is_replayed_whatever_the_rules(self):
        """Nights, overlaps, visits of no minute, a venue without agreement."""
        lone = self.ancre.copy({"name": "Sans convention"})
        for one, venue in zip(self.ada | self.bea | self.cyr, self.venues, strict=True):
            one.home_venue_id = venue
        idle = self.create_pass("Dora Delta", self.unlimited)
        idle.home_venue_id = self.brique
        for month, weight, breakage in (
            (SEPTEMBER, "visits", "equal"),
            (OCTOBER, "per_member", "home_venue"),
            (NOVEMBER, "minutes", "common_fund"),
        ):
            self.create_rule(
                date_from=month, pool_weight=weight, breakage=breakage, reserve_rate=0
            )
            self.visit_month(month)
            day = month.replace(day=9)
            self.visit(self.ada, self.cap, day, 12, start=18)
            self.visit(self.ada, self.ancre, day, 2, start=19)
            self.visit(self.ada, lone, day, 0, start=20)
            self.visit(self.cyr, lone, day, 0, start=21)
            self.visit(self.bea, self.cap, month.replace(day=30), 20, start=12)
            close = self.close(month)
            self.assertIn(lone, close.statement_ids.venue_id)
            self.assert_replayed(close)
            self.assert_equal_everywhere(close)

    def test_closed_month_is_not_closed_again(self):
        close = self.close(SEPTEMBER)
        with self.assertRaisesRegex(UserError, "closed already|déjà clos"):
            close._run()
        with mute_logger("odoo.sql_db"), self.assertRaises(UniqueViolation):
            self.closes.create({"month": SEPTEMBER})
            self.env.flush_all()

    def test_months_are_closed_in_order(self):
        self.closes.create({"month": SEPTEMBER})
        later = self.closes.create({"month": OCTOBER})
        with self.assertRaises(UserError):
            later._run()

    def test_month_is_over(self):
        with self.assertRaises(UserError):
            self.closes.create({"month": "2026-12-01"})._run()

    def test_next_month_is_proposed(self):
        self.assertEqual(self.closes.new().month, NOVEMBER)
        self.close(SEPTEMBER)
        self.assertEqual(self.closes.new().month, OCTOBER)

    def test_rated_lines_are_written_once(self):
        self.visit_month(SEPTEMBER)
        close = self.close(SEPTEMBER)
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            close.rated_line_ids[0].amount_cents = 0
            self.env.flush_all()

    def test_correction_of_a_closed_month(self):
        self.visit_month(SEPTEMBER)
        first = self.close(SEPTEMBER)
        visit = self.env["tierslieux.visit"].search(
            [("pass_id", "=", self.ada.id)], limit=1, order="check_in desc"
        )
        self.visit_month(OCTOBER)
        visit._correct("Badge oublié", void=True)
        second = self.close(OCTOBER)
        (correction,) = second.rated_line_ids.filtered(
            lambda line: line.kind == "correction"
        )
        # 3 h 30 fewer, all of them beyond the hours included
        self.assertEqual(correction.amount_cents, -1400)
        self.assertEqual(correction.month, SEPTEMBER)
        self.assertEqual(first.state, "closed")
        statement = second.statement_ids.filtered(lambda s: s.venue_id == self.ancre)
        self.assertEqual(statement.correction_cents, -1330)
        self.assert_equal_everywhere(second)
        third = self.close(NOVEMBER)
        self.assertFalse(
            third.rated_line_ids.filtered(lambda line: line.kind == "correction")
        )

    def test_run_again_after_each_stage(self):
        self.visit_month(SEPTEMBER)
        close = self.closes.create({"month": SEPTEMBER})
        for state in ("rated", "invoiced", "collected", "settled", "self_billed"):
            close._run(until=state)
            self.assertEqual(close.state, state)
        close._run()
        self.assert_equal_everywhere(close)

    def test_visits_of_one_minute_are_rated_in_the_order_they_are_settled(self):
        """Of ids with one digit more than others the texts come first."""
        self.env.cr.execute(
            "SELECT setval('tierslieux_visit_id_seq', "
            "(10 ^ ceil(log(2 + last_value)))::bigint - 1, false) "
            "FROM tierslieux_visit_id_seq"
        )
        day = SEPTEMBER.replace(day=3)
        visits = self.visit(self.ada, self.ancre, day, 11)
        visits |= self.visit(self.ada, self.brique, day, 13)
        self.assertEqual(len(str(visits[1].id)), len(str(visits[0].id)) + 1)
        close = self.close(SEPTEMBER)
        self.assert_equal_everywhere(close)
        # The second begins, the first is inside of it
        (hours,) = close.rated_line_ids.filtered(
            lambda line: line.kind == "hours" and line.minutes
        )
        self.assertEqual((hours.venue_id, hours.minutes), (self.brique, 13 * 60 + 30))

    def test_no_visit_at_all(self):
        close = self.close(SEPTEMBER)
        self.assertEqual(
            sum(close.settlement_ids.mapped("common_fund_cents")) > 0, True
        )
        self.assert_equal_everywhere(close)
