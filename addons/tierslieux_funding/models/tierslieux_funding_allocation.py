# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL


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
        "tierslieux.funding.expense", required=True, ondelete="restrict", index=True
    )
    agreement_id = fields.Many2one(
        "tierslieux.funding.agreement", required=True, ondelete="restrict", index=True
    )
    action_id = fields.Many2one(
        "tierslieux.funding.action", ondelete="restrict", index="btree_not_null"
    )
    category_id = fields.Many2one(
        "tierslieux.funding.category",
        string="Line of the report",
        compute="_compute_category",
        store=True,
        readonly=False,
        ondelete="restrict",
        domain="[('side', '=', 'charge')]",
    )
    indirect = fields.Boolean(
        readonly=True, help="The part of a shared cost that the action bears."
    )
    company_id = fields.Many2one(
        related="agreement_id.company_id", store=True, index=True
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    base = fields.Monetary(
        string="Shown", required=True, help="The eligible expense shown to the funder."
    )
    amount = fields.Monetary(
        string="Charged", required=True, help="The share the funder pays."
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

    _share = models.Constraint(
        "CHECK ((corrects_id IS NULL AND amount > 0 AND base >= amount)"
        " OR (corrects_id IS NOT NULL AND amount < 0 AND base <= amount))",
        "What is charged is above zero, and no more than the expense shown.",
    )
    _corrected_once = models.UniqueIndex(
        "(corrects_id) WHERE corrects_id IS NOT NULL",
        "This allocation is corrected already.",
    )

    @api.depends("expense_id")
    def _compute_category(self):
        for allocation in self:
            allocation.category_id = allocation.expense_id.category_id

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
        return allocations

    def write(self, vals):
        if "amount" in vals or "expense_id" in vals:
            asked = {}
            for allocation in self:
                before, after = (
                    allocation.expense_id.id,
                    vals.get("expense_id", allocation.expense_id.id),
                )
                asked[before] = asked.get(before, 0) - allocation.amount
                asked[after] = asked.get(after, 0) + vals.get(
                    "amount", allocation.amount
                )
            self._check_left(asked)
        expenses = self.expense_id
        result = super().write(vals)
        self._charged_changed(expenses)
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

    @api.model
    def _check_left(self, asked):
        """Take the rows of expenses in turn, and refuse with what is left of them.

        :param asked: ``{expense id: what is added}``
        """
        left = self._query_left([one for one, amount in asked.items() if amount > 0])
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
