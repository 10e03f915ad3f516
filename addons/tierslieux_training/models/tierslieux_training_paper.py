# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import hashlib
import json

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

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
            ("partnership", "Contract of a partner"),
        ],
        required=True,
    )
    enrolment_id = fields.Many2one(
        "tierslieux.training.enrolment", ondelete="restrict", index="btree_not_null"
    )
    registration_id = fields.Many2one(
        "event.registration",
        string="Trainee",
        ondelete="restrict",
        index="btree_not_null",
        help="Empty for what is of all trainees.",
    )
    share_id = fields.Many2one(
        "tierslieux.programme.partner",
        string="Partner",
        ondelete="restrict",
        index="btree_not_null",
        help="Whose contract it is.",
    )
    event_id = fields.Many2one(
        "event.event",
        string="Session of the partner",
        ondelete="restrict",
        index="btree_not_null",
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
    sent_at = fields.Datetime(compute="_compute_receipts")
    signed_at = fields.Datetime(compute="_compute_receipts")

    _correction_reasoned = models.Constraint(
        "CHECK ((version = 1) = (previous_id IS NULL)"
        " AND (version = 1 OR reason IS NOT NULL))",
        "A correction names the version it replaces and its reason.",
    )
    _replaced_once = models.UniqueIndex(
        "(previous_id) WHERE previous_id IS NOT NULL", "This was replaced already."
    )
    _of_one = models.Constraint(
        "CHECK ((enrolment_id IS NULL) = (kind = 'partnership')"
        " AND (share_id IS NULL) = (kind <> 'partnership')"
        " AND (event_id IS NULL) = (kind <> 'partnership'))",
        "A document is of an enrolment, or of a partner in a session.",
    )
    _first_of_enrolment = models.UniqueIndex(
        "(enrolment_id, kind) WHERE previous_id IS NULL AND registration_id IS NULL",
        "This document is made already.",
    )
    _first_of_trainee = models.UniqueIndex(
        "(registration_id, kind) WHERE previous_id IS NULL",
        "This document is made already.",
    )
    _first_of_partner = models.UniqueIndex(
        "(share_id, event_id) WHERE previous_id IS NULL",
        "This document is made already.",
    )

    @api.depends("content", "version")
    def _compute_display_name(self):
        for paper in self:
            paper.display_name = f"{paper.content['title']} · {paper.content['name']}"

    @api.depends("receipt_ids")
    def _compute_receipts(self):
        for paper in self:
            paper.sent_at = paper._when("sent")
            paper.signed_at = paper._when("signed")

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
        content = papers._content(kind, enrolment, registration, version, reason)
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

    @api.model
    def _freeze_contract(self, share, event):
        """The contract of a partner for a session.

        :return: the new version, or nothing when the last one says the same
        """
        # sudo: as for the other documents
        papers = self.sudo().with_context(lang="fr_FR")
        previous = papers.search(
            [("share_id", "=", share.id), ("event_id", "=", event.id)], order="id"
        )[-1:]
        content = papers._contract(
            share.sudo().with_context(lang="fr_FR"),
            event.sudo().with_context(lang="fr_FR"),
            previous,
        )
        if previous and previous._says(content):
            return papers.browse()
        return papers.create(
            {
                "kind": "partnership",
                "share_id": share.id,
                "event_id": event.id,
                "version": content["version"],
                "previous_id": previous.id,
                "reason": content["reason"] or False,
                "content": content,
                "digest": self._digest(content),
                "minutes": share.minutes,
            }
        )

    @api.model
    def _content_of(self, kind, registration):
        """What a document of a trainee would say today."""
        # sudo: it is compared, not shown
        papers = self.sudo().with_context(lang="fr_FR")
        return papers._content(kind, registration.enrolment_id, registration, 1, None)

    def _says(self, content):
        """Whether this says what a content says, whenever it was written."""
        self.ensure_one()
        return self.content["sections"] == content["sections"]

    def _pdf(self):
        self.ensure_one()
        # sudo: whose document it is was checked by who asks
        report = self.env["ir.actions.report"].sudo().with_context(lang="fr_FR")
        return report._render_qweb_pdf("tierslieux_training.report_paper", self.ids)[0]

    def _file_name(self):
        self.ensure_one()
        return f"{self.display_name} (v{self.version}).pdf".replace("/", "-")

    def _send(self, partners):
        """A letter that brings these documents, once it is recorded that they exist:
        their PDF takes time."""
        partners = partners.filtered("email")
        if not self or not partners:
            return
        # sudo: the letter is of the act that made the document
        self.sudo().with_delay(
            description=self.env._("Letter: %s", self[0].display_name)
        )._send_letter(partners.ids)

    def _send_letter(self, partner_ids):
        """One job: the letter, with the PDFs, and its receipts."""
        partners = self.env["res.partner"].browse(partner_ids)
        self.with_context(lang="fr_FR")._write_letter(partners)
        for paper in self:
            paper._receive("sent", partners)

    def _write_letter(self, partners):
        about = self[0].enrolment_id or self[0].event_id
        address = f"{about.get_base_url()}/my/training"
        titles = ", ".join(paper.content["title"] for paper in self)
        signed = len(self) == 1 and self._signatures()
        about.message_notify(
            partner_ids=partners.ids,
            subject=self.env._("Signed: %s", titles) if signed else titles,
            body=Markup("<p>%s</p><ul>%s</ul><p>%s</p><p><a href='%s'>%s</a></p>")
            % (
                self.env._("Your documents for %s:", self._session().name),
                Markup().join(
                    Markup("<li>%s</li>") % paper.content["title"] for paper in self
                ),
                self.env._("They are attached, and on your page:"),
                address,
                address,
            ),
            attachments=[(paper._file_name(), paper._pdf()) for paper in self],
        )

    def _session(self):
        return self[0].event_id or self[0].enrolment_id.event_id

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

    @api.model
    def _of_partner(self, user):
        """The contracts that somebody signs for a partner, the last version of each,
        for their own pages."""
        # sudo: the page shows who signs what they sign
        contracts = self.sudo().search(
            [("share_id.contact_id", "=", user.partner_id.id)]
        )
        return contracts - contracts.previous_id

    def _sign_contract(self, signature):
        """Who signs for the partner does."""
        self.ensure_one()
        signer = self.share_id.contact_id
        if not signer or signer != self.env.user.partner_id:
            raise AccessError(self.env._("Only who signs for the partner may do this."))
        if not signature:
            raise UserError(self.env._("Sign in the frame."))
        self._receive("signed", signer, signature)
        self._send(signer)

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
