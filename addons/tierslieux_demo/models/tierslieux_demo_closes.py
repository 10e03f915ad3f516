# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models
from odoo.tools import SQL

from ..domain import identifiers, passes

#: Months that are closed, the last one over among them.
CLOSED = 3
#: Accounts of banks: of the network, and of venues after those of people.
NETWORK_BANK = 99_999_999
VENUE_BANKS = 90_000_000
# Of the chart fr_asso, or of the same family: (code, name, type)
ACCOUNTS = {
    "pass_purchase_account_id": ("604100", "Heures achetées aux lieux", "expense"),
    "pass_held_account_id": (
        "408110",
        "Sommes retenues pour les lieux",
        "liability_current",
    ),
    "pass_allocation_account_id": ("689700", "Dotations aux fonds du pass", "expense"),
    "pass_collected_account_id": (
        "467100",
        "Encaissé par les lieux pour le réseau",
        "asset_current",
    ),
    "pass_reserve_account_id": ("194100", "Réserve du pass", "liability_non_current"),
    "pass_fund_account_id": ("194200", "Fonds commun du pass", "liability_non_current"),
}
METHODS = {
    "sepa_direct_debit": "Prélèvement SEPA",
    "sepa_credit_transfer": "Virement SEPA",
}
TABLES = ("account_move", "account_move_line", "account_partial_reconcile")


class Demo(models.AbstractModel):
    _inherit = "tierslieux.demo"

    def _stages(self):
        return [
            *super()._stages(),
            (self.env._("accounts and bank of the pass"), "_load_pass_accounts"),
            (self.env._("invoices of bookings"), "_load_booking_invoices"),
            (self.env._("closed months of the pass"), "_load_closes"),
        ]

    def _load_pass_accounts(self, data, ids):
        company = self.env.company
        company.write(
            {
                **{name: self._account(*row).id for name, row in ACCOUNTS.items()},
                "initiating_party_issuer": "FR",
                "initiating_party_identifier": company.sepa_creditor_identifier,
            }
        )
        income = self.env["account.chart.template"].ref("pcg_706")
        plans = self.env["tierslieux.pass.plan"].browse(ids["plans"].values())
        plans.product_id.property_account_income_id = income
        self._load_network_bank()
        yield 1, 2
        self._load_venue_banks(data, ids)
        yield 2, 2

    def _account(self, code, name, account_type):
        accounts = self.env["account.account"]
        return accounts.search([("code", "=", code)], limit=1) or accounts.create(
            {
                "code": code,
                "name": name,
                "account_type": account_type,
                "reconcile": account_type in ("asset_current", "liability_current"),
            }
        )

    def _load_network_bank(self):
        company = self.env.company
        journal = self.env["account.journal"].search([("type", "=", "bank")], limit=1)
        journal.bank_account_id = self.env["res.partner.bank"].create(
            {
                "partner_id": company.partner_id.id,
                "acc_number": identifiers.iban(NETWORK_BANK),
                "allow_out_payment": True,
            }
        )
        methods = self.env["account.payment.method"].search(
            [("code", "in", list(METHODS))]
        )
        self.env["account.payment.method.line"].create(
            [
                {
                    "name": METHODS[method.code],
                    "payment_method_id": method.id,
                    "journal_id": journal.id,
                    "bank_account_link": "fixed",
                    "company_id": company.id,
                    "selectable": True,
                }
                for method in methods
            ]
        )

    def _load_venue_banks(self, data, ids):
        agreements = self.env["tierslieux.venue.agreement"].search(
            [
                (
                    "venue_id",
                    "in",
                    [ids["venues"][key] for key in data["passes"]["venues"]],
                )
            ]
        )
        keys = {venue: key for key, venue in ids["venues"].items()}
        banks = self.env["res.partner.bank"].create(
            [
                {
                    "partner_id": agreement.partner_id.id,
                    "acc_number": identifiers.iban(
                        VENUE_BANKS + keys[agreement.venue_id.id]
                    ),
                    "allow_out_payment": True,
                }
                for agreement in agreements
            ]
        )
        for agreement, bank in zip(agreements, banks, strict=True):
            agreement.bank_account_id = bank

    def _load_closes(self, data, ids):
        """Real closes, one after the other. The bank has carried out the orders of all
        but the last: those of the last one are to be sent."""
        today = fields.Date.context_today(self)
        closes = self.env["tierslieux.pass.close"].with_context(tierslieux_demo=True)
        for number in range(CLOSED, 0, -1):
            self._query_analyze()
            close = closes.create({"month": passes.months_before(today, number)})
            close._run()
            if number > 1:
                for order in close.debit_order_id | close.transfer_order_id:
                    order.generated2uploaded()
            yield CLOSED - number + 1, CLOSED

    def _query_analyze(self):
        """The planner knows nothing yet of tables just filled: the core's state of
        payments would read them row by row."""
        self.env.flush_all()
        for table in TABLES:
            self.env.cr.execute(SQL("ANALYZE %s", SQL.identifier(table)))
