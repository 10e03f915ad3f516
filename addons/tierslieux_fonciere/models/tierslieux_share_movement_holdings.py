# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from fractions import Fraction

from odoo import api, fields, models
from odoo.tools import SQL

from ..domain import chain
from ..domain.capital import floor
from ..domain.verification import first_break

BATCH = 20000


class ShareMovement(models.Model):
    """What is derived from the register: holdings, capital, voters, and whether it is
    what was recorded."""

    _inherit = "tierslieux.share.movement"

    @api.model
    def _holdings(self, company, at=None, known=None, partners=None):
        """``{contact id: shares}`` at the end of a day.

        :param at: day; None: today
        :param known: moment; what was recorded later is not known
        :param partners: these alone
        """
        self.flush_model()
        at = at or fields.Date.context_today(self)
        return dict(
            self.env.execute_query(self._query_holdings(company, at, known, partners))
        )

    def _query_holdings(self, company, at, known=None, partners=None):
        where = SQL("company_id = %s AND effective_on <= %s", company.id, at)
        received = given = SQL()
        if known:
            where = SQL("%s AND recorded_at <= %s", where, known)
        if partners is not None:
            ids = tuple(partners.ids) or (0,)
            received = SQL("AND receiver_id IN %s", ids)
            given = SQL("AND giver_id IN %s", ids)
        return SQL(
            """
            SELECT holder, sum(shares)::int
              FROM (
                    SELECT receiver_id AS holder, held AS shares
                      FROM tierslieux_share_movement
                     WHERE %(where)s AND receiver_id IS NOT NULL %(received)s
                     UNION ALL
                    SELECT giver_id, -held
                      FROM tierslieux_share_movement
                     WHERE %(where)s AND giver_id IS NOT NULL %(given)s
                   ) steps
             GROUP BY holder
            HAVING sum(shares) != 0
            """,
            where=where,
            received=received,
            given=given,
        )

    @api.model
    def _statement(self, company, partner, at=None):
        """The movements of a holder up to a day, in order, with the balance after each:
        ``[(movement, shares more or less, balance)]``."""
        at = at or fields.Date.context_today(self)
        # all at once, however many there are
        movements = self.search_fetch(
            [
                ("company_id", "=", company.id),
                ("effective_on", "<=", at),
                "|",
                ("giver_id", "=", partner.id),
                ("receiver_id", "=", partner.id),
            ],
            [name for name, field in self._fields.items() if field.store],
            order="effective_on, number",
        )
        balance = 0
        rows = []
        for one in movements:
            shares = one.held if one.receiver_id == partner else -one.held
            balance += shares
            rows.append((one, shares, balance))
        return rows

    @api.model
    def _capital(self, company, at=None):
        """Cents of capital subscribed at the end of a day, of what is paid of it, and
        the highest ever: ``(capital, paid, highest)``."""
        self.flush_model()
        at = at or fields.Date.context_today(self)
        return self.env.execute_query(self._query_capital(company, at))[0]

    def _query_capital(self, company, at):
        """A movement that was corrected never was, for the highest capital."""
        return SQL(
            """
            WITH counted AS (
                SELECT m.effective_on, m.number, m.kind,
                       (m.held * m.nominal * 100)::bigint * (
                           (m.receiver_id IS NOT NULL)::int
                           - (m.giver_id IS NOT NULL)::int
                       ) AS cents,
                       CASE WHEN m.kind = 'payment' THEN (m.price * 100)::bigint
                            WHEN o.kind = 'payment' THEN -(m.price * 100)::bigint
                            WHEN m.kind IN ('redemption', 'cancellation')
                                THEN -(m.held * m.nominal * 100)::bigint
                            WHEN o.kind IN ('redemption', 'cancellation')
                                THEN (m.held * m.nominal * 100)::bigint
                            ELSE 0
                       END AS paid,
                       m.corrects_id IS NOT NULL OR c.id IS NOT NULL AS erased
                  FROM tierslieux_share_movement m
             LEFT JOIN tierslieux_share_movement o ON o.id = m.corrects_id
             LEFT JOIN tierslieux_share_movement c ON c.corrects_id = m.id
                 WHERE m.company_id = %s AND m.effective_on <= %s
            ), running AS (
                SELECT sum(cents) OVER (ORDER BY effective_on, number) AS cents
                  FROM counted WHERE NOT erased
            )
            SELECT (SELECT coalesce(sum(cents), 0)::bigint FROM counted),
                   (SELECT coalesce(sum(paid), 0)::bigint FROM counted),
                   (SELECT greatest(coalesce(max(cents), 0), 0)::bigint FROM running)
            """,
            company.id,
            at,
        )

    @api.model
    def _floor(self, company, highest, at):
        """Cents that the capital may not fall below by redemptions, and the rule that
        says so."""
        fraction, rule = self._floor_fraction(company, at)
        lowest = floor(highest, fraction)
        least = self.env["tierslieux.share.rule"]._strictest("minimum", at, company)
        if least and round(least.value * 100) > lowest:
            return round(least.value * 100), least
        return lowest, rule

    @api.model
    def _floor_fraction(self, company, at):
        rule = self.env["tierslieux.share.rule"]._strictest("floor", at, company)
        # hundredths of a percent, as they are written
        return Fraction(round(rule.value * 100), 10000), rule

    @api.model
    def _roll(self, company, at=None):
        """Who votes at a day, one person one vote: ``{contact id: shares}`` of holders
        of a share whose withdrawal was not asked for by then."""
        self.flush_model()
        self.env["tierslieux.share.redemption"].flush_model()
        at = at or fields.Date.context_today(self)
        return dict(self.env.execute_query(self._query_roll(company, at)))

    def _query_roll(self, company, at):
        return SQL(
            """
            SELECT h.holder, h.sum - coalesce(r.shares, 0)
              FROM (%(holdings)s) h
         LEFT JOIN (
                    SELECT partner_id, sum(quantity)::int AS shares
                      FROM tierslieux_share_redemption
                     WHERE company_id = %(company)s
                       AND requested_on <= %(at)s
                       AND state != 'cancelled'
                       AND (decided_on IS NULL OR decided_on > %(at)s)
                     GROUP BY partner_id
                   ) r ON r.partner_id = h.holder
             WHERE h.sum > coalesce(r.shares, 0)
            """,
            holdings=self._query_holdings(company, at),
            company=company.id,
            at=at,
        )

    @api.model
    def _export_rows(self, company):
        """The movements of a company in order, with the names of ``domain/chain.py``,
        ``previous`` and ``digest``; read as they are in the database, a batch at a
        time."""
        self.flush_model()
        names = (*chain.COLUMNS, "previous", "digest")
        number = None
        while rows := self.env.execute_query(self._query_rows(company, number)):
            for row in rows:
                yield dict(zip(names, row, strict=True))
            number = rows[-1][0]

    def _query_rows(self, company, after):
        """The columns as they are digested."""
        return SQL(
            """
            SELECT m.number, m.kind, m.effective_on::text,
                   to_char(m.recorded_at, 'YYYY-MM-DD"T"HH24:MI:SS'),
                   m.quantity, m.held, m.giver_id, m.giver_identity, m.receiver_id,
                   m.receiver_identity, round(m.nominal * 100)::bigint,
                   round(m.price * 100)::bigint, m.gratuitous, m.issue_id,
                   m.property_id, m.deed, o.number, m.source_key,
                   m.previous_digest, m.digest
              FROM tierslieux_share_movement m
         LEFT JOIN tierslieux_share_movement o ON o.id = m.corrects_id
             WHERE m.company_id = %s AND m.number > %s
             ORDER BY m.number, m.id
             LIMIT %s
            """,
            company.id,
            -(2**31) if after is None else after,
            BATCH,
        )

    @api.model
    def _first_tampered(self, company):
        """What is first wrong in the register, as (number, sentence); None if it is
        what was recorded."""
        register = self.env["tierslieux.share.register"]._of(company)
        previous, number = chain.GENESIS, 0
        batch = []
        for row in self._export_rows(company):
            batch.append(row)
            if len(batch) == BATCH:
                if problem := first_break(batch, previous, number):
                    return problem
                previous, number = batch[-1]["digest"], batch[-1]["number"]
                batch = []
        if problem := first_break(batch, previous, number):
            return problem
        if batch:
            previous, number = batch[-1]["digest"], batch[-1]["number"]
        if (register.number, register.digest or chain.GENESIS) != (number, previous):
            return number + 1, self.env._(
                "The register ends with movement %(number)s, but %(recorded)s were "
                "recorded.",
                number=number,
                recorded=register.number,
            )
        return None
