# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The workbook of a financial report, from its content alone.

Every sum is a formula over the lines it sums, written with its value, so that a viewer
that does not reckon shows the same figures.
"""

import io

import xlsxwriter

from .workbook_lines import (
    write_annexes,
    write_expenses,
    write_in_kind,
    write_keys,
    write_products,
    write_time,
    write_tranches,
)
from .workbook_sheet import Formats, line_words, sheet_names
from .workbook_table import (
    write_bricks,
    write_controls,
    write_cover,
    write_synthesis,
)


def build(env, report):
    """The bytes of the workbook; the same content gives the same bytes.

    :param env: its language is that of the words
    :param report: ``{"content", "digest", "signature"}``
    """
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    fill(env, book, report)
    book.close()
    return buffer.getvalue()


def fill(env, book, report):
    """Write the sheets of a report into a workbook."""
    writer = Writer(env, book, report)
    writer.fill()


class Writer:
    """What the sheets share: content, formats, names of sheets, and where the sheets
    written before left their cells."""

    def __init__(self, env, book, report):
        self.env = env
        self.book = book
        self.report = report
        self.content = report["content"]
        self.formats = Formats(book)
        self.cells = {}
        self.parents = {row["code"]: row["parent"] for row in self.content["table"]}
        self.names = sheet_names(env, self.content)
        self.words = line_words(env)

    def fill(self):
        content = self.content
        self.book.set_properties(
            {
                "title": content["title"],
                "subject": content["agreement"]["name"],
                "company": content["company"]["name"],
                "created": self.formats.moment(content["drawn_on"]),
            }
        )
        # sheets stand in reading order, but sums refer to lines: these come first
        self.sheets = {
            key: self.book.add_worksheet(name) for key, name in self.names.items()
        }
        write_expenses(self)
        write_products(self)
        write_in_kind(self)
        write_time(self)
        write_bricks(self)
        write_synthesis(self)
        write_cover(self)
        write_keys(self)
        write_tranches(self)
        write_controls(self)
        write_annexes(self)
        self.sheets["cover"].activate()

    def code(self, line):
        """How the sheets call a line of the form: they find it by this too."""
        return self.words.get(line, line)

    def range(self, key, column):
        """The absolute cells of a column of lines, for a formula."""
        return self.cells[key, column]
