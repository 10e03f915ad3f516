# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models


class ResCompany(models.Model):
    """Where the monthly close of the pass posts."""

    _inherit = "res.company"

    pass_purchase_account_id = fields.Many2one(
        "account.account",
        string="Hours bought from venues",
        domain=[("account_type", "=like", "expense%")],
        help="Expense account of what venues are paid, such as 604.",
    )
    pass_held_account_id = fields.Many2one(
        "account.account",
        string="Amounts held for venues",
        help="Payable account of what venues earned and may not be invoiced yet, such "
        "as 408.",
    )
    pass_allocation_account_id = fields.Many2one(
        "account.account",
        string="Allocations to the funds",
        domain=[("account_type", "=like", "expense%")],
        help="Expense account of what is put aside, such as 689.",
    )
    pass_reserve_account_id = fields.Many2one(
        "account.account", string="Reserve", help="Such as 1941."
    )
    pass_fund_account_id = fields.Many2one(
        "account.account", string="Common fund", help="Such as 1942."
    )

    pass_collected_account_id = fields.Many2one(
        "account.account",
        string="Collected by venues for the network",
        domain=[("reconcile", "=", True)],
        help="Account of what venues were paid for the network and owe it, such as "
        "467; needed once a venue collects.",
    )
    pass_sale_journal_id = fields.Many2one(
        "account.journal",
        string="Invoices of the pass",
        domain=[("type", "=", "sale")],
        help="Made by the first close if none is chosen.",
    )
    pass_self_bill_journal_id = fields.Many2one(
        "account.journal",
        string="Invoices drawn up for venues",
        domain=[("type", "=", "purchase"), ("is_self_billing", "=", True)],
        help="Each venue's invoices have their own sequence of numbers (CGI, ann. II, "
        "art. 242 nonies). Made by the first close if none is chosen.",
    )

    PASS_ACCOUNTS = (
        "pass_purchase_account_id",
        "pass_held_account_id",
        "pass_allocation_account_id",
        "pass_reserve_account_id",
        "pass_fund_account_id",
    )

    def _missing_pass_accounts(self):
        """Labels of the accounts of the close that are not chosen yet."""
        self.ensure_one()
        return [
            self._fields[name]._description_string(self.env)
            for name in self.PASS_ACCOUNTS
            if not self[name]
        ]

    def _make_pass_journals(self):
        """The journals of the pass, once: its invoices are not mixed with dues."""
        self.ensure_one()
        for name, values in {
            "pass_sale_journal_id": {
                "name": self.env._("Pass: members"),
                "code": "PASS",
                "type": "sale",
            },
            "pass_self_bill_journal_id": {
                "name": self.env._("Pass: invoices drawn up for venues"),
                "code": "AUTO",
                "type": "purchase",
                "is_self_billing": True,
            },
        }.items():
            if not self[name]:
                self[name] = self.env["account.journal"].create(
                    {**values, "company_id": self.id, "show_on_dashboard": False}
                )
