# ruff: noqa: F821
"""What a month of the pass needs to be closed, after ``sample_pass.py``: accounts, a
bank, a payer by debit, two more venues, one of which never signed."""

from datetime import datetime


def iban(number):
    body = f"{30000 + number:05}00001{number:011}00"
    return f"FR{98 - int(f'{body}152700') % 97:02}{body}"


def bank(partner, number):
    return env["res.partner.bank"].create(
        {
            "acc_number": iban(number),
            "partner_id": partner.id,
            "allow_out_payment": True,
        }
    )


treasurer = env["res.users"].create(
    {
        "name": "Maud Trésor",
        "login": "tresoriere",
        "password": "tresoriere",
        "email": "tresoriere@example.org",
        "lang": "fr_FR",
        "tour_enabled": False,
        "group_ids": [
            (
                6,
                0,
                [
                    env.ref("base.group_user").id,
                    ref("group_treasurer").id,
                    env.ref("account_payment_batch_oca.group_account_payment").id,
                ],
            )
        ],
    }
)
company = env.company
company.currency_id = env.ref("base.EUR")
company.currency_id.active = True
company.write(
    {
        "street": "1 rue du Port",
        "zip": "69002",
        "city": "Lyon",
        "country_id": env.ref("base.fr").id,
        "vat": "FR83404833048",
        "email": "bureau@example.org",
        "phone": "+33 4 00 00 00 00",
        "initiating_party_issuer": "FR",
        "initiating_party_identifier": "FR78ZZZ424242",
    }
)
for number, (name, label, kind) in enumerate(
    (
        ("purchase", "Heures achetées aux lieux", "expense"),
        ("allocation", "Dotations aux fonds", "expense"),
        ("held", "Sommes retenues", "liability_payable"),
        ("reserve", "Réserve", "liability_non_current"),
        ("fund", "Fonds commun", "liability_non_current"),
        ("collected", "Encaissé par les lieux", "asset_current"),
    )
):
    company[f"pass_{name}_account_id"] = env["account.account"].create(
        {
            "code": f"98{number}000",
            "name": label,
            "account_type": kind,
            "reconcile": kind in ("liability_payable", "asset_current"),
        }
    )
journal = env["account.journal"].search([("type", "=", "bank")], limit=1)
journal.bank_account_id = bank(company.partner_id, 99)
for code, label in (
    ("sepa_direct_debit", "Prélèvement SEPA"),
    ("sepa_credit_transfer", "Virement SEPA"),
):
    env["account.payment.method.line"].create(
        {
            "name": label,
            "payment_method_id": env["account.payment.method"]
            .search([("code", "=", code)], limit=1)
            .id,
            "journal_id": journal.id,
            "bank_account_link": "fixed",
            "company_id": company.id,
            "selectable": True,
        }
    )
for kind in ("sale", "purchase"):
    tax = env["account.tax"].create(
        {
            "name": "20 %",
            "type_tax_use": kind,
            "amount": 20,
            "tax_scope": "service",
            "price_include_override": "tax_excluded",
            "sequence": 0,
        }
    )
    if kind == "sale":
        plan.product_id.taxes_id = tax
lake, hive = venues[2:]
# who keeps one venue alone
keeper = user("gardienne", "Odile Lacour", "group_venue_manager")
lake.manager_ids = manager | keeper
lake.partner_id.write({"country_id": env.ref("base.fr").id, "vat": "FR23334175221"})
for number, venue in enumerate(venues[2:]):
    env["tierslieux.venue.vat"].create(
        {"venue_id": venue.id, "date_from": first_day, "regime": "liable", "rate": 20}
    )
    env["tierslieux.venue.agreement"].create(
        {
            "venue_id": venue.id,
            "date_from": first_day,
            # the other one never signed
            "self_billing_date": venue == lake and first_day,
            "netting": True,
            "bank_account_id": bank(venue.partner_id, 30 + number).id,
        }
    )
payer = env["res.partner"].create(
    {
        "name": "Noé Simon",
        "street": "2 rue du Port",
        "zip": "69002",
        "city": "Lyon",
        "country_id": env.ref("base.fr").id,
    }
)
mandate = env["account.banking.mandate"].create(
    {
        "partner_id": payer.id,
        "partner_bank_id": bank(payer, 50).id,
        "signature_date": first_day,
        "format": "sepa_core",
        "type": "recurrent",
    }
)
mandate.validate()
debited = env["tierslieux.pass"].create(
    {
        "partner_id": payer.id,
        "payment_mode": "debit",
        "mandate_id": mandate.id,
        "event_ids": [
            (0, 0, {"kind": "subscribed", "date": first_day, "plan_id": plan.id})
        ],
    }
)
last_month = (fields.Date.today().replace(day=1) - timedelta(days=1)).replace(day=1)
for number, (one, venue, hours) in enumerate(
    (
        (card, lake, 5),
        (card, lake, 7),
        (card, hive, 3),
        (debited, lake, 8),
        (debited, lake, 8),
        (debited, lake, 8),
        (debited, lake, 8),
        (debited, hive, 6),
    )
):
    came = datetime(last_month.year, last_month.month, 3 + number, 9)
    env["tierslieux.visit"].create(
        {
            "pass_id": one.id,
            "partner_id": one.partner_id.id,
            "venue_id": venue.id,
            "check_in": came,
            "check_out": came + timedelta(hours=hours),
            "minutes": hours * 60,
        }
    )
env.cr.commit()
