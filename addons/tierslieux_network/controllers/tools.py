# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import base64
from contextlib import contextmanager

from odoo.exceptions import AccessError, UserError
from odoo.http import request
from odoo.tools.image import image_process
from odoo.tools.mimetypes import guess_mimetype

PHOTO_TYPES = ("image/jpeg", "image/png", "image/webp", "image/gif")
PHOTO_BYTES = 8 * 1024 * 1024


def found(records, record_id):
    """One of some records by its number.

    :raises NotFound: for one that is not theirs, or nobody's, alike
    """
    record = records.filtered(lambda one: one.id == record_id)
    if not record:
        raise request.not_found()
    return record


class Outcome:
    """What an act of a form gave: ``error`` is a sentence, or ``None``."""

    error = None


@contextmanager
def refusals():
    """Undo an act that is refused, and keep the sentence for the page."""
    outcome = Outcome()
    try:
        with request.env.cr.savepoint():
            yield outcome
    except (UserError, AccessError) as error:
        outcome.error = str(error)


def pdf_page(content, name):
    """A PDF that the browser shows."""
    return request.make_response(
        content,
        headers=[
            ("Content-Type", "application/pdf"),
            ("Content-Disposition", f'inline; filename="{name}.pdf"'),
        ],
    )


def report_page(report, record, name):
    """A report of a record, checked by who calls."""
    # sudo: the page that leads here has checked whose it is
    reports = request.env["ir.actions.report"].sudo()
    content, _kind = reports._render_qweb_pdf(report, record.ids)
    return pdf_page(content, name)


def identifiers(form, name, model):
    """Ids of existing records of ``model`` among the values of a form's field."""
    ids = [int(value) for value in form.getlist(name) if value.isdecimal()]
    return model.browse(ids).exists().ids


def image_base64(upload):
    """An uploaded photo, checked and at most 1920 pixels; ``None`` without one.

    :raises UserError: a sentence for the person who sent it
    """
    if not upload or not upload.filename:
        return None
    content = upload.read(PHOTO_BYTES + 1)
    if len(content) > PHOTO_BYTES:
        raise UserError(request.env._("The photo is larger than 8 MB."))
    # The core lets SVG through, which may hold scripts
    if guess_mimetype(content) not in PHOTO_TYPES:
        raise UserError(request.env._("This file is not an image that can be read."))
    try:
        return base64.b64encode(image_process(content, size=(1920, 1920)))
    except (OSError, ValueError, UserError) as error:
        raise UserError(
            request.env._("This file is not an image that can be read.")
        ) from error
