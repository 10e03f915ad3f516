"""What the association writes in its financial reports to funders, as plain data."""

from datetime import date, timedelta

WORKSHOP = "Atelier mobile de réparation"
#: Why a report that was signed is drawn up again.
REASON = (
    "Le fournisseur a envoyé sa facture de juillet après coup : elle s’ajoute aux "
    "dépenses de l’atelier."
)


def generate(year, today):
    """Reports, in the order they are drawn up.

    :param year: the year under way, as agreements have it
    :return: ``[{"key" of the agreement, "date_to", "texts", "annexes": {kind: (name,
        day)}, "signed" or not, "late": a bill after which the report is drawn up
        again, or False}]``
    """
    before = year - 1
    # a grant under way is reported up to the last month that is over
    until = min(date(year, 8, 31), today.replace(day=1) - timedelta(days=1))
    bill = _late_bill(year, date(year, 7, 24))
    late = bill["date"] <= until and bill["paid_on"] < today
    accounts = (f"Comptes approuvés {before}", date(year, 5, 22))
    return [
        {
            "key": "foundation",
            "date_to": until,
            "texts": _workshop(year),
            "annexes": {
                "report": (f"Rapport d’activité {before}", date(year, 5, 22)),
                "accounts": accounts,
            },
            "signed": True,
            "late": late and bill,
        },
        {
            "key": "metropolis_before",
            "date_to": date(before, 12, 31),
            "texts": _animation(before),
            "annexes": {"accounts": accounts},
            "signed": False,
            "late": False,
        },
    ]


def _late_bill(year, day):
    return {
        "key": "demo-bill-late",
        "supplier": "Atelier Garance, études",
        "account": "622600",
        "reference": f"AT{year}-0724",
        "date": day,
        "paid_on": day + timedelta(days=21),
        "label": "Réparateurs, séances de juillet",
        "cents": 580_00,
        "year": year,
        "action": WORKSHOP,
        "receipt": True,
        "credited": 0,
    }


def _workshop(year):
    return {
        "action": f"La carte papier des lieux a été imprimée à l’automne {year - 1}. "
        f"De janvier à août {year}, l’atelier mobile s’est arrêté deux fois par mois "
        "chez un lieu du réseau : diagnostic, réparation avec la personne, prêt "
        "d’outils. Une fiche est remplie pour chaque objet.",
        "public": "Environ 430 personnes sont venues avec un objet, dont un tiers "
        "vivent dans un quartier prioritaire ; 26 bénévoles ont été formés.",
        "places": f"Seize séances de janvier à août {year}, dans onze lieux de la "
        "métropole de Lyon.",
        "objectives": "Oui : 300 objets réparés étaient visés, 318 l’ont été ; six "
        "objets sur dix repartent en état de marche.",
        "variances": "Les actions durent au-delà de la convention : la carte a "
        "commencé avant elle, et les réparateurs interviennent encore d’octobre à "
        "décembre. L’outillage a coûté un peu plus que prévu, une perceuse a été "
        "rendue en partie.",
        "in_kind": "Les bénévoles notent leurs heures dans leur espace et la "
        "trésorerie les confirme. L’aide générale est valorisée au SMIC horaire, "
        "l’aide qualifiée au barème adopté par le bureau.",
        "observations": "Des billets de train pour un salon, une facture sans "
        "justificatif et une facture payée après la convention ne vous sont pas "
        "présentés.",
    }


def _animation(year):
    return {
        "action": "La permanence du réseau a répondu aux lieux toute l’année, et "
        "quatre rencontres les ont réunis. La carte papier a été dessinée et "
        "imprimée.",
        "public": "Les équipes de tous les lieux du réseau, et le public des "
        "rencontres : environ 320 repas servis.",
        "places": f"Toute l’année {year} ; les rencontres en février, mai, août et "
        "novembre.",
        "objectives": "Oui : les quatre rencontres prévues se sont tenues et la carte "
        "est distribuée dans tous les lieux.",
    }
