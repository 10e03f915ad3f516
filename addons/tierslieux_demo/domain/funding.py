"""Plans and agreements of the demo network, as plain data."""

from datetime import date, timedelta

from .funding_tables import CURRENT, STUDY

STUDY_YEAR = 2018
#: Agreements of a year are decided within its first months: until then the year under
#: way is the one before.
DECIDED = timedelta(days=150)

FUNDERS = [
    {"key": "region", "name": "Région Auvergne-Rhône-Alpes", "legal_form": "region"},
    {"key": "state", "name": "Agence nationale des lieux", "legal_form": "state"},
    {"key": "europe", "name": "Programme Interreg", "legal_form": "state"},
    {"key": "city", "name": "Ville de Lyon", "legal_form": "commune"},
]
#: Of the organisations and users of the network.
METROPOLIS, FOUNDATION = "metropolis", "foundation"


def generate(today):
    """Funding plans, funders and agreements.

    :return: ``{"plans", "funders", "agreements"}``; a plan is ``{"name", "year",
        "phases"}`` in the shape of ``funding_tables``, the year its first phase
    """
    year = (today - DECIDED).year
    return {
        "year": year,
        "plans": [
            {
                "key": "study",
                "name": f"Étude métropolitaine {STUDY_YEAR}-{STUDY_YEAR + 2}",
                "year": STUDY_YEAR,
                "phases": STUDY,
            },
            {
                "key": "current",
                "name": f"Plan de financement {year - 1}-{year + 1}",
                "year": year - 1,
                "phases": CURRENT,
            },
        ],
        "funders": FUNDERS,
        "agreements": list(_agreements(year)),
    }


def _agreements(year):
    """``events`` are the changes of state with their days, ``actions`` names of actions
    by year; percentages of tranches, None for what is left."""
    before, after = year - 1, year + 1
    network = ["Coordination et permanence", "Rencontres du réseau"]
    yield {
        "key": "metropolis_before",
        "name": f"Animation du réseau {before}",
        "reference": f"{before}-TL-0112",
        "funder": METROPOLIS,
        "source": "grant",
        "line": "74d",
        "terms": {
            "amount": 32_000,
            "date_from": date(before, 1, 1),
            "date_to": date(before, 12, 31),
            "rate": 80,
            "dedicated": True,
        },
        "actions": {before: [*network, "Carte papier"]},
        "events": [
            ("requested", date(before - 1, 10, 15)),
            ("notified", date(before, 2, 20)),
            ("signed", date(before, 3, 10)),
        ],
        "tranches": [
            (70, "Signature de la convention", date(before, 4, 15)),
            (None, "Compte rendu financier", date(year, 7, 31)),
        ],
        "documents": ["budget", "convention"],
    }
    yield {
        "key": "foundation",
        "name": "Réparer plutôt que jeter",
        "reference": "FDF-2291",
        "funder": FOUNDATION,
        "source": "sponsorship",
        "line": "74j",
        "terms": {
            "amount": 12_000,
            "date_from": date(before, 9, 1),
            "date_to": date(year, 6, 30),
            "rate": 60,
            "paid_required": True,
            "in_kind_counts": True,
            "dedicated": True,
        },
        "categories": ["60a", "60b", "62a", "62b"],
        "caps": [("62b", 3000)],
        "actions": {before: ["Carte papier"], year: ["Atelier mobile de réparation"]},
        "events": [
            ("requested", date(before, 5, 2)),
            ("notified", date(before, 7, 4)),
            ("signed", date(before, 9, 2)),
        ],
        "tranches": [
            (50, "Signature", date(before, 9, 20)),
            (30, "Point d’étape", date(year, 3, 1)),
            (None, "Rapport final", date(year, 12, 15)),
        ],
        "amendment": {
            "date": date(year, 5, 15),
            "changes": f"Article 2 : dépenses admises jusqu’au 31 août {year}.",
            "values": {"date_to": date(year, 8, 31)},
        },
        "requirements": [
            ("publicity", "Logo sur l’atelier", date(year, 3, 31), date(year, 3, 20)),
            ("activity_report", "Rapport d’activité", date(year, 11, 30), None),
        ],
        "documents": ["application", "budget", "convention", "amendment"],
    }
    yield {
        "key": "metropolis",
        "name": f"Animation et transition {year}",
        "reference": f"{year}-TL-0087",
        "funder": METROPOLIS,
        "source": "grant",
        "line": "74d",
        "terms": {
            "amount": 40_000,
            "date_from": date(year, 1, 1),
            "date_to": date(year, 12, 31),
            "rate": 80,
            "indirect_rate": 0,
            "dedicated": True,
        },
        "actions": {year: [*network, "Diagnostics d’énergie"]},
        "events": [
            ("requested", date(before, 10, 20)),
            ("notified", date(year, 2, 24)),
            ("signed", date(year, 3, 12)),
        ],
        "tranches": [
            (70, "Signature de la convention", date(year, 4, 15)),
            (None, "Compte rendu financier", date(after, 7, 31)),
        ],
        "documents": ["budget", "convention"],
    }
    yield {
        "key": "region",
        "name": f"Sobriété des lieux {year}",
        "reference": f"R{year}-4410",
        "funder": "region",
        "source": "grant",
        "binding": True,
        "line": "74b",
        "terms": {
            "amount": 6_000,
            "date_from": date(year, 5, 1),
            "date_to": date(after, 4, 30),
            "rate": 50,
        },
        "actions": {year: ["Diagnostics d’énergie"]},
        "events": [
            ("requested", date(before, 12, 1)),
            ("notified", date(year, 4, 28)),
        ],
        "tranches": [
            (50, "Notification", date(year, 9, 30)),
            (None, "Bilan", date(after, 6, 30)),
        ],
        "documents": ["application", "notification"],
    }
    yield {
        "key": "state",
        "name": f"Soutien aux réseaux {after}",
        "funder": "state",
        "source": "grant",
        "line": "74a",
        "terms": {
            "amount": 30_000,
            "date_from": date(after, 1, 1),
            "date_to": date(after, 12, 31),
        },
        "actions": {after: network},
        "events": [("requested", date(year, 5, 12))],
        "documents": ["application"],
    }
    yield {
        "key": "europe",
        "name": "Lieux sans frontières",
        "funder": "europe",
        "source": "programme",
        "line": "74g",
        "terms": {
            "amount": 36_000,
            "date_from": date(after, 1, 1),
            "date_to": date(after, 12, 31),
            "rate": 60,
            "indirect_rate": 15,
        },
        "actions": {after: ["Réseau transfrontalier"]},
        "events": [],
    }
    yield {
        "key": "city",
        "name": f"Festival des lieux {year}",
        "funder": "city",
        "source": "grant",
        "line": "74e",
        "terms": {
            "amount": 5_000,
            "date_from": date(year, 1, 1),
            "date_to": date(year, 12, 31),
        },
        "actions": {year: ["Festival des lieux"]},
        "events": [
            ("requested", date(year, 1, 15)),
            ("refused", date(year, 4, 3)),
        ],
        "reason": "Le budget culturel est déjà réparti.",
    }
