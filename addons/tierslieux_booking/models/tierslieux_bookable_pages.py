# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta
from zoneinfo import ZoneInfo

from babel.dates import format_date

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools.misc import babel_locale_parse, format_amount

from odoo.addons.tierslieux_network.domain.opening_status import clock

from ..domain import availability, cancellation, offers
from .tierslieux_bookable_book import Wish
from .tierslieux_bookable_price import AUDIENCES

OPEN_TO_ALL = (
    Domain("is_published", "=", True)
    & Domain("venue_id.is_published", "=", True)
    & Domain("venue_id.state", "=", "open")
)
# Lengths that people ask for, in minutes.
LENGTHS = (30, 60, 90, 120, 180, 240, 480)
TIMES_A_CARD = 5
# What the first page of the portal proposes.
AGAIN = 2
AT_HOME = 2
LAST_BOOKINGS = 20
WEEK = 7
# How an instant is written in an address.
STAMP = "%Y%m%dT%H%MZ"


class Bookable(models.Model):
    """What the pages of the site show of bookables, in words."""

    _inherit = "tierslieux.bookable"

    # -- which ------------------------------------------------------------------

    @api.model
    def _published_one(self, bookable_id):
        """The bookable of a public page, empty when it is not published."""
        # sudo: pages show the fields their templates name, of what is published
        return self.sudo().search(OPEN_TO_ALL & Domain("id", "=", bookable_id))

    @api.model
    def _published_of(self, venue):
        # sudo: as above
        return self.sudo().search(OPEN_TO_ALL & Domain("venue_id", "=", venue.id))

    @api.model
    def _published_all(self):
        # sudo: as above
        return self.sudo().search(OPEN_TO_ALL)

    def _mentor_shown(self):
        """What the user may see of the mentor of an appointment: ``(id, values)``, or
        ``None``."""
        profile = self.profile_id
        if not profile:
            return None
        audience = self.env["tierslieux.directory"]._audience()
        # sudo: _visible_values applies the person's choices
        values = profile.sudo()._visible_values(audience).get(profile.id)
        return values and (profile.id, values)

    @api.model
    def _my_audience(self):
        """Whose prices the user pays."""
        if self.env.user._is_public():
            return "public"
        partner = self.env.user.partner_id
        return partner._booking_audience()[partner]

    # -- search -----------------------------------------------------------------

    @api.model
    def _search_page(self, ask, limit, offset=0):
        """A page of the search: ``day``, ``total`` (venues), ``count`` (bookables) and
        ``groups``, a dict for each venue: ``venue``, ``km``, ``cards``.

        :param limit, offset: in venues
        """
        day, found = self._search_offers(ask)
        by_venue = {}
        for one in found:
            by_venue.setdefault(one.entry.venue_id, []).append(one)
        # sudo: as in _published_one
        bookables = self.sudo().with_context(bin_size=True)
        shown = list(by_venue.items())[offset : offset + limit]
        ids = [one.entry.id for _venue, group in shown for one in group]
        bookables = bookables.browse(ids)
        audience = self._my_audience()
        groups = []
        for _venue, group in shown:
            cards = [
                bookables.browse(one.entry.id)
                .with_prefetch(bookables.ids)
                ._card(audience, one.times, one.seats, TIMES_A_CARD)
                for one in group
            ]
            groups.append(
                {
                    "venue": cards[0]["bookable"].venue_id,
                    "km": group[0].km,
                    "cards": cards,
                }
            )
        return {
            "day": day,
            "total": len(by_venue),
            "count": len(found),
            "groups": groups,
        }

    def _card(self, audience, times, seats=1, count=None, days=False):
        """What a list shows: price, and the times as links.

        :param days: whether the times are of several days
        """
        self.ensure_one()
        shown = times[:count]
        price = ""
        if shown:
            price = self._price_words(audience, *shown[0], seats)
        minutes = shown and (shown[0][1] - shown[0][0]) // availability.MINUTE
        return {
            "bookable": self,
            "photo": bool(self.with_context(bin_size=True).image_256),
            "price": price,
            "length": self._length_words(minutes) if shown else "",
            "times": [self._time_link(*one, seats, days) for one in shown],
            "more": len(times) - len(shown),
            "url": f"{self.website_url}?minutes={minutes or ''}&seats={seats}",
        }

    def _time_link(self, start, stop, seats=1, days=False):
        """A free time: ``label``, ``title`` for who does not see, and ``query`` of the
        address that chooses it."""
        minutes = (stop - start) // availability.MINUTE
        wall = availability.local(start, ZoneInfo(self._tz()))
        label = self._clock(wall)
        if days:
            label = self.env._(
                "%(day)s, %(time)s", day=self._day_words(wall, "EEE d MMM"), time=label
            )
        return {
            "start": start,
            "stop": stop,
            "stamp": start.strftime(STAMP),
            "label": label,
            "title": f"{self.name}, {self._when(start, stop)}",
            "query": f"start={start.strftime(STAMP)}&minutes={minutes}&seats={seats}",
        }

    @api.model
    def _proposals(self):
        """What the user may want to book, with its next free times: ``again``, what
        they booked last; ``home``, their home venue, and its ``cards``."""
        partner = self.env.user.partner_id
        # sudo: one's own bookings and home venue, as in _published_one for the rest
        bookings = self.env["tierslieux.booking"].sudo()
        last = bookings.search(
            [("partner_id", "=", partner.id), ("purpose", "!=", "maintenance")],
            order="id desc",
            limit=LAST_BOOKINGS,
        )
        minutes = {}
        for one in last:
            length = (one.stop - one.start) // availability.MINUTE
            minutes.setdefault(one.bookable_id, length)
        again = list(minutes)[:AGAIN]
        home = partner.sudo().profile_ids.home_venue_id
        own = self._published_of(home) if home else self.sudo()
        own = own.filtered(lambda one: one.kind == "space" and one not in again)
        own = own[:AT_HOME]
        shown = self.sudo().search(
            OPEN_TO_ALL & Domain("id", "in", [one.id for one in again])
        )
        again = [one for one in again if one in shown]
        times = (shown | own)._next_times(
            {one: minutes.get(one, 60) for one in shown | own}, TIMES_A_CARD
        )
        audience = self._my_audience()
        return {
            "again": [one._card(audience, times[one], days=True) for one in again],
            "home": home,
            "cards": [one._card(audience, times[one], days=True) for one in own],
        }

    @api.model
    def _of_venue_page(self, venue):
        """The cards of what can be booked in a venue, with its next free times."""
        bookables = self._published_of(venue)
        times = bookables._next_times(dict.fromkeys(bookables, 60), TIMES_A_CARD)
        audience = self._my_audience()
        return [one._card(audience, times[one], days=True) for one in bookables]

    # -- one bookable -------------------------------------------------------------

    def _page(self, first_day, minutes, seats, start=None):
        """What the page of a bookable shows besides itself.

        :param first_day: of the week shown, local; the first free one where ``None``
        :param start: of the time that was chosen, naive UTC
        """
        self.ensure_one()
        now = fields.Datetime.now()
        rules = self._rules()
        choices = offers.lengths(rules, LENGTHS)
        minutes = offers.length(minutes, rules) or choices[-1]
        seats = min(max(seats, 1), self.seats)
        audience = self._my_audience()
        chosen = start and self._choice(
            start, start + minutes * availability.MINUTE, seats, audience
        )
        if not first_day and start:
            first_day = availability.local(start, ZoneInfo(self._tz())).date()
        return {
            "audience": audience,
            "minutes": minutes,
            "lengths": [(one, self._length_words(one)) for one in choices],
            "seats": seats,
            "chosen": chosen,
            "prices": self._price_table(audience),
            "rules": self._rules_words(),
            **self._week(first_day, minutes, seats, now),
        }

    def _week(self, first_day, minutes, seats, now=None):
        """The free times of a week: ``days``, and the first days of the weeks before
        and after (``None`` where there is nothing to book)."""
        now = now or fields.Datetime.now()
        zone = ZoneInfo(self._tz())
        today = availability.local(now, zone).date()
        first = max(first_day or today, today)
        start = availability.day_bounds(first, zone)[0]
        last = first + timedelta(days=WEEK - 1)
        moments = self._starts(
            start, availability.day_bounds(last, zone)[1], minutes, seats, now
        )
        length = minutes * availability.MINUTE
        by_day = {first + timedelta(days=number): [] for number in range(WEEK)}
        for moment in moments:
            by_day[availability.local(moment, zone).date()].append(
                self._time_link(moment, moment + length, seats)
            )
        horizon = self.horizon_days and today + timedelta(days=self.horizon_days)
        following = first + timedelta(days=WEEK)
        return {
            "days": [
                {
                    "date": day,
                    "name": self._day_words(day, "EEEE"),
                    "number": self._day_words(day, "d MMMM"),
                    "times": times,
                }
                for day, times in by_day.items()
            ],
            "before": max(first - timedelta(days=WEEK), today)
            if first > today
            else None,
            "after": following if not horizon or following <= horizon else None,
        }

    def _choice(self, start, stop, seats, audience):
        """A time that was chosen: whether it is ``free``; if it is not, the
        ``sentence`` that says why and the nearest ``times``."""
        choice = {
            **self._time_link(start, stop, seats),
            "when": self._when(start, stop),
            "price": self._price_words(audience, start, stop, seats),
            "until": self._until_words(start),
            "sentence": "",
            "times": [],
        }
        partner = self.env.user.partner_id
        try:
            self._check_rules(
                Wish(self, partner, start, stop, seats), fields.Datetime.now()
            )
            if any(
                begin <= start and stop <= end
                for begin, end in self._free(start, stop, seats)[self]
            ):
                return {**choice, "free": True}
            choice["sentence"] = self.env._(
                "%(name)s is taken at that time: %(when)s. Nothing was booked.",
                name=self.name,
                when=choice["when"],
            )
        except UserError as refusal:
            choice["sentence"] = str(refusal)
        nearest = self._nearest(start, stop, seats)
        choice["times"] = [self._time_link(*one, seats, days=True) for one in nearest]
        return {**choice, "free": False}

    def _until_words(self, start):
        """Until when a booking can be cancelled or moved, in a sentence."""
        until = cancellation.deadline(start, self.cancel_hours)
        if until <= fields.Datetime.now():
            return self.env._(
                "It is too near to be cancelled or moved: this is done until %(time)s "
                "before.",
                time=self._length_words(self.cancel_hours * 60),
            )
        wall = availability.local(until, ZoneInfo(self._tz()))
        return self.env._(
            "You can cancel or move it until %(day)s at %(time)s.",
            day=self._day_words(wall, "EEEE d MMMM"),
            time=self._clock(wall),
        )

    def _price_table(self, audience):
        """A row for each audience that has prices of its own today."""
        today = availability.local(fields.Datetime.now(), ZoneInfo(self._tz())).date()
        rows = []
        for code, label in AUDIENCES:
            dated = self.price_ids.filtered(
                lambda one, code=code: one.audience == code and one.date_from <= today
            )
            if dated:
                price = max(dated, key=lambda one: (one.date_from, one.id))
                rows.append(
                    {
                        "audience": code,
                        "label": dict(
                            price._fields["audience"]._description_selection(self.env)
                        ).get(code, label),
                        "hour": price.has_hour and self._amount(price.hour),
                        "half_day": price.has_half_day and self._amount(price.half_day),
                        "day": price.has_day and self._amount(price.day),
                    }
                )
        mine = [row for row in rows if row["audience"] == audience]
        for row in rows:
            row["mine"] = row in mine
        return rows

    def _rules_words(self):
        """What holds for bookings, a sentence each."""
        sentences = []
        if self.minimum_notice:
            sentences.append(
                self.env._(
                    "Booked at least %(time)s ahead.",
                    time=self._length_words(self.minimum_notice),
                )
            )
        if self.horizon_days:
            sentences.append(
                self.env._("Booked up to %(days)s days ahead.", days=self.horizon_days)
            )
        if self.maximum_minutes:
            sentences.append(
                self.env._(
                    "Booked for %(time)s at most.",
                    time=self._length_words(self.maximum_minutes),
                )
            )
        sentences.append(
            self.env._(
                "Cancelled or moved up to %(time)s before.",
                time=self._length_words(self.cancel_hours * 60),
            )
            if self.cancel_hours
            else self.env._("Cancelled or moved until it begins.")
        )
        return sentences

    # -- words ----------------------------------------------------------------------

    def _price_words(self, audience, start, stop, seats=1):
        price = self._price(audience, start, stop, seats)
        return self._amount(price) if price else self.env._("Free of charge")

    def _amount(self, amount):
        # sudo: the currency of the company is no secret
        currency = self.env.company.sudo().currency_id
        whole = amount == int(amount)
        return format_amount(self.env, amount, currency, trailing_zeroes=not whole)

    def _length_words(self, minutes):
        """``45 min``, ``2 h``, ``1 h 30``."""
        hours, rest = divmod(minutes, 60)
        if not hours:
            return self.env._("%(minutes)s min", minutes=rest)
        if not rest:
            return self.env._("%(hours)s h", hours=hours)
        return self.env._("%(hours)s h %(rest)02d", hours=hours, rest=rest)

    def _moment_words(self, moment):
        """``lundi 2 mars, 9 h``"""
        wall = availability.local(moment, ZoneInfo(self._tz()))
        return self.env._(
            "%(day)s, %(time)s",
            day=self._day_words(wall, "EEEE d MMMM"),
            time=self._clock(wall),
        )

    def _clock(self, wall):
        return clock(wall.hour * 60 + wall.minute, self.env.lang or "fr_FR")

    def _day_words(self, day, form):
        locale = babel_locale_parse(self.env.lang or "fr_FR")
        return format_date(day, form, locale)
