# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).


from odoo import api, fields, models
from odoo.tools import format_datetime


class BrandApplication(models.Model):
    """A venue's application for a mark, or for the renewal of its licence: from the
    draft that is saved as it is written to the committee's decision."""

    _name = "tierslieux.brand.application"
    _description = "Application for a mark"
    _inherit = ["mail.thread", "mail.activity.mixin", "tierslieux.brand.letter"]
    _order = "id desc"
    _rec_names_search = ["venue_id"]

    brand_id = fields.Many2one(
        "tierslieux.brand", required=True, ondelete="restrict", index=True
    )
    venue_id = fields.Many2one(
        "tierslieux.venue", required=True, ondelete="restrict", index=True
    )
    licence_id = fields.Many2one(
        "tierslieux.brand.licence",
        string="Licence to renew",
        ondelete="restrict",
        index="btree_not_null",
    )
    user_id = fields.Many2one(
        "res.users", string="Applicant", required=True, ondelete="restrict"
    )
    state = fields.Selection(
        [
            ("draft", "Being written"),
            ("submitted", "Sent to the network"),
            ("review", "Under peer review"),
            ("committee", "Before the committee"),
            ("granted", "Granted"),
            ("refused", "Refused"),
            ("abandoned", "Given up"),
        ],
        required=True,
        default="draft",
        index=True,
        tracking=True,
    )
    statement = fields.Text(string="Why the venue applies")
    rules_id = fields.Many2one(
        "tierslieux.brand.rules", string="Rules accepted", ondelete="restrict"
    )
    accepted_by_id = fields.Many2one(
        "res.users", string="Accepted by", ondelete="restrict"
    )
    accepted_at = fields.Datetime(string="Accepted on")
    grid_id = fields.Many2one(
        "tierslieux.brand.grid", string="Criteria", required=True, ondelete="restrict"
    )
    gates = fields.Json(
        string="Eligibility when sent",
        help="What was found in the network's data on the day it was sent.",
    )
    submitted_at = fields.Datetime(string="Sent on")
    move_id = fields.Many2one("account.move", string="Invoice", ondelete="restrict")
    round = fields.Integer(
        required=True,
        default=1,
        help="How many times it was assessed: the committee may ask for more.",
    )
    revision = fields.Integer(
        default=0, help="Moves with each opinion and decision: one after the other."
    )
    decided_at = fields.Datetime()
    decided_by_id = fields.Many2one(
        "res.users", string="Recorded by", ondelete="restrict"
    )
    motive = fields.Text()
    verdict = fields.Json(help="Opinions and quorum of the decision.")
    appealed_at = fields.Datetime(string="Appealed on")
    appeal_motive = fields.Text(string="Why the venue appeals")
    first_decision = fields.Json(
        help="The refusal appealed against: in words, its motive, its verdict."
    )
    assessment_ids = fields.One2many(
        "tierslieux.brand.assessment", "application_id", string="Assessments"
    )
    opinion_ids = fields.One2many(
        "tierslieux.brand.opinion", "application_id", string="Opinions"
    )
    target_ids = fields.One2many(
        "tierslieux.brand.target", "application_id", string="Plan"
    )
    self_assessment_id = fields.Many2one(
        "tierslieux.brand.assessment", compute="_compute_assessments"
    )
    peer_assessment_id = fields.Many2one(
        "tierslieux.brand.assessment", compute="_compute_assessments"
    )

    _open_uniq = models.UniqueIndex(
        "(brand_id, venue_id) WHERE state NOT IN ('granted', 'refused', 'abandoned')",
        "This venue has an application for this mark under way.",
    )
    _accepted_whole = models.Constraint(
        "CHECK ((accepted_at IS NULL) = (rules_id IS NULL)"
        " AND (accepted_at IS NULL) = (accepted_by_id IS NULL))",
        "Conditions are accepted in a version, by a person, at a time.",
    )
    _decided_whole = models.Constraint(
        "CHECK (state NOT IN ('granted', 'refused')"
        " OR (decided_at IS NOT NULL AND motive IS NOT NULL))",
        "A decision says its motive.",
    )
    _appealed_whole = models.Constraint(
        "CHECK ((appealed_at IS NULL) = (appeal_motive IS NULL))",
        "An appeal says its motive.",
    )

    @api.depends("venue_id.name", "brand_id.name")
    def _compute_display_name(self):
        for application in self:
            # sudo: a venue that applies need not be published yet
            application.display_name = (
                f"{application.venue_id.sudo().name} – {application.brand_id.name}"
            )

    @api.depends(
        "round",
        "assessment_ids.kind",
        "assessment_ids.recused_at",
        "assessment_ids.round",
    )
    def _compute_assessments(self):
        for application in self:
            living = application.assessment_ids.filtered(
                lambda one, a=application: one.round == a.round and not one.recused_at
            )
            application.self_assessment_id = living.filtered(
                lambda one: one.kind == "self"
            )[:1]
            application.peer_assessment_id = living.filtered(
                lambda one: one.kind == "peer"
            )[:1]

    def _is_open(self):
        return self.state not in ("granted", "refused", "abandoned")

    def _moment(self, when):
        """A day and an hour, in words, of where the network is."""
        zone = self.env.user.tz or "Europe/Paris"
        return format_datetime(self.env, when, tz=zone, dt_format="short")

    def _acceptance_sentence(self):
        return self.env._(
            "Version %(version)s of the rules of use, accepted by %(who)s on %(when)s.",
            version=self.rules_id.number,
            who=self.accepted_by_id.name,
            when=self._moment(self.accepted_at),
        )

    def _decision_sentence(self):
        return self.env._(
            "Recorded by %(who)s on %(when)s.",
            who=self.decided_by_id.name,
            when=self._moment(self.decided_at),
        )

    # -- who may do what ----------------------------------------------------------

    @api.model
    def _of_applicant(self, user):
        """The applications of the venues a user runs."""
        # sudo: the venues a user runs are what decides, whatever their other rights
        return self.sudo().search([("venue_id.manager_ids", "in", user.ids)])

    @api.model
    def _of_reviewer(self, user):
        """Those a user is to review, or has reviewed."""
        # sudo: being assigned is what decides
        return self.sudo().search(
            [
                (
                    "assessment_ids",
                    "any",
                    [
                        ("kind", "=", "peer"),
                        ("user_id", "=", user.id),
                        ("recused_at", "=", False),
                    ],
                )
            ]
        )

    @api.model
    def _of_committee(self, user):
        """Those the committees of a user decide on."""
        # sudo: sitting in the committee is what decides
        return self.sudo().search(
            [
                ("brand_id.committee_ids", "in", user.ids),
                ("state", "not in", ("draft", "abandoned")),
            ]
        )

    def _tell_venue(self, *sentences, attachments=()):
        """A letter to those who run the venue."""
        self._write_to(
            self.venue_id.manager_ids,
            self.env._("Your application: %s", self.display_name),
            sentences,
            f"/my/brand/{self.id}",
            attachments,
        )

    def _tell_committee(self, subject, *sentences):
        self._write_to(
            self.brand_id.committee_ids,
            subject,
            sentences,
            f"/my/brand/committee/{self.id}",
        )
