# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from typing import NamedTuple

from odoo import api, fields, models
from odoo.tools import SQL

from ..domain.roll import REASONS_IN, STATUSES


class RollRow(NamedTuple):
    membership_id: int
    partner_id: int
    partner_name: str
    college_id: int
    status: str
    reason: str
    on_roll: bool
    member_since: object
    paid_until: object
    delegate_id: int | None


class Membership(models.Model):
    _inherit = "tierslieux.membership"

    @api.model
    def roll(self, at=None, college=None):
        """The roll of members at a date, today by default.

        Every membership that existed by then has a row, on the roll or not, with the
        reason: an electorate can say who is out and why. The caller sees the
        memberships that record rules let them see.

        :param at: date
        :param college: keep one college, or several (recordset)
        :return: list of :class:`RollRow`, by college and name
        """
        at = fields.Date.to_date(at) or fields.Date.context_today(self)
        self.check_access("read")
        self.env.flush_all()
        domain = [("college_id", "in", college.ids)] if college else []
        rows = self.env.execute_query(self._query_roll(at, domain))
        return [
            RollRow(
                membership_id,
                partner_id,
                name,
                college_id,
                STATUSES[reason],
                reason,
                reason in REASONS_IN,
                since,
                until,
                delegate_id,
            )
            for (
                membership_id,
                partner_id,
                name,
                college_id,
                reason,
                since,
                until,
                delegate_id,
            ) in rows
        ]

    @api.model
    def _query_roll(self, at, domain=()):
        """The rule of ``domain/roll.py`` in one query.

        The last event of a membership is the greatest of (date, id), packed in one
        number: a hash aggregate finds it without sorting the whole history.

        :param at: date, or SQL that gives one
        :param domain: the memberships to list, among those the caller may see
        """
        query = self._search(list(domain))
        return SQL(
            """
            WITH history AS (
                SELECT membership_id,
                       max((date - DATE '1900-01-01')::bigint << 32 | id) AS last,
                       max(date) FILTER (WHERE kind = 'admission') AS admitted,
                       max(date) FILTER (
                           WHERE kind IN ('admission', 'reinstatement')
                       ) AS entered
                  FROM tierslieux_membership_event
                 WHERE date <= %(at)s
                   AND kind != 'correction'
                   AND id NOT IN (
                       SELECT corrects_id FROM tierslieux_membership_event
                        WHERE corrects_id IS NOT NULL
                   )
              GROUP BY membership_id
            ),
            paid AS (
                SELECT line.tierslieux_membership_id AS membership_id,
                       max(least(line.date_to, line.date_cancel)) AS paid_until,
                       max(least(line.date_to, line.date_cancel)) FILTER (
                           WHERE line.date_from <= %(at)s
                       ) AS covered_until,
                       min(line.date_from) AS first_paid
                  FROM membership_membership_line line
                 WHERE line.tierslieux_membership_id IS NOT NULL
                   AND line.date_to IS NOT NULL
                   AND least(line.date_to, line.date_cancel) >= line.date_from
                   AND (
                       line.state IN ('paid', 'free')
                       OR (
                           line.state = 'canceled'
                           AND line.date_cancel IS NOT NULL
                           AND (
                               line.account_invoice_line_id IS NULL
                               OR (
                                   SELECT invoice.payment_state
                                     FROM account_move_line invoiced
                                     JOIN account_move invoice
                                       ON invoice.id = invoiced.move_id
                                    WHERE invoiced.id = line.account_invoice_line_id
                               ) IN ('paid', 'in_payment')
                           )
                       )
                   )
              GROUP BY line.tierslieux_membership_id
            ),
            standing AS (
                SELECT membership.id,
                       membership.partner_id,
                       partner.name AS partner_name,
                       membership.college_id,
                       college.sequence,
                       CASE
                           WHEN event.kind = 'application' THEN 'not_admitted'
                           WHEN event.kind = 'refusal' THEN 'refused'
                           WHEN event.kind = 'withdrawal' THEN 'withdrawn'
                           WHEN event.kind = 'exclusion' THEN 'excluded'
                           WHEN event.kind = 'lapse' THEN 'lapsed'
                           WHEN paid.covered_until >= %(at)s THEN 'paid'
                           WHEN partner.free_member THEN 'free'
                           WHEN paid.covered_until >= history.entered THEN CASE
                               WHEN paid.covered_until + college.grace_days >= %(at)s
                               THEN 'grace'
                               ELSE 'grace_over'
                           END
                           ELSE 'unpaid'
                       END AS reason,
                       CASE
                           WHEN partner.free_member THEN history.admitted
                           WHEN paid.covered_until >= history.admitted
                           THEN greatest(history.admitted, paid.first_paid)
                       END AS member_since,
                       paid.paid_until
                  FROM tierslieux_membership membership
                  JOIN history ON history.membership_id = membership.id
                  JOIN tierslieux_membership_event event
                    ON event.id = (history.last & 4294967295)::int
                  JOIN tierslieux_college college
                    ON college.id = membership.college_id
                  JOIN res_partner partner ON partner.id = membership.partner_id
             LEFT JOIN paid ON paid.membership_id = membership.id
                 WHERE %(allowed)s
            )
            SELECT standing.id AS membership_id,
                   standing.partner_id,
                   standing.partner_name,
                   standing.college_id,
                   standing.reason,
                   standing.member_since,
                   standing.paid_until,
                   delegation.partner_id AS delegate_id
              FROM standing
         LEFT JOIN tierslieux_delegation delegation
                ON delegation.membership_id = standing.id
               AND delegation.date_from <= %(at)s
               AND (delegation.date_to IS NULL OR delegation.date_to >= %(at)s)
          ORDER BY standing.sequence,
                   standing.college_id,
                   standing.partner_name,
                   standing.id
            """,
            at=at,
            allowed=SQL("membership.id IN %s", query.subselect())
            if query.where_clause
            else SQL("TRUE"),
        )
