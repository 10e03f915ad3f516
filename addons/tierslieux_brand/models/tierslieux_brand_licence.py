# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).


from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL, format_date

from odoo.addons.tierslieux_network.domain import public_code

from ..domain import licence as rule


class BrandLicence(models.Model):
    """A venue's licence to use a mark. Its events are its history and its state: the
    directory's badge, the visual kit and the answer to its QR code read them."""

    _name = "tierslieux.brand.licence"
    _description = "Licence"
    _inherit = ["mail.thread", "tierslieux.brand.letter"]
    _order = "id desc"
    _rec_name = "number"
    _rec_names_search = ["number", "venue_id"]

    number = fields.Char(required=True, readonly=True, copy=False)
    code = fields.Char(
        string="Public code", required=True, readonly=True, copy=False, index=True
    )
    brand_id = fields.Many2one(
        "tierslieux.brand", required=True, ondelete="restrict", index=True
    )
    venue_id = fields.Many2one(
        "tierslieux.venue", required=True, ondelete="restrict", index=True
    )
    event_ids = fields.One2many(
        "tierslieux.brand.licence.event", "licence_id", string="History"
    )
    application_ids = fields.One2many("tierslieux.brand.application", "licence_id")
    review_ids = fields.One2many(
        "tierslieux.brand.assessment", "licence_id", string="Yearly reviews"
    )
    revision = fields.Integer(default=0, help="Moves with each event.")
    state = fields.Selection(
        [
            (rule.PENDING, "Not in force yet"),
            (rule.VALID, "In force"),
            (rule.SUSPENDED, "Suspended"),
            (rule.WITHDRAWN, "Withdrawn"),
            (rule.EXPIRED, "Expired"),
        ],
        compute="_compute_standing",
        search="_search_state",
    )
    date_from = fields.Date(string="Granted on", compute="_compute_standing")
    date_to = fields.Date(string="Until", compute="_compute_standing")
    rules_id = fields.Many2one("tierslieux.brand.rules", compute="_compute_standing")

    _number_uniq = models.Constraint("UNIQUE (number)", "This number is taken.")
    _code_uniq = models.Constraint("UNIQUE (code)", "This code is taken.")

    @api.depends(
        "event_ids.date", "event_ids.date_to", "event_ids.kind", "event_ids.rules_id"
    )
    def _compute_standing(self):
        today = self._today()
        for licence in self:
            events = licence.event_ids.sorted("id")
            told = events._to_rule()
            periods = events.filtered("date_to")
            licence.state = rule.state(told, today)
            licence.date_from = periods[:1].date
            licence.date_to = rule.last_day(told) or False
            licence.rules_id = periods[-1:].rules_id

    def _search_state(self, operator, value):
        if operator != "in":
            return NotImplemented
        rows = self.env.execute_query(
            SQL(
                "SELECT id FROM (%s) s WHERE state IN %s",
                self._sql_standings(),
                tuple(value),
            )
        )
        return Domain("id", "in", [row[0] for row in rows])

    @api.model
    def _today(self):
        """The day by which licences are judged, whoever asks."""
        return fields.Date.context_today(self.with_context(tz="Europe/Paris"))

    @api.model
    def _sql_standings(self, which=None):
        """Every licence with its ``state``, ``date_from`` and ``date_to`` today: what
        ``domain/licence.py`` says, in SQL; a test holds them together.

        :param which: a condition on the licence ``l``, so that the events of those
            alone are read
        """
        today = self._today()
        events = SQL("true")
        if which:
            events = SQL(
                "licence_id IN (SELECT l.id FROM tierslieux_brand_licence l WHERE %s)",
                which,
            )
        return SQL(
            """
            SELECT l.id, l.venue_id, l.brand_id, l.number, l.code, e.date_from,
                   e.date_to, e.rules_id, e.since,
                   CASE WHEN e.kind IS NULL THEN 'pending'
                        WHEN e.kind = 'withdrawal' THEN 'withdrawn'
                        WHEN e.effective_to < %(today)s THEN 'expired'
                        WHEN e.kind = 'suspension' THEN 'suspended'
                        ELSE 'valid' END AS state
              FROM tierslieux_brand_licence l
              LEFT JOIN (
                    SELECT licence_id,
                           (array_agg(kind ORDER BY date DESC, id DESC)
                                FILTER (WHERE %(counts)s))[1] AS kind,
                           max(date) FILTER (WHERE %(counts)s) AS since,
                           min(date) FILTER (WHERE date_to IS NOT NULL) AS date_from,
                           max(date_to) AS date_to,
                           max(date_to) FILTER (WHERE date <= %(today)s)
                               AS effective_to,
                           (array_agg(rules_id ORDER BY id DESC)
                                FILTER (WHERE date_to IS NOT NULL))[1] AS rules_id
                      FROM tierslieux_brand_licence_event
                     WHERE %(events)s GROUP BY licence_id) e ON e.licence_id = l.id
             WHERE %(which)s
            """,
            today=today,
            which=which or SQL("true"),
            events=events,
            counts=SQL("date <= %s AND kind IN %s", today, tuple(rule.EFFECTS)),
        )

    @api.model_create_multi
    def create(self, vals_list):
        sequence = self.env["ir.sequence"].sudo()  # sudo: numbers are the network's
        for vals in vals_list:
            brand = self.env["tierslieux.brand"].browse(vals["brand_id"])
            number = sequence.next_by_code("tierslieux.brand.licence")
            vals.setdefault("number", f"{brand.code}-{number}")
            vals["code"] = public_code.draw()
        return super().create(vals_list)

    def _record(self, kind, date=None, date_to=None, motive=None, application_id=False):
        """The one way to change what a licence is worth.

        :raises UserError: for what does not follow from its history
        """
        self.ensure_one()
        self._query_bump()
        today = self._today()
        date = date or today
        events = self.event_ids.sorted("id")
        motive = (motive or "").strip()
        if kind in rule.REASONED and not motive:
            raise UserError(self.env._("Say the motive."))
        application = self.env["tierslieux.brand.application"].browse(application_id)
        rules = application.rules_id or self.rules_id
        try:
            rule.check(
                events._to_rule(),
                rule.Event(kind, date, date_to),
                today,
                rules.notice_days,
                rules.appeal_days,
            )
        except rule.Refused as refusal:
            raise UserError(self._refusal(refusal, rules)) from refusal
        event = events.create(
            {
                "licence_id": self.id,
                "kind": kind,
                "date": date,
                "date_to": date_to,
                "motive": motive,
                "application_id": application_id,
                "rules_id": rules.id if date_to else False,
            }
        )
        self.env.flush_all()
        self._tell(event)
        return event

    def _first_day(self, kind):
        """The first day on which such an event can take effect."""
        today = self._today()
        if kind == rule.WITHDRAWAL:
            return fields.Date.add(today, days=self.rules_id.notice_days)
        if kind == rule.UPHELD:
            # an appeal that is upheld during the notice undoes what is to come
            return max([today, *self.event_ids.mapped("date")])
        return today

    def action_decide(self):
        """Open the form of a decision."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Decide about a licence"),
            "res_model": "tierslieux.brand.licence.decision",
            "view_mode": "form",
            "target": "new",
            "context": {"default_licence_id": self.id},
        }

    def _query_bump(self):
        """Of two events at once the second waits, fails to serialise and is tried again
        by the server, so that it sees the first."""
        self.flush_recordset()
        self.env.cr.execute(
            SQL(
                "UPDATE tierslieux_brand_licence SET revision = revision + 1 "
                "WHERE id = %s",
                self.id,
            )
        )
        self.invalidate_recordset()

    def _refusal(self, refusal, rules):
        _ = self.env._
        return {
            "order": _(
                "This does not follow from the licence's history: it is now “%s”.",
                dict(self._fields["state"]._description_selection(self.env))[
                    self.state
                ],
            ),
            "date": _("Something that takes effect later is recorded already."),
            "period": _("The new period ends after the one that runs."),
            "notice": _(
                "A withdrawal takes effect %s days after notice at least.",
                rules.notice_days,
            ),
            "appeal_open": _("An appeal is open already."),
            "appeal_late": _("The %s days to appeal are over.", rules.appeal_days),
        }[str(refusal)]

    def _tell(self, event):
        """A letter to those who run the venue."""
        kinds = dict(event._fields["kind"]._description_selection(self.env))
        body = self.env._(
            "From %(day)s: %(what)s.",
            day=format_date(self.env, event.date, date_format="long"),
            what=kinds[event.kind].lower(),
        )
        self._write_to(
            # sudo: who decides need not see the venue's people
            self.venue_id.sudo().manager_ids,
            self.env._("Your licence %s", self.number),
            [body, event.motive],
            f"/my/brand/licence/{self.id}",
        )

    @api.model
    def _cron_expire(self):
        """Write down in the history what the calendar did; nothing waits for it."""
        for licence in self.search([("state", "=", rule.EXPIRED)]):
            recorded = licence.event_ids.filtered(
                lambda e, last=licence.date_to: e.kind == rule.EXPIRY and e.date > last
            )
            if not recorded:
                licence._record(rule.EXPIRY, fields.Date.add(licence.date_to, days=1))
