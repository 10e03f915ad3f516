# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from collections import defaultdict
from dataclasses import dataclass

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

from ..domain import eligibility


@dataclass(frozen=True, slots=True)
class Bearer:
    """What an action bears of an expense, and what is left of it, in cents.

    :param shown: ``{agreement id: cents shown to it}``
    """

    expense: int
    action: int | None
    indirect: bool
    amount: int
    left: int
    shown: dict
    facts: eligibility.Expense

    @property
    def key(self):
        return self.expense, self.action, self.indirect


class FundingExpense(models.Model):
    """Receipts, duplicates, and what may be shown to a funder."""

    _inherit = "tierslieux.funding.expense"

    evidence_count = fields.Integer(
        string="Supporting documents",
        compute="_compute_evidence",
        search="_search_evidence",
    )
    duplicate_of_id = fields.Many2one(
        "account.move",
        string="Same reference as",
        compute="_compute_duplicate",
        search="_search_duplicate",
        help="An entry recorded before, of the same supplier with the same reference.",
    )
    not_duplicate_reason = fields.Char(string="Why it is no duplicate", readonly=True)
    not_duplicate_by_id = fields.Many2one(
        "res.users", string="Said by", readonly=True, ondelete="restrict"
    )
    warning = fields.Char(compute="_compute_warning")
    warning_short = fields.Char(compute="_compute_warning")
    bearers = fields.Char(string="Borne by", compute="_compute_bearers")
    action_search_id = fields.Many2one(
        "tierslieux.funding.action",
        string="Action",
        compute="_compute_action_search",
        search="_search_action_search",
    )

    @api.depends("move_id")
    def _compute_evidence(self):
        counts = self._query_evidence()
        for expense in self:
            expense.evidence_count = counts.get(expense.move_id._origin.id, 0)

    def _query_evidence(self):
        if not self.move_id:
            return {}
        self.env["ir.attachment"].flush_model(["res_model", "res_id", "res_field"])
        return dict(
            self.env.execute_query(
                SQL(
                    "SELECT res_id, count(*) FROM (%s) evidence"
                    " WHERE res_id IN %s GROUP BY res_id",
                    self._evidence(),
                    tuple(self.move_id._origin.ids),
                )
            )
        )

    @api.model
    def _evidence(self):
        """Documents attached to entries; not those a printed field keeps."""
        return SQL(
            "SELECT id, res_id FROM ir_attachment"
            " WHERE res_model = 'account.move' AND res_field IS NULL"
        )

    def _search_evidence(self, operator, value):
        if operator not in ("in", "not in") or set(value) != {0}:
            return NotImplemented
        within = "not in" if operator == "in" else "in"
        moves = SQL("(SELECT res_id FROM (%s) evidence)", self._evidence())
        return Domain("move_id", within, moves)

    @api.depends("partner_id", "reference", "not_duplicate_reason")
    def _compute_duplicate(self):
        firsts = self._query_duplicates(self._origin.ids)
        for expense in self:
            expense.duplicate_of_id = firsts.get(expense._origin.id, False)

    def _search_duplicate(self, operator, value):
        if operator not in ("in", "not in") or set(value) != {False}:
            return NotImplemented
        within = "not in" if operator == "in" else "in"
        return Domain("id", within, list(self._query_duplicates()))

    @api.model
    def _query_duplicates(self, ids=None):
        """Expenses whose entry looks like one recorded before: same supplier and
        reference; and nobody said why it is none.

        :return: ``{expense id: first entry}``
        """
        if ids is not None and not ids:
            return {}
        self.flush_model()
        return dict(
            self.env.execute_query(
                SQL(
                    """
                    SELECT expense.id, min(first.move_id)
                      FROM tierslieux_funding_expense expense
                      JOIN tierslieux_funding_expense first
                        ON first.partner_id = expense.partner_id
                       AND first.reference_key = expense.reference_key
                       AND first.company_id = expense.company_id
                       AND first.move_id < expense.move_id
                     WHERE expense.amount > 0 AND expense.state = 'posted'
                       AND expense.not_duplicate_reason IS NULL
                       AND first.state = 'posted' AND first.amount > first.refunded
                       AND %s
                  GROUP BY expense.id
                    """,
                    SQL("TRUE") if ids is None else SQL("expense.id IN %s", tuple(ids)),
                )
            )
        )

    @api.depends(
        "state", "amount", "charged", "refunded", "duplicate_of_id", "evidence_count"
    )
    def _compute_warning(self):
        for expense in self:
            short, sentence = expense._warning() or (False, False)
            expense.warning_short, expense.warning = short, sentence

    @api.depends("part_ids.action_id")
    def _compute_bearers(self):
        for expense in self:
            names = expense.part_ids.action_id.mapped("name")
            expense.bearers = ", ".join(names)

    @api.depends("part_ids.action_id")
    def _compute_action_search(self):
        for expense in self:
            expense.action_search_id = expense.part_ids.action_id[:1]

    def _search_action_search(self, operator, value):
        return Domain("part_ids.action_id", operator, value)

    def _warning(self):
        """``(two words, sentence)``: what the treasurer has to look at first."""
        self.ensure_one()
        if self.state != "posted":
            return self.env._("Not posted"), self.env._(
                "The entry is no longer posted, and this expense is charged to a "
                "funder: release it, or post the entry again."
            )
        if self.charged > self.amount - self.refunded:
            return self.env._("Refunded"), self.env._(
                "%(refunded)s was refunded since: more is charged than it cost. "
                "Release what is too much.",
                refunded=self.currency_id.format(self.refunded),
            )
        if self.duplicate_of_id:
            return self.env._("Duplicate?"), self.env._(
                "%(supplier)s gave the reference %(reference)s to %(entry)s already: "
                "is it the same bill? No funder is charged until somebody says why it "
                "is not.",
                supplier=self.partner_id.name,
                reference=self.reference,
                entry=self.duplicate_of_id.name,
            )
        if self.amount > 0 and not self.evidence_count:
            return self.env._("No receipt"), self.env._(
                "No receipt is attached to the entry: no funder is charged until there "
                "is one."
            )
        return None

    @api.private
    def _not_duplicate(self, reason):
        """Say why entries are no duplicates, of all their lines."""
        if not (reason or "").strip():
            raise UserError(self.env._("Please say why it is not the same bill."))
        self.check_access("write")
        lines = self.search([("move_id", "in", self.move_id.ids)])
        # sudo: it is written here alone, with the name of who says it
        lines.sudo().write(
            {
                "not_duplicate_reason": reason.strip(),
                "not_duplicate_by_id": self.env.uid,
            }
        )

    @api.model
    @api.private
    def _bearers(self, where):
        """What actions bear of expenses, oldest expenses first.

        :param where: a condition on the rows ``expense``
        :return: list of ``Bearer``
        """
        self.env.flush_all()
        shown, charged = self._query_shown(where)
        shared = self._shared_lines()
        bearers = []
        for row in self._query_bearers(where):
            key = row["expense"], row["action"], row["indirect"]
            bearers.append(
                Bearer(
                    *key,
                    amount=row["amount"],
                    left=max(0, min(row["amount"] - charged[key], row["left"])),
                    shown=shown[key],
                    facts=eligibility.Expense(
                        date=row["date"],
                        gross=row["amount"],
                        category=shared(row["category"])
                        if row["indirect"]
                        else row["category"],
                        indirect=row["indirect"],
                        action=row["action"],
                        evidence=row["evidence"],
                        paid_on=row["paid_on"],
                        posted=row["posted"],
                        is_vat=row["is_vat"],
                        duplicate=row["duplicate"],
                    ),
                )
            )
        return bearers

    @api.model
    def _shared_lines(self):
        """A function: the line of the report of a shared cost, from that of its
        account."""
        fixed, financial = (
            self.env.ref(f"tierslieux_funding.category_indirect_{kind}").id
            for kind in ("fixed", "financial")
        )
        interest = self.env.ref("tierslieux_funding.category_66").id
        return lambda line: financial if line == interest else fixed

    def _query_bearers(self, where):
        """One row for what each action bears; one for an expense of which nothing is
        left to bear, a credit or an entry no longer posted."""
        self.env.cr.execute(
            SQL(
                """
                SELECT expense.id AS expense, part.action_id AS action,
                       coalesce(part.indirect, false) AS indirect,
                       round(100 * coalesce(
                           part.amount, least(0, expense.amount)
                       ))::bigint AS amount,
                       round(100 * (
                           expense.amount - expense.refunded - expense.charged
                       ))::bigint AS left,
                       expense.date, expense.category_id AS category,
                       expense.paid_on, expense.state = 'posted' AS posted,
                       expense.is_vat,
                       (SELECT count(*)::int FROM (%(evidence)s) evidence
                         WHERE res_id = expense.move_id) AS evidence,
                       expense.not_duplicate_reason IS NULL AND EXISTS (
                           SELECT FROM tierslieux_funding_expense first
                            WHERE first.partner_id = expense.partner_id
                              AND first.reference_key = expense.reference_key
                              AND first.company_id = expense.company_id
                              AND first.move_id < expense.move_id
                              AND first.state = 'posted'
                              AND first.amount > first.refunded
                       ) AS duplicate
                  FROM tierslieux_funding_expense expense
             LEFT JOIN tierslieux_funding_expense_part part
                    ON part.expense_id = expense.id
                 WHERE %(where)s
              ORDER BY expense.date, expense.id, part.id
                """,
                evidence=self._evidence(),
                where=where,
            )
        )
        return self.env.cr.dictfetchall()

    def _query_shown(self, where):
        """``({bearer: {agreement: cents shown}}, {bearer: cents charged})``"""
        shown, charged = defaultdict(dict), defaultdict(int)
        for (
            expense,
            action,
            indirect,
            agreement,
            base,
            amount,
        ) in self.env.execute_query(
            SQL(
                """
                SELECT allocation.expense_id, allocation.action_id,
                       coalesce(allocation.indirect, false), allocation.agreement_id,
                       round(100 * sum(allocation.base))::bigint,
                       round(100 * sum(allocation.amount))::bigint
                  FROM tierslieux_funding_allocation allocation
                  JOIN tierslieux_funding_expense expense
                    ON expense.id = allocation.expense_id
                 WHERE %s
              GROUP BY 1, 2, 3, 4
                """,
                where,
            )
        ):
            shown[expense, action, indirect][agreement] = base
            charged[expense, action, indirect] += amount
        return shown, charged
