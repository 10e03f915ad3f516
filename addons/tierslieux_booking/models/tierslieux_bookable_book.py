# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import logging
import random
from itertools import chain
from typing import NamedTuple
from zoneinfo import ZoneInfo

from psycopg2 import errors

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL, mute_logger

from ..domain import availability
from ..exceptions import SlotTaken
from .tierslieux_bookable_price import FALLBACK

_logger = logging.getLogger(__name__)

# Each attempt sees what others took since the one before.
ATTEMPTS = 8
# Bookings named when they stand in the way of a closing.
IN_THE_WAY = 10
# Rows of ``_query_begin`` that are none of a wish.
STEADY, ID, REFERENCE = -1, -2, -3


class Wish(NamedTuple):
    """A booking to make: instants in naive UTC."""

    bookable: models.Model
    partner: models.Model
    start: object
    stop: object
    seats: int = 1
    purpose: str = "booking"
    note: str = ""


class Bookable(models.Model):
    """Booking: one act, or a refusal that leaves nothing."""

    _inherit = "tierslieux.bookable"

    def book(self, start, stop, seats=1):
        """Book for oneself, over the network.

        :param start, stop: UTC, ``"2026-03-02 09:00:00"``
        :return: ``{"id", "reference", "when", "price"}``
        """
        self.ensure_one()
        booking = self._book(
            self.env.user.partner_id,
            fields.Datetime.to_datetime(start),
            fields.Datetime.to_datetime(stop),
            seats,
        )
        return booking.read(["reference", "when", "price"])[0]

    def _book(self, partner, start, stop, seats=1, purpose="booking", note=""):
        """Book this for somebody. The only way in, with ``_book_all``.

        :param start, stop: naive UTC
        :param purpose: ``booking``; ``walk_in`` and ``maintenance`` are for managers,
            who are not bound by hours, notice, horizon and grid
        :return: the booking
        :raises SlotTaken: it is taken; the sentence, and ``times``, give the nearest
            free times
        :raises UserError: why it cannot be; nothing is written
        """
        self.ensure_one()
        return self._book_all(
            [Wish(self, partner, start, stop, seats, purpose, note or "")]
        )

    @api.model
    def _book_all(self, wishes):
        """Book several, all or none, with a constant number of queries.

        :param wishes: list of :class:`Wish`
        :return: the bookings, in the same order
        """
        for wish in wishes:
            wish.bookable._check_may_book(wish)
        # sudo: nobody has a right to write bookings; this act checks theirs
        wishes = [
            wish._replace(bookable=wish.bookable.sudo(), partner=wish.partner.sudo())
            for wish in wishes
        ]
        now = fields.Datetime.now()
        for wish in wishes:
            wish.bookable._check_rules(wish, now)
        return self._record(wishes, "confirmation").with_env(self.env)

    @api.model
    def _record(self, wishes, letter=False):
        """Write bookings with their holds, whatever the rules say: wishes were checked,
        or tell of what is past.

        :param letter: what is to be written to those who booked
        """
        # sudo: nobody has a right to write bookings; who may book was checked
        bookings = self.env["tierslieux.booking"].sudo()
        values = self._booking_values(wishes, letter)

        def write(ids, references):
            for one, id_, reference in zip(values, ids, references, strict=True):
                one.update(id=id_, reference=reference)
            return bookings.browse(ids), bookings._query_insertion(values)

        return self._hold(wishes, write, new=True)

    def _check_may_book(self, wish):
        self.ensure_one()
        if self.env.su:
            return
        self.check_access("read")
        if self.venue_id._may_manage():
            return
        if (
            wish.purpose != "booking"
            or wish.partner != self.env.user.partner_id
            or self.env.user._is_public()
        ):
            raise AccessError(
                self.env._("You book for yourself; managers book for others.")
            )

    def _check_rules(self, wish, now):
        """:raises UserError: why this cannot be booked, whoever else booked what"""
        if wish.purpose == "booking" and (
            not self.active or self.venue_id.state != "open"
        ):
            raise UserError(
                self.env._("%(name)s cannot be booked for now.", name=self.name)
            )
        key = self._opening_key()
        opened = self.env["resource.calendar"]._opened({key}, wish.start, wish.stop)
        reason = availability.refusal(
            wish.start,
            wish.stop,
            wish.seats,
            self._rules(),
            ZoneInfo(self._tz()),
            now,
            opened[key],
        )
        if wish.purpose != "booking" and reason not in ("order", "seats"):
            return
        if reason:
            raise UserError(self._refusal_sentence(reason, wish))

    def _refusal_sentence(self, reason, wish):
        if reason == "order":
            return self.env._("A booking ends after it starts.")
        if reason == "seats":
            return self.env._(
                "%(name)s has %(seats)s seats.", name=self.name, seats=self.seats
            )
        if reason == "past":
            return self.env._("This time is past.")
        if reason == "notice":
            return self.env._(
                "%(name)s is booked at least %(time)s ahead.",
                name=self.name,
                time=self._duration(self.minimum_notice),
            )
        if reason == "horizon":
            return self.env._(
                "%(name)s is booked at most %(days)s days ahead.",
                name=self.name,
                days=self.horizon_days,
            )
        if reason == "grid":
            return self.env._(
                "%(name)s is booked by steps of %(time)s.",
                name=self.name,
                time=self._duration(self.slot_minutes),
            )
        if reason == "short":
            return self.env._(
                "%(name)s is booked for %(time)s at least.",
                name=self.name,
                time=self._duration(self.minimum_minutes),
            )
        if reason == "long":
            return self.env._(
                "%(name)s is booked for %(time)s at most.",
                name=self.name,
                time=self._duration(self.maximum_minutes),
            )
        return self.env._(
            "%(name)s is closed then: %(when)s.",
            name=self.name,
            when=self._when(wish.start, wish.stop),
        )

    @api.model
    def _booking_values(self, wishes, letter=False):
        # sudo: prices depend on the passes of a person and the VAT status of a venue,
        # which whoever books need not read
        partners = self.env["res.partner"].sudo()
        for wish in wishes:
            partners |= wish.partner
        audiences = partners._booking_audience()
        days = {
            wish: availability.local(wish.start, ZoneInfo(wish.bookable._tz())).date()
            for wish in wishes
        }
        venues = self.env["tierslieux.venue"].sudo()
        venues = venues.union(*(wish.bookable.venue_id for wish in wishes))
        statuses = venues.env["tierslieux.venue.vat"]._at(venues, set(days.values()))
        values = []
        for wish in wishes:
            venue = wish.bookable.venue_id
            audience = audiences.get(wish.partner, "public")
            dated = wish.bookable._dated_price(audience, days[wish])
            price = 0
            if wish.purpose != "maintenance":
                zone = ZoneInfo(wish.bookable._tz())
                price = dated._price(wish.start, wish.stop, zone, wish.seats)
            values.append(
                {
                    "bookable_id": wish.bookable.id,
                    "venue_id": venue.id,
                    "partner_id": wish.partner.id,
                    "start": wish.start,
                    "stop": wish.stop,
                    "seats": wish.seats,
                    "purpose": wish.purpose,
                    "note": wish.note,
                    "letter": wish.purpose == "booking" and letter,
                    # whose prices are paid: a pass holder pays those of members
                    # where there are none for passes
                    "audience": dated.audience or audience,
                    "price": price,
                    "vat_id": statuses[venue, days[wish]].id,
                }
            )
        return values

    def _price(self, audience, start, stop, seats=1):
        """What a booking costs an audience, VAT included; nothing where no price is
        set."""
        self.ensure_one()
        zone = ZoneInfo(self._tz())
        dated = self._dated_price(audience, availability.local(start, zone).date())
        return dated._price(start, stop, zone, seats)

    def _dated_price(self, audience, day):
        """The prices that an audience pays on a day: its own, or those of the next
        where it has none; empty where no price is set."""
        # sudo: the prices of what one may book
        prices = self.sudo().price_ids
        while audience:
            dated = [
                one
                for one in prices
                if one.audience == audience and one.date_from <= day
            ]
            if dated:
                return max(dated, key=lambda one: (one.date_from, one.id))
            audience = FALLBACK[audience]
        return prices.browse()

    @api.model
    def _by_xmlid(self, model, name):
        """A record of this module's data, without a query."""
        # sudo: a part of the machinery
        data = self.env["ir.model.data"].sudo()
        return data.env[model].browse(
            data._xmlid_to_res_id(f"tierslieux_booking.{name}", raise_if_not_found=True)
        )

    @api.model
    def _hold(self, wishes, write, new=False):
        """Write bookings and hold what they want, each seat drawn among those that are
        free so that people who book at the same time rarely want the same one.

        A seat lost to somebody else is replaced by another; what others took is then
        read in a transaction of its own, for the snapshot of this one may be older.

        :param write: gives the bookings, and what is to be sent with their holds to
            write them; of ``new`` ones it is given ids and references
        :return: the bookings
        :raises SlotTaken: fewer seats are left than are wanted; nothing is written
        """
        # sudo: nobody has the right to write holds, this act is the way in
        holds = self.env["tierslieux.booking.hold"].sudo()
        rows = [(wish.bookable.id, *wish.bookable._hold_range(wish)) for wish in wishes]
        steady = {one for wish in wishes for one in wish.bookable._with_containing()}
        others = []
        for _attempt in range(ATTEMPTS):
            self.env.cr.flush()
            taken, *numbers = self._query_begin(rows, steady, new)
            seen = [[] for _wish in wishes]
            for rank, *hold in chain(taken, others):
                seen[rank].append(tuple(hold))
            try:
                with mute_logger("odoo.sql_db"):
                    drawn = self._draw(wishes, seen)
                    bookings, insertion = write(*numbers)
                    self.env.cr.flush()
                    holds._query_insert_all(
                        [
                            (bookings[rank].id, *hold)
                            for rank, held in enumerate(drawn)
                            for hold in held
                        ],
                        insertion,
                    )
            except (errors.SerializationFailure, errors.DivisionByZero):
                _logger.debug("A seat is held by somebody else by now.")
                self._query_undo()
            except BaseException:
                self._query_undo()
                raise
            else:
                bookings.invalidate_recordset(["hold_ids"])
                return bookings
            with self.env.registry.cursor() as cr:
                others += self.with_env(self.env(cr=cr))._query_taken(rows)
        raise SlotTaken(self._taken_sentence(wishes[0], []))

    @api.model
    def _draw(self, wishes, seen):
        """What each wish will hold: ``[[(bookable id, seat, start, stop, inside), …],
        …]``.

        :param seen: what others hold, a list for each wish
        """
        rows = []
        drawn = {}
        for wish, holds in zip(wishes, seen, strict=True):
            one = wish.bookable
            start, stop = one._hold_range(wish)
            mine = drawn.setdefault(one, [])
            busy = {
                seat
                for seat, begin, end in [*holds, *mine]
                if begin < stop and start < end
            }
            free = [seat for seat in range(1, one.seats + 1) if seat not in busy]
            if 0 in busy or len(free) < wish.seats:
                self._raise_taken(wish)
            seats = random.sample(free, wish.seats)
            mine += [(seat, start, stop) for seat in seats]
            rows.append(
                [(one.id, seat, start, stop, False) for seat in seats]
                + [(room, 0, start, stop, True) for room in one._containing()]
            )
        return rows

    def _hold_range(self, wish):
        """What a booking holds: its time, and the buffers around it."""
        self.ensure_one()
        if wish.purpose == "maintenance":
            return wish.start, wish.stop
        return (
            wish.start - self.buffer_before * availability.MINUTE,
            wish.stop + self.buffer_after * availability.MINUTE,
        )

    @api.model
    def _raise_taken(self, wish):
        """Say what is in the way of a closing, or which free times are the nearest,
        seen from outside this transaction."""
        with self.env.registry.cursor() as cr:
            bookable = wish.bookable.with_env(wish.bookable.env(cr=cr))
            if wish.purpose == "maintenance" and (inside := bookable._in_the_way(wish)):
                raise SlotTaken(inside)
            times = bookable.exists() and bookable._nearest(
                wish.start, wish.stop, wish.seats
            )
        raise SlotTaken(self._taken_sentence(wish, times or []), times or [])

    def _in_the_way(self, wish):
        """The sentence that tells a manager which bookings stand in the way of a
        closing; empty where only what contains this, or is in it, is booked."""
        self.ensure_one()
        # sudo: managers see who comes to their venue
        bookings = (
            self.env["tierslieux.booking"]
            .sudo()
            .search(
                [
                    ("bookable_id", "=", self.id),
                    ("hold_ids.start", "<", wish.stop),
                    ("hold_ids.stop", ">", wish.start),
                ],
                order="start, id",
                limit=IN_THE_WAY,
            )
        )
        return bookings and self.env._(
            "Nothing was closed. Move or cancel these bookings first:\n%(bookings)s",
            bookings="\n".join(
                f"• {one.when} · {one.partner_id.name or one.note or one.reference}"
                for one in bookings
            ),
        )

    @api.model
    def _taken_sentence(self, wish, times):
        name = wish.bookable.name
        if not times:
            return self.env._(
                "%(name)s has just been taken, and nothing like it is free around "
                "that time. Nothing was booked.",
                name=name,
            )
        return self.env._(
            "%(name)s is taken at that time. Nothing was booked. The nearest free "
            "times:\n%(times)s",
            name=name,
            times="\n".join(f"• {wish.bookable._when(*time)}" for time in times),
        )

    def _with_containing(self):
        return [self.id, *self._containing()]

    @api.model
    def _query_begin(self, rows, steady, new):
        """How ``_hold`` begins, in one round trip: a savepoint, what is held by others,
        and ids and references of as many ``new`` bookings. Until the end of this
        transaction nobody changes the seats of what is to be ``steady``, nor what it is
        in.

        :param rows: as of ``_query_taken``
        :param steady: ids
        :return: ``(as of _query_taken, [id, …], [reference, …])``, or the first alone
        """
        self.flush_model(["seats", "room_id", "parent_path"])
        self.env["tierslieux.booking.hold"].flush_model()
        sequence = self._by_xmlid("ir.sequence", "sequence_booking")
        gapless = sequence.implementation == "no_gap"
        counters = []
        if new:
            counters.append((ID, "tierslieux_booking_id_seq"))
        if new and not gapless:
            counters.append((REFERENCE, f"ir_sequence_{sequence.id:03d}"))
        self.env.cr.execute(
            SQL(
                """
                SAVEPOINT tierslieux_hold;
                WITH steady AS MATERIALIZED (
                    SELECT id FROM tierslieux_bookable
                     WHERE id = ANY(%s) ORDER BY id FOR SHARE
                )
                SELECT %s, id::bigint, NULL::timestamp, NULL::timestamp FROM steady
                %s
                UNION ALL
                %s
                """,
                sorted(steady),
                STEADY,
                SQL().join(
                    SQL(
                        """
                        UNION ALL
                        SELECT %s, nextval(%s::regclass), NULL, NULL
                          FROM generate_series(1, %s)
                        """,
                        kind,
                        counter,
                        len(rows),
                    )
                    for kind, counter in counters
                ),
                self._query_taken_rows(rows),
            )
        )
        found = {STEADY: [], ID: [], REFERENCE: []}
        taken = []
        for row in self.env.cr.fetchall():
            if row[0] in found:
                found[row[0]].append(row[1])
            else:
                taken.append(row)
        if not new:
            return (taken,)
        if gapless:
            references = [sequence.next_by_id() for _row in rows]
        else:
            references = [sequence.get_next_char(one) for one in found[REFERENCE]]
        return taken, found[ID], references

    @api.model
    def _query_undo(self):
        """Back to where ``_query_begin`` was."""
        self.env.cr.clear()
        self.env.cr.execute(
            SQL(
                "ROLLBACK TO SAVEPOINT tierslieux_hold;"
                "RELEASE SAVEPOINT tierslieux_hold"
            )
        )
