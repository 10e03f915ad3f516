# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from lxml import etree

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import Form, tagged

from .common_close import OCTOBER, SEPTEMBER, CloseCommon


@tagged("post_install", "-at_install")
class TestPassCloseNet(CloseCommon):
    """What venues and members owe is deducted before files for the bank are written."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.pass_collected_account_id = cls.env["account.account"].create(
            {
                "code": "467100",
                "name": "Encaissé par les lieux",
                "account_type": "asset_current",
                "reconcile": True,
            }
        )
        cls.visit_month(SEPTEMBER)

    def collect(self, amount, venue=None, day="2026-09-20"):
        """An invoice of Cyr, of which a part is paid at a venue."""
        invoice = self.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": self.cyr.partner_id.id,
                "invoice_date": "2026-09-15",
                "invoice_line_ids": [
                    Command.create({"product_id": self.product.id, "price_unit": 100})
                ],
            }
        )
        invoice.action_post()
        self.env["tierslieux.venue.collect"].create(
            {
                "move_id": invoice.id,
                "venue_id": (venue or self.ancre).id,
                "date": day,
                "amount": amount,
            }
        ).action_record()
        return invoice

    def statement(self, close, venue):
        statement = close.statement_ids.filtered(lambda one: one.venue_id == venue)
        statement.invalidate_recordset()
        return statement

    def transferred(self, close, venue):
        lines = close.transfer_order_id.payment_line_ids
        return sum(
            lines.filtered(lambda one: one.partner_id == venue.partner_id).mapped(
                "amount_currency"
            )
        )

    def open_collected(self):
        account = self.company.pass_collected_account_id
        lines = self.env["account.move.line"].search([("account_id", "=", account.id)])
        return sum(lines.mapped("amount_residual"))

    def in_file(self, order):
        document = etree.fromstring(order.payment_file_id.raw)
        return float(document.find(".//{*}GrpHdr/{*}CtrlSum").text)

    def test_what_a_venue_collected_is_deducted(self):
        invoice = self.collect(30)
        self.assertEqual(invoice.amount_residual, invoice.amount_total - 30)
        close = self.close(SEPTEMBER)
        mine = self.statement(close, self.ancre)
        bill = mine._bill()
        self.assertEqual(mine.billed_amount, bill.amount_total)
        self.assertEqual(mine.netted_amount, 30)
        self.assertEqual(mine.net_amount, bill.amount_total - 30)
        self.assertEqual(self.transferred(close, self.ancre), mine.net_amount)
        self.assertFalse(self.open_collected())
        other = self.statement(close, self.brique)
        self.assertFalse(other.netted_amount)
        self.assertEqual(self.transferred(close, self.brique), other.billed_amount)
        self.assertAlmostEqual(
            self.in_file(close.transfer_order_id),
            sum(close.statement_ids.mapped("net_amount")),
            2,
        )
        for _label, *sums in close._controls():
            self.assertEqual(len(set(sums)), 1)

    def test_more_than_it_gets_is_deducted_the_month_after(self):
        self.collect(110)
        self.collect(110)
        close = self.close(SEPTEMBER)
        mine = self.statement(close, self.ancre)
        self.assertLess(mine.billed_amount, 220)
        self.assertEqual(mine.netted_amount, mine.billed_amount)
        self.assertFalse(self.transferred(close, self.ancre))
        rest = self.open_collected()
        self.assertAlmostEqual(rest, 220 - mine.billed_amount, 2)
        self.visit_month(OCTOBER)
        after = self.statement(self.close(OCTOBER), self.ancre)
        self.assertAlmostEqual(after.netted_amount, rest, 2)

    def test_without_agreement_to_netting_the_venue_is_asked_to_pay(self):
        self.agreements.filtered(lambda one: one.venue_id == self.ancre).netting = False
        self.collect(30)
        close = self.close(SEPTEMBER)
        mine = self.statement(close, self.ancre)
        self.assertEqual(self.transferred(close, self.ancre), mine.billed_amount)
        self.assertEqual(self.open_collected(), 30)
        self.assertIn("Ancre", close.problem_text)

    def test_collected_after_the_month_waits(self):
        self.collect(30, day="2026-10-01")
        close = self.close(SEPTEMBER)
        self.assertFalse(self.statement(close, self.ancre).netted_amount)

    def test_only_what_is_owed_is_collected(self):
        for amount in (0, -5, 121):
            with self.assertRaises(UserError):
                self.collect(amount)
        close = self.close(SEPTEMBER)
        debited = close._moves("out_invoice").filtered(
            lambda move: move.partner_id == self.ada.partner_id
        )
        with self.assertRaisesRegex(UserError, "debited|prélèvement"):
            self.env["tierslieux.venue.collect"].create(
                {"move_id": debited.id, "venue_id": self.ancre.id}
            ).action_record()

    def test_credit_notes_are_deducted_from_the_next_debit(self):
        """A credit note for what was debited, and one that came before the bank
        carried out the debit, so that too much was paid."""
        close = self.close(SEPTEMBER)
        late, early = (
            close._moves("out_invoice").filtered(
                lambda move, one=one: move.partner_id == one.partner_id
            )
            for one in (self.ada, self.bea)
        )
        credit = self.credit(early)
        self.assertFalse(credit.amount_residual)
        close.debit_order_id.generated2uploaded()
        credit |= self.credit(late)
        self.visit_month(OCTOBER)
        after = self.close(OCTOBER)
        for invoice in (late, early):
            partner = invoice.partner_id
            new = after._moves("out_invoice").filtered(
                lambda move, partner=partner: move.partner_id == partner
            )
            line = after.debit_order_id.payment_line_ids.filtered(
                lambda one, partner=partner: one.partner_id == partner
            )
            self.assertAlmostEqual(line.amount_currency, new.amount_total - 24, 2)
        self.assertFalse(any(credit.mapped("amount_residual")))

    def credit(self, invoice):
        """A credit note of 20 € and their tax."""
        credit = invoice._reverse_moves([{"invoice_date": "2026-10-02"}])
        credit.invoice_line_ids[1:].unlink()
        credit.invoice_line_ids.price_unit = 20
        credit._post(soft=False)
        self.assertEqual(credit.amount_total, 24)
        return credit

    def test_a_credit_note_of_a_venue_is_deducted_from_its_next_invoice(self):
        self.close(SEPTEMBER)
        visits = self.env["tierslieux.visit"].search(
            [("venue_id", "=", self.brique.id), ("pass_id", "=", self.bea.id)]
        )
        for visit in visits:
            visit._correct("Erreur", void=True)
        second = self.close(OCTOBER)
        mine = self.statement(second, self.brique)
        refund = mine._bill()
        self.assertEqual(refund.move_type, "in_refund")
        self.assertLess(mine.net_amount, 0)
        self.visit_month(OCTOBER.replace(month=11))
        third = self.close(OCTOBER.replace(month=11))
        after = self.statement(third, self.brique)
        self.assertEqual(after.netted_amount, refund.amount_total)
        self.assertEqual(self.transferred(third, self.brique), after.net_amount)

    def test_the_treasurer_chooses_the_accounts(self):
        """On the form of a close, without a right to write the company."""
        treasurer = self.env["res.users"].create(
            {
                "name": "Maud",
                "login": "maud",
                "company_id": self.company.id,
                "company_ids": self.company.ids,
                "group_ids": self.env.ref("tierslieux_network.group_treasurer"),
            }
        )
        closes = self.closes.sudo(False).with_user(treasurer)
        self.company.pass_collected_account_id = False
        account = self.company.pass_held_account_id
        with Form(closes) as form:
            form.month = SEPTEMBER
        self.assertFalse(self.company.pass_collected_account_id)
        with Form(form.record) as form:
            form.pass_collected_account_id = account
        self.assertEqual(self.company.pass_collected_account_id, account)
