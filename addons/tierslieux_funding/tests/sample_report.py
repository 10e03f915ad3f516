# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Contents of reports of any size, made up by a seed."""

import random

from ..domain.financial_report import own_resources, percent, table, totals, variances

LINES = [
    ("60", "60 – Achats", "charge", None),
    ("60a", "Achats matières et fournitures", "charge", "60"),
    ("60b", "Autres fournitures", "charge", "60"),
    ("61", "61 – Services extérieurs", "charge", None),
    ("61a", "Locations", "charge", "61"),
    ("62", "62 – Autres services extérieurs", "charge", None),
    ("62a", "Rémunérations intermédiaires et honoraires", "charge", "62"),
    ("62c", "Déplacements, missions", "charge", "62"),
    ("65", "65 – Autres charges de gestion courante", "charge", None),
    ("indirect", "Charges indirectes affectées à l’action", "charge", None),
    ("indirect_fixed", "Charges fixes de fonctionnement", "charge", "indirect"),
    ("70", "70 – Vente de prestations de services", "product", None),
    ("74", "74 – Subventions d’exploitation", "product", None),
    ("74c", "Département(s)", "product", "74"),
    ("74e", "Commune(s)", "product", "74"),
    ("own", "Ressources propres affectées à l’action", "product", None),
    ("86", "86 – Emplois des contributions volontaires", "in_kind_charge", None),
    ("864", "864 – Personnel bénévole", "in_kind_charge", "86"),
    ("87", "87 – Contributions volontaires en nature", "in_kind_product", None),
    ("870", "870 – Bénévolat", "in_kind_product", "87"),
]
CHARGED = ("60a", "60b", "61", "61a", "62a", "62c", "65", "indirect_fixed")


def sample(seed, count=40, bricks=2):
    """The content of a report with ``count`` lines of expense."""
    chance = random.Random(seed)
    lines = [
        dict(zip(("code", "name", "side", "parent"), line, strict=True))
        for line in LINES
    ]
    expenses = [_expense(chance, number, bricks) for number in range(1, count + 1)]
    cost = sum(line["cost"] for line in expenses)
    due = sum(line["charged"] for line in expenses)
    products = [
        _product(1, "grant", "74e", "Ville d’essai", due),
        _product(2, "other_grant", "74c", "Département", cost // 10),
        _product(3, "posted", "70", "Client", cost // 7, date="2026-05-04"),
    ]
    own, over = own_resources(cost, sum(line["cost"] for line in products))
    products.append(_product(4, "own", "own", "Association", own))
    in_kind = [
        {
            "number": number,
            "line": line,
            "date": "2026-06-01",
            "label": "Ateliers",
            "account": account,
            "entry": "CVN/1",
            "action": "Carte des lieux",
            "cost": 123_45,
        }
        for number, (line, account) in enumerate(
            (("864", "864000"), ("870", "875000")), 1
        )
    ]
    charges = [line for line in lines if line["side"] == "charge"]
    planned_bricks = [
        {code: chance.randrange(100_000) for code in CHARGED} for _one in range(bricks)
    ]
    planned = {code: sum(one[code] for one in planned_bricks) for code in CHARGED} | {
        "74e": due,
        "own": 5_000_00,
    }
    actual = {}
    for line in (*expenses, *products, *in_kind):
        actual[line["line"]] = actual.get(line["line"], 0) + line["cost"]
    rows = table(lines, planned, actual)
    sums = totals(rows)
    award = due + 10_000
    return {
        "format": 1,
        "language": "fr_FR",
        "title": "Compte rendu financier de subvention",
        "company": {
            "name": "Association d’essai & cie",
            "siret": "12345678900015",
            "rna": "W691234567",
            "address": "1 rue de l’Essai, 69001 Lyon",
        },
        "agreement": {
            "id": 1,
            "name": "Subvention 2026",
            "reference": "DEL-2026-12",
            "funder": "Ville d’essai",
            "line": "74e",
            "amount": award,
            "rate": "80,0 %",
            "from": "2026-01-01",
            "to": "2026-12-31",
            "signed_on": "2026-01-15",
            "actions": ["Carte des lieux", "Rencontres"],
        },
        "period": {"from": "2026-01-01", "to": "2026-12-31"},
        "posted_until": "2027-01-31",
        "drawn_on": "2027-02-01",
        "author": "Trésorière",
        "version": 1,
        "reason": "",
        "replaces": "",
        "table": rows,
        "totals": sums,
        "sentence": "La subvention représente une part du total des produits.",
        "grant": {
            "award": award,
            "moved": 0 if seed % 2 else 3_000_00,
            "given_back": 0 if seed % 2 else 500_00,
            "returned": 0 if seed % 2 else 400_00,
            "shown": sum(line["base"] for line in expenses),
            "charged": due,
            "due": due,
            "earlier": 0 if seed % 2 else 1_234_56,
            "limit": "rate",
            "received": award // 2,
            "over_funding": over,
            "share": percent(due, sums["product"]["actual"]),
        },
        "bricks": [
            {
                "id": rank,
                "code": f"B{rank}",
                "name": f"Brique [{rank}] : essai",
                "actions": ["Carte des lieux"],
                "table": table(
                    charges,
                    planned_bricks[rank - 1],
                    _sums(line for line in expenses if line["brick"] == f"B{rank}"),
                ),
            }
            for rank in range(1, bricks + 1)
        ],
        "expenses": expenses,
        "products": products,
        "in_kind": in_kind,
        "time": [
            {
                "date": "2026-06-01",
                "person": "C. R.",
                "action": "Carte des lieux",
                "note": "Relevés",
                "qualification": "Employé",
                "minutes": minutes,
                "rate": 1188,
                "value": (2 * minutes * 1188 + 60) // 120,
            }
            for minutes in (90, 45, 125)
        ],
        "keys": [
            {
                "name": "Loyer",
                "driver": "Surface (m²)",
                "wording": "Loyer, au mètre carré.",
                "parts": [
                    {"name": "Carte des lieux", "quantity": 40_000, "share": 33_333},
                    {"name": "Non affecté", "quantity": 80_000, "share": 66_667},
                ],
            }
        ],
        "tranches": [
            {
                "name": "Acompte",
                "condition": "À la signature",
                "expected": "2026-02-01",
                "called": "2026-02-01",
                "received_on": "",
                "amount": award // 2,
                "received": award // 2,
            },
            {
                "name": "Solde",
                "condition": "",
                "expected": "",
                "called": "",
                "received_on": "",
                "amount": award - award // 2,
                "received": 0,
            },
        ],
        "variances": variances(rows),
        "texts": {"action": "Ce qui a été fait.", "variances": "Expliqués."},
        "controls": [
            {
                "code": "balance",
                "title": "Charges = produits",
                "passed": True,
                "blocking": True,
                "sentence": "Les deux sont égaux.",
                "lines": [],
            }
        ],
        "annexes": [
            {
                "number": "J001",
                "id": 1,
                "name": "facture.pdf",
                "size": 12,
                "expenses": [1],
                "products": [3],
                "in_kind": [],
                "sha256": "0" * 64,
            }
        ],
        "changes": None,
    }


def _sums(lines):
    found = {}
    for line in lines:
        found[line["line"]] = found.get(line["line"], 0) + line["cost"]
    return found


def _expense(chance, number, bricks):
    total = chance.randrange(1, 300_000)
    cost = total if chance.random() < 0.7 else total * chance.randrange(1, 100) // 100
    base = cost if chance.random() < 0.8 else 0
    day = f"2026-{chance.randrange(1, 13):02}-{chance.randrange(1, 29):02}"
    line = chance.choice(CHARGED)
    return {
        "number": number,
        "line": line,
        "account_line": line,
        "brick": f"B{chance.randrange(1, bricks + 1)}",
        "action": "Carte des lieux",
        "date": day,
        "vendor": "=Imprimerie d’essai" if number % 9 else None,
        "reference": f"F-{number}",
        "paid": day if number % 5 else None,
        "entry": f"FACTU/2026/{number:05}",
        "label": "Tirage de la carte",
        "account": "606400",
        "total": total,
        "cost": cost,
        "base": base,
        "charged": base * 8 // 10,
        "receipts": [{"number": "J001", "id": 1, "name": "facture.pdf"}]
        if base
        else [],
    }


def _product(number, kind, line, partner, cost, date=None):
    return {
        "number": number,
        "kind": kind,
        "line": line,
        "partner": partner,
        "label": partner,
        "date": date,
        "account": "",
        "entry": "",
        "action": "",
        "cost": cost,
    }
