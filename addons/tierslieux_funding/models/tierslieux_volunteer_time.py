# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import format_date

from odoo.addons.tierslieux_network.domain.money import cents

from ..domain.volunteering import value as value_of

DAY = 24 * 60
#: Entries on a page.
PAGE = 80


class VolunteerTime(models.Model):
    """Time a volunteer gave to an action, on a day. Besides treasurer and board, the
    managers and facilitators of the venue where it was given confirm it: never their
    own."""

    _name = "tierslieux.volunteer.time"
    _description = "Volunteer time"
    _inherit = ["tierslieux.contribution", "tierslieux.own.record"]

    _own_fields = frozenset(
        {"action_id", "venue_id", "date", "minutes", "hours", "note"}
    )

    partner_id = fields.Many2one(
        string="Volunteer", default=lambda self: self.env.user.partner_id
    )
    minutes = fields.Integer(required=True)
    hours = fields.Float(
        compute="_compute_hours",
        inverse="_inverse_hours",
        store=True,
        precompute=True,
        help="In hours and minutes.",
    )
    note = fields.Char(help="What was done.")
    venue_id = fields.Many2one(
        "tierslieux.venue",
        string="Where",
        ondelete="restrict",
        index="btree_not_null",
        help="Its managers and facilitators confirm this time too.",
    )
    qualification_id = fields.Many2one(
        "tierslieux.volunteer.qualification",
        ondelete="restrict",
        default=lambda self: self._default_qualification(),
        help="Decides what an hour is worth.",
    )
    rate_id = fields.Many2one(
        "tierslieux.volunteer.rate", readonly=True, copy=False, ondelete="restrict"
    )
    value = fields.Monetary(readonly=True, copy=False)
    corrects_id = fields.Many2one(
        "tierslieux.volunteer.time",
        readonly=True,
        copy=False,
        ondelete="restrict",
        index="btree_not_null",
    )
    correction_ids = fields.One2many(
        "tierslieux.volunteer.time", "corrects_id", string="Corrections"
    )

    _time = models.Constraint(
        "CHECK (corrects_id IS NOT NULL OR (minutes > 0 AND minutes <= 1440))",
        "The time of a day is above zero, and at most 24 hours.",
    )

    @api.model
    def _default_qualification(self):
        # sudo: the usual one, for people who do not read what work is worth
        return self.env["tierslieux.volunteer.qualification"].sudo().search([], limit=1)

    @api.depends("minutes")
    def _compute_hours(self):
        for time in self:
            time.hours = time.minutes / 60

    def _inverse_hours(self):
        for time in self:
            time.minutes = round(time.hours * 60)

    @api.depends("partner_id", "date")
    def _compute_display_name(self):
        for time in self:
            day = format_date(self.env, time.date)
            # sudo: the team of a venue reads the time, and knows whose it is
            time.display_name = f"{time.sudo().partner_id.name}, {day}"

    @api.constrains("date", "action_id")
    def _check_entry(self):
        today = fields.Date.context_today(self)
        # sudo: people do not read the actions of the plan
        for time in self.sudo():
            if time.date > today:
                raise ValidationError(self.env._("This day has not come yet."))
            if not time.action_id.volunteering:
                raise ValidationError(
                    self.env._(
                        "Volunteers do not report time on “%s”.", time.action_id.name
                    )
                )

    @api.model
    def _check_own_fields(self, names):
        if not self.env.user.has_group("tierslieux_network.group_treasurer"):
            super()._check_own_fields(names)

    @api.model
    def _open_actions(self):
        """``[(id, name)]`` of the actions on which volunteers report their time."""
        # sudo: people do not read the plan, but the names of what they do
        actions = self.env["tierslieux.funding.action"].sudo()
        found = actions.search_fetch(
            [
                ("volunteering", "=", True),
                ("company_id", "in", self.env.companies.ids),
            ],
            ["name"],
        )
        return [(action.id, action.name) for action in found]

    @api.model
    def _venues(self):
        """``[(id, name)]`` of the venues where one may have helped."""
        # sudo: people without a part in the network do not read venues; these are
        # published
        venues = self.env["tierslieux.venue"].sudo()
        found = venues.search_fetch([("is_published", "=", True)], ["name"])
        return [(venue.id, venue.name) for venue in found]

    def _home_venue(self):
        """The id of one's home venue."""
        # sudo: a volunteer without a profile does not read profiles
        profile = self.env["tierslieux.profile"].sudo()
        mine = [("partner_id", "=", self.env.user.partner_id.id)]
        return profile.search(mine, limit=1).home_venue_id.id

    @api.model
    def _enter(self, time, values):
        """A new entry of one's own, or a change of one that is not confirmed.

        :raises UserError: a sentence for who typed it
        """
        if not 0 < values["minutes"] <= DAY:
            raise UserError(
                self.env._("Type the time: above zero, and at most 24 hours.")
            )
        if values["action_id"] not in dict(self._open_actions()):
            raise UserError(self.env._("Choose what you helped with."))
        venue = values.get("venue_id")
        if venue and venue not in dict(self._venues()):
            raise UserError(self.env._("Choose a venue of the list."))
        if not time:
            return self.create(values)
        time.write(values)
        # sudo: the status is the office's to write; what changed is looked at anew
        time.sudo().filtered(lambda one: one.state == "refused").write(
            {"state": "draft", "answer": False}
        )
        return time

    @api.model
    def _team_domain(self):
        """What was given at the venues of which one is manager or facilitator, by
        others. The access rule says the same."""
        user = self.env.user
        return Domain("partner_id", "!=", user.partner_id.id) & (
            Domain("venue_id.manager_ids", "in", user.ids)
            | Domain("venue_id.facilitator_ids.partner_id", "=", user.partner_id.id)
        )

    @api.model
    def _in_team(self):
        """Whether one is manager or facilitator of a venue."""
        user = self.env.user
        # sudo: a facilitator's own place in a team, which portal users do not search
        venues = self.env["tierslieux.venue"].sudo()
        return bool(
            venues.search_count(
                Domain("manager_ids", "in", user.ids)
                | Domain("facilitator_ids.partner_id", "=", user.partner_id.id),
                limit=1,
            )
        )

    @api.model
    def _team_page(self):
        """What waits at one's venues, the oldest first; what was answered last."""
        mine = self._team_domain()
        waiting = mine & Domain("state", "=", "draft")
        entries = self.search(waiting, order="date, id", limit=PAGE)
        answered = self.search(
            mine & Domain("state", "!=", "draft"), order="write_date desc", limit=20
        )
        # sudo: the team of a venue knows who helps there, and with what
        (entries | answered).sudo().fetch(["partner_id", "action_id", "venue_id"])
        return {
            "entries": entries,
            "answered": answered,
            "count": self.search_count(waiting),
        }

    @api.model
    def _team_answer(self, ids, refusal=None):
        """Confirm what was chosen of the page of a venue's team, or refuse it.

        :param refusal: why; None: it is confirmed
        :raises UserError: a sentence for who chose
        """
        chosen = Domain("id", "in", ids) & Domain("state", "=", "draft")
        times = self.search(self._team_domain() & chosen)
        if not times:
            raise UserError(self.env._("Choose what you answer: nothing is chosen."))
        if refusal is None:
            times.action_confirm()
        elif refusal.strip():
            times._refuse(refusal.strip())
        else:
            raise UserError(self.env._("Say why it is refused."))

    def _check_answer(self):
        if self._is_office():
            return
        mine = self._team_domain() & Domain("id", "in", self.ids)
        if not self or self.search_count(mine) != len(self):
            raise UserError(
                self.env._(
                    "The treasurer, the board or the team of the venue confirms what "
                    "is given; nobody of the team confirms their own time."
                )
            )

    def _to_confirm(self):
        # sudo: whoever may confirm writes nothing but the answer, here
        return super()._to_confirm().sudo()

    def action_confirm(self):
        """Fix the time and its worth.

        :raises UserError: no rate is adopted for one of them
        """
        times = self._to_confirm()
        missing = []
        for time in times:
            rate = time.qualification_id and time.qualification_id._rate(time.date)
            if not rate:
                missing.append(time)
                continue
            time.write(
                {
                    **self._confirmed(),
                    "answer": False,
                    "rate_id": rate.id,
                    "value": value_of(time.minutes, cents(rate.hourly)) / 100,
                }
            )
        if missing:
            values = {
                "qualification": missing[0].qualification_id.name or "—",
                "day": format_date(self.env, missing[0].date),
            }
            raise UserError(
                self.env._(
                    "No rate is adopted for %(qualification)s on %(day)s: add one in "
                    "Funding > Configuration > Volunteers' rates.",
                    **values,
                )
                if self._is_office()
                else self.env._(
                    "No rate is adopted for %(qualification)s on %(day)s: ask the "
                    "treasurer for one.",
                    **values,
                )
            )

    def _correct(self, minutes, reason):
        """Another total for a confirmed entry: the difference is a new one.

        :raises UserError: not confirmed, no reason, nothing to change
        """
        self.ensure_one()
        self._check_office()
        whole = self | self.correction_ids
        if self.state != "confirmed" or self.corrects_id:
            raise UserError(self.env._("Only a confirmed entry is corrected."))
        if not (reason or "").strip():
            raise UserError(self.env._("Say why this is corrected."))
        difference = minutes - sum(whole.mapped("minutes"))
        if minutes < 0 or minutes > DAY or not difference:
            raise UserError(
                self.env._("Say how much time it was: another one, 24 hours at most.")
            )
        worth = value_of(minutes, cents(self.rate_id.hourly))
        return self.create(
            {
                **self._confirmed(),
                "partner_id": self.partner_id.id,
                "date": self.date,
                "action_id": self.action_id.id,
                "venue_id": self.venue_id.id,
                "minutes": difference,
                "note": self.note,
                "qualification_id": self.qualification_id.id,
                "rate_id": self.rate_id.id,
                "value": (worth - sum(map(cents, whole.mapped("value")))) / 100,
                "corrects_id": self.id,
                "reason": reason.strip(),
            }
        )

    @api.model
    def _my_page(self):
        """One's own entries, the latest first, and the hours of this year."""
        entries = self.search([("partner_id", "=", self.env.user.partner_id.id)])
        year = fields.Date.context_today(self).year
        of_year = entries.filtered(lambda one: one.date.year == year)
        return {
            "entries": entries,
            # sudo: names of the actions, of the plan that people do not read
            "names": {one.id: one.name for one in entries.sudo().action_id},
            "year": year,
            "confirmed": sum(
                of_year.filtered(lambda one: one.state == "confirmed").mapped("minutes")
            ),
            "waiting": sum(
                of_year.filtered(lambda one: one.state == "draft").mapped("minutes")
            ),
        }
