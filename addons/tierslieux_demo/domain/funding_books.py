"""What volunteers and partners gave to the demo's actions, as plain data."""

from datetime import date, timedelta

COORDINATION = "Coordination et permanence"
MEETINGS = "Rencontres du réseau"
WORKSHOP = "Atelier mobile de réparation"
#: Actions on which volunteers write down their time.
VOLUNTEERING = (COORDINATION, MEETINGS, WORKSHOP, "Festival des lieux")
#: ``{action: [(day of the month, minutes, qualification, note)]}``
HABITS = {
    COORDINATION: [
        (4, 120, "general", "Permanence du réseau"),
        (12, 90, "skilled", "Relecture des comptes"),
        (23, 150, "general", "Réunion du collectif"),
    ],
    MEETINGS: [
        (9, 240, "general", "Accueil des participants"),
        (9, 240, "general", "Cuisine et service"),
        (10, 75, "general", "Rangement de la salle"),
        (8, 180, "skilled", "Animation d’un atelier"),
    ],
    WORKSHOP: [
        (6, 210, "skilled", "Réparations avec le public"),
        (20, 210, "skilled", "Réparations avec le public"),
        (20, 120, "general", "Accueil et tri des objets"),
    ],
}
MONTHS = {
    COORDINATION: range(1, 13),
    MEETINGS: (2, 5, 9, 11),
    WORKSHOP: range(4, 12),
}
SKILLED = {"hourly": 18, "source": "Décision du bureau du {day}"}


def volunteering(year, today, persons):
    """Entries of last year and this one, up to yesterday.

    :param persons: how many volunteers there are; they take turns
    :return: ``[{"year", "action", "date", "minutes", "qualification", "note",
        "person"}]``, the person a number below ``persons``
    """
    entries = []
    for action, habits in HABITS.items():
        for one in (year - 1, year):
            if action == WORKSHOP and one < year:
                continue
            for month in MONTHS[action]:
                for rank, (day, minutes, qualification, note) in enumerate(habits):
                    entries.append(
                        {
                            "year": one,
                            "action": action,
                            "date": date(one, month, day),
                            # nobody stays as long each time
                            "minutes": minutes + 15 * ((month + rank) % 3),
                            "qualification": qualification,
                            "note": note,
                            "person": (5 * month + 3 * rank) % persons,
                        }
                    )
    return [entry for entry in entries if entry["date"] < today]


def in_kind(year):
    """Rooms lent and services given, with how their worth was found."""
    return [
        {
            "year": one,
            "action": action,
            "date": date(one, month, 9),
            "kind": kind,
            "name": name,
            "value": value,
            "valuation": valuation,
        }
        for one in (year - 1, year)
        for action, month, kind, name, value, valuation in (
            (
                MEETINGS,
                2,
                "made_available",
                "Salle prêtée pour une rencontre",
                480,
                "Tarif public de la salle : 240 € la journée, 2 journées.",
            ),
            (
                COORDINATION,
                3,
                "service",
                "Conseil juridique offert",
                750,
                "Devis du cabinet pour une demi-journée et un avis écrit.",
            ),
        )
    ]


def tranche_days(expected, granted):
    """``(called, paid)``: asked for a month before it is expected, paid ten days
    after."""
    called = max(granted, expected - timedelta(days=30))
    return called, expected + timedelta(days=10)
