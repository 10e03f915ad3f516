# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date, datetime, timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo.fields import Command

from odoo.addons.account.tests.common import AccountTestInvoicingCommon
from odoo.addons.l10n_fr_association.tests.common import kept_company

SEPTEMBER = date(2026, 9, 1)
OCTOBER = date(2026, 10, 1)
NOVEMBER = date(2026, 11, 1)


class CloseCommon(AccountTestInvoicingCommon):
    """A French network with three venues of different VAT status, holders who pay by
    debit or transfer, and rules of settlement; on 3 December 2026."""

    @classmethod
    def setUpClass(cls):
        cls.kept = kept_company("Réseau français", "fr")
        super().setUpClass()
        freezer = freeze_time(datetime(2026, 12, 3, 9, 0))
        cls.clock = freezer.start()
        cls.addClassCleanup(freezer.stop)
        # The rights of each are for the access matrix
        cls.env = cls.env(su=True)
        cls.company = cls.env.company
        cls.company.write(
            {
                "street": "1 rue du Port",
                "zip": "69002",
                "city": "Lyon",
                "vat": "FR83404833048",
                "email": "bureau@example.org",
                "phone": "0400000000",
            }
        )
        cls.env.user.group_ids = [
            Command.link(cls.env.ref(name).id)
            for name in (
                "account_payment_batch_oca.group_account_payment",
                "tierslieux_network.group_treasurer",
            )
        ]
        cls.closes = cls.env["tierslieux.pass.close"]
        # The test is one transaction: stages follow without committing
        for name in ("_save", "_undo"):
            patcher = patch.object(
                type(cls.closes), name, lambda close: close.env.flush_all()
            )
            patcher.start()
            cls.addClassCleanup(patcher.stop)
        cls.set_up_bank()
        cls.set_up_accounts()
        cls.tax = cls.env.ref(f"account.{cls.company.id}_tva_normale_encaissement")
        cls.product = cls.env["product.product"].create(
            {
                "name": "Pass",
                "type": "service",
                "taxes_id": [Command.set(cls.tax.ids)],
                "property_account_income_id": cls.company_data[
                    "default_account_revenue"
                ].id,
            }
        )
        cls.plan = cls.create_plan("Nomade", monthly_fee=60, included_minutes=600)
        cls.unlimited = cls.create_plan("Illimité", monthly_fee=150, unlimited=True)
        cls.rule = cls.create_rule()
        cls.venues = cls.env["tierslieux.venue"].create(
            [
                {
                    "name": name,
                    "state": "open",
                    "category_id": cls.env["tierslieux.venue.category"]
                    .search([], limit=1)
                    .id,
                }
                for name in ("Ancre", "Brique", "Cap")
            ]
        )
        cls.ancre, cls.brique, cls.cap = cls.venues
        for venue, regime, rate in zip(
            cls.venues,
            ("liable", "franchise_293b", "liable"),
            (20, 0, 20),
            strict=True,
        ):
            cls.env["tierslieux.venue.vat"].create(
                {
                    "venue_id": venue.id,
                    "date_from": "2026-01-01",
                    "regime": regime,
                    "rate": rate,
                    "mention": False if rate else "TVA non applicable, art. 293 B",
                }
            )
        cls.agreements = cls.env["tierslieux.venue.agreement"].create(
            [
                {
                    "venue_id": venue.id,
                    "date_from": "2026-01-01",
                    # Cap never signed the mandate to self-bill
                    "self_billing_date": venue != cls.cap and "2026-01-01",
                    "netting": True,
                    "bank_account_id": cls.create_bank(venue.partner_id, number).id,
                }
                for number, venue in enumerate(cls.venues)
            ]
        )
        cls.ada = cls.create_pass("Ada Alpha", cls.plan, 10)
        cls.bea = cls.create_pass("Béa Bêta", cls.plan, 11)
        cls.cyr = cls.create_pass("Cyr Gamma", cls.unlimited)

    @classmethod
    def setup_independent_company(cls, **kwargs):
        company = cls.env["res.company"].browse(cls.kept)
        company.sudo().active = True
        cls.env.user.company_ids = [Command.link(company.id)]
        return company

    @classmethod
    def set_up_bank(cls):
        cls.company.sepa_creditor_identifier = "FR78ZZZ424242"
        cls.company.initiating_party_issuer = "FR"
        cls.company.initiating_party_identifier = "FR78ZZZ424242"
        journal = cls.company_data["default_journal_bank"]
        journal.bank_account_id = cls.create_bank(cls.company.partner_id, 20)
        cls.env["account.payment.method.line"].create(
            [
                {
                    "name": name,
                    "payment_method_id": cls.env["account.payment.method"]
                    .search([("code", "=", code)], limit=1)
                    .id,
                    "journal_id": journal.id,
                    "bank_account_link": "fixed",
                    "company_id": cls.company.id,
                    "selectable": True,
                }
                for name, code in (
                    ("Débits", "sepa_direct_debit"),
                    ("Virements", "sepa_credit_transfer"),
                )
            ]
        )

    @classmethod
    def create_bank(cls, partner, number):
        account = f"{30000 + number:05}000010000000{number:04}"[:21].ljust(21, "0")
        body = f"{account}00"
        digits = "".join(str(int(c, 36)) for c in body + "FR00")
        key = 98 - int(digits) % 97
        return cls.env["res.partner.bank"].create(
            {
                "acc_number": f"FR{key:02}{body}",
                "partner_id": partner.id,
                "allow_out_payment": True,
            }
        )

    @classmethod
    def set_up_accounts(cls):
        revenue = cls.company_data["default_account_expense"]
        payable = cls.company_data["default_account_payable"]
        cls.company.write(
            {
                "pass_purchase_account_id": revenue.copy({"code": "604900"}).id,
                "pass_allocation_account_id": revenue.copy({"code": "689900"}).id,
                "pass_held_account_id": payable.copy({"code": "408900"}).id,
                "pass_reserve_account_id": cls.env["account.account"]
                .create(
                    {
                        "code": "194100",
                        "name": "Réserve du pass",
                        "account_type": "liability_non_current",
                    }
                )
                .id,
                "pass_fund_account_id": cls.env["account.account"]
                .create(
                    {
                        "code": "194200",
                        "name": "Fonds commun",
                        "account_type": "liability_non_current",
                    }
                )
                .id,
            }
        )

    @classmethod
    def create_plan(cls, name, **rate):
        return cls.env["tierslieux.pass.plan"].create(
            {
                "name": name,
                "product_id": cls.product.id,
                "rate_ids": [
                    Command.create(
                        {
                            "date_from": "2026-01-01",
                            "adopted_on": "2026-01-01",
                            "hourly_rate": 4,
                            **rate,
                        }
                    )
                ],
            }
        )

    @classmethod
    def create_rule(cls, **values):
        return cls.env["tierslieux.settlement.rule"].create(
            {
                "name": "Partage",
                "date_from": "2026-01-01",
                "adopted_on": "2026-01-01",
                "hourly_rate": 4,
                "included_minutes": 600,
                "reserve_rate": 0.02,
                "minimum_guarantee": 5,
                **values,
            }
        )

    @classmethod
    def create_pass(cls, name, plan, debit=None, since=date(2026, 9, 1)):
        partner = cls.env["res.partner"].create(
            {
                "name": name,
                "street": "2 rue du Port",
                "zip": "69002",
                "city": "Lyon",
                "country_id": cls.env.ref("base.fr").id,
            }
        )
        mandate = cls.env["account.banking.mandate"]
        if debit:
            mandate = mandate.create(
                {
                    "partner_id": partner.id,
                    "partner_bank_id": cls.create_bank(partner, debit).id,
                    "signature_date": "2026-08-15",
                    "company_id": cls.company.id,
                    "format": "sepa_core",
                    "type": "recurrent",
                }
            )
            mandate.validate()
        return cls.env["tierslieux.pass"].create(
            {
                "partner_id": partner.id,
                "payment_mode": "debit" if debit else "transfer",
                "mandate_id": mandate.id,
                "event_ids": [
                    Command.create(
                        {"kind": "subscribed", "date": since, "plan_id": plan.id}
                    )
                ],
            }
        )

    @classmethod
    def visit(cls, one, venue, day, hours, start=8, **values):
        check_in = datetime(day.year, day.month, day.day, start)
        check_out = check_in + timedelta(hours=int(hours), minutes=30)
        return cls.env["tierslieux.visit"].create(
            {
                "pass_id": one.id,
                "partner_id": one.partner_id.id,
                "venue_id": venue.id,
                "check_in": check_in,
                "check_out": check_out,
                "minutes": int(hours) * 60 + 30,
                **values,
            }
        )

    @classmethod
    def visit_month(cls, month):
        for day in range(1, 8):
            cls.visit(cls.ada, cls.ancre, month.replace(day=day), 3)
            cls.visit(cls.bea, cls.brique, month.replace(day=day + 7), day % 4)
            cls.visit(cls.cyr, cls.venues[day % 3], month.replace(day=day), 6)

    @classmethod
    def close(cls, month):
        close = cls.closes.create({"month": month})
        close._run()
        return close
