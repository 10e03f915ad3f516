# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).


from markupsafe import Markup

from odoo import models

_PARAGRAPH = Markup("<p style='white-space: pre-line'>{}</p>")
_ADDRESS = Markup('<p><a href="{0}">{0}</a></p>')


class BrandLetter(models.AbstractModel):
    """Letters about an application or a licence, to those it concerns."""

    _name = "tierslieux.brand.letter"
    _description = "Letters of the marks"

    def _write_to(self, users, subject, sentences, path, attachments=()):
        """
        :param sentences: the paragraphs; empty ones are left out
        :param path: the page to go to, of which the letter gives the whole address
        :param attachments: ``[(file name, bytes), …]``, kept with the record
        """
        self.ensure_one()
        # sudo: who did something need not be allowed to write to those it concerns
        record = self.sudo()
        record.message_notify(
            partner_ids=users.sudo().partner_id.ids,
            subject=subject,
            body=Markup().join(_PARAGRAPH.format(one) for one in sentences if one)
            + _ADDRESS.format(f"{record.get_base_url()}{path}"),
            attachments=list(attachments),
        )
