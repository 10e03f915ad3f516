# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import hashlib
import json

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain


class FundingReport(models.Model):
    """The financial report of a grant (form Cerfa 15059*02).

    A draft is reckoned anew each time it is looked at. Frozen, it is ``content``, all
    that is printed, with its digest, and the database refuses every change; somebody
    signs it as it is. A correction is a new version with its reason.
    """

    _name = "tierslieux.funding.report"
    _description = "Financial report of a grant"
    _inherit = ["tierslieux.frozen"]
    _order = "date_to desc, agreement_id, version desc, id desc"

    _frozen_by = "frozen_on"

    agreement_id = fields.Many2one(
        "tierslieux.funding.agreement", required=True, ondelete="restrict", index=True
    )
    funder_id = fields.Many2one(related="agreement_id.funder_id")
    company_id = fields.Many2one(
        related="agreement_id.company_id", store=True, index=True
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    date_from = fields.Date(
        string="From",
        required=True,
        compute="_compute_period",
        store=True,
        readonly=False,
        precompute=True,
    )
    date_to = fields.Date(
        string="To",
        required=True,
        compute="_compute_period",
        store=True,
        readonly=False,
        precompute=True,
    )
    posted_until = fields.Date(
        string="Entries until",
        required=True,
        default=fields.Date.context_today,
        help="Entries of a later date are not in the report.",
    )
    version = fields.Integer(
        default=1, required=True, readonly=True, copy=False, aggregator=None
    )
    previous_id = fields.Many2one(
        "tierslieux.funding.report",
        string="Replaces",
        readonly=True,
        copy=False,
        ondelete="restrict",
        index="btree_not_null",
    )
    reason = fields.Text(string="Why it was corrected", readonly=True, copy=False)
    next_ids = fields.One2many(
        "tierslieux.funding.report", "previous_id", string="Replaced by"
    )
    text_action = fields.Text(
        string="What was done", help="How the action was carried out, precisely."
    )
    text_public = fields.Text(
        string="Who benefited", help="How many people, and what kinds of public."
    )
    text_places = fields.Text(string="When and where")
    text_objectives = fields.Text(
        string="Objectives",
        help="Whether they were reached, by the indicators that were chosen.",
    )
    text_variances = fields.Text(
        string="Variances explained",
        help="Why what was spent differs from what was planned, line by line.",
    )
    text_in_kind = fields.Text(string="Voluntary contributions")
    text_observations = fields.Text(string="Observations")
    content = fields.Json(
        readonly=True,
        copy=False,
        # as long as its lines: read where it is shown
        prefetch=False,
        help="Everything that is printed.",
    )
    due = fields.Monetary(
        readonly=True, copy=False, help="Of the grant, until the end of the period."
    )
    digest = fields.Char(
        readonly=True,
        copy=False,
        help="SHA-256 of the content, printed at the foot of each page.",
    )
    xlsx = fields.Binary(string="Spreadsheet", readonly=True, copy=False)
    pdf = fields.Binary(string="PDF", readonly=True, copy=False)
    frozen_on = fields.Datetime(string="Drawn up on", readonly=True, copy=False)
    user_id = fields.Many2one(
        "res.users",
        string="Drawn up by",
        readonly=True,
        copy=False,
        ondelete="restrict",
    )
    signature_ids = fields.One2many("tierslieux.funding.report.signature", "report_id")
    state = fields.Selection(
        [("draft", "Draft"), ("frozen", "Drawn up"), ("signed", "Signed off")],
        compute="_compute_state",
        search="_search_state",
    )

    preview = fields.Html(
        compute="_compute_preview", sanitize=False, help="What would be printed now."
    )

    _order_of_dates = models.Constraint(
        "CHECK (date_to >= date_from)", "A period cannot end before it begins."
    )
    _correction_reasoned = models.Constraint(
        "CHECK ((version = 1) = (previous_id IS NULL)"
        " AND (version = 1) = (reason IS NULL))",
        "A correction names the version it replaces and its reason.",
    )
    _replaced_once = models.UniqueIndex(
        "(previous_id) WHERE previous_id IS NOT NULL",
        "This version is corrected already.",
    )
    _frozen_whole = models.Constraint(
        "CHECK ((frozen_on IS NULL) = (content IS NULL)"
        " AND (frozen_on IS NULL) = (digest IS NULL)"
        " AND (frozen_on IS NULL) = (user_id IS NULL))",
        "A report that is drawn up has its content, its digest and its author.",
    )

    @api.depends("agreement_id")
    def _compute_period(self):
        for report in self:
            report.date_from = report.agreement_id.date_from
            report.date_to = report.agreement_id.date_to

    @api.depends("frozen_on", "signature_ids")
    def _compute_state(self):
        for report in self:
            report.state = (
                "draft"
                if not report.frozen_on
                else "signed"
                if report.signature_ids
                else "frozen"
            )

    def _search_state(self, operator, value):
        if operator != "in":
            return NotImplemented
        domains = {
            "draft": Domain("frozen_on", "=", False),
            "frozen": Domain("frozen_on", "!=", False)
            & Domain("signature_ids", "=", False),
            "signed": Domain("signature_ids", "!=", False),
        }
        return Domain.OR(domains[state] for state in value if state in domains)

    @api.depends("agreement_id.name", "version")
    def _compute_display_name(self):
        for report in self:
            report.display_name = self.env._(
                "Financial report: %(agreement)s, version %(version)s",
                agreement=report.agreement_id.name,
                version=report.version,
            )

    @api.depends_context("lang")
    def _compute_preview(self):
        for report in self:
            content = report.content or (
                report._origin.with_context(lang=report._language())._content()
                if report._origin
                else None
            )
            report.preview = content and self.env["ir.qweb"]._render(
                "tierslieux_funding.report_preview",
                {
                    "content": content,
                    "draft": not report.frozen_on,
                    **report._print_values(content),
                },
            )

    @api.model
    def _digest(self, content):
        """SHA-256 of a content as JSON: keys sorted, no space, UTF-8."""
        text = json.dumps(
            content, ensure_ascii=False, sort_keys=True, separators=(",", ":")
        )
        return hashlib.sha256(text.encode()).hexdigest()

    def action_freeze(self):
        """Draw the report up: from now on nothing of it changes.

        :raises UserError: with the sentence of every control that fails
        """
        self.ensure_one()
        self._take_turn()
        if self.frozen_on:
            raise UserError(self.env._("This report is drawn up already."))
        report = self.with_context(lang=self._language())
        content = report._content()
        failed = [
            control["sentence"]
            for control in content["controls"]
            if control["blocking"] and not control["passed"]
        ]
        if failed:
            raise UserError(
                self.env._(
                    "The report cannot be drawn up yet:\n%(sentences)s",
                    sentences="\n".join(f"• {sentence}" for sentence in failed),
                )
            )
        self._allocations(content)._freeze()
        report._keep_evidence(content)
        digest = self._digest(content)
        self.write(
            {
                "content": content,
                "digest": digest,
                "due": (content["grant"]["due"] + content["grant"]["earlier"]) / 100,
                "frozen_on": fields.Datetime.now(),
                "user_id": self.env.uid,
                **report._files(content, digest),
            }
        )
        self.flush_recordset()
        return True

    def _take_turn(self):
        """Of two who draw up or sign one report at once, one is told."""
        if not self.try_lock_for_update():
            raise UserError(
                self.env._(
                    "Somebody else is drawing up or signing this report: look at it "
                    "again in a moment."
                )
            )

    def action_sign(self):
        self.ensure_one()
        return self._wizard("sign", self.env._("Sign the report"))

    def _sign(self, name, quality, place, date):
        """Certify a report that is drawn up; what was asked for is then done."""
        self.ensure_one()
        self._take_turn()
        if not self.frozen_on:
            raise UserError(self.env._("A report is signed once it is drawn up."))
        if self.signature_ids:
            raise UserError(self.env._("This report is signed already."))
        values = {
            "name": name,
            "quality": quality,
            "place": place,
            "date": fields.Date.to_date(date),
        }
        report = self.with_context(lang=self._language())
        signature = {**values, "date": values["date"].isoformat()}
        self.env["tierslieux.funding.report.signature"].create(
            {
                **values,
                **report._files(self.content, self.digest, signature),
                "report_id": self.id,
                "digest": self.digest,
            }
        )
        self.agreement_id.requirement_ids.filtered(
            lambda one: (
                one.kind == "financial_report"
                and one.period_to
                and self.date_from <= one.period_to <= self.date_to
                and not one.done_on
            )
        ).action_done()

    def action_correct(self):
        self.ensure_one()
        return self._wizard("correct", self.env._("Correct the report"))

    def action_pdf(self):
        return self._download("pdf")

    def action_xlsx(self):
        return self._download("xlsx")

    def action_evidence(self):
        return self._download("zip")

    def _download(self, extension):
        self.ensure_one()
        return {
            "type": "ir.actions.act_url",
            "url": f"/my/funding/report/{self.id}.{extension}",
            "target": "self",
        }

    def _wizard(self, name, title):
        return {
            "type": "ir.actions.act_window",
            "name": title,
            "res_model": f"tierslieux.funding.report.{name}",
            "view_mode": "form",
            "target": "new",
            "context": {"default_report_id": self.id},
        }

    def _correct(self, reason):
        """A draft of the next version."""
        self.ensure_one()
        if not self.frozen_on:
            raise UserError(self.env._("A draft needs no correction: change it."))
        if self.next_ids:
            raise UserError(self.env._("This version is corrected already."))
        return self.copy(
            {
                "version": self.version + 1,
                "previous_id": self.id,
                "reason": reason,
                "posted_until": max(self.posted_until, fields.Date.context_today(self)),
            }
        )

    def _language(self):
        """The language of the association's papers."""
        return self.company_id.partner_id.lang or "fr_FR"

    def _allocations(self, content):
        """The allocations that a content shows to the funder."""
        return self.env["tierslieux.funding.allocation"].browse(
            [line["allocation"] for line in content["expenses"] if line["allocation"]]
        )
