# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import hashlib
import json

from odoo import api, fields, models


class Minutes(models.Model):
    """One signed version of the minutes of an assembly. ``content`` is all that is
    printed; a correction is another version that names the one it replaces."""

    _name = "tierslieux.minutes"
    _description = "Minutes"
    _inherit = ["tierslieux.append.only"]
    _order = "assembly_id, version desc"

    assembly_id = fields.Many2one(
        "tierslieux.assembly", required=True, ondelete="restrict", index=True
    )
    version = fields.Integer(required=True)
    previous_id = fields.Many2one(
        "tierslieux.minutes", string="Replaces", ondelete="restrict"
    )
    reason = fields.Text(string="Why it was corrected")
    content = fields.Json(required=True, help="Everything that is printed.")
    digest = fields.Char(
        required=True, help="SHA-256 of the content, printed at the foot of each page."
    )
    signed_at = fields.Datetime(string="Signed on", required=True)
    user_id = fields.Many2one(
        "res.users",
        string="Written by",
        required=True,
        ondelete="restrict",
        default=lambda self: self.env.user,
    )
    attachment_id = fields.Many2one(
        "ir.attachment", string="PDF", compute="_compute_attachment_id"
    )

    _version_uniq = models.Constraint(
        "UNIQUE (assembly_id, version)", "These minutes have this version already."
    )
    _correction_reasoned = models.Constraint(
        "CHECK ((version = 1) = (previous_id IS NULL)"
        " AND (version = 1) = (reason IS NULL))",
        "A correction names the version it replaces and its reason.",
    )

    @api.depends("assembly_id.name", "version")
    def _compute_display_name(self):
        for minutes in self:
            minutes.display_name = self.env._(
                "Minutes of %(assembly)s, version %(version)s",
                assembly=minutes.assembly_id.name,
                version=self.version,
            )

    def _compute_attachment_id(self):
        found = {
            attachment.res_id: attachment
            for attachment in self.env["ir.attachment"].search_fetch(
                [("res_model", "=", self._name), ("res_id", "in", self.ids)],
                ["res_id"],
            )
        }
        for minutes in self:
            minutes.attachment_id = found.get(minutes.id)

    @api.model
    def _digest(self, content):
        """SHA-256 of a content as JSON: keys sorted, no space, UTF-8."""
        text = json.dumps(
            content, ensure_ascii=False, sort_keys=True, separators=(",", ":")
        )
        return hashlib.sha256(text.encode()).hexdigest()

    def _file_name(self):
        self.ensure_one()
        return f"{self.content['title']} (v{self.version}).pdf".replace("/", "-")

    def _print(self):
        """Turn the content into the PDF that is kept."""
        self.ensure_one()
        report = self.env["ir.actions.report"].with_context(lang="fr_FR")
        pdf, _kind = report._render_qweb_pdf(
            "tierslieux_governance.report_minutes", self.ids
        )
        # sudo: the file is written once, by the signature alone
        self.env["ir.attachment"].sudo().create(
            {
                "name": self._file_name(),
                "raw": pdf,
                "mimetype": "application/pdf",
                "res_model": self._name,
                "res_id": self.id,
            }
        )

    def _page_foot(self):
        """The foot of each page: see ``ir.actions.report``."""
        content = self.content
        lines = [
            f"{content['association']} · {content['name']}",
            self.env._(
                "Version %(version)s · SHA-256 of the content: %(digest)s",
                version=self.version,
                digest=self.digest,
            ),
        ]
        return lines, self.env._("page %(page)s of %(pages)s")

    def _tell_signed(self):
        """Close the dialog, show the form as it is now, and lead to the document."""
        self.ensure_one()
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._("The minutes are signed: %s", "%s"),
                "links": [
                    {
                        "label": self.env._("version %s, PDF", self.version),
                        "url": self.action_download()["url"],
                    }
                ],
                "next": {"type": "ir.actions.act_window_close"},
            },
        }

    def action_download(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self.attachment_id.id}?download=true",
            "target": "self",
        }
