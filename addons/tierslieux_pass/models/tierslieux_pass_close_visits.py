# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import hashlib
import hmac
from datetime import date, datetime, timezone

from odoo import models
from odoo.tools import SQL

from ..domain import settlement
from ..domain.settlement.months import Month
from ..domain.settlement.packed import unpack
from ..domain.subscription import next_month
from .packed_rows import PackedRows

# Rows read from the cursor at a time.
PORTION = 50_000
# Of the server, for as long as it packs visits; beyond, it uses files.
WORK_MEM = "64MB"


class PassCloseVisits(models.Model):
    """The visits of a month, as of the watermark: what is rated, settled, given out."""

    _inherit = "tierslieux.pass.close"

    def _visits(self, month, timezone_name, pass_ids, names=str):
        """The visits of some passes that count of a month, person by person.

        :param names: what a pass is called
        """
        span = Month(f"{month:%Y-%m}", timezone_name)
        venues = self._query_venue_ids(span)
        visits = settlement.Visits(span, tuple(map(str, venues)))
        for rows in self._query_visits(span, pass_ids):
            ids, passes, places, starts, ends = zip(*rows, strict=True)
            visits.add(
                [str(one) for one in ids],
                [names(one) for one in passes],
                [visits.place[str(venue)] for venue in places],
                list(starts),
                list(ends),
            )
        return visits

    def _query_visits(self, span, pass_ids):
        """Portions of rows ``(id, pass, venue, start, end)``, minutes since 1970."""
        return self._query_portions(
            SQL(
                """
                SELECT visit.id, visit.pass_id, visit.venue_id, %s AS start, %s AS stop
                  FROM %s AND visit.pass_id = ANY(%s)
                """,
                _minutes(SQL("visit.check_in")),
                _minutes(SQL("visit.check_out")),
                self._query_counted(span),
                pass_ids,
            ),
            PORTION,
        )

    def _query_presence(self, span, take):
        """Call ``take(pass id, (starts, venue ids, ends))``, as ``rating`` takes them,
        for each pass of any company that was used in a month. It may ask nothing of
        the database: the server is making the next ones.

        The server packs a person's visits into one value, numbers of four bytes two by
        two, and does not sort them: fifty at a time are sorted here in no time. Ids are
        compared as the texts that they are in VISITS.csv.
        """
        cr = self.env.cr
        self.env["tierslieux.visit"].flush_model()
        rows = PackedRows(lambda one, packed: take(one, unpack(packed, str)))
        cr.execute(SQL("SET LOCAL work_mem = %s", WORK_MEM))
        query = SQL(
            """
            COPY (
                SELECT visit.pass_id,
                       string_agg(int8send(%(start)s::bigint << 32 | visit.id)
                                  || int8send(visit.venue_id::bigint << 32 | %(stop)s),
                                  ''::bytea)
                  FROM %(counted)s
                 GROUP BY visit.pass_id
            ) TO STDOUT (FORMAT binary)
            """,
            start=_minutes(SQL("visit.check_in")),
            stop=_minutes(SQL("visit.check_out")),
            counted=self._query_counted(span),
        )
        cr.copy_expert(cr.mogrify(query), rows)
        cr.execute(SQL("RESET work_mem"))
        rows.close()

    def _query_counted(self, span):
        """The visits that count of a month, as of the watermark: what follows FROM."""
        return SQL(
            """
            tierslieux_visit visit
             WHERE visit.check_in < %(end)s
               AND (visit.check_out >= %(minute)s OR visit.check_in >= %(start)s)
               AND visit.void IS NOT TRUE
               AND visit.paid_by_booking IS NOT TRUE
               AND visit.id <= %(watermark)s
               AND NOT EXISTS (
                   SELECT FROM tierslieux_visit later
                    WHERE later.corrects_id = visit.id
                      AND later.corrects_id IS NOT NULL
                      AND later.id <= %(watermark)s
               )
            """,
            start=_instant(span.start),
            minute=_instant(span.start + 1),
            end=_instant(span.end),
            watermark=self.watermark,
        )

    def _query_portions(self, query, size):
        """The rows of a query, so many at a time: the server keeps the others."""
        cr = self.env.cr
        self.env["tierslieux.visit"].flush_model()
        cr.execute(SQL("DECLARE close_visits NO SCROLL CURSOR FOR %s", query))
        try:
            while True:
                cr.execute(SQL("FETCH %s FROM close_visits", size))
                rows = cr.fetchall()
                if not rows:
                    break
                yield rows
        finally:
            cr.execute(SQL("CLOSE close_visits"))

    def _query_venue_ids(self, span):
        """Venues with an agreement in the month, or with a visit, in order."""
        rows = self.env.execute_query(
            SQL(
                """
                SELECT venue_id FROM tierslieux_venue_agreement
                 WHERE date_from < %(last)s
                   AND (date_to IS NULL OR date_to >= %(first)s)
                 UNION
                SELECT visit.venue_id FROM tierslieux_visit visit
                  JOIN tierslieux_pass pass ON pass.id = visit.pass_id
                 WHERE visit.check_in < %(end)s AND visit.check_out >= %(start)s
                   AND visit.id <= %(watermark)s AND pass.company_id = %(company)s
                 ORDER BY 1
                """,
                first=f"{span.name}-01",
                last=next_month(date.fromisoformat(f"{span.name}-01")),
                start=_instant(span.start),
                end=_instant(span.end),
                watermark=self.watermark,
                company=self.company_id.id,
            )
        )
        return [row[0] for row in rows]

    def _query_lock_visits(self):
        """No visit is being written while the month is read: a number smaller than the
        watermark cannot appear later."""
        self.env.cr.execute(SQL("LOCK TABLE tierslieux_visit IN SHARE MODE"))

    def _query_last_visit(self):
        (row,) = self.env.execute_query(
            SQL("SELECT coalesce(max(id), 0) FROM tierslieux_visit")
        )
        return row[0]

    def _query_changed_passes(self, closed, watermark):
        """Passes with visits of a closed month that were recorded after the watermark;
        a correction counts for the month of the visit it replaces too."""
        span = Month(f"{closed.month:%Y-%m}", closed.rule_id.timezone)
        rows = self.env.execute_query(
            SQL(
                """
                SELECT DISTINCT visit.pass_id
                  FROM tierslieux_visit visit
                  JOIN tierslieux_pass pass ON pass.id = visit.pass_id
             LEFT JOIN tierslieux_visit old ON old.id = visit.corrects_id
                 WHERE visit.id > %(after)s AND visit.id <= %(until)s
                   AND pass.company_id = %(company)s
                   AND (visit.check_in < %(end)s AND visit.check_out >= %(start)s
                        OR old.check_in < %(end)s AND old.check_out >= %(start)s)
                 ORDER BY 1
                """,
                after=watermark,
                until=self.watermark,
                company=self.company_id.id,
                start=_instant(span.start),
                end=_instant(span.end),
            )
        )
        return [row[0] for row in rows]

    def _person_name(self, pass_id):
        """What a pass is called in the files of this close: it says nothing of the
        person, and is another one each month."""
        secret = self.env["ir.config_parameter"].get_param("database.secret")
        return hmac.new(
            secret.encode(), f"pass-close-{self.id}-{pass_id}".encode(), hashlib.sha256
        ).hexdigest()[:12]


def _instant(minutes):
    return datetime.fromtimestamp(minutes * 60, timezone.utc).replace(tzinfo=None)


def _minutes(instant):
    """Minutes since 1970, truncated, of a column. A double holds the seconds to the
    microsecond, and so does their sixtieth; with decimals it takes twice as long."""
    return SQL("floor(date_part('epoch', %s) / 60)::int", instant)
