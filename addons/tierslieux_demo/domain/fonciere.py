"""A foncière of the demo: its buildings, and who subscribed when, as plain data."""

from datetime import timedelta

COMPANY = {
    "name": "Foncière des Deux Fleuves",
    "street": "4 quai des Ateliers",
    "zip": "69001",
    "city": "Lyon",
    "report_footer": "SCIC SA à capital variable · société de démonstration",
}
#: An example of the banks' own, of nobody.
IBAN = "FR7630006000011234567890189"
NOMINAL = 100
CONDITIONS = """
<p>Les parts sociales donnent une voix par personne, quel que soit leur nombre.</p>
<p>Elles sont remboursées à leur valeur nominale, dans l’ordre des demandes, tant que le
capital reste au-dessus de son plancher : le quart du capital le plus élevé jamais
atteint. Le droit de vote cesse dès la demande.</p>
<p>Le capital n’est pas garanti : les parts portent les pertes de la société.</p>
"""
DOCUMENTS = {
    "statutes": "Statuts de la société",
    "decision": "Décision d’émettre des parts",
    "information": "Document d’information synthétique",
}
BUILDINGS = [
    {
        "name": "La Manufacture des Terreaux",
        "summary": "Une ancienne manufacture de soie rachetée par celles et ceux qui y "
        "travaillent et par le quartier.",
        "description": "<p>Mille deux cents mètres carrés d’ateliers, une salle "
        "ouverte au quartier et un café. Le bâtiment devait être vendu à la "
        "découpe : la foncière l’achète, les loyers restent ceux de l’usage.</p>",
        "surface": 1200,
        "state": "works",
        "costs": [
            ("purchase", "Achat des murs", 620000),
            ("fees", "Notaire et droits", 46000),
            ("works", "Toiture et mise en accessibilité", 210000),
            ("equipment", "Chaufferie bois", 64000),
        ],
        "financing": [
            ("shares", "Parts sociales", 240000, 0),
            ("grant", "Métropole de Lyon", 120000, 120000),
            ("own", "Fonds propres de la foncière", 30000, 30000),
            ("loan", "Prêt bancaire sur vingt ans", 550000, 400000),
        ],
        "works": [
            ("Toiture", "under_way", 140000),
            ("Accessibilité", "planned", 70000),
        ],
        "value": 655000,
    },
    {
        "name": "La Petite Halle",
        "summary": "Deux cents mètres carrés pour un atelier vélo et une cuisine.",
        "description": "<p>La commune cède la halle à la foncière, qui la loue à "
        "l’atelier.</p>",
        "surface": 210,
        "state": "acquisition",
        "costs": [("purchase", "Achat des murs", 90000), ("works", "Cuisine", 30000)],
        "financing": [
            ("shares", "Parts sociales", 6000, 0),
            ("grant", "Commune", 60000, 60000),
            ("loan", "Prêt solidaire", 54000, 0),
        ],
        "works": [],
        "value": 95000,
    },
]
QUANTITIES = (5, 1, 10, 2, 20, 1, 50, 3, 5, 15, 2, 100, 1, 8, 30, 4, 10, 1, 60, 5)
SUBSCRIBERS = 60
#: Days before today.
OPENED = 150


def issues(today):
    """The issues of the buildings, in the order of :data:`BUILDINGS`."""
    opened = today - timedelta(days=OPENED)
    closes = today + timedelta(days=75)
    return [
        {
            "name": "Les murs de la Manufacture",
            # reached with a dozen people too
            "minimum_shares": 50,
            "target_shares": 2400,
            "maximum_shares": 3000,
            "max_per_person": 300,
            "date_from": opened,
            "date_to": closes,
            "admission_required": True,
        },
        {
            "name": "La halle à nous",
            "minimum_shares": 0,
            "target_shares": 50,
            "maximum_shares": 60,
            "max_per_person": 60,
            "date_from": today - timedelta(days=20),
            "date_to": closes,
            "admission_required": False,
        },
    ]


def events(today, people):
    """What happened, in order: ``[(day, what, subscriber, shares)]``.

    :param people: how many there are to subscribe, at least 20; the first
        ``SUBSCRIBERS`` do, and four in the last weeks

    Subscriber 0 is the member who signs in. The board admits every three weeks; the
    last subscribers still have to pay, or to be admitted.
    """
    opened = today - timedelta(days=OPENED)
    found = []
    last = min(SUBSCRIBERS, people - 4)
    for rank in range(last):
        day = opened + timedelta(days=rank * 2)
        found.append((day, "subscribe", rank, QUANTITIES[rank % len(QUANTITIES)]))
        if rank % 17 != 11:
            found.append((day + timedelta(days=3), "pay", rank, 0))
    for days in range(21, OPENED - 20, 21):
        found.append((opened + timedelta(days=days), "admit", 0, 0))
    found += [
        (today - timedelta(days=22), "subscribe", last + 3, 4),
        (today - timedelta(days=20), "pay", last + 3, 0),
        (today - timedelta(days=19), "refuse", last + 3, 0),
        (today - timedelta(days=18), "admit", 0, 0),
        (today - timedelta(days=16), "transfer", 4, 8),
        (today - timedelta(days=12), "withdraw", 2, 10),
        (today - timedelta(days=9), "withdraw", 6, 20),
        (today - timedelta(days=6), "subscribe", last, 12),
        (today - timedelta(days=4), "pay", last, 0),
        (today - timedelta(days=1), "subscribe", last + 1, 6),
        (today - timedelta(days=1), "subscribe", last + 2, 10),
        (today - timedelta(days=1), "part", last + 2, 4),
    ]
    return sorted(found, key=lambda event: event[0])
