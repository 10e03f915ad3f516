# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from zoneinfo import ZoneInfo

from babel.dates import format_date

from odoo import models
from odoo.tools.misc import babel_locale_parse

from odoo.addons.tierslieux_network.domain.opening_status import clock

from ..domain import availability


class Bookable(models.Model):
    """Times in words."""

    _inherit = "tierslieux.bookable"

    def _when(self, start, stop):
        """An interval in words, by the clock of the venue and in the language of the
        user: “lundi 2 mars 2026, 9 h à 10 h 30”."""
        zone = ZoneInfo(self._tz())
        begin, end = (availability.local(one, zone) for one in (start, stop))
        lang = self.env.lang or "fr_FR"
        locale = babel_locale_parse(lang)
        day_form = "EEEE d MMMM y"
        day, last_day = (format_date(one, day_form, locale) for one in (begin, end))
        first, last = (clock(one.hour * 60 + one.minute, lang) for one in (begin, end))
        if begin.date() == end.date():
            return self.env._(
                "%(day)s, %(start)s to %(stop)s", day=day, start=first, stop=last
            )
        return self.env._(
            "%(day)s, %(start)s to %(last_day)s, %(stop)s",
            day=day,
            start=first,
            last_day=last_day,
            stop=last,
        )

    def _duration(self, minutes):
        """Minutes in words: “30 minutes”, “1 hour”, “3 days”."""
        if minutes == 24 * 60:
            return self.env._("1 day")
        if minutes == 60:
            return self.env._("1 hour")
        if minutes and not minutes % (24 * 60):
            return self.env._("%(number)s days", number=minutes // (24 * 60))
        if minutes and not minutes % 60:
            return self.env._("%(number)s hours", number=minutes // 60)
        return self.env._("%(number)s minutes", number=minutes)
