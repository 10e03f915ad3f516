# ruff: noqa: F821
"""The mark of the journeys: rules in force, an eligible venue, a reviewer, a committee
of one, and a licence in each state; run in Odoo's shell after `sample.py`."""

reviewer = user("pair", "Hugo Masson", "group_venue_manager")
judge = user("comite", "Karima Petit", "group_member")
venues[3].manager_ids = reviewer
venues[0].write(
    {
        "opening_date": fields.Date.today() - timedelta(days=400),
        "audience_ids": [(6, 0, env["tierslieux.audience"].search([], limit=2).ids)],
        "service_ids": [
            (4, one.id) for one in env["tierslieux.service"].search([], limit=3)
        ],
    }
)
env["tierslieux.membership"].create(
    {
        "partner_id": venues[0].partner_id.id,
        "college_id": ref("college_venue").id,
        "event_ids": [
            (0, 0, {"kind": kind, "date": fields.Date.today() - timedelta(days=300)})
            for kind in ("application", "admission")
        ],
        "line_ids": [
            (
                0,
                0,
                {
                    "partner_id": venues[0].partner_id.id,
                    "membership_id": ref("college_venue")._default_product().id,
                    "date_from": fields.Date.today() - timedelta(days=10),
                    "date_to": fields.Date.today() + timedelta(days=350),
                    "member_price": 60,
                    "state": "paid",
                },
            )
        ],
    }
)
mark = env.ref("tierslieux_brand.brand_territorial")
mark.committee_ids = judge
mark.asset_ids = [
    (
        0,
        0,
        {
            "name": "Logo (SVG)",
            "file_name": "logo.svg",
            "file": "PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciLz4=",
        },
    )
]
rules = env.ref("tierslieux_brand.rules_territorial_1")
rules.write(
    {
        "quorum": 1,
        "resolution_id": env["tierslieux.resolution"]
        .search([("outcome", "=", "adopted")], limit=1)
        .id,
        "date_from": fields.Date.today() - timedelta(days=900),
    }
)
rules.action_adopt()
today = fields.Date.today()
for venue, events in (
    (venues[1], []),
    (venues[2], [{"kind": "suspension", "date": today, "motive": "Sans réponse."}]),
    (venues[3], None),
):
    start = today - timedelta(days=800)
    end = today - timedelta(days=1) if events is None else today + timedelta(days=200)
    env["tierslieux.brand.licence"].create(
        {
            "brand_id": mark.id,
            "venue_id": venue.id,
            "event_ids": [
                (0, 0, one)
                for one in [
                    {
                        "kind": "grant",
                        "date": start,
                        "date_to": end,
                        "rules_id": rules.id,
                    },
                    *(events or []),
                ]
            ],
        }
    )
env.cr.commit()
