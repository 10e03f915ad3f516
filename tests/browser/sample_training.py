# ruff: noqa: F821
"""The training of the journeys: a session to enrol in, one under way and one that is
over, with its certificate; run in Odoo's shell after `sample.py`."""

from datetime import datetime

DRAWN = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAA"
    "AABJRU5ErkJggg=="
)
trainer = user("formatrice", "Inès Morel", "group_facilitator")
trainee = user("stagiaire", "Malik Roux", "group_member")
env.company.training_rules = "Arriver à l’heure, prendre soin du lieu."
programme = env["tierslieux.programme"].create(
    {
        "name": "Faciliter un tiers-lieu",
        "summary": "Accueillir, animer, tenir l’économie d’un lieu.",
        "audience": "Personnes qui animent un lieu.",
        "prerequisites": "Aucun.",
        "objectives": "Accueillir et relier les personnes d’un lieu.",
        "means": "Visites et mises en situation.",
        "evaluation": "Une mise en situation observée.",
        "is_published": True,
        "module_ids": [
            (0, 0, {"name": "L’accueil", "objective": "Accueillir.", "minutes": 210})
        ],
        "price_ids": [
            (0, 0, {"audience": "public", "amount": 25, "date_from": "2020-01-01"})
        ],
    }
)


def session(name, venue):
    start = (datetime.now() + timedelta(days=30)).replace(
        hour=8, minute=0, second=0, microsecond=0
    )
    event = env["event.event"].create(
        {
            "name": name,
            "programme_id": programme.id,
            "date_begin": start,
            "date_end": start + timedelta(minutes=210),
            "date_tz": "Europe/Paris",
            "address_id": venue.partner_id.id,
            "is_published": True,
            "event_mail_ids": [],
        }
    )
    env["tierslieux.training.half.day"].create(
        {
            "event_id": event.id,
            "venue_id": venue.id,
            "start": start,
            "stop": start + timedelta(minutes=210),
            "module_id": programme.module_ids.id,
        }
    )
    return event


def held(event, ago):
    """People enrol; then the half-day is moved to when it is held."""
    for one in (trainee, member):
        env["tierslieux.training.enrolment"].with_user(one)._enrol(event, [])
    start = datetime.now().replace(minute=0, second=0, microsecond=0) - ago
    half_day = event.half_day_ids
    half_day.write({"start": start, "stop": start + timedelta(minutes=210)})
    half_day.trainer_ids = [(0, 0, {"user_id": trainer.id})]
    return half_day


session("Faciliter un tiers-lieu : session ouverte", venues[0])
held(
    session("Faciliter un tiers-lieu : session du jour", venues[1]), timedelta(hours=0)
)
over = held(
    session("Faciliter un tiers-lieu : session passée", venues[2]), timedelta(days=9)
)
mine = over._trainees().filtered(lambda one: one.trainee_id == trainee.partner_id)
over.with_user(trainer).sudo()._type_in([(mine, 210, None)])
mine.action_certify()
env.cr.commit()
