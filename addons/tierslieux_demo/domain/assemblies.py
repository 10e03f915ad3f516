"""The meetings of the demo association, as plain data: when, on what agenda.

Hours are local. Votes are in ``domain/ballots.py``, once it is known who may vote.
"""

import datetime

from .french import typographic

SATURDAY = 5
FIRST_STATUTES = datetime.date(2021, 3, 20)
# College: seats on the board
SEATS = {"venue": 5, "company": 2, "public": 2}
CANDIDATES = {"venue": 8, "company": 4, "public": 3}


def generate(today):
    """``{"annual", "consultation", "extraordinary", "board"}``: a general assembly held
    some weeks ago, votes running between two dates, an assembly just convened, a
    meeting of the board in preparation.

    :return: of each, ``name``, ``kind``, ``convened`` (None: not yet), ``start``,
        ``end``, ``points`` and what the form of an assembly holds
    """
    return {
        "annual": _annual(today),
        "consultation": _consultation(today),
        "extraordinary": _extraordinary(today),
        "board": _board(today),
    }


def _at(day, hour, minute=0):
    return datetime.datetime.combine(day, datetime.time(hour, minute))


def _saturday(day):
    """That day, or the Saturday before."""
    return day - datetime.timedelta(days=(day.weekday() - SATURDAY) % 7)


def _point(name, text, kind="motion", **values):
    return {
        "name": typographic(name),
        "text": typographic(text),
        "kind": kind,
        **{
            key: typographic(value) if isinstance(value, str) else value
            for key, value in values.items()
        },
    }


def _annual(today):
    # who runs the network joined 75 days ago at the latest: three weeks before the day
    # of the assembly they are on the roll
    day = _saturday(today - datetime.timedelta(days=45))
    year = day.year - 1
    return {
        "name": f"Assemblée générale ordinaire {day.year}",
        "kind": "ordinary",
        "convened": _at(day - datetime.timedelta(days=21), 9, 12),
        "start": _at(day, 14),
        "end": _at(day, 18),
        "attendance_mode": "both",
        "place": typographic("Grande salle, rez-de-chaussée"),
        "introduction": typographic(
            "Les membres du réseau sont convoqués à l'assemblée générale ordinaire. "
            "Accueil et émargement dès 13 h 30, sur place ou à distance ; un goûter "
            "suit la séance."
        ),
        "points": [
            _point(
                "Rapport moral",
                "La présidence rend compte de l'année : vie du réseau, lieux "
                "accueillis, chantiers ouverts.",
                "information",
                debate="Une membre salue l'accueil de nouveaux lieux ruraux et demande "
                "que les journées d'entraide se tiennent aussi hors de la métropole.",
            ),
            _point(
                f"Approbation des comptes {year}",
                f"L'assemblée, après avoir entendu le rapport financier, approuve les "
                f"comptes de l'exercice {year} et affecte le résultat au fonds "
                "associatif.",
                key="accounts",
                minutes=9,
                debate="La trésorerie présente le compte de résultat et le bilan.\n"
                "À une question sur la réserve, il est répondu qu'elle couvre quatre "
                "mois de charges.",
                follow_ups=[
                    (
                        "Déposer les comptes approuvés en préfecture",
                        "treasurer",
                        21,
                        True,
                    ),
                    ("Publier le rapport financier sur le site", "board", 35, False),
                ],
            ),
            _point(
                "Cotisation de solidarité entre lieux",
                "Il est institué, à compter du 1er janvier, une cotisation de "
                "solidarité égale à 1 % du chiffre d'affaires de chaque lieu, versée à "
                "un fonds d'entraide.",
                secrecy="confidential",
                key="solidarity",
                minutes=12,
                debate="Plus d'un dixième des membres présents demande le scrutin "
                "secret (article 18).\nLes petits lieux craignent une charge de plus ; "
                "d'autres proposent un fonds alimenté par des dons.",
            ),
            *(
                _point(
                    f"Élection au conseil : collège des {label}",
                    "Élection, pour trois ans, des administratrices et "
                    f"administrateurs issus du collège des {label}. Tous les "
                    "membres votent.",
                    "election",
                    college=college,
                    key="election",
                    minutes=8,
                )
                for college, label in (
                    ("venue", "tiers-lieux et porteurs de projets"),
                    ("company", "coopératives et entreprises"),
                    ("public", "acteurs publics"),
                )
            ),
            _point(
                "Questions diverses",
                "Les membres prennent la parole sur les sujets de leur choix.",
                "information",
            ),
        ],
    }


def _consultation(today):
    return {
        "name": typographic("Consultation des membres : vie du réseau"),
        "kind": "ordinary",
        "convened": _at(today - datetime.timedelta(days=18), 10, 5),
        "start": _at(today - datetime.timedelta(days=2), 9),
        "end": _at(today + datetime.timedelta(days=9), 18),
        "attendance_mode": "remote",
        "is_asynchronous": True,
        "introduction": typographic(
            "Deux décisions vous sont soumises. Votez quand vous voulez, depuis votre "
            "espace ou le courriel de convocation, jusqu'à l'heure annoncée."
        ),
        "points": [
            _point(
                "Une journée portes ouvertes commune chaque printemps",
                "Les lieux du réseau ouvrent ensemble leurs portes un samedi de mai ; "
                "le réseau coordonne le programme et la communication.",
                key="open_day",
            ),
            _point(
                "Comité du fonds d'entraide",
                "Élection de trois membres chargés d'instruire les demandes adressées "
                "au fonds d'entraide.",
                "election",
                college="venue",
                seats=3,
                key="election",
            ),
        ],
    }


def _extraordinary(today):
    day = _saturday(today + datetime.timedelta(days=24))
    return {
        "name": typographic("Assemblée générale extraordinaire : statuts"),
        "kind": "extraordinary",
        "convened": _at(today - datetime.timedelta(days=1), 8, 40),
        "start": _at(day, 10),
        "end": _at(day, 12, 30),
        "attendance_mode": "both",
        "place": typographic("Salle du conseil, 1er étage"),
        "introduction": typographic(
            "Si vous ne pouvez venir, donnez votre pouvoir en deux clics : il faut que "
            "la moitié des membres participent."
        ),
        "points": [
            _point(
                "Modification de l'article 16 : parité au conseil",
                "L'article 16 est complété ainsi : « Le conseil d'administration tend "
                "à la parité entre les femmes et les hommes ; les listes de "
                "candidatures en tiennent compte. »",
            ),
            _point(
                "Étude de la transformation en société coopérative",
                "L'assemblée charge le conseil d'étudier la transformation de "
                "l'association en société coopérative d'intérêt collectif et de lui en "
                "rendre compte.",
            ),
        ],
    }


def _board(today):
    day = today + datetime.timedelta(days=16)
    day += datetime.timedelta(days=(1 - day.weekday()) % 7)  # a Tuesday
    return {
        "name": "Conseil d’administration : budget de l’année",
        "kind": "board",
        "convened": None,
        "start": _at(day, 18),
        "end": _at(day, 20),
        "attendance_mode": "both",
        "place": "Bureau du réseau",
        "introduction": "",
        "points": [
            _point("Demandes d'adhésion", "Examen des demandes reçues."),
            _point("Budget prévisionnel", "Adoption du budget de l'année à venir."),
        ],
    }
