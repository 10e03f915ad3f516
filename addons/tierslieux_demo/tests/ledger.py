# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from fractions import Fraction

from odoo import fields
from odoo.fields import Domain
from odoo.tools import SQL

CAPITAL = ("1011", "1012", "1013")


class LedgerChecks:
    """The figures of each module are those of the general ledger, to the cent: what a
    module says, on one side, is the balance of its accounts, on the other."""

    def _ledger(self, *codes, company=None, domain=Domain.TRUE):
        """Cents on the debit side of accounts, of what is posted."""
        company = company or self.env.company
        domain &= Domain("parent_state", "=", "posted")
        domain &= Domain("company_id", "=", company.id)
        domain &= Domain.OR(
            Domain("account_id.code", "=like", f"{code}%") for code in codes
        )
        lines = self.env["account.move.line"].with_company(company).search(domain)
        return self._cents(lines.mapped("balance"))

    def _income(self, moves):
        """Cents that invoices are of, without what is owed for them."""
        lines = moves.line_ids.filtered(
            lambda line: line.account_type != "asset_receivable"
        )
        return -self._cents(lines.mapped("balance"))

    def test_ledger_fees(self):
        paid = self.env["membership.membership_line"].search(
            [("account_invoice_id.state", "=", "posted")]
        )
        self.assertTrue(paid)
        self.assertEqual(
            self._cents(paid.mapped("member_price")), -self._ledger("756100")
        )

    def test_ledger_pass(self):
        closes = self.env["tierslieux.pass.close"].search([])
        settled, statements = closes.settlement_ids, closes.statement_ids
        rated = sum(closes.rated_line_ids.mapped("amount_cents"))
        sold = Domain("journal_id", "=", self.env.company.pass_sale_journal_id.id)
        self.assertEqual(rated, -self._ledger("706", domain=sold))
        due = sum(statements.mapped("due_cents"))
        self.assertEqual(due, self._ledger("6041"))
        held = sum(statements.filtered("held").mapped("due_cents"))
        self.assertTrue(held)
        self.assertEqual(held, -self._ledger("4081"))
        reserve = sum(settled.mapped("reserve_left_cents"))
        fund = sum(settled.mapped("common_fund_cents"))
        self.assertEqual(reserve, -self._ledger("1941"))
        self.assertEqual(fund, -self._ledger("1942"))
        self.assertEqual(reserve + fund, self._ledger("6897"))
        fee = sum(settled.mapped("fee_cents"))
        self.assertEqual(
            fee, -self._ledger("706", domain=sold) - self._ledger("6041", "6897")
        )
        for close in closes:
            for label, *sums in close._controls():
                self.assertEqual(len(set(sums)), 1, f"{close.display_name}, {label}")

    def test_ledger_pass_bank(self):
        """What was debited and transferred went through the bank."""
        orders = self.env["tierslieux.pass.close"].search([])[1:]
        for order in orders.debit_order_id | orders.transfer_order_id:
            self.assertEqual(
                self._cents(order.payment_ids.mapped("amount")),
                self._cents(order.payment_line_ids.mapped("amount_currency")),
            )
            lines = order.payment_ids.move_id.line_ids.filtered(
                lambda line: line.account_id.account_type == "asset_current"
            )
            self.assertEqual(len(lines), len(order.payment_ids))
            self.assertFalse(any(lines.mapped("amount_residual")))
        waiting = orders.debit_order_id.payment_ids.outstanding_account_id
        waiting |= orders.transfer_order_id.payment_ids.outstanding_account_id
        self.assertFalse(self._ledger(*waiting.mapped("code")))
        self.assertGreater(self._ledger("512"), 0)

    def test_ledger_bookings(self):
        billed = self.env["tierslieux.booking"].search(
            [("billed_line_ids.parent_state", "=", "posted")]
        )
        self.assertTrue(billed)
        self.assertFalse(billed.credited_line_ids)
        self.assertEqual(
            self._cents(billed.mapped("price")), self._income(billed.move_id)
        )

    def test_ledger_training(self):
        enrolments = self.env["tierslieux.training.enrolment"].search([])
        enrolments = enrolments.filtered("move_ids")
        cents = 0
        for enrolment in enrolments:
            price = Fraction(f"{enrolment.price:.2f}")
            for trainee in enrolment.registration_ids:
                whole = 60
                if enrolment.basis != "hour":
                    whole = trainee.event_id._training_minutes()
                cents += round(100 * price * trainee._attended() / whole)
        self.assertTrue(cents)
        self.assertEqual(cents, self._income(enrolments.move_ids))

    def test_ledger_marks(self):
        charged = self.env["tierslieux.brand.application"].search(
            [("move_id.state", "=", "posted")]
        )
        self.assertTrue(charged)
        price = charged.brand_id.product_id.lst_price
        income = charged.move_id.line_ids.filtered(
            lambda line: line.display_type == "product"
        )
        self.assertEqual(
            round(100 * price) * len(charged), -self._cents(income.mapped("balance"))
        )

    def test_ledger_of_sales_is_the_modules(self):
        """Nothing else is on the account of sales."""
        closes = self.env["tierslieux.pass.close"].search([])
        sold = self.env["account.move"].search([("pass_close_id", "in", closes.ids)])
        sold |= self.env["tierslieux.booking"].search([]).billed_line_ids.move_id
        sold |= self.env["tierslieux.training.enrolment"].search([]).move_ids
        sold |= self.env["tierslieux.brand.application"].search([]).move_id
        domain = Domain("move_id", "in", sold.ids)
        self.assertEqual(self._ledger("70", domain=domain), self._ledger("70"))

    def test_ledger_shares(self):
        """By company: capital, what waits for shares, what is to be paid back."""
        registers = self.env["tierslieux.share.register"].search([])
        self.assertTrue(registers.filtered("shares"))
        for register in registers:
            company = register.company_id
            self.assertFalse(register.problems)
            capital, paid, _highest = self.env["tierslieux.share.movement"]._capital(
                company
            )
            self.assertEqual(capital, -self._ledger(*CAPITAL, company=company))
            self.assertEqual(paid, -self._ledger("1013", company=company))
            owed = register._owed()
            self.assertEqual(owed["awaiting"], -self._ledger("4563", company=company))
            self.assertEqual(
                sum(owed.values()) + paid,
                self._ledger("512", company=company),
            )

    def test_ledger_funding(self):
        postings = self.env["tierslieux.funding.posting"].search([])

        def register(*kinds):
            chosen = postings.filtered(lambda one: one.kind in kinds)
            return self._cents(chosen.mapped("amount"))

        self.assertEqual(
            self._cents(postings.mapped("income")), -self._ledger("74", "755")
        )
        self.assertEqual(
            register("deferral") - register("release", "repayment_deferred"),
            -self._ledger("487"),
        )
        kept = register("dedicated_report") - register(
            "dedicated_use", "repayment_dedicated"
        )
        self.assertTrue(kept)
        # 1941 and 1942 are the funds of the pass
        self.assertEqual(kept, -self._ledger("1940", "195", "196"))
        self.assertEqual(
            register("dedicated_report"), self._ledger("6894", "6895", "6896")
        )
        given = register("volunteering", *_in_kind(postings))
        self.assertTrue(given)
        self.assertEqual(given, self._ledger("86"))
        self.assertEqual(given, -self._ledger("87"))

    def test_ledger_is_balanced(self):
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT company_id, sum(balance), count(*) FROM account_move_line
                 WHERE parent_state = 'posted' GROUP BY company_id
                """
            )
        )
        self.assertGreaterEqual(len(rows), 2)
        self.assertFalse([row for row in rows if row[1]])

    def test_ledger_is_exported(self):
        """The file of entries that the tax office asks for, of the year and the one
        before: balanced, every entry posted in it."""
        year = fields.Date.today().year
        for one in (year - 1, year):
            wizard = self.env["l10n_fr.fec.export.wizard"].create(
                {"date_from": f"{one}-01-01", "date_to": f"{one}-12-31"}
            )
            content = wizard.generate_fec()["file_content"].decode()
            head, *lines = content.split("\r\n")
            names = head.split("|")
            rows = [dict(zip(names, line.split("|"), strict=True)) for line in lines]
            self.assertGreater(len(rows), 100)
            debit, credit = (
                sum(Fraction(row[side].strip().replace(",", ".")) for row in rows)
                for side in ("Debit", "Credit")
            )
            self.assertEqual(debit, credit)


def _in_kind(postings):
    return {kind for kind in postings.mapped("kind") if kind.startswith("in_kind")}
