# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from dataclasses import replace

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import SQL

from odoo.addons.tierslieux_network.domain.money import cents

from ..domain import claim, eligibility
from .refusal_sentences import refusal_text
from .tierslieux_funding_agreement_claim import fraction

# Why an expense has no parts any more
GONE = {"not_posted", "nothing_left"}
# A correction is the opposite of what it corrects
SAME = ("expense_id", "agreement_id", "action_id", "category_id", "indirect")


class FundingAllocation(models.Model):
    """What is charged of an expense to a funder: the eligible expense shown to it
    (``base``), and the funder's share of it (``amount``).

    The database adds ``amount`` to what is charged of the expense, under the lock of
    its row. Once in a frozen report an allocation is fixed: what corrects it is a new
    one of the opposite amounts that names it.
    """

    _name = "tierslieux.funding.allocation"
    _description = "Part of an expense charged to a funder"
    _inherit = ["tierslieux.frozen"]
    _order = "id"

    _frozen_by = "frozen_on"

    expense_id = fields.Many2one(
        "tierslieux.funding.expense",
        string="Expense line",
        required=True,
        ondelete="restrict",
        index=True,
    )
    agreement_id = fields.Many2one(
        # its index is _shown
        "tierslieux.funding.agreement",
        required=True,
        ondelete="restrict",
    )
    action_id = fields.Many2one(
        "tierslieux.funding.action",
        compute="_compute_bearer",
        store=True,
        readonly=False,
        precompute=True,
        ondelete="restrict",
        index="btree_not_null",
    )
    indirect = fields.Boolean(
        string="Shared cost",
        compute="_compute_indirect",
        store=True,
        readonly=False,
        precompute=True,
        help="The part of a shared cost that the action bears.",
    )
    category_id = fields.Many2one(
        "tierslieux.funding.category",
        string="Line of the report",
        compute="_compute_category",
        store=True,
        readonly=False,
        precompute=True,
        ondelete="restrict",
        domain="[('side', '=', 'charge')]",
    )
    date = fields.Date(related="expense_id.date")
    partner_id = fields.Many2one(related="expense_id.partner_id")
    reference = fields.Char(related="expense_id.reference")
    company_id = fields.Many2one(
        related="agreement_id.company_id", store=True, index=True
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    base = fields.Monetary(
        string="Shown",
        required=True,
        compute="_compute_base",
        store=True,
        readonly=False,
        precompute=True,
        help="The eligible expense shown to the funder.",
    )
    amount = fields.Monetary(
        string="Charged",
        required=True,
        compute="_compute_amount",
        store=True,
        readonly=False,
        precompute=True,
        help="The share of it that the funder pays.",
    )
    room = fields.Monetary(
        string="Left of the award",
        compute="_compute_room",
        help="Of the agreement, with this expense charged to it.",
    )
    corrects_id = fields.Many2one(
        "tierslieux.funding.allocation",
        readonly=True,
        copy=False,
        ondelete="restrict",
        index="btree_not_null",
    )
    reason = fields.Char(readonly=True, copy=False, help="Why it was corrected.")
    frozen_on = fields.Datetime(string="In a report since", readonly=True, copy=False)

    # all that a report reads of it, so that it reads nothing else
    _shown = models.Index(
        "(agreement_id) INCLUDE (id, expense_id, action_id, category_id, indirect,"
        " corrects_id, base, amount)"
    )
    _share = models.Constraint(
        "CHECK ((corrects_id IS NULL AND amount > 0 AND base >= amount)"
        " OR (corrects_id IS NOT NULL AND amount < 0 AND base <= amount))",
        "What is charged is above zero, and no more than the expense shown.",
    )
    _corrected_once = models.UniqueIndex(
        "(corrects_id) WHERE corrects_id IS NOT NULL",
        "This allocation is corrected already.",
    )

    @api.depends("expense_id", "agreement_id")
    def _compute_bearer(self):
        """The action of the agreement that bears most of the expense."""
        for allocation in self:
            actions = allocation.agreement_id.action_ids._origin
            parts = allocation.expense_id.part_ids.filtered(
                lambda part, actions=actions: (
                    part.action_id and (not actions or part.action_id in actions)
                )
            )
            if allocation.action_id not in parts.action_id:
                allocation.action_id = parts.sorted("amount")[-1:].action_id

    @api.depends("expense_id", "action_id")
    def _compute_indirect(self):
        for allocation in self:
            parts = allocation._part()
            allocation.indirect = bool(parts) and all(parts.mapped("indirect"))

    @api.depends("expense_id", "indirect")
    def _compute_category(self):
        shared = self.env["tierslieux.funding.expense"]._shared_lines()
        for allocation in self:
            line = allocation.expense_id.category_id
            allocation.category_id = shared(line.id) if allocation.indirect else line

    @api.depends("expense_id", "agreement_id", "action_id", "indirect")
    def _compute_base(self):
        """What of the part was not shown to this funder yet."""
        for allocation in self:
            part = allocation._part().filtered(
                lambda one, shared=allocation.indirect: one.indirect == shared
            )
            shown = sum(
                other.base
                for other in allocation._others()
                if other.agreement_id == allocation.agreement_id
                and other.action_id == allocation.action_id
                and other.indirect == allocation.indirect
            )
            allocation.base = max(0, sum(part.mapped("amount")) - shown)

    @api.depends("base", "agreement_id")
    def _compute_amount(self):
        """The share of the funder, or what others leave of the expense."""
        for allocation in self:
            share = claim.share(
                cents(allocation.base), fraction(allocation.agreement_id.rate or 0)
            )
            expense = allocation.expense_id
            others = sum(other.amount for other in allocation._others())
            left = expense.amount - expense.refunded - others
            allocation.amount = max(0, min(share, cents(left)) / 100)

    @api.depends("agreement_id", "amount")
    def _compute_room(self):
        charged = self.agreement_id._query_charged()
        spendable = self.agreement_id._spendable()
        for allocation in self:
            agreement = allocation.agreement_id
            mine = charged.get(agreement._origin.id, {})
            total = sum(row["amount"] for row in mine.values())
            total += cents(allocation.amount) - cents(allocation._origin.amount)
            allocation.room = (spendable.get(agreement, 0) - total) / 100

    def _others(self):
        """The other allocations of the expense. Of two new lines of a form neither
        counts for the other: which is which cannot be told."""
        return self.expense_id.allocation_ids.filtered(
            lambda other: other._origin and other._origin != self._origin
        )

    def _part(self):
        """What the action bears of the expense: at most one direct and one shared."""
        return self.expense_id.part_ids.filtered(
            lambda part: part.action_id == self.action_id
        )

    def init(self):
        super().init()
        self._query_charge_trigger()

    def _query_charge_trigger(self):
        """The row of the expense is locked by the update: of two at once the second
        waits, and the check of the expense sees what the first one took."""
        self.env.cr.execute(
            SQL(
                """
                CREATE OR REPLACE FUNCTION tierslieux_funding_charge()
                RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    IF TG_OP <> 'INSERT' THEN
                        UPDATE tierslieux_funding_expense
                           SET charged = charged - OLD.amount
                         WHERE id = OLD.expense_id;
                    END IF;
                    IF TG_OP <> 'DELETE' THEN
                        UPDATE tierslieux_funding_expense
                           SET charged = charged + NEW.amount
                         WHERE id = NEW.expense_id;
                    END IF;
                    RETURN NULL;
                END $$;
                CREATE OR REPLACE TRIGGER charge
                    AFTER INSERT OR DELETE OR UPDATE OF amount, expense_id
                    ON tierslieux_funding_allocation
                    FOR EACH ROW EXECUTE FUNCTION tierslieux_funding_charge();
                """
            )
        )

    @api.model_create_multi
    def create(self, vals_list):
        asked = {}
        for vals in vals_list:
            expense = vals["expense_id"]
            asked[expense] = asked.get(expense, 0) + vals.get("amount", 0)
        self._check_left(asked)
        allocations = super().create(vals_list)
        allocations._charged_changed()
        allocations._check_rules()
        return allocations

    def write(self, vals):
        if "amount" in vals or "expense_id" in vals:
            asked = {}
            for allocation in self:
                before = allocation.expense_id.id
                after = vals.get("expense_id", before)
                asked[before] = asked.get(before, 0) - allocation.amount
                asked[after] = asked.get(after, 0) + vals.get(
                    "amount", allocation.amount
                )
            self._check_left(asked)
        expenses = self.expense_id
        result = super().write(vals)
        self._charged_changed(expenses)
        if vals.keys() - {"frozen_on"}:
            self._check_rules()
        return result

    def unlink(self):
        expenses = self.expense_id
        result = super().unlink()
        self.browse()._charged_changed(expenses)
        return result

    def _charged_changed(self, expenses=None):
        """The database has changed what is charged: read it again."""
        self.flush_model()
        expenses = self.expense_id if expenses is None else expenses | self.expense_id
        expenses.invalidate_recordset(["charged", "left"])

    def _check_rules(self):
        """What a funder is shown is eligible, once, and at its rate; a correction is
        the opposite of what it corrects.

        :raises UserError: with the expense, the agreement and the reason
        """
        self._check_corrections()
        checked = self.filtered(lambda one: not one.corrects_id)
        if not checked:
            return
        checked.agreement_id._query_bump()
        bearers = {
            bearer.key: bearer
            for bearer in self.env["tierslieux.funding.expense"]._bearers(
                SQL("expense.id IN %s", tuple(checked.expense_id.ids))
            )
        }
        rules = checked.agreement_id._rules()
        for allocation in checked:
            if problem := allocation._problem(bearers, rules):
                raise UserError(
                    self.env._(
                        "%(expense)s cannot be charged to %(agreement)s: %(problem)s.",
                        expense=allocation.expense_id.display_name,
                        agreement=allocation.agreement_id.name,
                        problem=problem,
                    )
                )
        charged = checked.agreement_id._query_charged()
        for agreement, most in checked.agreement_id._spendable().items():
            total = sum(row["amount"] for row in charged[agreement.id].values())
            if total > most:
                raise UserError(
                    self.env._(
                        "%(agreement)s: the award is %(award)s, and %(total)s would be "
                        "charged to it.",
                        agreement=agreement.name,
                        award=agreement.currency_id.format(most / 100),
                        total=agreement.currency_id.format(total / 100),
                    )
                )

    def _problem(self, bearers, rules):
        """Why the agreement does not take it, or nothing."""
        self.ensure_one()
        rules = rules[self.agreement_id]
        bearer = bearers.get(
            (self.expense_id.id, self.action_id.id or None, self.indirect)
        )
        if not bearer:
            gone = bearers.get((self.expense_id.id, None, False))
            for reason in eligibility.refusals(gone.facts, rules) if gone else ():
                if reason in GONE:
                    return refusal_text(self.env, reason, rules)
            return self.env._(
                "no part of it is borne by %s", self.action_id.name or "–"
            )
        reasons = eligibility.refusals(bearer.facts, rules)
        if reasons:
            return ", ".join(refusal_text(self.env, one, rules) for one in reasons)
        if bearer.shown.get(self.agreement_id.id, 0) > bearer.amount:
            return self.env._(
                "it would be shown twice, its part is %s",
                self.currency_id.format(bearer.amount / 100),
            )
        most = claim.share(cents(self.base), fraction(self.agreement_id.rate))
        if cents(self.amount) > most:
            return self.env._(
                "at %(rate)s %% its share is %(share)s at most",
                rate=f"{self.agreement_id.rate:g}",
                share=self.currency_id.format(most / 100),
            )
        return None

    def _check_corrections(self):
        for allocation in self:
            corrected = allocation.corrects_id
            if not corrected:
                continue
            if (
                corrected.corrects_id
                or not corrected.frozen_on
                or not allocation.reason
                or allocation.base != -corrected.base
                or allocation.amount != -corrected.amount
                or any(allocation[name] != corrected[name] for name in SAME)
            ):
                raise ValidationError(
                    self.env._(
                        "A correction is the opposite of an allocation in a report, "
                        "with its reason."
                    )
                )

    @api.model
    def _check_left(self, asked):
        """Take the rows of expenses in turn, and refuse with what is left of them.

        :param asked: ``{expense id: what is added}``
        """
        left = self._query_left(asked)
        for expense, amount in asked.items():
            if amount > 0 and left[expense] < round(amount, 2):
                record = self.env["tierslieux.funding.expense"].browse(expense)
                raise UserError(
                    self.env._(
                        "%(expense)s: %(left)s is left to charge, and %(asked)s is "
                        "asked. Charge no more than what is left.",
                        expense=record.display_name,
                        left=record.currency_id.format(float(left[expense])),
                        asked=record.currency_id.format(amount),
                    )
                )

    def action_open_expense(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "tierslieux.funding.expense",
            "res_id": self.expense_id.id,
            "view_mode": "form",
        }

    @api.model
    def _query_left(self, expenses):
        """``{id: what is left}``, the rows locked until the end of the transaction."""
        if not expenses:
            return {}
        self.env["tierslieux.funding.expense"].flush_model()
        self.flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT id, amount - refunded - charged
                  FROM tierslieux_funding_expense
                 WHERE id IN %s
              ORDER BY id
                   FOR UPDATE
                """,
                tuple(expenses),
            )
        )
        return dict(rows)

    @api.private
    def _problems(self):
        """What is wrong with allocations by now, for the controls of a report: the
        entry may have been reset or refunded since, the receipt lost.

        :return: ``{allocation: sentence}`` of those that have a problem
        """
        live = self.filtered(lambda one: not one.corrects_id)
        live -= self.search([("corrects_id", "in", live.ids)]).corrects_id
        if not live:
            return {}
        bearers = {
            bearer.key: bearer
            for bearer in self.env["tierslieux.funding.expense"]._bearers(
                SQL("expense.id IN %s", tuple(live.expense_id.ids))
            )
        }
        # its agreement may be closed since: that is no problem
        rules = {
            agreement: replace(one, secured=True)
            for agreement, one in live.agreement_id._rules().items()
        }
        problems = {one: one._problem(bearers, rules) for one in live}
        for one in live:
            expense = one.expense_id
            if expense.charged > expense.amount - expense.refunded:
                problems[one] = problems[one] or expense.warning
        return {one: problem for one, problem in problems.items() if problem}

    @api.private
    def _freeze(self):
        """Fix them: they are in a report."""
        self.filtered(lambda one: not one.frozen_on).frozen_on = fields.Datetime.now()
        self.flush_model()

    @api.private
    def _cancel(self, reason):
        """Correct allocations of a frozen report: the opposite of each, with the
        reason."""
        return self.create(
            [
                {
                    "expense_id": allocation.expense_id.id,
                    "agreement_id": allocation.agreement_id.id,
                    "action_id": allocation.action_id.id,
                    "category_id": allocation.category_id.id,
                    "indirect": allocation.indirect,
                    "base": -allocation.base,
                    "amount": -allocation.amount,
                    "corrects_id": allocation.id,
                    "reason": reason,
                }
                for allocation in self
            ]
        )
