# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase

from ..domain.census_file import read_table, write_table
from ..domain.census_problem import FileError

cell = st.text(st.characters(exclude_categories=["C", "Z"]), max_size=10)


class TestDomainCensusFile(BaseCase):
    def refused(self, content):
        with self.assertRaises(FileError) as caught:
            read_table(content)
        return caught.exception.code, caught.exception.line

    def test_encodings_and_delimiters(self):
        for encoding, name in (
            ("utf-8", "utf-8"),
            ("utf-8-sig", "utf-8"),
            ("cp1252", "cp1252"),
        ):
            for delimiter in ";,\t|":
                text = f'nom{delimiter}été\n"a{delimiter}b"{delimiter}œuf – 5 €\n'
                table = read_table(text.encode(encoding))
                self.assertEqual(table.headers, ("nom", "été"))
                self.assertEqual(table.rows, ((2, [f"a{delimiter}b", "œuf – 5 €"]),))
                self.assertEqual((table.encoding, table.delimiter), (name, delimiter))

    def test_lines_are_those_of_the_file(self):
        table = read_table(b'a,b\r\n"1\r\n2","say ""hi"""\r\n\r\n3,4\r\n')
        self.assertEqual(table.rows, ((2, ["1\r\n2", 'say "hi"']), (5, ["3", "4"])))

    def test_one_column(self):
        self.assertEqual(read_table(b"nom\nA\n").rows, ((2, ["A"]),))

    def test_refusals(self):
        for content, refusal in (
            (b"", ("empty", 0)),
            (b" \n \n", ("empty", 0)),
            (b"a,b\n", ("no_line", 0)),
            (b"a,b\n\n,\n", ("no_line", 0)),
            (b"a,,b\n1,2,3\n", ("no_header", 1)),
            (b"a,b,a\n1,2,3\n", ("header_twice", 1)),
            (b"a,b\n1,2\n1\n", ("row_length", 3)),
            (b'a,b\n1,"2\n', ("not_csv", 2)),
            (b"PK\x03\x04xl/workbook.xml", ("not_csv", 0)),
            (b"%PDF-1.7\n", ("not_csv", 0)),
            (b"a,b\n\x00\x01,2\n", ("not_csv", 0)),
            ("nom;été\nA;B\n".encode("utf-16"), ("encoding", 0)),
            (b"nom,v\n\x81\x8d,1\n", ("encoding", 0)),
            (
                "nom,v\nMédiathèque,1\n".encode().decode("cp1252").encode(),
                ("encoding", 0),
            ),
        ):
            with self.subTest(content):
                self.assertEqual(self.refused(content), refusal)

    @settings(deadline=None)
    @given(st.lists(st.tuples(cell.filter(bool), cell), min_size=1))
    def test_what_is_written_is_read(self, rows):
        # what looks read in a wrong encoding is refused, whoever wrote it
        assume("Ã" not in str(rows) and "â€" not in str(rows))
        table = read_table(write_table(("nom", "valeur"), rows))
        self.assertEqual([tuple(cells) for __, cells in table.rows], rows)
