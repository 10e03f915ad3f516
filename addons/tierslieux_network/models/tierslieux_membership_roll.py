# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from typing import NamedTuple

from odoo import api, fields, models
from odoo.tools import SQL


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
        allowed = self._search(domain).subselect()
        rows = self.env.execute_query(self._query_roll(at, allowed))
        return [RollRow(*row) for row in rows]

    @api.model
    def _query_roll(self, at, allowed):
        """The rule of ``domain/roll.py`` in one query.

        :param at: date
        :param allowed: subselect of the ids of memberships to list
        """
        return SQL(
            """
            WITH history AS (
                SELECT event.membership_id,
                       (array_agg(
                           event.kind ORDER BY event.date DESC, event.id DESC
                       ))[1] AS kind,
                       max(event.date) FILTER (
                           WHERE event.kind = 'admission'
                       ) AS admitted,
                       max(event.date) FILTER (
                           WHERE event.kind IN ('admission', 'reinstatement')
                       ) AS entered
                  FROM tierslieux_membership_event event
                 WHERE event.date <= %(at)s
                   AND event.kind != 'correction'
                   AND NOT EXISTS (
                       SELECT FROM tierslieux_membership_event correction
                        WHERE correction.corrects_id = event.id
                   )
              GROUP BY event.membership_id
            ),
            period AS (
                SELECT line.tierslieux_membership_id AS membership_id,
                       line.date_from,
                       least(line.date_to, line.date_cancel) AS date_to
                  FROM membership_membership_line line
             LEFT JOIN account_move_line invoiced
                    ON invoiced.id = line.account_invoice_line_id
             LEFT JOIN account_move invoice ON invoice.id = invoiced.move_id
                 WHERE line.tierslieux_membership_id IS NOT NULL
                   AND line.date_to IS NOT NULL
                   AND least(line.date_to, line.date_cancel) >= line.date_from
                   AND (
                       line.state IN ('paid', 'free')
                       OR (
                           line.state = 'canceled'
                           AND line.date_cancel IS NOT NULL
                           AND (
                               invoice.id IS NULL
                               OR invoice.payment_state IN ('paid', 'in_payment')
                           )
                       )
                   )
            ),
            paid AS (
                SELECT history.membership_id,
                       max(period.date_to) AS paid_until,
                       max(period.date_to) FILTER (
                           WHERE period.date_from <= %(at)s
                             AND period.date_to >= history.entered
                       ) AS covered_until,
                       min(period.date_from) FILTER (
                           WHERE period.date_from <= %(at)s
                             AND period.date_to >= history.admitted
                       ) AS first_paid
                  FROM history
                  JOIN period ON period.membership_id = history.membership_id
              GROUP BY history.membership_id
            ),
            standing AS (
                SELECT membership.id,
                       membership.partner_id,
                       partner.name AS partner_name,
                       membership.college_id,
                       college.sequence,
                       CASE
                           WHEN history.kind = 'application' THEN 'not_admitted'
                           WHEN history.kind = 'refusal' THEN 'refused'
                           WHEN history.kind = 'withdrawal' THEN 'withdrawn'
                           WHEN history.kind = 'exclusion' THEN 'excluded'
                           WHEN history.kind = 'lapse' THEN 'lapsed'
                           WHEN paid.covered_until >= %(at)s THEN 'paid'
                           WHEN partner.free_member THEN 'free'
                           WHEN paid.covered_until IS NULL THEN 'unpaid'
                           WHEN paid.covered_until + college.grace_days >= %(at)s
                           THEN 'grace'
                           ELSE 'grace_over'
                       END AS reason,
                       CASE
                           WHEN partner.free_member THEN history.admitted
                           WHEN paid.first_paid IS NOT NULL
                           THEN greatest(history.admitted, paid.first_paid)
                       END AS member_since,
                       paid.paid_until
                  FROM tierslieux_membership membership
                  JOIN history ON history.membership_id = membership.id
                  JOIN tierslieux_college college
                    ON college.id = membership.college_id
                  JOIN res_partner partner ON partner.id = membership.partner_id
             LEFT JOIN paid ON paid.membership_id = membership.id
                 WHERE membership.id IN %(allowed)s
            )
            SELECT standing.id,
                   standing.partner_id,
                   standing.partner_name,
                   standing.college_id,
                   CASE standing.reason
                       WHEN 'not_admitted' THEN 'applied'
                       WHEN 'paid' THEN 'member'
                       WHEN 'free' THEN 'member'
                       WHEN 'unpaid' THEN 'admitted'
                       WHEN 'grace' THEN 'due'
                       WHEN 'grace_over' THEN 'lapsed'
                       ELSE standing.reason
                   END,
                   standing.reason,
                   standing.reason IN ('paid', 'free', 'grace'),
                   standing.member_since,
                   standing.paid_until,
                   delegation.partner_id
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
            allowed=allowed,
        )
