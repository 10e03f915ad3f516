# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import pytz
from babel.dates import format_datetime

from odoo import api, fields, models
from odoo.exceptions import LockError, UserError, ValidationError
from odoo.tools import format_date
from odoo.tools.misc import babel_locale_parse

from ..domain import notice
from .tierslieux_decision_rule import KINDS
from .verdict_sentences import notice_sentence


class Assembly(models.Model):
    """A meeting that decides, from its agenda to its signed minutes."""

    _name = "tierslieux.assembly"
    _description = "Assembly"
    _inherit = ["portal.mixin", "mail.thread", "mail.activity.mixin"]
    _order = "date_start desc, id desc"

    name = fields.Char(required=True, tracking=True)
    kind = fields.Selection(
        [kind for kind in KINDS if kind[0] != "election"],
        required=True,
        default="ordinary",
        tracking=True,
    )
    state = fields.Selection(
        [
            ("draft", "Agenda"),
            ("convened", "Convened"),
            ("open", "In session"),
            ("closed", "Session closed"),
            ("minuted", "Minutes signed"),
            ("cancelled", "Cancelled"),
        ],
        required=True,
        default="draft",
        readonly=True,
        copy=False,
        tracking=True,
        index=True,
    )
    date_start = fields.Datetime(string="Starts", required=True, tracking=True)
    date_end = fields.Datetime(string="Ends", required=True, tracking=True)
    tz = fields.Selection(
        lambda self: [(zone, zone) for zone in pytz.common_timezones],
        string="Time zone",
        required=True,
        default="Europe/Paris",
    )
    attendance_mode = fields.Selection(
        [("site", "On site"), ("remote", "Remote"), ("both", "On site and remote")],
        required=True,
        default="both",
    )
    is_asynchronous = fields.Boolean(
        string="Votes open between two dates",
        help="Members vote when they like between start and end, without meeting.",
    )
    venue_id = fields.Many2one("tierslieux.venue", ondelete="restrict")
    place = fields.Char(string="Room and access")
    remote_url = fields.Char(string="Remote meeting link")
    second_convocation_of_id = fields.Many2one(
        "tierslieux.assembly",
        string="Second convocation of",
        ondelete="restrict",
        copy=False,
    )
    statutes_version_id = fields.Many2one(
        "tierslieux.statutes.version",
        string="Statutes",
        ondelete="restrict",
        readonly=True,
        copy=False,
        help="The statutes in force on the day of the convocation.",
    )
    cutoff_date = fields.Date(
        string="Roll closed on",
        help="Who is on the roll on this day may vote.",
    )
    college_ids = fields.Many2many(
        "tierslieux.college", string="Colleges called", help="Empty: all of them."
    )
    chair_id = fields.Many2one("res.partner", tracking=True)
    secretary_id = fields.Many2one("res.partner", tracking=True)
    scrutineer_ids = fields.Many2many("res.partner", string="Scrutineers")
    introduction = fields.Html(help="Text of the convocation, above the agenda.")

    late_reason = fields.Text(
        string="Why the notice is short",
        copy=False,
        help="Where the notice of the statutes is not respected: written in the "
        "minutes.",
    )

    motion_ids = fields.One2many(
        "tierslieux.motion", "assembly_id", string="Agenda", copy=True
    )
    has_undecided = fields.Boolean(
        compute="_compute_has_undecided",
        help="A point of the agenda could not be decided: a second convocation can.",
    )
    elector_ids = fields.One2many(
        "tierslieux.elector", "assembly_id", string="Electorate"
    )
    convocation_ids = fields.One2many(
        "tierslieux.convocation", "assembly_id", string="Convocations"
    )
    proxy_ids = fields.One2many("tierslieux.proxy", "assembly_id", string="Proxies")
    attendance_ids = fields.One2many("tierslieux.attendance", "assembly_id")
    convened_at = fields.Datetime(string="Convened on", readonly=True, copy=False)
    convocation_text = fields.Text(
        readonly=True,
        copy=False,
        help="The text that was sent, without the personal link. Each convocation "
        "carries its SHA-256 digest.",
    )
    frozen_at = fields.Datetime(
        string="Electorate frozen on", readonly=True, copy=False
    )
    opened_at = fields.Datetime(string="Opened on", readonly=True, copy=False)
    opening_quorum = fields.Text(
        string="Quorum at the opening", readonly=True, copy=False
    )
    closed_at = fields.Datetime(string="Closed on", readonly=True, copy=False)
    proxy_revision = fields.Integer(
        default=0,
        readonly=True,
        copy=False,
        help="Changes with each proxy, so that two given at once are checked one "
        "after the other.",
    )

    entitled_count = fields.Integer(string="Electors", compute="_compute_counts")
    convocation_count = fields.Integer(string="Called", compute="_compute_counts")
    proxy_count = fields.Integer(string="Live proxies", compute="_compute_counts")
    present_count = fields.Integer(string="Present", compute="_compute_counts")
    rule_summary = fields.Text(
        string="Rules that apply", compute="_compute_rule_summary"
    )
    notice_state = fields.Text(string="Notice", compute="_compute_notice_state")
    is_notice_short = fields.Boolean(compute="_compute_notice_state")

    _dates_order = models.Constraint(
        "CHECK (date_end > date_start)", "An assembly ends after it starts."
    )

    @api.depends("name")
    def _compute_access_url(self):
        super()._compute_access_url()
        for assembly in self:
            assembly.access_url = f"/my/assemblies/{assembly.id}"

    def _compute_counts(self):
        for field, model, domain in (
            ("entitled_count", "tierslieux.elector", [("is_entitled", "=", True)]),
            ("convocation_count", "tierslieux.convocation", []),
            ("proxy_count", "tierslieux.proxy", [("revoked_at", "=", False)]),
            ("present_count", "tierslieux.attendance", [("left_at", "=", False)]),
        ):
            counts = dict(
                self.env[model]._read_group(
                    [("assembly_id", "in", self.ids), *domain],
                    ["assembly_id"],
                    ["__count"],
                )
            )
            for assembly in self:
                assembly[field] = counts.get(assembly, 0)

    @api.depends("kind", "statutes_version_id")
    def _compute_rule_summary(self):
        for assembly in self:
            assembly.rule_summary = assembly._rule().summary

    @api.depends("date_start", "kind", "motion_ids.decision_kind", "state", "tz")
    def _compute_notice_state(self):
        for assembly in self:
            verdict, rule = assembly._notice()
            assembly.is_notice_short = verdict and not verdict.respected
            assembly.notice_state = verdict and notice_sentence(
                assembly.env, verdict, rule
            )

    @api.constrains("cutoff_date", "date_start")
    def _check_cutoff(self):
        for assembly in self:
            if assembly.cutoff_date and assembly.cutoff_date > assembly._local_day(
                assembly.date_start
            ):
                raise ValidationError(
                    self.env._(
                        "The roll closes on the day of the meeting at the latest."
                    )
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_convened(self):
        if any(assembly.state != "draft" for assembly in self):
            raise UserError(
                self.env._("An assembly that was convened is cancelled, not deleted.")
            )
        self.motion_ids.unlink()

    # What the others read

    def _statutes(self):
        """The statutes fixed at the convocation; before, those in force."""
        self.ensure_one()
        versions = self.env["tierslieux.statutes.version"]
        return self.statutes_version_id or versions.in_force()

    def _rule(self, kind=None):
        """The statutes' rule for a kind of decision, this meeting's by default."""
        self.ensure_one()
        return self._statutes()._rule(kind or self.kind)

    def _convocation_rank(self):
        """1, or 2 for a second convocation."""
        return 2 if self.second_convocation_of_id else 1

    def _local_day(self, moment):
        """The day of a moment where the meeting is held."""
        return self._local(moment).date()

    def _local(self, moment):
        return pytz.utc.localize(moment).astimezone(pytz.timezone(self.tz))

    def _written(self, moment, pattern):
        """A moment where the meeting is held, in words.

        :param pattern: of Unicode's locale data, as ``d MMMM y``
        """
        local = self._local(moment)
        locale = babel_locale_parse(self.env.lang or "en_US")
        if locale.language == "fr" and local.day == 1:
            pattern = pattern.replace("d MMMM", "d'er' MMMM")
        return format_datetime(local, pattern, locale=locale)

    def _today(self):
        return self._local_day(fields.Datetime.now())

    def _in_french(self):
        """This record speaking French, the language of convocations and minutes."""
        if self.env["res.lang"]._get_data(code="fr_FR"):
            return self.with_context(lang="fr_FR")
        return self

    def _notice(self):
        """``(verdict, rule)`` of the longest notice the agenda asks for, sent when it
        was or, before, today; ``(None, no rule)`` without statutes or date."""
        self.ensure_one()
        kinds = {self.kind, *self.motion_ids.mapped("decision_kind")}
        rules = self._statutes().rule_ids.filtered(lambda rule: rule.kind in kinds)
        if not rules or not self.date_start:
            return None, rules
        rule = max(rules, key=lambda rule: rule.notice_days)
        sent = self._local_day(self.convened_at or fields.Datetime.now())
        meeting = self._local_day(self.date_start)
        return notice.check(sent, meeting, rule.notice_days), rule

    # What the board does

    def action_convene(self):
        """Fix the statutes, the agenda and the text, and call the members."""
        self._take("draft")
        now = fields.Datetime.now()
        version = self.env["tierslieux.statutes.version"].in_force(self._today())
        if not version:
            raise UserError(
                self.env._("No statutes are in force: adopt a version first.")
            )
        if not self.motion_ids:
            raise UserError(self.env._("The agenda needs at least one point."))
        if self.date_start <= now:
            raise UserError(self.env._("An assembly is convened before it starts."))
        self.write(
            {
                "state": "convened",
                "convened_at": now,
                "statutes_version_id": version.id,
                "cutoff_date": self.cutoff_date or self._today(),
            }
        )
        self._check_rules()
        self._check_notice()
        self.convocation_text = self._in_french()._convocation_text()
        if self.cutoff_date <= self._today():
            self._freeze()
        self._queue_convocations()

    def action_freeze(self):
        """Write the electorate, once the day of the roll has come."""
        self._take("convened")
        if self.frozen_at:
            raise UserError(self.env._("The electorate is frozen already."))
        if self._today() < self.cutoff_date:
            raise UserError(
                self.env._(
                    "The roll closes on %s: the electorate is written on that day.",
                    format_date(self.env, self.cutoff_date),
                )
            )
        self._freeze()
        self._queue_convocations()

    def action_open(self):
        """Open the meeting; the quorum of the moment is written down. It does not keep
        the meeting from opening: it is looked at again before each vote."""
        self._take("convened")
        if self._today() < self._local_day(self.date_start):
            raise UserError(
                self.env._(
                    "This assembly opens on %s.",
                    format_date(self.env, self._local_day(self.date_start)),
                )
            )
        if not self.frozen_at:
            self._freeze()
        self.write({"state": "open", "opened_at": fields.Datetime.now()})
        if not self.is_asynchronous:
            self.opening_quorum = self._in_french()._quorum_sentence()

    def action_close(self):
        self._take("open")
        running = self.motion_ids.filtered(lambda motion: motion.state == "open")
        if running:
            raise UserError(
                self.env._(
                    "Close this vote first: %s.", ", ".join(running.mapped("name"))
                )
            )
        self.write({"state": "closed", "closed_at": fields.Datetime.now()})

    def action_cancel(self):
        """Cancel a meeting; those who were called are told."""
        self._take("draft", "convened")
        self.state = "cancelled"
        self._queue_cancellation()

    def action_second_convocation(self):
        """A new meeting on the same agenda, less what was decided."""
        self._take("open", "closed", "minuted")
        second = self.copy(
            {
                "name": self.env._("%s (second convocation)", self.name),
                "second_convocation_of_id": self.id,
                "cutoff_date": False,
                "motion_ids": [],
            }
        )
        (self.motion_ids - self._done_with()).copy({"assembly_id": second.id})
        return second._get_records_action()

    def _done_with(self):
        """The points of the agenda that were decided, one way or the other, or
        withdrawn."""
        resolutions = self.env["tierslieux.resolution"].search_fetch(
            [("assembly_id", "in", self.ids), ("outcome", "!=", "no_quorum")],
            ["motion_id"],
        )
        withdrawn = self.motion_ids.filtered(lambda one: one.state == "withdrawn")
        return resolutions.motion_id | withdrawn

    @api.depends(
        "motion_ids.kind", "motion_ids.resolution_ids.outcome", "motion_ids.state"
    )
    def _compute_has_undecided(self):
        done_with = self._done_with()
        for assembly in self:
            put = assembly.motion_ids.filtered(lambda one: one.kind != "information")
            assembly.has_undecided = bool(put - done_with)

    @api.model
    def _cron_freeze(self):
        """Write the electorates whose day has come."""
        waiting = self.search([("state", "=", "convened"), ("frozen_at", "=", False)])
        for assembly in waiting:
            if assembly.cutoff_date <= assembly._today():
                assembly.action_freeze()

    def _take(self, *states):
        """Lock the assembly and check where it stands, so that what two people do at
        once, or one with a double click, is done once."""
        self.ensure_one()
        self.check_access("write")
        try:
            self.lock_for_update(allow_referencing=True)
        except LockError as error:
            raise UserError(
                self.env._("Somebody is working on this assembly: try again.")
            ) from error
        self.invalidate_recordset(["state"])
        if self.state not in states:
            labels = dict(self._fields["state"]._description_selection(self.env))
            raise UserError(
                self.env._("This cannot be done now: %s.", labels[self.state])
            )

    def _check_rules(self):
        """Refuse an agenda with a decision that the statutes have no rule for."""
        labels = dict(
            self.motion_ids._fields["decision_kind"]._description_selection(self.env)
        )
        needed = {self.kind, *self.motion_ids.mapped("decision_kind")}
        for kind in needed - set(self._statutes().rule_ids.mapped("kind")):
            raise UserError(
                self.env._(
                    "%(version)s have no rule for: %(kind)s.",
                    version=self._statutes().display_name,
                    kind=labels[kind],
                )
            )

    def _check_notice(self):
        """Refuse a short notice without a reason; write down the notice either way."""
        verdict, rule = self._notice()
        french = self._in_french()
        sentence = notice_sentence(french.env, verdict, rule)
        if not verdict.respected:
            if not (self.late_reason or "").strip():
                raise UserError(
                    self.env._(
                        "%(notice)s\nThe earliest possible date is %(date)s. To "
                        "convene all the same, write why the notice is short: the "
                        "minutes will say it.",
                        notice=notice_sentence(self.env, verdict, rule),
                        date=format_date(self.env, verdict.earliest),
                    )
                )
            sentence = french.env._(
                "%(notice)s. Convened all the same: %(reason)s",
                notice=sentence,
                reason=self.late_reason,
            )
        self.message_post(body=sentence)
