# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import base64
import binascii
from contextlib import contextmanager

from psycopg2.errors import UniqueViolation

from odoo.exceptions import UserError
from odoo.http import request

from odoo.addons.tierslieux_network.controllers import tools

SIGNATURE_BYTES = 200_000
PNG = b"\x89PNG\r\n\x1a\n"


@contextmanager
def refusals():
    """Undo an act that is refused, or done twice at once, and keep the sentence."""
    twice = request.env._("This is signed already.")
    with tools.refusals() as outcome:
        try:
            yield outcome
        except UniqueViolation:
            raise UserError(twice) from None


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
