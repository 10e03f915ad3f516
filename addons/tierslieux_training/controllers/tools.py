# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import base64
import binascii
from contextlib import contextmanager

from psycopg2.errors import UniqueViolation

from odoo.exceptions import AccessError, UserError
from odoo.http import request

SIGNATURE_BYTES = 200_000
PNG = b"\x89PNG\r\n\x1a\n"


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
def refusals(env):
    """Undo an act that is refused, and keep the sentence for the page."""
    outcome = Outcome()
    try:
        with env.cr.savepoint():
            yield outcome
    except (UserError, AccessError) as error:
        outcome.error = str(error)
    except UniqueViolation:
        # signed twice at once
        outcome.error = env._("This is signed already.")


def signature(post):
    """The drawing of a form, or ``None`` without one or for what is no PNG."""
    _head, _comma, data = (post.get("signature") or "").partition("base64,")
    if not data or len(data) > SIGNATURE_BYTES * 4 // 3:
        return None
    try:
        content = base64.b64decode(data, validate=True)
    except binascii.Error:
        return None
    return base64.b64encode(content) if content.startswith(PNG) else None


def pdf_page(content, name):
    return request.make_response(
        content,
        headers=[
            ("Content-Type", "application/pdf"),
            ("Content-Disposition", f'inline; filename="{name}.pdf"'),
        ],
    )
