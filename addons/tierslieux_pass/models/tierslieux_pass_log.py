# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.tierslieux_network.domain import visibility

from ..domain import desk
from .tierslieux_visit import told

# Longer than any stay: taps further away tell nothing of it.
AROUND = timedelta(hours=48)


class Pass(models.Model):
    """The log of a pass: visits and presence, derived from its taps."""

    _inherit = "tierslieux.pass"

    def _tap(self, venue, instant, source, key, direction=None):
        """Record a tap of this pass, found without its code. The caller has checked the
        desk.

        :param instant: UTC, None for now
        :return: see ``tierslieux.visit.tap._answer``
        """
        self.ensure_one()
        return self.env["tierslieux.visit.tap"]._receive_pass(
            venue, self, source, key, instant, direction
        )

    def _enter_log(self):
        """One act at a time on the visits of a pass: of two at once, the second waits,
        and its transaction is then tried again."""
        if self:
            self.env.cr.execute(self._query_enter())
            self.invalidate_recordset(["tap_revision"])

    def _query_enter(self):
        return SQL(
            "UPDATE tierslieux_pass SET tap_revision = coalesce(tap_revision, 0) + 1 "
            "WHERE id = ANY(%s)",
            self.ids,
        )

    def _taps_around(self, instant):
        """The accepted taps of this pass near an instant, for the rules of the desk."""
        self.ensure_one()
        found = self.env["tierslieux.visit.tap"].search_fetch(
            Domain("pass_id", "=", self.id)
            & Domain("outcome", "in", (desk.IN, desk.OUT))
            & Domain("instant", ">=", instant - AROUND)
            & Domain("instant", "<=", instant + AROUND),
            ["venue_id", "instant", "direction"],
        )
        return [
            desk.Tap(tap.id, tap.venue_id.id, tap.instant, tap.direction)
            for tap in found
        ]

    def _cut_off_at(self, venue_id, start):
        return self.env["tierslieux.venue"].browse(venue_id)._cut_off(start)

    def _update_log(self, instant, now):
        """Make visits and presence agree with the taps near an instant.

        What a person has decided (a correction) stays; what the taps alone told is
        corrected when a tap arrives late.
        """
        self.ensure_one()
        taps = self._taps_around(instant)
        found = desk.stays(taps, self._cut_off_at, now)
        self._update_presence(found)
        self._update_visits(
            [
                stay
                for stay in found
                if stay.end is not None and self._near(stay, instant)
            ]
        )

    def _close_overdue(self, now):
        """Close the visit of a person who was last seen coming in, once its end may
        not be recorded any more."""
        overdue = self.env["tierslieux.presence"].search(
            [("pass_id", "in", self.ids), ("cut_off", "<", now)]
        )
        for presence in overdue:
            presence.pass_id._update_log(presence.check_in, now)

    @api.model
    def _near(self, stay, instant):
        """Whether a tap at an instant can have changed a stay: the taps at the edge of
        what was read may belong to stays that began before."""
        return stay.start > instant - AROUND + timedelta(hours=25)

    def _update_presence(self, stays):
        current = next((stay for stay in stays if stay.end is None), None)
        presence = self.env["tierslieux.presence"].search([("pass_id", "=", self.id)])
        if current and presence.tap_id.id == current.tap_in:
            return
        presence.unlink()
        if current:
            presence.create(
                {
                    "pass_id": self.id,
                    "venue_id": current.venue,
                    "check_in": current.start,
                    "estimated_out": current.cut_off.end,
                    "cut_off": current.cut_off.deadline,
                    "tap_id": current.tap_in,
                }
            )

    def _update_visits(self, stays):
        """Write the visits of stays that are over, and correct those written before
        another tap arrived."""
        visits = self.env["tierslieux.visit"]
        written = visits._effective(
            [("tap_in_id", "in", [stay.tap_in for stay in stays])]
        ).grouped("tap_in_id")
        values = []
        for stay in stays:
            before = written.get(
                self.env["tierslieux.visit.tap"].browse(stay.tap_in), visits
            ).sorted("check_in")
            if any(visit.by_hand for visit in before):
                continue
            wanted = self._visit_values(stay)
            if [visit._told() for visit in before] == [told(row) for row in wanted]:
                continue
            values += visits._replacing(before, wanted)
        visits.create(values)

    def _visit_values(self, stay):
        """The visits of a stay: what a booking already pays for is one of its own."""
        bookings = self.env["tierslieux.booking"]._around(
            self.partner_id, stay.venue, stay.start, stay.end
        )
        paid = bookings.filtered(lambda booking: booking._pays_for_visit())
        cut = desk.pieces(
            stay.start, stay.end, [(one.start, one.stop, one.id) for one in paid]
        )
        return [
            {
                "pass_id": self.id,
                "partner_id": self.partner_id.id,
                "venue_id": stay.venue,
                "check_in": piece.start,
                "check_out": piece.end,
                "minutes": desk.minutes(piece.start, piece.end),
                "estimated": stay.estimated,
                "booking_id": piece.booking or (bookings - paid)[:1].id,
                "paid_by_booking": bool(piece.booking),
                "tap_in_id": stay.tap_in,
                "tap_out_id": stay.tap_out,
            }
            for piece in cut
        ]

    def _desk_cards(self):
        """What a desk may see of the holders: ``{pass id: {number, name, photo}}``.

        The number; the name if the holder shows it at the desk or to the network; the
        photo if the profile shows it to the network.
        """
        # sudo: the choices of each person are the access rule here
        profiles = self.sudo().partner_id.profile_ids
        seen = {
            profile.partner_id.id: profile._visible(visibility.NETWORK)
            for profile in profiles
        }
        cards = {}
        for one in self.sudo():
            choices = seen.get(one.partner_id.id, set())
            named = one.shows_name or "name" in choices
            cards[one.id] = {
                "number": one.number,
                "name": one.partner_id.name if named else None,
                "photo": "photo" in choices,
            }
        return cards

    @api.model
    def _cron_close_visits(self, batch_size=500):
        """Close the visits that nobody ended, at the cut-off of their venues."""
        presences = self.env["tierslieux.presence"]
        domain = [("cut_off", "<", fields.Datetime.now())]
        commit = self.env["ir.cron"]._commit_progress
        commit(remaining=presences.search_count(domain))
        for presence in presences.search(domain, limit=batch_size, order="cut_off, id"):
            holder = presence.pass_id.try_lock_for_update()
            if not holder or not presence.exists():
                continue
            holder._enter_log()
            holder._close_overdue(fields.Datetime.now())
            if not commit(1):
                break

    @api.model
    def _cron_update_standing(self):
        """What the calendar alone changes: a subscription, a pause, an end planned."""
        today = fields.Date.context_today(self)
        events = self.env["tierslieux.pass.event"].search(
            [("date", "<=", today), ("date", ">", today - timedelta(days=31))]
        )
        events.pass_id._compute_standing()
