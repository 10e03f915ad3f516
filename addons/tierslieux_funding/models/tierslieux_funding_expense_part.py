# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.tools import SQL


class FundingExpensePart(models.Model):
    """What an action bears of an expense: by the analytic distribution of its line, and
    of shared costs by the key of the exercise. What no action bears is a part without
    action, so that the parts sum to the expense, less what was refunded.

    The rule is ``domain/indirect.py``; it runs here as one statement for all expenses,
    and a test holds the statement to the rule.
    """

    _name = "tierslieux.funding.expense.part"
    _description = "Part of an expense that an action bears"
    _order = "expense_id, indirect, action_id, id"

    expense_id = fields.Many2one(
        "tierslieux.funding.expense", required=True, readonly=True, ondelete="cascade"
    )
    action_id = fields.Many2one(
        "tierslieux.funding.action",
        readonly=True,
        ondelete="cascade",
    )
    indirect = fields.Boolean(
        string="Shared cost", readonly=True, help="By the key of the exercise."
    )
    company_id = fields.Many2one(related="expense_id.company_id")
    currency_id = fields.Many2one(related="expense_id.currency_id")
    amount = fields.Monetary(required=True, readonly=True)
    # with the part, so that a report finds its own without reading each expense
    date = fields.Date(related="expense_id.date", store=True)
    category_id = fields.Many2one(related="expense_id.category_id", store=True)

    _borne = models.Index(
        "(action_id, date) INCLUDE (expense_id, indirect, category_id, amount)"
        " WHERE action_id IS NOT NULL"
    )
    _bearer_uniq = models.UniqueIndex(
        "(expense_id, coalesce(action_id, 0), indirect)",
        "An action bears one part of an expense.",
    )

    @api.depends("action_id", "indirect")
    def _compute_display_name(self):
        nobody = self.env._("No action")
        for part in self:
            name = part.action_id.name or nobody
            part.display_name = (
                self.env._("%s (shared cost)", name) if part.indirect else name
            )

    @api.model
    @api.private
    def _query_sync(self, of):
        """Make parts agree with the ledger and the keys.

        :param of: a condition on the rows ``expense``
        """
        self.env.cr.execute(
            SQL(
                """
                WITH scope AS (
                    SELECT expense.id, expense.date, expense.company_id,
                           expense.category_id,
                           l.analytic_distribution AS distribution,
                           round(100 * (expense.amount - expense.refunded)) AS cents
                      FROM tierslieux_funding_expense expense
                      JOIN account_move_line l ON l.id = expense.move_line_id
                     WHERE expense.state = 'posted'
                       AND expense.amount > greatest(expense.refunded, 0) AND %(of)s
                ), share AS (
                    -- of two actions of one account, that of the phase of the expense
                    SELECT DISTINCT ON (scope.id, one.key)
                           scope.id, one.value::numeric AS percent,
                           action.id AS action_id,
                           CASE WHEN action.id IS NULL THEN driver.id END AS driver_id
                      FROM scope
                CROSS JOIN jsonb_each_text(scope.distribution) one
                CROSS JOIN unnest(string_to_array(one.key, ',')) AS account
                 LEFT JOIN (tierslieux_funding_action action
                       JOIN tierslieux_funding_phase phase
                         ON phase.id = action.phase_id)
                        ON action.analytic_account_id = account::int
                       AND action.company_id = scope.company_id
                 LEFT JOIN tierslieux_funding_driver driver
                        ON driver.analytic_account_id = account::int
                       AND driver.company_id = scope.company_id
                       AND driver.adopted_on IS NOT NULL
                       AND scope.date BETWEEN driver.date_from AND driver.date_to
                     WHERE action.id IS NOT NULL OR driver.id IS NOT NULL
                  ORDER BY scope.id, one.key,
                           (scope.date BETWEEN phase.date_from AND phase.date_to)
                           IS TRUE DESC,
                           action.id, driver.id
                ), weight AS (
                    SELECT id, action_id, driver_id, sum(percent) AS weight,
                           false AS rest
                      FROM share
                  GROUP BY id, action_id, driver_id
                     UNION ALL
                    SELECT scope.id, NULL, NULL,
                           greatest(0, 100 - coalesce(sum(share.percent), 0)), true
                      FROM scope
                 LEFT JOIN share ON share.id = scope.id
                  GROUP BY scope.id
                ), quota AS (
                    SELECT weight.*, scope.cents,
                           sum(weight) OVER (PARTITION BY weight.id) AS whole
                      FROM weight
                      JOIN scope ON scope.id = weight.id
                ), ranked AS (
                    SELECT quota.*, div(cents * weight, whole) AS part,
                           row_number() OVER (
                               PARTITION BY id
                               ORDER BY mod(cents * weight, whole) DESC, rest,
                                        action_id NULLS LAST, driver_id
                           ) AS rank,
                           cents - sum(div(cents * weight, whole))
                               OVER (PARTITION BY id) AS over
                      FROM quota
                ), borne AS (
                    SELECT id, action_id, driver_id,
                           part + (rank <= over)::int AS cents
                      FROM ranked
                ), shared_quota AS (
                    SELECT borne.id, borne.driver_id, part.id AS part_id,
                           part.action_id, borne.cents, part.quantity,
                           sum(part.quantity)
                               OVER (PARTITION BY borne.id, borne.driver_id) AS whole
                      FROM borne
                      JOIN tierslieux_funding_driver_part part
                        ON part.driver_id = borne.driver_id
                ), shared AS (
                    SELECT shared_quota.*, div(cents * quantity, whole) AS part,
                           row_number() OVER (
                               PARTITION BY id, driver_id
                               ORDER BY mod(cents * quantity, whole) DESC, part_id
                           ) AS rank,
                           cents - sum(div(cents * quantity, whole))
                               OVER (PARTITION BY id, driver_id) AS over
                      FROM shared_quota
                ), found AS (
                    SELECT id, action_id, indirect, sum(cents) / 100 AS amount
                      FROM (
                           SELECT id, action_id, false AS indirect, cents
                             FROM borne
                            WHERE driver_id IS NULL
                            UNION ALL
                           SELECT id, action_id, true, part + (rank <= over)::int
                             FROM shared
                           ) one
                  GROUP BY id, action_id, indirect
                    HAVING sum(cents) > 0
                ), gone AS (
                    DELETE FROM tierslieux_funding_expense_part part
                     USING tierslieux_funding_expense expense
                     WHERE expense.id = part.expense_id AND %(of)s AND NOT EXISTS (
                           SELECT FROM found
                            WHERE found.id = part.expense_id
                              AND found.action_id IS NOT DISTINCT FROM part.action_id
                              AND found.indirect = part.indirect
                           )
                )
                INSERT INTO tierslieux_funding_expense_part AS part (
                    expense_id, action_id, indirect, amount, date, category_id,
                    create_uid, create_date, write_uid, write_date
                )
                SELECT found.id, found.action_id, found.indirect, found.amount,
                       scope.date, scope.category_id,
                       %(user)s, now() AT TIME ZONE 'UTC',
                       %(user)s, now() AT TIME ZONE 'UTC'
                  FROM found
                  JOIN scope ON scope.id = found.id
              ORDER BY found.id, found.indirect, found.action_id
                ON CONFLICT (expense_id, coalesce(action_id, 0), indirect)
                DO UPDATE SET
                    amount = excluded.amount, date = excluded.date,
                    category_id = excluded.category_id,
                    write_uid = excluded.write_uid, write_date = excluded.write_date
                WHERE (part.amount, part.date, part.category_id)
                   IS DISTINCT FROM
                      (excluded.amount, excluded.date, excluded.category_id)
                """,
                of=of,
                user=self.env.uid,
            )
        )
