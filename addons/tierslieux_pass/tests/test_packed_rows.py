# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import TransactionCase

from ..models.packed_rows import PackedRows

QUERY = """
    COPY (SELECT n, convert_to(repeat('x', n), 'UTF8') FROM generate_series(0, 99) n)
    TO STDOUT (FORMAT binary)
"""
ROWS = [(number, b"x" * number) for number in range(100)]


class Cut:
    """Hands on what is written in pieces of some bytes."""

    def __init__(self, rows, size):
        self.rows, self.size = rows, size

    def write(self, data):  # pylint: disable=method-required-super
        for at in range(0, len(data), self.size):
            self.rows.write(data[at : at + self.size])


class TestPackedRows(TransactionCase):
    def test_each_row_once_however_the_bytes_come(self):
        for size in (1, 7, 1000):
            found = []
            rows = PackedRows(lambda *row, found=found: found.append(row))
            self.env.cr.copy_expert(QUERY, Cut(rows, size))
            rows.close()
            self.assertEqual(found, ROWS)

    def test_an_error_is_raised_when_the_server_is_done(self):
        taken = []

        def take(number, _bytes):
            taken.append(number)
            if number == 3:
                raise ValueError("of the fourth")

        rows = PackedRows(take)
        self.env.cr.copy_expert(QUERY, rows)
        self.env.cr.execute("SELECT 1")
        self.assertEqual(self.env.cr.fetchall(), [(1,)])
        with self.assertRaisesRegex(ValueError, "of the fourth"):
            rows.close()
        self.assertEqual(taken, [0, 1, 2, 3])

    def test_rows_that_end_early_are_no_rows(self):
        rows = PackedRows(lambda number, content: None)
        rows.write(b"PGCOPY")
        with self.assertRaises(EOFError):
            rows.close()
