# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import hashlib
import json

from markupsafe import Markup

from odoo import api, fields, models

from ..domain import hours


class Paper(models.Model):
    """A document as it was given out: ``content`` is all that is printed. A correction
    is another version that names the one it replaces."""

    _name = "tierslieux.training.paper"
    _description = "Document of a training"
    _inherit = ["tierslieux.append.only"]
    _order = "id"

    kind = fields.Selection(
        [
            ("agreement", "Contract or convention"),
            ("programme", "Programme"),
            ("rules", "Internal rules"),
            ("convocation", "Convocation"),
            ("certificate", "Certificate of completion"),
        ],
        required=True,
    )
    enrolment_id = fields.Many2one(
        "tierslieux.training.enrolment", required=True, ondelete="restrict", index=True
    )
    registration_id = fields.Many2one(
        "event.registration",
        string="Trainee",
        ondelete="restrict",
        index="btree_not_null",
        help="Empty for what is of all trainees.",
    )
    version = fields.Integer(required=True, default=1)
    previous_id = fields.Many2one(
        "tierslieux.training.paper", string="Replaces", ondelete="restrict"
    )
    reason = fields.Char(string="Why it was replaced")
    content = fields.Json(required=True)
    digest = fields.Char(required=True, help="SHA-256 of the content.")
    minutes = fields.Integer(help="Minutes that a certificate says.")
    at = fields.Datetime(string="Made on", required=True, default=fields.Datetime.now)
    user_id = fields.Many2one(
        "res.users",
        required=True,
        ondelete="restrict",
        default=lambda self: self.env.user,
    )
    receipt_ids = fields.One2many(
        "tierslieux.training.receipt", "paper_id", string="Sent and signed"
    )

    _correction_reasoned = models.Constraint(
        "CHECK ((version = 1) = (previous_id IS NULL)"
        " AND (version = 1 OR reason IS NOT NULL))",
        "A correction names the version it replaces and its reason.",
    )
    _replaced_once = models.UniqueIndex(
        "(previous_id) WHERE previous_id IS NOT NULL", "This was replaced already."
    )

    @api.depends("content", "version")
    def _compute_display_name(self):
        for paper in self:
            paper.display_name = f"{paper.content['title']} · {paper.content['name']}"

    @api.model
    def _digest(self, content):
        """SHA-256 of a content as JSON: keys sorted, no space, UTF-8."""
        text = json.dumps(
            content, ensure_ascii=False, sort_keys=True, separators=(",", ":")
        )
        return hashlib.sha256(text.encode()).hexdigest()

    @api.model
    def _freeze(self, kind, enrolment, registration=None, previous=None, reason=None):
        """Write a document as it is today."""
        registration = registration or self.env["event.registration"]
        # sudo: a document is made by the acts of enrolments and trainees alone
        papers = self.sudo().with_context(lang="fr_FR")
        version = previous.version + 1 if previous else 1
        content = papers._content(
            kind,
            enrolment.with_context(lang="fr_FR"),
            registration.with_context(lang="fr_FR"),
            version,
            reason,
        )
        return papers.create(
            {
                "kind": kind,
                "enrolment_id": enrolment.id,
                "registration_id": registration.id,
                "version": version,
                "previous_id": previous and previous.id,
                "reason": reason,
                "content": content,
                "digest": self._digest(content),
                "minutes": registration._attended() if kind == "certificate" else 0,
            }
        )

    def _pdf(self):
        self.ensure_one()
        # sudo: whose document it is was checked by who asks
        report = self.env["ir.actions.report"].sudo().with_context(lang="fr_FR")
        return report._render_qweb_pdf("tierslieux_training.report_paper", self.ids)[0]

    def _file_name(self):
        self.ensure_one()
        return f"{self.display_name} (v{self.version}).pdf".replace("/", "-")

    def _send(self, partners):
        """A letter with the addresses of the documents, and the receipt of it. The
        document itself is on the page of who is concerned."""
        partners = partners.filtered("email")
        for paper in self:
            paper._receive("sent", partners)
        if self and partners:
            self._write_letter(partners)

    def _write_letter(self, partners):
        enrolment = self[0].enrolment_id.with_context(lang="fr_FR")
        body = Markup("<p>%s</p><ul>%s</ul><p><a href='%s'>%s</a></p>") % (
            self.env._("Your documents for %s:", enrolment.event_id.name),
            Markup().join(
                Markup("<li>%s</li>") % paper.content["title"] for paper in self
            ),
            f"{enrolment.get_base_url()}/my/training",
            f"{enrolment.get_base_url()}/my/training",
        )
        enrolment.message_notify(
            partner_ids=partners.ids,
            subject=", ".join(paper.content["title"] for paper in self),
            body=body,
        )

    def _receive(self, act, partners, signature=None):
        """That this was sent to, or signed by, some people."""
        self.ensure_one()
        # sudo: receipts are written by these acts alone
        self.env["tierslieux.training.receipt"].sudo().create(
            [
                {
                    "paper_id": self.id,
                    "partner_id": partner.id,
                    "act": act,
                    "signature": signature,
                }
                for partner in partners
            ]
        )

    def _when(self, act):
        """When this was first sent or signed, or False."""
        return self.receipt_ids.filtered(lambda one: one.act == act)[:1].at

    def _signatures(self):
        return self.receipt_ids.filtered(lambda one: one.act == "signed")

    def _shown_minutes(self):
        return hours.label(self.minutes)

    def _page_foot(self):
        """The foot of each page: see ``ir.actions.report``."""
        return [
            f"{self.content['association']} · {self.content['name']}",
            self.env._(
                "Version %(version)s · SHA-256 of the content: %(digest)s",
                version=self.version,
                digest=self.digest,
            ),
        ], self.env._("page %(page)s of %(pages)s")

    def action_print(self):
        return self.env.ref("tierslieux_training.report_paper").report_action(self)
