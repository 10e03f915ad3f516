# ruff: noqa: F821
"""The members of the assembly's journey, after ``sample.py``: statutes in force, five
members of two colleges, a board member, and an assembly for today to prepare."""

from datetime import datetime, timedelta

from pytz import timezone

ZONES = ("Europe/Paris", "Asia/Tokyo", "America/New_York")


def enrol(partner, college, delegate=None):
    partner.free_member = True
    return env["tierslieux.membership"].create(
        {
            "partner_id": partner.id,
            "college_id": ref(f"college_{college}").id,
            "event_ids": [
                (0, 0, {"kind": kind, "date": "2025-01-15"})
                for kind in ("application", "admission")
            ],
            "delegation_ids": delegate
            and [(0, 0, {"partner_id": delegate.id, "date_from": "2025-01-15"})],
        }
    )


statutes = env.ref("tierslieux_governance.statutes_association").copy(
    {"name": "Statuts", "date_from": "2024-01-01"}
)
statutes.action_adopt()
board = env["res.users"].create(
    {
        "name": "Aline Bureau",
        "login": "bureau",
        "password": "bureau",
        "email": "bureau@example.org",
        "lang": "fr_FR",
        "tour_enabled": False,
        "group_ids": [(6, 0, [env.ref("base.group_user").id, ref("group_board").id])],
    }
)
third = user("tierce", "Idir Moreau", "group_member")
town = env["res.partner"].create(
    {"name": "Ville de Lyon", "is_company": True, "email": "ville@example.org"}
)
for partner in (manager.partner_id, member.partner_id, third.partner_id):
    enrol(partner, "venue")
enrol(board.partner_id, "company")
enrol(town, "public", third.partner_id)
# Somebody whom the board is to admit
env["tierslieux.membership"].apply(
    {
        "college_id": ref("college_venue").id,
        "name": "Naïma Arrivée",
        "email": "naima@example.org",
    }
)
# Wherever it is late, an assembly of today is held in a zone where it is not
now = datetime.now().astimezone()
zone = next(one for one in ZONES if now.astimezone(timezone(one)).hour < 21)
start = fields.Datetime.now().replace(second=0) + timedelta(minutes=15)
env = env(context=dict(env.context, queue_job__no_delay=True))


def assembly(name, **values):
    return env["tierslieux.assembly"].create(
        {
            "name": name,
            "date_start": start,
            "date_end": start + timedelta(hours=2),
            "tz": zone,
            "venue_id": venues[0].id,
            "attendance_mode": "both",
            "chair_id": board.partner_id.id,
            "secretary_id": manager.partner_id.id,
            "late_reason": "Urgence",
            **values,
        }
    )


def motion(name, *candidates):
    return (
        0,
        0,
        {
            "name": name,
            "kind": "election" if candidates else "motion",
            "candidate_ids": [(0, 0, {"name": one}) for one in candidates],
        },
    )


# The one that the journey holds
assembly("Assemblée générale de printemps", late_reason=False)
# One that is over, for the register
winter = assembly(
    "Assemblée d’hiver",
    motion_ids=[motion("Règlement intérieur"), motion("Bureau", "Ada", "Hedy")],
)
winter.action_convene()
for partner in (member.partner_id, manager.partner_id, board.partner_id):
    winter._arrive(partner)
winter.action_open()
for point in winter.motion_ids:
    point.action_open()
    for partner in (member.partner_id, manager.partner_id):
        mine = winter._electors_of(partner)
        choice = ">".join(map(str, point.candidate_ids.ids)) or "for"
        point._cast(partner, dict.fromkeys(mine.ids, choice))
    point.action_close()
# And votes that run for weeks
running = assembly(
    "Consultation",
    date_end=start + timedelta(days=20),
    is_asynchronous=True,
    motion_ids=[motion("Portes ouvertes"), motion("Comité", "Ada", "Hedy", "Grace")],
)
running.action_convene()
running.action_open()
for point in running.motion_ids:
    point.action_open()
env.cr.commit()
