# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A foot on each page of a PDF.

wkhtmltopdf prints footers only where it was built with a patched Qt, which Debian's is
not; so the foot is drawn on the finished pages.
"""

import io

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from odoo.tools.pdf import PdfFileReader, PdfFileWriter

MARGIN = 18 * mm


def stamp(pdf, lines, numbering):
    """The PDF with ``lines`` at the foot of each page, and at its right the number of
    the page.

    :param numbering: words with ``%(page)s`` and ``%(pages)s``
    """
    source = PdfFileReader(io.BytesIO(pdf))
    writer = PdfFileWriter()
    pages = source.getNumPages()
    for index in range(pages):
        page = source.getPage(index)
        page.mergePage(
            _foot(
                float(page.mediaBox.getWidth()),
                float(page.mediaBox.getHeight()),
                lines,
                numbering % {"page": index + 1, "pages": pages},
            )
        )
        writer.addPage(page)
    stamped = io.BytesIO()
    writer.write(stamped)
    return stamped.getvalue()


def _foot(width, height, lines, number):
    """A page of this size with nothing but its foot."""
    drawn = io.BytesIO()
    canvas = Canvas(drawn, pagesize=(width, height))
    canvas.setStrokeGray(0.7)
    canvas.line(MARGIN, 16 * mm, width - MARGIN, 16 * mm)
    canvas.setFillGray(0.3)
    canvas.setFont("Helvetica", 7.5)
    for rank, line in enumerate(lines):
        canvas.drawString(MARGIN, (12 - 4 * rank) * mm, line)
    canvas.drawRightString(width - MARGIN, 12 * mm, number)
    canvas.save()
    return PdfFileReader(drawn).getPage(0)
