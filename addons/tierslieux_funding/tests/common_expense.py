# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.fields import Command

from .common import FundingCommon


class ExpenseCommon(FundingCommon):
    """Posted expenses with their receipts, and what they are charged to."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.vendor = cls.env["res.partner"].create(
            {"name": "Imprimerie d’essai", "is_company": True}
        )
        cls.sign(cls.agreement)
        cls.expenses = cls.env["tierslieux.funding.expense"]

    @classmethod
    def bill(cls, *amounts, account="606400", date="2026-03-15", **values):
        """A posted bill with a receipt; a line an amount.

        :param action: the action that bears all of it
        :param distribution: or ``{action: percent}``
        :param receipt: whether its receipt is attached
        """
        action = values.pop("action", cls.action)
        distribution = values.pop("distribution", {action: 100} if action else {})
        receipt = values.pop("receipt", True)
        taxes = values.pop("tax_ids", [])
        move = cls.env["account.move"].create(
            {
                "move_type": "in_invoice",
                "partner_id": cls.vendor.id,
                "invoice_date": date,
                "date": date,
                "invoice_line_ids": [
                    Command.create(
                        {
                            "name": "Achat",
                            "price_unit": amount,
                            "account_id": cls.accounts[account].id,
                            "tax_ids": [Command.set(taxes)],
                            "analytic_distribution": {
                                str(one.analytic_account_id.id): percent
                                for one, percent in distribution.items()
                            },
                        }
                    )
                    for amount in amounts
                ],
                **values,
            }
        )
        if receipt:
            cls.env["ir.attachment"].create(
                {
                    "name": "facture.pdf",
                    "raw": b"%PDF-1.4",
                    "res_model": "account.move",
                    "res_id": move.id,
                }
            )
        move.action_post()
        return move

    @classmethod
    def expense_of(cls, move):
        return cls.expenses.search([("move_id", "=", move.id)], order="id")

    @classmethod
    def spend(cls, *amounts, **values):
        return cls.expense_of(cls.bill(*amounts, **values))

    @classmethod
    def allocate(cls, expense, amount=None, agreement=None, **values):
        amount = expense.left if amount is None else amount
        return cls.env["tierslieux.funding.allocation"].create(
            {
                "expense_id": expense.id,
                "agreement_id": (agreement or cls.agreement).id,
                "action_id": cls.action.id,
                "base": amount,
                "amount": amount,
                **values,
            }
        )
