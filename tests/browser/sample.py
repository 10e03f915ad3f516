# ruff: noqa: F821
"""The small network of the journeys; run in Odoo's shell, which gives `env`."""

from datetime import timedelta

from odoo import fields

env = env(context=dict(env.context, no_reset_password=True, tracking_disable=True))
lyon = env["tierslieux.commune"].search([("insee_code", "=", "69123")]) or env[
    "tierslieux.commune"
].create({"name": "Lyon", "insee_code": "69123", "zip": "69001"})


def ref(name):
    return env.ref(f"tierslieux_network.{name}")


def user(login, name, group):
    return env["res.users"].create(
        {
            "name": name,
            "login": login,
            "password": login,
            "email": f"{login}@example.org",
            "lang": "fr_FR",
            "group_ids": [(6, 0, [env.ref("base.group_portal").id, ref(group).id])],
        }
    )


manager = user("gerante", "Dounia Garnier", "group_venue_manager")
member = user("membre", "Zoé Perrin", "group_member")
venues = env["tierslieux.venue"].create(
    [
        {
            "name": name,
            "category_id": ref(f"venue_category_{category}").id,
            "state": "open",
            "is_published": True,
            "commune_id": lyon.id,
            "city": "Lyon",
            "zip": "69001",
            "street": "1 rue des Capucins",
            "phone": "+33 4 00 00 00 00",
            "partner_latitude": 45.76 + number / 500,
            "partner_longitude": 4.83 + number / 400,
            "accessibility": access,
            "service_ids": [(6, 0, [ref(f"service_{service}").id])],
            "summary": "Un lieu ouvert à toutes et tous.",
            "opening_hours": "Mo-Fr 09:00-18:00",
        }
        for number, (name, category, access, service) in enumerate(
            [
                ("L'Établi des Pentes", "workshop", "full", "workshop"),
                ("L'Établi du Plateau", "workshop", "none", "workshop"),
                ("L'Établi du Lac", "coworking", "full", "coworking"),
                ("La Ruche", "incubator", "partial", "mentoring"),
            ]
        )
    ]
)
venues[0].manager_ids = manager
env["tierslieux.profile"].create(
    {
        "partner_id": member.partner_id.id,
        "headline": "Menuisière",
        "biography": "Une histoire à moi.",
        "visibility_name": "public",
        "visibility_headline": "public",
    }
)
now = fields.Datetime.now()
env["event.event"].create(
    {
        "name": "Repair café",
        "date_begin": now + timedelta(days=3),
        "date_end": now + timedelta(days=3, hours=2),
        "address_id": venues[0].partner_id.id,
        "website_published": True,
    }
)
bookables = env["tierslieux.bookable"].create(
    [
        {
            "name": name,
            "venue_id": venue.id,
            "seats": seats,
            "capacity": capacity,
            "is_published": True,
            "price_ids": [
                (
                    0,
                    0,
                    {"audience": "public", "date_from": "2026-01-01", "hour": price},
                )
            ],
        }
        for venue in venues
        for name, seats, capacity, price in (
            ("Espace partagé", 6, 6, 3),
            ("Salle de réunion", 1, 8, 12),
        )
    ]
)
member.partner_id.profile_ids.home_venue_id = venues[2]
# who was expected yesterday, and did not come
yesterday = now - timedelta(days=1)
for who in (member.partner_id, env["res.partner"].create({"name": "Absente Durand"})):
    bookables[0]._book(who, yesterday, yesterday + timedelta(hours=1), 1, "walk_in")
env.cr.commit()
