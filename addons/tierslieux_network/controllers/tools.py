# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import base64

from odoo.exceptions import UserError
from odoo.http import request
from odoo.tools.image import image_process
from odoo.tools.mimetypes import guess_mimetype

PHOTO_TYPES = ("image/jpeg", "image/png", "image/webp", "image/gif")
PHOTO_BYTES = 8 * 1024 * 1024


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
