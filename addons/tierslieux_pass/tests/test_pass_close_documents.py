# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from lxml import etree

from odoo.exceptions import UserError
from odoo.tests import tagged

from ..models.tierslieux_pass_close import LOCK
from .common_close import NOVEMBER, OCTOBER, SEPTEMBER, CloseCommon


@tagged("post_install", "-at_install")
class TestPassCloseDocuments(CloseCommon):
    def test_pdf_and_factur_x_are_made_afterwards(self):
        self.visit_month(SEPTEMBER)
        close = self.close(SEPTEMBER)
        jobs = self.env["queue.job"].search([("method_name", "=", "_make_documents")])
        moves = close._moves("out_invoice")
        bills = close._moves("in_invoice")
        self.assertEqual(
            sum((list(job.args[0]) for job in jobs.sorted("id")), []),
            moves.ids + bills.ids,
        )
        self.assertFalse(moves.invoice_pdf_report_id)
        one = moves[0]
        close = close.with_context(force_report_rendering=True)
        close._make_documents(one.ids)
        self.assertTrue(one.invoice_pdf_report_id.raw.startswith(b"%PDF"))
        self.assertIn("factur_x", one.ubl_cii_xml_id.name)
        self.assertIn(b"CrossIndustryInvoice", one.ubl_cii_xml_id.raw)
        before = one.invoice_pdf_report_id
        close._make_documents(one.ids)
        self.assertEqual(one.invoice_pdf_report_id, before)

    def test_two_at_once_one_is_told(self):
        close = self.closes.create({"month": SEPTEMBER})
        with self.registry.cursor() as other:
            other.execute("SELECT pg_advisory_lock(%s, %s)", [LOCK, self.company.id])
            with self.assertRaisesRegex(UserError, "somebody else|en cours"):
                close._run()
            other.execute("SELECT pg_advisory_unlock(%s, %s)", [LOCK, self.company.id])
        close._run()
        self.assertEqual(close.state, "closed")


@tagged("post_install", "-at_install")
class TestThreeMonths(CloseCommon):
    """Three months, with a correction, an invoice cancelled by a credit note and a new
    price: rated lines, invoices, files and general ledger, summed anew in SQL."""

    def test_everything_agrees_to_the_cent(self):
        self.visit_month(SEPTEMBER)
        first = self.close(SEPTEMBER)
        wrong = self.env["tierslieux.visit"].search(
            [("pass_id", "=", self.bea.id)], order="check_in", limit=1
        )
        wrong._correct("Sortie oubliée", check_out=wrong.check_in.replace(hour=11))
        self.env["tierslieux.pass.rate"].create(
            {
                "plan_id": self.plan.id,
                "date_from": NOVEMBER,
                "adopted_on": NOVEMBER,
                "monthly_fee": 71.35,
                "included_minutes": 480,
                "hourly_rate": 4.37,
            }
        )
        self.visit_month(OCTOBER)
        second = self.close(OCTOBER)
        cancelled = second._moves("out_invoice")[0]
        credit = cancelled._reverse_moves(
            [{"invoice_date": cancelled.invoice_date, "pass_close_id": second.id}]
        )
        credit._post(soft=False)
        self.visit_month(NOVEMBER)
        third = self.close(NOVEMBER)
        closes = first | second | third

        rated, settled_in, out, due = self.one(
            """
            SELECT (SELECT sum(amount_cents) FROM tierslieux_rated_line
                     WHERE close_id = ANY(%(closes)s)),
                   (SELECT sum(in_cents) FROM tierslieux_settlement
                     WHERE close_id = ANY(%(closes)s)),
                   (SELECT sum(fee_cents + reserve_left_cents + common_fund_cents)
                      FROM tierslieux_settlement WHERE close_id = ANY(%(closes)s))
                 + (SELECT sum(pool_cents + hours_cents + guarantee_cents)
                      FROM tierslieux_venue_statement
                     WHERE close_id = ANY(%(closes)s)),
                   (SELECT sum(due_cents) FROM tierslieux_venue_statement
                     WHERE close_id = ANY(%(closes)s))
            """,
            closes,
        )
        corrected = self.one(
            "SELECT sum(amount_cents) FROM tierslieux_rated_line "
            "WHERE close_id = ANY(%(closes)s) AND kind = 'correction'",
            closes,
        )[0]
        self.assertEqual(settled_in, out)
        self.assertEqual(settled_in, rated - (corrected or 0))
        income, expense, receivable = self.one(
            """
            SELECT round(-100 * sum(line.balance) FILTER (
                       WHERE account.code_store->>%(root)s LIKE '7%%')),
                   round(100 * sum(line.balance) FILTER (
                       WHERE account.id = %(purchase)s)),
                   round(100 * sum(line.balance) FILTER (
                       WHERE account.account_type = 'asset_receivable'))
              FROM account_move_line line
              JOIN account_move move ON move.id = line.move_id
              JOIN account_account account ON account.id = line.account_id
             WHERE move.pass_close_id = ANY(%(closes)s) AND move.state = 'posted'
            """,
            closes,
            root=str(self.company.root_id.id),
            purchase=self.company.pass_purchase_account_id.id,
        )
        self.assertEqual(income, rated - round(cancelled.amount_untaxed * 100))
        self.assertEqual(expense, due)
        invoices = closes.env["account.move"].search(
            [("pass_close_id", "in", closes.ids), ("move_type", "like", "out_")]
        )
        self.assertEqual(
            receivable, round(sum(invoices.mapped("amount_total_signed")) * 100)
        )
        self.assertEqual(
            self.in_files(closes.debit_order_id),
            round(
                100
                * sum(
                    closes.debit_order_id.payment_line_ids.move_line_id.mapped(
                        "balance"
                    )
                )
            ),
        )
        self.assertEqual(
            self.in_files(closes.transfer_order_id),
            round(
                -100
                * sum(
                    closes.transfer_order_id.payment_line_ids.move_line_id.mapped(
                        "balance"
                    )
                )
            ),
        )
        unbalanced = self.one(
            "SELECT count(*) FROM (SELECT move_id FROM account_move_line line "
            "JOIN account_move move ON move.id = line.move_id "
            "WHERE move.pass_close_id = ANY(%(closes)s) "
            "GROUP BY move_id HAVING sum(balance) != 0) unbalanced",
            closes,
        )[0]
        self.assertFalse(unbalanced)
        new = third.rated_line_ids.filtered(
            lambda line: line.kind == "subscription" and line.pass_id == self.ada
        )
        self.assertEqual(new.amount_cents, 7135)

    def one(self, query, closes, **parameters):
        self.env.flush_all()
        self.env.cr.execute(query, {"closes": closes.ids, **parameters})
        return self.env.cr.fetchone()

    def in_files(self, orders):
        """The control sums that the bank reads, in cents."""
        return sum(
            round(
                float(
                    etree.fromstring(order.payment_file_id.raw)
                    .find(".//{*}GrpHdr/{*}CtrlSum")
                    .text
                )
                * 100
            )
            for order in orders
        )
