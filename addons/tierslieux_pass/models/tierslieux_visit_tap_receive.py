# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import hashlib
import json
from datetime import datetime, timezone

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..domain import desk


class VisitTap(models.Model):
    """Receiving taps: one act, or the same answer again."""

    _inherit = "tierslieux.visit.tap"

    @api.model
    def tap(self, venue_id, code, key, instant=None, direction=None):
        """Record a tap at a venue that the user keeps: for readers and doors, over
        ``POST /json/2/tierslieux.visit.tap/tap``.

        :param int venue_id: the venue of the desk
        :param str code: as read from the pass
        :param str key: chosen by the device, once for each tap; sent again with the
            same content, the tap gets the same answer and is not counted again
        :param str instant: ISO 8601 with its offset; now if not given
        :param str direction: ``in``, ``out``, or nothing to go by the state
        :return: a dictionary: see ``_answer``
        """
        venue = self.env["tierslieux.venue"].browse(venue_id)
        venue._check_desk()
        return self._receive(venue, code, "api", key, self._instant(instant), direction)

    @api.model
    def _instant(self, text):
        """
        :raises UserError: not a date and time with its offset
        """
        if not text:
            return None
        try:
            parsed = datetime.fromisoformat(text)
        except (TypeError, ValueError):
            parsed = None
        if not parsed or parsed.utcoffset() is None:
            raise UserError(
                self.env._(
                    "Write the instant with its offset, such as "
                    "2026-10-21T09:30:00+02:00."
                )
            )
        return parsed.astimezone(timezone.utc).replace(tzinfo=None, microsecond=0)

    @api.model
    def _receive(self, venue, code, source, key, instant=None, direction=None):
        """Record a tap by the code that was read. The caller has checked the desk.

        :param instant: UTC; now if not given
        :return: see ``_answer``
        """
        # sudo: codes are nobody's to read
        card = (
            self.env["tierslieux.pass.card"]
            .sudo()
            .search([("code", "=", _normalized(code))])
        )
        return self._receive_pass(
            venue, card.pass_id, source, key, instant, direction, card=card
        )

    @api.model
    def _receive_pass(
        self, venue, holder, source, key, instant=None, direction=None, card=None
    ):
        """Record a tap of a pass, empty for an unknown code.

        :param card: the code that was read, None for a person picked by hand
        :return: see ``_answer``
        :raises UserError: what was sent cannot be a tap; nothing is recorded
        """
        if not isinstance(key, str) or not key.strip() or len(key) > 64:
            raise UserError(self.env._("A tap has a key of 1 to 64 characters."))
        if direction not in (None, False, "", desk.IN, desk.OUT):
            raise UserError(self.env._("The direction is “in”, “out” or nothing."))
        direction = direction or None
        # sudo: those who keep the desk have no right to write taps and visits, this
        # act is the only way in
        taps = self.sudo()
        holder, venue = holder.sudo(), venue.sudo()
        digest = _digest(card, holder, instant, direction)
        holder._enter_log()
        known = taps.search(
            [("venue_id", "=", venue.id), ("source", "=", source), ("key", "=", key)]
        )
        if known:
            if known.digest != digest:
                raise UserError(
                    self.env._(
                        "This key was used for another tap already: nothing was "
                        "recorded."
                    )
                )
            return known._answer()
        now = fields.Datetime.now()
        holder._close_overdue(now)
        at = instant or now
        outcome, refusal, since = taps._judge(venue, holder, card, at, now, direction)
        tap = taps.create(
            {
                "pass_id": holder.id,
                "venue_id": venue.id,
                "instant": at,
                "direction": outcome if outcome in (desk.IN, desk.OUT) else direction,
                "outcome": outcome,
                "refusal": refusal,
                "minutes": desk.minutes(since, at) if since else False,
                "source": source,
                "key": key,
                "digest": digest,
                "user_id": self.env.uid,
            }
        )
        if outcome in (desk.IN, desk.OUT):
            holder._update_log(at, now)
        return tap._answer()

    def _judge(self, venue, holder, card, instant, now, direction):
        """``(outcome, reason of a refusal, since when)`` of a new tap."""
        refusal = desk.clock_problem(instant, now)
        if not refusal and not holder:
            refusal = "unknown"
        elif not refusal and card and card.revoked_on and instant >= card.revoked_on:
            refusal = "revoked"
        if refusal:
            return "refused", refusal, None
        day = venue._local_day(instant)
        if not venue._takes_pass(day)[venue]:
            return "refused", "no_agreement", None
        meaning, since = desk.meaning(
            holder._taps_around(instant),
            venue.id,
            instant,
            direction,
            holder._cut_off_at,
        )
        if meaning == "not_in":
            return "refused", "not_in", None
        status = holder._standing_on(day).status
        if meaning == desk.IN and status != "active":
            return "refused", status, None
        return meaning, False, since

    def _answer(self):
        """What the desk is told: ``outcome``, ``reason`` (code) and ``message``,
        ``instant`` (ISO 8601, UTC), ``pass`` (number), ``name`` and ``photo`` as the
        holder lets the desk see them, ``minutes`` of the visit that ends."""
        self.ensure_one()
        holder = self.pass_id
        card = holder._desk_cards()[holder.id] if holder else {}
        return {
            "outcome": self.outcome,
            "reason": self.refusal or None,
            "message": self.message,
            "instant": self.instant.replace(tzinfo=timezone.utc).isoformat(),
            "pass": card.get("number"),
            "pass_id": holder.id or None,
            "name": card.get("name"),
            "photo": card.get("photo", False),
            "minutes": self.minutes if self.outcome == desk.OUT else None,
        }

    @api.depends("outcome", "refusal", "minutes")
    def _compute_message(self):
        for tap in self:
            tap.message = tap._message()

    def _message(self):
        _ = self.env._
        if self.outcome == "refused":
            return {
                "future": _("The clock of the device is ahead: nothing is counted."),
                "too_old": _("This tap is more than 7 days old: nothing is counted."),
                "unknown": _("This code is not one of a pass."),
                "revoked": _("This code was replaced by a new one: ask for it."),
                "no_agreement": _("This venue does not take the pass on this day."),
                "not_in": _("There is no way in to go with this way out."),
                "none": _("This pass has no subscription yet."),
                "planned": _("This pass has not begun yet."),
                "paused": _("This pass is paused: its holder may resume it online."),
                "ended": _("This pass has ended."),
            }[self.refusal]
        if self.outcome == "ignored":
            return _("Read already.")
        if self.outcome == desk.IN:
            return _("Welcome!")
        return _("Goodbye! %s", _duration(self.minutes))


def _normalized(code):
    """A code as typed: blanks, dashes and small letters are not told apart."""
    return "".join(c for c in str(code or "").upper() if c.isalnum())


def _digest(card, holder, instant, direction):
    """Of what a device sent, to tell a tap that is sent again from another one."""
    what = [
        card.id if card is not None else None,
        holder.id,
        instant.isoformat() if instant else None,
        direction,
    ]
    return hashlib.sha256(json.dumps(what).encode()).hexdigest()


def _duration(minutes):
    """``2 h 05``: the same in French and in English; the spaces do not break."""
    hours, rest = divmod(minutes, 60)
    return f"{hours}\u00a0h\u00a0{rest:02d}" if hours else f"{rest}\u00a0min"
