# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Factur-X is a PDF/A-3 with its XML attached and metadata that say so.

The core takes a file that wkhtmltopdf wrote for a PDF/A already, so it leaves the rest
out; and its conversion expects outlines, which Debian's wkhtmltopdf does not write.
"""

import io

from odoo.tools.pdf import (
    DictionaryObject,
    NameObject,
    OdooPdfFileReader,
    OdooPdfFileWriter,
)


def completed(content, metadata):
    """The same document as a PDF/A-3; as it is, if it has no attachment or is one.

    :param bytes metadata: XMP
    """
    reader = OdooPdfFileReader(io.BytesIO(content), strict=False)
    root = reader.trailer["/Root"]
    if "/AF" not in root or "/Metadata" in root:
        return content
    writer = OdooPdfFileWriter()
    writer.cloneReaderDocumentRoot(reader)
    outlines = NameObject("/Outlines")
    if outlines not in writer._root_object:
        writer._root_object[outlines] = DictionaryObject(
            {NameObject("/Type"): outlines}
        )
    writer.convert_to_pdfa()
    writer.add_file_metadata(metadata)
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()
