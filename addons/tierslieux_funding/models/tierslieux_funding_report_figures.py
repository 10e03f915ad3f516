# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models
from odoo.tools import SQL


class FundingReport(models.Model):
    """Where figures come from: posted lines, and what is charged of them.

    What an action cost is the part it bears of posted expenses, of which the funder is
    shown some. Its income is what the grants are charged with, and income posted to
    it. Class 8 is beside: it never mixes with money.
    """

    _inherit = "tierslieux.funding.report"

    def _figures(self):
        """``{report id: {"lines": {line code: cents}, "bricks": {(brick id, line code):
        cents}, "base": {line code: cents}, "charged": cents}}``, by one statement
        whatever the number of reports. The grants themselves are not in it: see
        ``_query_other_grants`` and the agreement's terms."""
        figures = {
            report.id: {"lines": {}, "bricks": {}, "base": {}, "charged": 0}
            for report in self
        }
        for report, brick, line, cost, base, charged in self._query_figures():
            found = figures[report]
            found["lines"][line] = found["lines"].get(line, 0) + cost
            if brick:
                place = brick, line
                found["bricks"][place] = found["bricks"].get(place, 0) + cost
            if base:
                found["base"][line] = found["base"].get(line, 0) + base
            found["charged"] += charged
        return figures

    def _query_figures(self):
        """``[(report, brick, line, cost, base, charged)]`` in cents."""
        if not self:
            return []
        self.env.flush_all()
        return self.env.execute_query(
            SQL(
                """
                WITH %(rows)s, charged AS (
                    -- summed first: what is few is given its names
                    SELECT report_id, action_id, indirect, category_id,
                           sum(base) AS cost, sum(base) AS base, sum(amount) AS amount
                      FROM shown
                  GROUP BY report_id, action_id, indirect, category_id
                 UNION ALL
                    SELECT report_id, action_id, indirect, category_id, sum(cost), 0, 0
                      FROM rest
                  GROUP BY report_id, action_id, indirect, category_id
                )
                SELECT report_id, brick_id, line,
                       (100 * sum(cost))::bigint, (100 * sum(base))::bigint,
                       (100 * sum(amount))::bigint
                  FROM (
                      SELECT charged.report_id, action.brick_id, %(line)s AS line,
                             charged.cost, charged.base, charged.amount
                        FROM charged
                   LEFT JOIN tierslieux_funding_action action
                          ON action.id = charged.action_id
                   LEFT JOIN tierslieux_funding_category category
                          ON category.id = charged.category_id
                   UNION ALL
                      SELECT report_id, brick_id, line, cost, 0, 0
                        FROM posted
                  ) one
              GROUP BY report_id, brick_id, line
                """,
                rows=SQL(
                    "%s, %s, %s",
                    self._sql_scope(),
                    self._sql_charges(),
                    self._sql_posted(),
                ),
                line=self._sql_line(),
            )
        )

    def _query_charges(self):
        """Every line of expense of one report, with what the funder is shown of it, as
        dicts in the order of the report."""
        self.ensure_one()
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """
                WITH %(rows)s
                SELECT charge.line, charge.code AS account_line, charge.brick_id,
                       charge.action_id, charge.allocation_id AS allocation,
                       charge.corrects_id AS corrects, charge.indirect,
                       expense.id AS expense, expense.move_id AS move,
                       expense.move_line_id AS move_line, expense.date::text AS date,
                       partner.name AS vendor, expense.reference,
                       expense.account_id, %(person)s AS person,
                       expense.paid_on::text AS paid,
                       expense.move_name AS entry, expense.name AS label,
                       account.code_store ->> split_part(company.parent_path, '/', 1)
                       AS account,
                       expense.state = 'posted' AS posted,
                       (100 * expense.amount)::bigint AS total,
                       (100 * expense.refunded)::bigint AS refunded,
                       (100 * expense.charged)::bigint AS charged_to_all,
                       (100 * charge.cost)::bigint AS cost,
                       (100 * charge.base)::bigint AS base,
                       (100 * charge.amount)::bigint AS charged
                  FROM charge
                  JOIN tierslieux_funding_expense expense
                    ON expense.id = charge.expense_id
                  JOIN account_account account ON account.id = expense.account_id
                  JOIN res_company company ON company.id = expense.company_id
             LEFT JOIN res_partner partner ON partner.id = expense.partner_id
             LEFT JOIN res_partner body ON body.id = partner.commercial_partner_id
             LEFT JOIN tierslieux_funding_category category
                    ON category.code = charge.line
              ORDER BY category.sequence, expense.date, expense.id,
                       charge.allocation_id NULLS LAST, charge.action_id
                """,
                rows=SQL(
                    "%s, %s, %s",
                    self._sql_scope(),
                    self._sql_charges(),
                    self._sql_charge(),
                ),
                person=self._sql_person(),
            )
        )
        return self.env.cr.dictfetchall()

    def _query_posted(self):
        """Every line of income and of voluntary contribution of one report."""
        self.ensure_one()
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """
                WITH %(rows)s
                SELECT posted.line, posted.side, posted.brick_id, posted.action_id,
                       l.id AS move_line, l.move_id AS move, l.date::text AS date,
                       body.name AS partner, m.name AS entry,
                       coalesce(l.name, '') AS label, posted.account,
                       l.account_id, %(person)s AS person,
                       (100 * posted.cost)::bigint AS cost
                  FROM posted
                  JOIN account_move_line l ON l.id = posted.line_id
                  JOIN account_move m ON m.id = l.move_id
             LEFT JOIN res_partner body ON body.id = m.commercial_partner_id
             LEFT JOIN tierslieux_funding_category category
                    ON category.code = posted.line
              ORDER BY category.sequence, l.date, l.id, posted.action_id
                """,
                rows=SQL("%s, %s", self._sql_scope(), self._sql_posted()),
                person=self._sql_person(),
            )
        )
        return self.env.cr.dictfetchall()

    def _query_other_grants(self):
        """What other funders are charged with of the same expenses, ``[(agreement id,
        cents)]``."""
        self.ensure_one()
        self.env.flush_all()
        return self.env.execute_query(
            SQL(
                """
                WITH %(rows)s
                SELECT allocation.agreement_id, (100 * sum(allocation.amount))::bigint
                  FROM tierslieux_funding_allocation allocation
                  JOIN report ON report.agreement_id <> allocation.agreement_id
                  JOIN action ON action.id = allocation.action_id
                 WHERE allocation.expense_id IN (
                       SELECT expense_id FROM shown
                    UNION ALL
                       SELECT expense_id FROM rest
                       )
              GROUP BY allocation.agreement_id
                HAVING sum(allocation.amount) <> 0
              ORDER BY allocation.agreement_id
                """,
                rows=SQL("%s, %s", self._sql_scope(), self._sql_charges()),
            )
        )

    def _query_shown_before(self):
        """What the funder was shown of the time before the period, ``[(id of the line,
        cents)]``: its grant is due for all of it together."""
        self.ensure_one()
        self.env.flush_all()
        return self.env.execute_query(
            SQL(
                """
                SELECT allocation.category_id, (100 * sum(allocation.base))::bigint
                  FROM tierslieux_funding_allocation allocation
                  JOIN tierslieux_funding_expense expense
                    ON expense.id = allocation.expense_id
                 WHERE allocation.agreement_id = %s
                   AND expense.date >= %s AND expense.date < %s
              GROUP BY allocation.category_id
                """,
                self.agreement_id.id,
                self.agreement_id.date_from,
                self.date_from,
            )
        )

    def _sql_person(self):
        """Whether ``body`` is a natural person; nobody is none."""
        return SQL("(body.id IS NOT NULL AND body.is_company IS NOT TRUE)")

    def _sql_scope(self):
        """``report``, the reports asked for; ``action``, their actions."""
        return SQL(
            """
            report (
                id, agreement_id, company_id, date_from, date_to, terms_from, terms_to,
                root
            ) AS (
                VALUES %(reports)s
            ), action AS (
                SELECT report.id AS report_id, action.id, action.brick_id,
                       action.analytic_account_id::text AS key, report.company_id,
                       report.date_from, report.date_to, report.root
                  FROM report
                  JOIN tierslieux_funding_action_tierslieux_funding_agreement_rel rel
                    ON rel.tierslieux_funding_agreement_id = report.agreement_id
                  JOIN tierslieux_funding_action action
                    ON action.id = rel.tierslieux_funding_action_id
            )
            """,
            reports=SQL(", ").join(
                SQL(
                    "(%s, %s, %s, %s::date, %s::date, %s::date, %s::date, %s)",
                    report.id,
                    report.agreement_id.id,
                    report.company_id.id,
                    report.date_from,
                    min(report.date_to, report.posted_until),
                    report.agreement_id.date_from,
                    report.agreement_id.date_to,
                    str(report.company_id.root_id.id),
                )
                for report in self
            ),
        )

    def _sql_charges(self):
        """``shown``, what the funder is shown; ``rest``, what else the actions bear of
        posted expenses. What is shown outside the dates of the agreement is in every
        report, for the controls to refuse it."""
        return SQL(
            """
            shown AS (
                SELECT report.id AS report_id, allocation.expense_id,
                       allocation.action_id, allocation.id AS allocation_id,
                       allocation.corrects_id, allocation.indirect IS TRUE AS indirect,
                       allocation.category_id, allocation.base, allocation.amount
                  FROM report
                  JOIN tierslieux_funding_allocation allocation
                    ON allocation.agreement_id = report.agreement_id
                 WHERE (report.date_from <= report.terms_from
                        AND report.date_to >= report.terms_to)
                    -- the dates need not be looked at when it is of the whole time
                    OR EXISTS (
                       SELECT FROM tierslieux_funding_expense expense
                        WHERE expense.id = allocation.expense_id
                          AND (expense.date BETWEEN report.date_from AND report.date_to
                               OR expense.date NOT BETWEEN report.terms_from
                                  AND report.terms_to)
                       )
            ), borne AS (
                -- an expense that is not posted has no part
                SELECT action.report_id, part.expense_id, part.action_id,
                       part.indirect IS TRUE AS indirect, part.category_id, part.amount
                  FROM action
                  JOIN tierslieux_funding_expense_part part
                    ON part.action_id = action.id
                   AND part.date BETWEEN action.date_from AND action.date_to
            ), rest AS (
                SELECT borne.report_id, borne.expense_id, borne.action_id,
                       borne.indirect, borne.category_id,
                       borne.amount - coalesce(known.base, 0) AS cost
                  FROM borne
                  -- full, and so by hashes or in order: never one by one
             FULL JOIN (
                       SELECT report_id, expense_id, action_id, indirect,
                              sum(base) AS base
                         FROM shown
                     GROUP BY report_id, expense_id, action_id, indirect
                       ) known
                    ON known.report_id = borne.report_id
                   AND known.expense_id = borne.expense_id
                   AND known.action_id = borne.action_id
                   AND known.indirect = borne.indirect
                       -- what nobody bears leaves nothing
                 WHERE coalesce(borne.amount, known.base) > coalesce(known.base, 0)
            )
            """
        )

    def _sql_charge(self):
        """``charge``, what is shown and the rest, line by line, with their names."""
        return SQL(
            """
            charge AS (
                SELECT charged.*, action.brick_id, category.code, %s AS line
                  FROM (
                       SELECT report_id, expense_id, action_id, allocation_id,
                              corrects_id, indirect, category_id, base AS cost, base,
                              amount
                         FROM shown
                    UNION ALL
                       SELECT report_id, expense_id, action_id, NULL, NULL, indirect,
                              category_id, cost, 0, 0
                         FROM rest
                       ) charged
             LEFT JOIN tierslieux_funding_action action ON action.id = charged.action_id
             LEFT JOIN tierslieux_funding_category category
                    ON category.id = charged.category_id
            )
            """,
            self._sql_line(),
        )

    def _sql_line(self):
        """The line of the form where a ``category`` of ``charged`` stands: shared costs
        have lines of their own."""
        return SQL(
            """
            CASE WHEN NOT charged.indirect OR category.code LIKE 'indirect%%'
                 THEN category.code
                 WHEN category.code = '66' THEN 'indirect_financial'
                 WHEN category.code < '65' OR category.code = '68'
                 THEN 'indirect_fixed'
                 ELSE 'indirect_other' END
            """
        )

    def _sql_posted(self):
        """``posted``, income and voluntary contributions posted to the actions, without
        the entries of grants themselves."""
        categories = self.env["tierslieux.funding.category"]
        return SQL(
            """
            account AS MATERIALIZED (
                SELECT * FROM %(accounts)s
            ), line AS MATERIALIZED (
                -- each line once, however many reports, by the ledger's own index of
                -- analytic accounts: no date nor number of an account here, or the
                -- indexes of these are read too
                SELECT l.id, l.move_id, l.account_id, l.company_id, l.date, l.balance,
                       l.analytic_distribution
                  FROM account_move_line l
                 WHERE l.parent_state = 'posted'
                   AND l.company_id IN (SELECT company_id FROM report)
                   AND l.account_id IN (SELECT id FROM account)
                   AND regexp_split_to_array(jsonb_path_query_array(
                           l.analytic_distribution, '$.keyvalue()."key"'
                       )::text, '\\D+') && ARRAY(SELECT key FROM action)
            ), share AS MATERIALIZED (
                SELECT line.*, one.key, share.percent::numeric
                  FROM line
            CROSS JOIN LATERAL jsonb_each_text(line.analytic_distribution)
                       AS share (keys, percent)
            CROSS JOIN LATERAL unnest(string_to_array(share.keys, ',')) AS one (key)
            ), part AS MATERIALIZED (
                SELECT action.report_id, action.root, share.id AS line_id,
                       share.move_id, share.account_id, share.balance,
                       action.id AS action_id, action.brick_id,
                       sum(share.percent) AS percent
                  FROM share
                  JOIN action ON action.key = share.key
                   AND action.company_id IS NOT DISTINCT FROM share.company_id
                   AND share.date BETWEEN action.date_from AND action.date_to
              GROUP BY action.report_id, action.root, share.id, share.move_id,
                       share.account_id, share.balance, action.id, action.brick_id
            ), posted AS (
                SELECT part.report_id, part.line_id, part.action_id, part.brick_id,
                       account.line, account.side, account.account,
                       round(
                           CASE WHEN account.side = 'in_kind_charge' THEN 1 ELSE -1 END
                           * part.balance * part.percent / 100, 2
                       ) AS cost
                  FROM part
                  JOIN account ON account.id = part.account_id
                   AND account.root = part.root
                   -- grants are counted by what they are charged with, not by their
                   -- entries; those of class 8 are what they are
                 WHERE account.side <> 'product' OR part.move_id NOT IN (
                       SELECT move_id FROM tierslieux_funding_posting
                       )
            )
            """,
            # one text, that is the same each time
            accounts=SQL(" UNION ALL SELECT * FROM ").join(
                SQL(
                    "json_to_recordset(%s::json)"
                    " AS (root text, id int, line text, side text, account text)",
                    categories._accounts_beside_charges(root.id),
                )
                for root in self.company_id.root_id
            ),
        )
