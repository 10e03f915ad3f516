# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Papers of the demo network: documents of agreements, receipts."""

import io

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

LEFT = 60
FOOT = "Document de démonstration, sans valeur."


def paper(title, lines):
    """A page with a title and some lines, as the bytes of a PDF file, the same at each
    run."""
    file = io.BytesIO()
    page = Canvas(file, pagesize=A4, invariant=True)
    width, height = A4
    page.setTitle(title)
    page.setFont("Helvetica-Bold", 20)
    page.drawString(LEFT, height - 90, title)
    page.line(LEFT, height - 104, width - LEFT, height - 104)
    page.setFont("Helvetica", 11)
    for rank, line in enumerate(lines):
        # the font knows one kind of space that does not break
        page.drawString(LEFT, height - 140 - 20 * rank, line.replace("\u202f", "\xa0"))
    page.setFont("Helvetica-Oblique", 9)
    page.drawString(LEFT, 50, FOOT)
    page.save()
    return file.getvalue()
