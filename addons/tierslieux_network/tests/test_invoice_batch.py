# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date
from decimal import Decimal

from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.account.tests.common import AccountTestInvoicingCommon

# What is a record's own, or told apart by the batch alone: nobody sold its invoices
OWN = {
    "invoice_user_id",
    *("id", "create_date", "write_date", "source_key", "access_token", "move_id"),
    *("name", "move_name", "payment_reference", "sequence_number"),
    "inalterable_hash",
}


@tagged("post_install", "-at_install")
class TestInvoiceBatch(AccountTestInvoicingCommon):
    """What the batch writes is, column by column, what the core writes."""

    @classmethod
    @AccountTestInvoicingCommon.setup_country("fr")
    def setUpClass(cls):
        super().setUpClass()
        # Both are compared: made by the same user, who may write invoices.
        cls.batch = cls.env["tierslieux.invoice.batch"]
        cls.partner = cls.env["res.partner"].create(
            {"name": "Ada Alpha", "country_id": cls.env.ref("base.fr").id}
        )
        cls.other = cls.partner.copy({"name": "Béa Bêta"})
        cls.taxes = {
            use: {
                amount: cls.company_data[f"default_tax_{use}"].copy(
                    {"name": f"{use} {amount}", "amount": amount}
                )
                for amount in (20, 10, 5.5)
            }
            for use in ("sale", "purchase")
        }
        cls.included = cls.taxes["sale"][20].copy(
            {"name": "Included", "price_include_override": "tax_included"}
        )
        cls.term = cls.env["account.payment.term"].create(
            {
                "name": "30 %, then the rest",
                "line_ids": [
                    Command.create(
                        {"value": "percent", "value_amount": 30, "nb_days": 0}
                    ),
                    Command.create(
                        {"value": "percent", "value_amount": 70, "nb_days": 30}
                    ),
                ],
            }
        )

    def vals(self, lines, move_type="out_invoice", partner=None, **more):
        """:param lines: ``[(quantity, price, taxes)]``"""
        return {
            "move_type": move_type,
            "partner_id": (partner or self.partner).id,
            "invoice_date": date(2026, 10, 31),
            "invoice_date_due": date(2026, 11, 30),
            "invoice_line_ids": [
                Command.create(
                    {
                        "product_id": self.product_a.id,
                        "name": f"Line {number}",
                        "quantity": quantity,
                        "price_unit": price,
                        "tax_ids": [Command.set(taxes.ids)],
                    }
                )
                for number, (quantity, price, taxes) in enumerate(lines)
            ],
            **more,
        }

    def samples(self):
        sale, purchase = self.taxes["sale"], self.taxes["purchase"]
        none = self.env["account.tax"]
        mixed = [
            (1, 29.99, sale[20]),
            (2.35, 4.17, sale[20]),
            (7, 0.33, sale[10]),
            (1, 5.05, sale[5.5]),
            (1, 12.34, none),
            (3, 3.33, self.included),
        ]
        bought = [(1, 33.33, purchase[20]), (7, 1.11, purchase[10]), (1, 9, none)]
        return [
            self.vals(mixed),
            self.vals([(1, 60, none)], partner=self.other),
            self.vals([(1, 10, sale[20]), (1, -2.5, sale[20])]),
            self.vals([(0.1, 0.15, sale[20])] * 7),
            self.vals(mixed, "out_refund"),
            self.vals(bought, "in_invoice", ref="A 1"),
            self.vals(bought, "in_refund", ref="A 2"),
        ]

    def columns(self, records):
        """The rows of the table, and what is linked to them, without what is own."""
        self.env.flush_all()
        self.env.cr.execute(
            f"SELECT * FROM {records._table} WHERE id = ANY(%s) ORDER BY id",
            [records.ids],
        )
        rows = []
        for row in self.env.cr.dictfetchall():
            record = records.browse(row["id"])
            rows.append(
                {name: value for name, value in row.items() if name not in OWN}
                | {
                    name: record[name].ids
                    for name, field in records._fields.items()
                    if field.type == "many2many" and field.store and name != "line_ids"
                }
            )
        return sorted(
            rows, key=lambda row: (row.get("sequence") or 0, row.get("balance") or 0)
        )

    def assert_as_core(self, vals_list):
        core = self.env["account.move"].create(vals_list)
        core._post(soft=False)
        mine = self.batch._post_invoices(vals_list)
        self.env.flush_all()
        for ours, theirs in zip(mine, core, strict=True):
            self.assertEqual(ours.state, "posted")
            self.assertEqual(self.columns(ours), self.columns(theirs))
            name = {"payment_term": lambda line: line.name == line.move_id.name}
            for one, other in zip(
                ours.line_ids.sorted(lambda line: (line.sequence, line.balance)),
                theirs.line_ids.sorted(lambda line: (line.sequence, line.balance)),
                strict=True,
            ):
                if one.display_type in name:
                    same = name[one.display_type]
                    self.assertEqual(same(one), same(other))
                else:
                    self.assertEqual(one.name, other.name)
            self.assertEqual(self.columns(ours.line_ids), self.columns(theirs.line_ids))
            self.assertFalse(sum(ours.line_ids.mapped("balance")))
        return mine

    def test_every_column_is_that_of_the_core(self):
        mine = self.assert_as_core(self.samples())
        self.assertFalse(mine.invoice_user_id)

    def test_rounded_globally(self):
        self.env.company.tax_calculation_rounding_method = "round_globally"
        self.assert_as_core(self.samples())

    def test_rounded_by_line(self):
        self.env.company.tax_calculation_rounding_method = "round_per_line"
        self.assert_as_core(self.samples())

    def test_payment_terms_of_the_partner(self):
        self.partner.property_payment_term_id = self.term
        self.partner.property_supplier_payment_term_id = self.term
        samples = self.samples()
        for vals in samples:
            del vals["invoice_date_due"]
        self.assert_as_core([samples[0], *samples[4:]])
        self.term.line_ids.nb_days = 30
        (move,) = self.assert_as_core(samples[:1])
        self.assertEqual(
            len(move.line_ids.filtered(lambda m: m.display_type == "payment_term")), 1
        )

    def test_fiscal_position_maps_accounts(self):
        account = self.company_data["default_account_revenue"].copy()
        self.partner.property_account_position_id = self.env[
            "account.fiscal.position"
        ].create(
            {
                "name": "Elsewhere",
                "account_ids": [
                    Command.create(
                        {
                            "account_src_id": self.company_data[
                                "default_account_revenue"
                            ].id,
                            "account_dest_id": account.id,
                        }
                    )
                ],
            }
        )
        (move, _other) = self.assert_as_core(self.samples()[:2])
        self.assertIn(account, move.line_ids.account_id)

    def test_matched_together_as_one_by_one(self):
        """Entries of VAT on receipts, what is left to pay and full matches are those
        of the core; one invoice is paid in two parts."""
        self.env.company.tax_exigibility = True
        waiting = self.company_data["default_account_tax_sale"].copy(
            {"reconcile": True}
        )
        self.taxes["sale"][20].write(
            {
                "tax_exigibility": "on_payment",
                "cash_basis_transition_account_id": waiting.id,
            }
        )
        found = []
        for match in (
            lambda plan: [lines.reconcile() for lines in plan],
            self.env["account.move.line"]._match_all,
        ):
            moves = self.batch._post_invoices(
                [self.vals([(1, 29.99, self.taxes["sale"][20])]) for _one in range(3)]
            )
            owed = moves.line_ids.filtered(
                lambda line: line.display_type == "payment_term"
            )
            paid = [owed[0].balance, 5, owed[1].balance - 5, 7]
            entry = self.env["account.move"].create(
                {
                    "date": date(2026, 11, 3),
                    "line_ids": [
                        Command.create(
                            {
                                "account_id": owed.account_id.id,
                                "partner_id": self.partner.id,
                                "balance": -amount,
                            }
                        )
                        for amount in paid
                    ]
                    + [
                        Command.create(
                            {
                                "account_id": self.company_data[
                                    "default_journal_bank"
                                ].default_account_id.id,
                                "balance": sum(paid),
                            }
                        )
                    ],
                }
            )
            entry._post(soft=False)
            lines = entry.line_ids
            match([owed[0] + lines[0], owed[1] + lines[1:3], owed[2] + lines[3]])
            due = self.env["account.move"].search(
                [("tax_cash_basis_origin_move_id", "in", moves.ids)], order="id"
            )
            self.assertEqual(len(due), 4)
            found.append(
                [
                    moves.mapped("payment_state"),
                    owed.mapped("amount_residual"),
                    [bool(line.full_reconcile_id) for line in owed],
                    [
                        sorted(
                            (line.account_id.id, line.balance, line.tax_tag_ids.ids)
                            for line in move.line_ids
                        )
                        for move in due.sorted("amount_total")
                    ],
                    set(due.mapped("state")),
                    [
                        move.line_ids.filtered(
                            lambda line: line.account_id == waiting
                        ).mapped("amount_residual")
                        for move in moves
                    ],
                ]
            )
        self.assertEqual(*found)

    def test_asked_twice_made_once(self):
        vals = [{**one, "source_key": f"t-{n}"} for n, one in enumerate(self.samples())]
        first = self.batch._post_invoices(vals[:3])
        again = self.batch._post_invoices(vals)
        self.assertEqual(again[:3], first)
        self.assertEqual(len(again), len(vals))
        self.assertEqual(again.mapped("source_key"), [v["source_key"] for v in vals])

    def test_numbers_follow_without_gap_in_hashed_journals(self):
        journal = self.company_data["default_journal_sale"]
        journal.restrict_mode_hash_table = True
        none = self.env["account.tax"]
        before = self.env["account.move"].create(self.vals([(1, 1, none)]))
        before.action_post()
        moves = before | self.batch._post_invoices(
            [self.vals([(1, n, self.taxes["sale"][20])]) for n in range(1, 6)]
        )
        moves |= self.batch._post_invoices(
            [self.vals([(1, n, none)], partner=self.other) for n in range(1, 6)]
        )
        numbers = moves.mapped("sequence_number")
        self.assertEqual(numbers, list(range(numbers[0], numbers[0] + len(moves))))
        self.assertEqual(len(set(moves.mapped("name"))), len(moves))
        self.assertFalse(any(moves.mapped("made_sequence_gap")))
        self.assertTrue(all(moves.mapped("inalterable_hash")))
        report = self.env.company._check_hash_integrity()
        self.assertFalse(
            [r for r in report["results"] if r["status"] == "corrupted"], report
        )
        self.assertIn("verified", [r["status"] for r in report["results"]])

    def test_fec_takes_them(self):
        self.batch._post_invoices(self.samples())
        export = self.env["l10n_fr.fec.export.wizard"].create(
            {"date_from": "2026-01-01", "date_to": "2026-12-31"}
        )
        self.env.company.partner_id.vat = "FR83404833048"
        content = export.generate_fec()
        rows = content["file_content"].decode().strip().split("\r\n")[1:]
        debit, credit = (
            sum(Decimal(row.split("|")[column].replace(",", ".")) for row in rows)
            for column in (11, 12)
        )
        self.assertGreater(debit, 0)
        self.assertEqual(debit, credit)

    def test_queries_do_not_grow_with_the_batch(self):
        def batch(size):
            partners = self.env["res.partner"].create(
                [
                    {"name": f"P{n}", "country_id": self.partner.country_id.id}
                    for n in range(size)
                ]
            )
            vals = [
                self.vals([(1, 10, self.taxes["sale"][20])], partner=partner)
                for partner in partners
            ]
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.batch._post_invoices(vals)
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        batch(2)
        few, many = batch(5), batch(25)
        # those of the core, for the rank of each partner
        self.assertLessEqual(many - few, 4 * 20)
