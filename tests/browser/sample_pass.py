# ruff: noqa: F821
"""The pass of the journeys: two venues, a plan, a holder with a visit yesterday; run
in Odoo's shell after `sample.py`."""

coworker = user("coworker", "Inès Faure", "group_member")
holder = user("titulaire", "Léo Roche", "group_member")
first_day = fields.Date.today().replace(day=1) - timedelta(days=62)
first_day = first_day.replace(day=1)
env.company.sepa_creditor_identifier = "FR78ZZZ424242"
for venue in venues[:2]:
    venue.opening_hours = "24/7"
    venue.manager_ids = manager
    env["tierslieux.venue.agreement"].create(
        {"venue_id": venue.id, "date_from": first_day}
    )
plan = env["tierslieux.pass.plan"].create(
    {
        "name": "Nomade",
        "is_published": True,
        "product_id": env["product.product"]
        .create({"name": "Pass Nomade", "type": "service"})
        .id,
        "rate_ids": [
            (
                0,
                0,
                {
                    "date_from": first_day,
                    "adopted_on": first_day,
                    "monthly_fee": 75,
                    "included_minutes": 1800,
                    "hourly_rate": 4,
                },
            )
        ],
    }
)
env["tierslieux.settlement.rule"].create(
    {"name": "Règles", "date_from": first_day, "adopted_on": first_day}
)
card = env["tierslieux.pass"].create(
    {
        "partner_id": holder.partner_id.id,
        "payment_mode": "transfer",
        "shows_name": True,
        "event_ids": [
            (0, 0, {"kind": "subscribed", "date": first_day, "plan_id": plan.id})
        ],
        "card_ids": [(0, 0, {"code": "TESTCQDETAPAGE234567"})],
    }
)
came = fields.Datetime.now().replace(second=0) - timedelta(hours=3)
env["tierslieux.visit"].create(
    {
        "pass_id": card.id,
        "partner_id": holder.partner_id.id,
        "venue_id": venues[0].id,
        "check_in": came,
        "check_out": came + timedelta(hours=2),
        "minutes": 120,
    }
)
env.cr.commit()
