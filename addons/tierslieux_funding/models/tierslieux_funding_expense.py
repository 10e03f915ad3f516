# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tools import SQL

#: Class 6 without what is put aside for later years (689, ANC 2018-06): no money left.
SPENT, PUT_ASIDE = "6", "689"
# What a treasurer says of an expense; the rest is the ledger's
WRITTEN_BY_HAND = {"allocation_ids", "origin_id"}


class FundingExpense(models.Model):
    """A posted line of expense, as funders look at it.

    Rows are written from the ledger by one statement a run, whatever their number:
    when an entry is posted or reset, and for all of them when a treasurer asks. What
    is charged to funders is kept by the database: each allocation adds to ``charged``
    under the lock of this row, and no more than the expense is ever charged, whoever
    writes and however many at once.
    """

    _name = "tierslieux.funding.expense"
    _description = "Expense to be funded"
    _order = "date desc, id desc"
    _rec_names_search = ["name", "reference", "partner_id", "move_name"]

    move_line_id = fields.Many2one(
        "account.move.line", required=True, readonly=True, ondelete="restrict"
    )
    move_id = fields.Many2one(
        "account.move",
        string="Entry",
        required=True,
        readonly=True,
        ondelete="restrict",
        index=True,
    )
    move_name = fields.Char(string="Number of the entry", readonly=True)
    company_id = fields.Many2one("res.company", required=True, readonly=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    account_id = fields.Many2one(
        "account.account", required=True, readonly=True, ondelete="restrict"
    )
    partner_id = fields.Many2one(
        "res.partner", string="Supplier", readonly=True, ondelete="restrict", index=True
    )
    name = fields.Char(string="Label", readonly=True)
    reference = fields.Char(readonly=True, help="The number the supplier gave it.")
    reference_key = fields.Char(
        readonly=True, help="The reference without case, spaces and signs."
    )
    date = fields.Date(required=True, readonly=True, index=True)
    paid_on = fields.Date(readonly=True, help="The day it was paid in full.")
    category_id = fields.Many2one(
        "tierslieux.funding.category",
        string="Line of the report",
        readonly=True,
        ondelete="set null",
        index=True,
    )
    state = fields.Selection(
        [("posted", "Posted"), ("unposted", "No longer posted")],
        required=True,
        readonly=True,
    )
    amount = fields.Monetary(
        required=True,
        readonly=True,
        help="As posted: without the VAT that is recovered. A credit is negative.",
    )
    vat = fields.Monetary(
        string="Recoverable VAT", readonly=True, help="Apart: no funder pays for it."
    )
    is_vat = fields.Boolean(
        string="VAT", readonly=True, help="VAT that is not recovered."
    )
    origin_id = fields.Many2one(
        "tierslieux.funding.expense",
        string="Lessens",
        ondelete="set null",
        index="btree_not_null",
        help="The expense that this credit lessens.",
    )
    refunded = fields.Monetary(
        readonly=True, help="What credit notes took off this expense."
    )
    charged = fields.Monetary(
        readonly=True, copy=False, help="Charged to all funders together."
    )
    left = fields.Monetary(
        string="Remaining",
        compute="_compute_left",
        search="_search_left",
        help="What may still be charged to a funder.",
    )
    left_live = fields.Monetary(
        string="Left to charge",
        compute="_compute_left_live",
        help="With the lines below, before they are saved too.",
    )
    allocation_ids = fields.One2many(
        "tierslieux.funding.allocation", "expense_id", string="Charged to"
    )
    part_ids = fields.One2many(
        "tierslieux.funding.expense.part", "expense_id", string="Parts"
    )

    _line_uniq = models.UniqueIndex("(move_line_id)", "An expense has one row.")
    _reference = models.Index(
        "(partner_id, reference_key) WHERE reference_key IS NOT NULL"
    )
    _charged_once = models.Constraint(
        "CHECK (charged >= 0 AND charged <= greatest(amount, 0))",
        "No more than an expense can be charged to funders: somebody may have charged "
        "it meanwhile. Look at what is left of it.",
    )

    @api.depends("amount", "refunded", "charged")
    def _compute_left(self):
        for expense in self:
            expense.left = max(0, expense.amount - expense.refunded - expense.charged)

    @api.depends("amount", "refunded", "allocation_ids.amount")
    def _compute_left_live(self):
        for expense in self:
            charged = sum(expense.allocation_ids.mapped("amount"))
            expense.left_live = max(0, expense.amount) - expense.refunded - charged

    def _search_left(self, operator, value):
        if (operator, value) != (">", 0):
            return NotImplemented
        return Domain(
            "id",
            "in",
            SQL(
                "(SELECT id FROM tierslieux_funding_expense"
                " WHERE amount - refunded > charged)"
            ),
        )

    @api.depends("name", "move_name")
    def _compute_display_name(self):
        for expense in self:
            parts = (expense.move_name, expense.name)
            expense.display_name = " · ".join(part for part in parts if part)

    def write(self, vals):
        if not self.env.su and vals.keys() - WRITTEN_BY_HAND:
            raise AccessError(
                self.env._("Expenses are what is posted: correct the entry.")
            )
        return super().write(vals)

    def init(self):
        super().init()
        self._query_guard_charged()

    def _query_guard_charged(self):
        """What is charged changes by allocations alone, for the owner of the database
        too."""
        self.env.cr.execute(
            SQL(
                """
                CREATE OR REPLACE FUNCTION tierslieux_funding_guard_charged()
                RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    IF pg_trigger_depth() < 2 THEN
                        RAISE EXCEPTION USING
                            ERRCODE = 'integrity_constraint_violation',
                            MESSAGE = 'What is charged of an expense is the sum of '
                                || 'its allocations: write these.';
                    END IF;
                    RETURN NEW;
                END $$;
                CREATE OR REPLACE TRIGGER charged_by_allocations
                    BEFORE UPDATE ON tierslieux_funding_expense
                    FOR EACH ROW WHEN (OLD.charged IS DISTINCT FROM NEW.charged)
                    EXECUTE FUNCTION tierslieux_funding_guard_charged();
                CREATE OR REPLACE TRIGGER charged_from_zero
                    BEFORE INSERT ON tierslieux_funding_expense
                    FOR EACH ROW WHEN (NEW.charged <> 0)
                    EXECUTE FUNCTION tierslieux_funding_guard_charged();
                """
            )
        )

    def action_open_entry(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "account.move",
            "res_id": self.move_id.id,
            "view_mode": "form",
        }

    def action_sync(self):
        """Read the whole ledger again."""
        self.check_access("write")
        self._sync()

    @api.model
    @api.private
    def _sync(self, moves=None):
        """Make the rows agree with the ledger: those of some entries, or all.

        An expense whose entry is no longer posted goes away, unless it is charged to
        somebody: then it stays and says so.
        """
        if moves is not None and not moves:
            return
        # sudo: rows mirror the ledger, whoever posts the entry
        expenses = self.sudo()
        self.env.flush_all()
        lessened = expenses._query_lessened(moves)
        accounts = expenses._expense_accounts(moves)
        expenses._query_upsert(moves, *accounts)
        expenses._query_drop(moves, *accounts)
        expenses._query_match_credits(moves)
        lessened |= expenses._query_lessened(moves)
        refunded = expenses._query_refund(lessened)
        of = self._of("expense", moves)
        if refunded and moves is not None:
            of = SQL("(%s OR expense.id IN %s)", of, tuple(refunded))
        expenses.env["tierslieux.funding.expense.part"]._query_sync(of)
        expenses.invalidate_model()
        expenses.part_ids.invalidate_model()

    @api.model
    @api.private
    def _sync_parts(self):
        """What actions bear, again: a key was adopted."""
        # sudo: parts mirror the ledger
        parts = self.env["tierslieux.funding.expense.part"].sudo()
        self.env.flush_all()
        parts._query_sync(SQL("TRUE"))
        self.invalidate_model(["part_ids"])
        parts.invalidate_model()

    @api.model
    @api.private
    def _sync_known(self, moves):
        """The same, of those entries alone that have expenses already."""
        if not moves:
            return
        # sudo: whoever matches a payment may not read funding
        known = self.sudo().search_fetch([("move_id", "in", moves.ids)], ["move_id"])
        self._sync(known.move_id)

    def _of(self, alias, moves):
        """A condition on the column ``move_id``: of these entries, or all."""
        if moves is None:
            return SQL("TRUE")
        return SQL("%s IN %s", SQL.identifier(alias, "move_id"), tuple(moves.ids))

    def _expense_accounts(self, moves):
        """Accounts of expense of these entries, or all: three lists, of accounts, of
        companies, of lines of the report."""
        companies = self.env["res.company"].search([])
        if moves is not None:
            companies = moves.company_id
        rows = []
        for company in companies:
            accounts = self.env["account.account"].with_company(company)
            if moves is None:
                accounts = accounts.search(
                    [
                        ("code", "=like", f"{SPENT}%"),
                        ("company_ids", "parent_of", company.id),
                    ]
                )
            else:
                accounts = moves.line_ids.account_id.with_company(company)
            spent = accounts.filtered(
                lambda one: (
                    (one.code or "").startswith(SPENT)
                    and not one.code.startswith(PUT_ASIDE)
                )
            )
            lines = self.env["tierslieux.funding.category"]._for_accounts(
                spent, "charge"
            )
            rows += [
                (account.id, company.id, line.id or None)
                for account, line in lines.items()
            ]
        return [list(column) for column in zip(*rows, strict=True)] or [[], [], []]

    def _counts(self):
        """Which lines ``l`` of entries ``m`` are expenses: an entry of VAT on payments
        repeats the base of its bill, and only its VAT may be new."""
        return SQL(
            "m.state = 'posted' AND l.balance <> 0 AND"
            " (m.tax_cash_basis_origin_move_id IS NULL"
            " OR l.tax_repartition_line_id IS NOT NULL)"
        )

    def _query_upsert(self, moves, accounts, companies, categories):
        self.env.cr.execute(
            SQL(
                """
                WITH account AS (
                    SELECT * FROM unnest(%(accounts)s, %(companies)s, %(categories)s)
                           AS account (id, company_id, category_id)
                ), line AS (
                    SELECT l.id, l.move_id, m.company_id, l.account_id, l.date,
                           coalesce(l.name, '') AS name, m.name AS move_name,
                           nullif(trim(m.ref), '') AS reference,
                           coalesce(m.commercial_partner_id, l.partner_id)
                           AS partner_id,
                           l.balance, l.price_total, l.price_subtotal, l.display_type,
                           account.category_id,
                           journal.type IN ('bank', 'cash', 'credit') AS at_once
                      FROM account_move_line l
                      JOIN account_move m ON m.id = l.move_id
                      JOIN account_journal journal ON journal.id = m.journal_id
                      JOIN account ON account.id = l.account_id
                       -- no "=": lines are never met by their company alone
                       AND account.company_id IS NOT DISTINCT FROM l.company_id
                     WHERE %(counts)s
                       AND %(of)s
                ), move AS (
                    SELECT DISTINCT move_id AS id, company_id FROM line
                ), paid AS (
                    -- the day the last of what was to be paid met its payment
                    SELECT move.id, max(matched.day) AS day
                      FROM move
                      JOIN account_move_line due ON due.move_id = move.id
                      JOIN account_account a ON a.id = due.account_id
                       AND a.reconcile
                 LEFT JOIN LATERAL (
                           SELECT max(max_date) AS day
                             FROM account_partial_reconcile
                            WHERE credit_move_id = due.id OR debit_move_id = due.id
                           ) matched ON true
                  GROUP BY move.id
                    HAVING bool_and(due.reconciled)
                ), tax AS (
                    -- the part of the taxes of an entry that is recovered
                    SELECT move.id,
                           sum(abs(t.balance)) FILTER (WHERE account.id IS NULL)
                           / nullif(sum(abs(t.balance)), 0) AS recovered
                      FROM move
                      JOIN account_move_line t
                        ON t.move_id = move.id AND t.display_type = 'tax'
                 LEFT JOIN account ON account.id = t.account_id
                       AND account.company_id = move.company_id
                  GROUP BY move.id
                )
                INSERT INTO tierslieux_funding_expense AS expense (
                    move_line_id, move_id, company_id, account_id, date, name,
                    move_name, reference, reference_key, partner_id, category_id,
                    amount, vat, is_vat, paid_on, state, charged, refunded,
                    create_uid, create_date, write_uid, write_date
                )
                SELECT line.id, line.move_id, line.company_id, line.account_id,
                       line.date, line.name, line.move_name, line.reference,
                       nullif(regexp_replace(
                           lower(line.reference), '[^[:alnum:]]', '', 'g'
                       ), ''),
                       line.partner_id, line.category_id, line.balance,
                       CASE WHEN line.display_type = 'product' THEN coalesce(round(
                           (line.price_total - line.price_subtotal)
                           / nullif(line.price_subtotal, 0)
                           * line.balance * tax.recovered, 2
                       ), 0) ELSE 0 END,
                       line.display_type = 'tax',
                       CASE WHEN line.at_once THEN line.date ELSE paid.day END,
                       'posted', 0, 0, %(user)s, now() AT TIME ZONE 'UTC',
                       %(user)s, now() AT TIME ZONE 'UTC'
                  FROM line
             LEFT JOIN paid ON paid.id = line.move_id
             LEFT JOIN tax ON tax.id = line.move_id
              ORDER BY line.id
                ON CONFLICT (move_line_id) DO UPDATE SET
                    account_id = excluded.account_id, date = excluded.date,
                    name = excluded.name, move_name = excluded.move_name,
                    reference = excluded.reference,
                    reference_key = excluded.reference_key,
                    partner_id = excluded.partner_id,
                    category_id = excluded.category_id, amount = excluded.amount,
                    vat = excluded.vat, is_vat = excluded.is_vat,
                    paid_on = excluded.paid_on, state = 'posted',
                    write_uid = excluded.write_uid, write_date = excluded.write_date
                WHERE (expense.account_id, expense.date, expense.name,
                       expense.move_name, expense.reference, expense.partner_id,
                       expense.category_id, expense.amount, expense.vat,
                       expense.is_vat,
                       expense.paid_on, expense.state)
                   IS DISTINCT FROM
                      (excluded.account_id, excluded.date, excluded.name,
                       excluded.move_name, excluded.reference, excluded.partner_id,
                       excluded.category_id, excluded.amount, excluded.vat,
                       excluded.is_vat,
                       excluded.paid_on, excluded.state)
                """,
                accounts=SQL("%s::int[]", accounts),
                companies=SQL("%s::int[]", companies),
                categories=SQL("%s::int[]", categories),
                counts=self._counts(),
                of=self._of("l", moves),
                user=self.env.uid,
            )
        )

    def _query_drop(self, moves, accounts, companies, _categories):
        """Rows of lines that are no expense any more."""
        gone = SQL(
            """
            SELECT expense.id
              FROM tierslieux_funding_expense expense
              JOIN account_move_line l ON l.id = expense.move_line_id
              JOIN account_move m ON m.id = expense.move_id
         LEFT JOIN unnest(%(accounts)s, %(companies)s) AS account (id, company_id)
                ON account.id = l.account_id AND account.company_id = m.company_id
             WHERE (account.id IS NULL OR NOT (%(counts)s)) AND %(of)s
            """,
            accounts=SQL("%s::int[]", accounts),
            companies=SQL("%s::int[]", companies),
            counts=self._counts(),
            of=self._of("expense", moves),
        )
        self.env.cr.execute(
            SQL(
                """
                DELETE FROM tierslieux_funding_expense expense
                 WHERE id IN (%(gone)s) AND NOT EXISTS (
                       SELECT FROM tierslieux_funding_allocation
                        WHERE expense_id = expense.id
                       )
                """,
                gone=gone,
            )
        )
        self.env.cr.execute(
            SQL(
                """
                UPDATE tierslieux_funding_expense SET state = 'unposted'
                 WHERE id IN (%(gone)s) AND state <> 'unposted'
                """,
                gone=gone,
            )
        )

    def _query_match_credits(self, moves):
        """A credit note lessens the line of the same rank and account of the bill it
        reverses; else its first line of that account, else its first line."""
        self.env.cr.execute(
            SQL(
                """
                WITH credit AS (
                    SELECT expense.id, expense.account_id, m.reversed_entry_id,
                           row_number() OVER (
                               PARTITION BY expense.move_id, expense.account_id
                               ORDER BY expense.id
                           ) AS rank
                      FROM tierslieux_funding_expense expense
                      JOIN account_move m ON m.id = expense.move_id
                     WHERE m.reversed_entry_id IS NOT NULL AND expense.amount < 0
                       AND expense.origin_id IS NULL AND %(of)s
                ), origin AS (
                    SELECT id, move_id, account_id,
                           row_number() OVER (
                               PARTITION BY move_id, account_id ORDER BY id
                           ) AS rank
                      FROM tierslieux_funding_expense
                     WHERE amount > 0
                       AND move_id IN (SELECT reversed_entry_id FROM credit)
                )
                UPDATE tierslieux_funding_expense expense SET origin_id = found.origin
                  FROM (
                       SELECT DISTINCT ON (credit.id)
                              credit.id, origin.id AS origin
                         FROM credit
                         JOIN origin ON origin.move_id = credit.reversed_entry_id
                     ORDER BY credit.id,
                              origin.account_id = credit.account_id DESC,
                              origin.rank = credit.rank DESC, origin.id
                       ) found
                 WHERE expense.id = found.id
                """,
                of=self._of("expense", moves),
            )
        )

    def _query_lessened(self, moves):
        """The expenses that credits among these entries lessen."""
        rows = self.env.execute_query(
            SQL(
                """
                SELECT DISTINCT expense.origin_id
                  FROM tierslieux_funding_expense expense
                 WHERE expense.origin_id IS NOT NULL AND %s
                """,
                self._of("expense", moves),
            )
        )
        return {expense for (expense,) in rows}

    def _query_refund(self, expenses):
        """What credits take off.

        :return: the expenses of which that changes something
        """
        if not expenses:
            return []
        rows = self.env.execute_query(
            SQL(
                """
                UPDATE tierslieux_funding_expense expense SET refunded = found.refunded
                  FROM (
                       SELECT origin.id,
                              coalesce(-sum(credit.amount), 0) AS refunded
                         FROM tierslieux_funding_expense origin
                    LEFT JOIN tierslieux_funding_expense credit
                           ON credit.origin_id = origin.id
                          AND credit.state = 'posted'
                        WHERE origin.id IN %s
                     GROUP BY origin.id
                       ) found
                 WHERE expense.id = found.id AND expense.refunded <> found.refunded
             RETURNING expense.id
                """,
                tuple(expenses),
            )
        )
        return [expense for (expense,) in rows]
