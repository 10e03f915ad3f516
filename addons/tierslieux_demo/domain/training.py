# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A training of the demo network and its two sessions, as plain data."""

import datetime

PROGRAMME = {
    "name": "Faciliter un tiers-lieu",
    "summary": "Accueillir, animer une communauté, tenir l’économie d’un lieu.",
    "audience": "Personnes qui ouvrent ou animent un tiers-lieu, salariées ou "
    "bénévoles.",
    "prerequisites": "Avoir un projet de lieu, ou participer à la vie d’un lieu.",
    "objectives": "Accueillir et relier les personnes d’un lieu.\n"
    "Construire un programme avec les habitants.\n"
    "Lire et tenir le budget d’un lieu.",
    "means": "Visites de deux lieux, mises en situation, fiches du réseau.",
    "evaluation": "Une mise en situation observée, un questionnaire à chaud puis à "
    "trois mois.",
}
# (name, objective, minutes)
MODULES = (
    ("L’accueil", "Mener un accueil et orienter une personne.", 210),
    ("La communauté", "Préparer et tenir un temps collectif.", 210),
    ("Le programme", "Écrire une saison avec les habitants.", 210),
    ("L’économie du lieu", "Établir le budget d’une année.", 210),
)
# (audience, for, amount)
PRICES = (("public", "hour", 25.0), ("member", "hour", 18.0))
ORGANISATION_PRICE = ("organisation", "flat", 560.0)
# What the partner is paid for an hour.
PARTNER_RATE = 60.0
# Local hours of the half-days of a day.
HOURS = ((9, 0), (13, 30))
PAST, COMING = 40, 25
SEATS = 10
RULES = (
    "Chacun respecte les horaires, les personnes et le lieu.\n"
    "Les consignes de sécurité du lieu s’appliquent.\n"
    "Un différend se dit au formateur, puis au bureau de l’association."
)


def workday(day):
    """The day when it and the next one are workdays, else the Monday after."""
    return day + datetime.timedelta(days=7 - day.weekday() if day.weekday() > 3 else 0)


def half_days(first):
    """Local starts of the four half-days of two days that follow."""
    return [
        datetime.datetime.combine(
            first + datetime.timedelta(days=rank), datetime.time(*hour)
        )
        for rank in range(2)
        for hour in HOURS
    ]
