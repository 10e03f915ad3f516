"""Events to come at the venues, as plain data."""

import datetime
import random

from . import french

# Public holidays that fall on the same day each year: (month, day).
HOLIDAYS = {(1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25)}
# (title, categories it suits, first hour, hours, seats, sentence)
PROGRAMME = [
    (
        "Petit déjeuner des nouveaux",
        ("coworking", "business_centre"),
        8.5,
        1.5,
        30,
        "Croissants, tour de table et visite : de quoi repartir avec trois contacts.",
    ),
    (
        "Atelier réparation : sauvez votre grille-pain",
        ("fablab", "workshop"),
        14,
        4,
        25,
        "Apportez un appareil en panne, des bénévoles outillés vous aident à le "
        "remettre en marche.",
    ),
    (
        "Initiation à la découpe laser",
        ("fablab",),
        18,
        2.5,
        10,
        "Du dessin à la pièce : chacun repart avec l'objet découpé dans la soirée.",
    ),
    (
        "Soirée des porteurs de projets",
        ("incubator", "accelerator", "nursery"),
        18.5,
        3,
        80,
        "Huit projets se présentent en cinq minutes chacun ; le public choisit celui "
        "qu'il veut aider.",
    ),
    (
        "Fête d'installation : Linux pour tous",
        ("hackerspace",),
        14,
        5,
        40,
        "Venez avec votre ordinateur fatigué, repartez avec un système libre et "
        "rapide.",
    ),
    (
        "Portes ouvertes des artisans",
        ("workshop",),
        10,
        8,
        200,
        "Démonstrations, vente d'objets et goûter : une journée pour découvrir les "
        "métiers.",
    ),
    (
        "Permanence juridique coopérative",
        ("incubator", "nursery"),
        9.5,
        3,
        12,
        "SCIC, SCOP ou association ? Vingt minutes avec une juriste pour y voir clair.",
    ),
    (
        "Déjeuner partagé du réseau",
        ("coworking",),
        12,
        2,
        60,
        "Chacun apporte un plat ; une personne du réseau raconte son métier au "
        "dessert.",
    ),
    (
        "Gouvernance partagée : les bases",
        ("coworking", "incubator", "workshop"),
        17,
        3,
        35,
        "Décision par consentement, rôles, élection sans candidat : on pratique sur "
        "des cas réels.",
    ),
    (
        "Couture et réemploi",
        ("workshop", "fablab"),
        18,
        3,
        16,
        "Transformer une nappe en sac, une chemise en tablier : machines sur place.",
    ),
    (
        "Financer son projet : tour d'horizon",
        ("incubator", "accelerator"),
        14,
        3,
        45,
        "Subventions, prêts d'honneur, financement participatif : qui finance quoi, et "
        "quand.",
    ),
    (
        "Concert au tiers-lieu",
        ("coworking", "workshop"),
        19.5,
        3,
        90,
        "Trois groupes du quartier, une buvette associative et les murs qui chantent.",
    ),
]


def generate(venues, today):
    """Twelve events at open venues, over the ten weeks to come.

    Hours are local; titles, places and order do not depend on ``today``.
    """
    rng = random.Random(f"tierslieux events {len(venues)}")
    opened = [venue for venue in venues if venue["state"] == "open"]
    result = []
    for index, (title, kinds, hour, length, seats, sentence) in enumerate(PROGRAMME):
        fitting = [venue for venue in opened if venue["category"] in kinds] or opened
        day = _working_day(
            today + datetime.timedelta(days=4 + index * 6 + rng.randrange(4))
        )
        start = datetime.datetime.combine(day, datetime.time())
        start += datetime.timedelta(hours=hour)
        result.append(
            {
                "name": french.typographic(title),
                "venue": rng.choice(fitting)["key"],
                "start": start,
                "end": start + datetime.timedelta(hours=length),
                "seats": seats,
                "sentence": french.typographic(sentence),
            }
        )
    return result


def _working_day(day):
    while day.weekday() > 4 or (day.month, day.day) in HOLIDAYS:
        day += datetime.timedelta(days=1)
    return day
