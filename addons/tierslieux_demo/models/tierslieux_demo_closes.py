# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import datetime, time, timedelta

from freezegun import freeze_time

from odoo import fields, models
from odoo.tools import SQL

from ..domain import identifiers, passes

#: When a month is closed, and when the bank carries out its orders, from the first day
#: of the next one.
CLOSED_AFTER, PAID_AFTER = timedelta(days=2), timedelta(days=11)
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
# (name, account of what the bank has not carried out yet, in the chart)
METHODS = {
    "sepa_direct_debit": (
        "Prélèvement SEPA",
        "account_journal_payment_debit_account_id",
    ),
    "sepa_credit_transfer": (
        "Virement SEPA",
        "account_journal_payment_credit_account_id",
    ),
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
        self._load_payment_providers()
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
        journal = self.env["account.journal"].search(
            [("type", "=", "bank"), ("company_id", "=", company.id)], limit=1
        )
        journal.bank_account_id = self.env["res.partner.bank"].create(
            {
                "partner_id": company.partner_id.id,
                "acc_number": identifiers.iban(NETWORK_BANK),
                "allow_out_payment": True,
            }
        )
        chart = self.env["account.chart.template"]
        methods = self.env["account.payment.method"].search(
            [("code", "in", list(METHODS))]
        )
        self.env["account.payment.method.line"].create(
            [
                {
                    "name": METHODS[method.code][0],
                    "payment_account_id": chart.ref(METHODS[method.code][1]).id,
                    "payment_method_id": method.id,
                    "journal_id": journal.id,
                    "bank_account_link": "fixed",
                    "company_id": company.id,
                    "selectable": True,
                }
                for method in methods
            ]
        )

    def _load_payment_providers(self):
        """Invoices are paid online by a transfer, or by a card of no bank."""
        for provider, state in (
            (self.env.ref("payment.payment_provider_transfer"), "enabled"),
            (self.env.ref("payment.payment_provider_demo"), "test"),
        ):
            provider.write({"state": state, "is_published": True})
        self.env.ref("payment.payment_provider_transfer").action_recompute_pending_msg()

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
        """Real closes, one after the other, each in the first days of the next month.
        The bank has carried out the orders of all but the last: those of the last one
        are to be sent."""
        now = fields.Datetime.now()
        months, today = data["months"], fields.Date.context_today(self)
        with freeze_time(now) as clock:
            for number in range(months, 0, -1):
                after = datetime.combine(
                    passes.months_before(today, number - 1), time(9)
                )
                clock.move_to(min(after + CLOSED_AFTER, now))
                self._query_analyze()
                close = self._close(passes.months_before(today, number))
                if number > 1:
                    clock.move_to(after + PAID_AFTER)
                    for order in close.debit_order_id | close.transfer_order_id:
                        order.generated2uploaded()
                        self._carry_out(order)
                yield months - number + 1, months

    def _close(self, month):
        closes = self.env["tierslieux.pass.close"].with_context(tierslieux_demo=True)
        close = closes.create({"month": month})
        close._run()
        return close

    def _carry_out(self, order):
        """One line of the bank's statement, matched with all it is for."""
        waiting = order.payment_ids.move_id.line_ids.filtered(
            lambda line: line.account_id == line.payment_id.outstanding_account_id
        )
        total = sum(waiting.mapped("balance"))
        entry = self.env["account.move"].create(
            {
                "journal_id": order.journal_id.id,
                "date": fields.Date.context_today(self),
                "ref": order.display_name,
                "line_ids": [
                    fields.Command.create({"account_id": account.id, "balance": amount})
                    for account, amount in (
                        (order.journal_id.default_account_id, total),
                        (waiting.account_id, -total),
                    )
                ],
            }
        )
        entry._post(soft=False)
        self.env["account.move.line"]._match_all([waiting + entry.line_ids[1]])

    def _query_analyze(self):
        """The planner knows nothing yet of tables just filled: the core's state of
        payments would read them row by row."""
        self.env.flush_all()
        for table in TABLES:
            self.env.cr.execute(SQL("ANALYZE %s", SQL.identifier(table)))
