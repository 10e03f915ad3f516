"""What venues of the demo network let people book: spaces, machines, prices.

Prices are in euros, VAT included, a seat: by the hour, half-day and day; 0 is not sold
by that unit.
"""

DESK = {
    "coworking": ("Espace de travail", 3),
    "incubator": ("Plateau des projets", 4),
    "accelerator": ("Plateau ouvert", 4),
    "business_centre": ("Bureaux partagés", 5),
    "nursery": ("Bureaux de passage", 4),
    "workshop": ("Coin bureau", 9),
    "fablab": ("Grande table", 6),
    "hackerspace": ("Grande table", 5),
}
DESK_SUMMARIES = [
    "Une place à la table commune, prise électrique et café compris.",
    "Un poste au calme, écran à demander à l'accueil.",
    "Une place parmi les résidents, près des fenêtres.",
]
LEAST_SEATS, MOST_SEATS = 4, 20

ROOMS = [
    "Salle Ampère",
    "Salle Jacquard",
    "Salle Louise Michel",
    "Salle du Jardin",
    "Salle des Canuts",
    "Salle Olympe de Gouges",
    "Salle Lumière",
    "Salle de la Deûle",
    "Salle Germaine Tillion",
    "Petite salle",
]
ROOM_SUMMARIES = [
    "Écran, tableau blanc et visioconférence.",
    "Table ovale, vidéoprojecteur et paperboard.",
    "Lumineuse et modulable, tables sur roulettes.",
]

# Workshops by the category of venue, then what is in them: name, summary.
WORKSHOPS = {
    "fablab": ["Atelier numérique", "Atelier bois"],
    "hackerspace": ["Atelier électronique"],
    "workshop": ["Atelier bois", "Atelier textile", "Atelier céramique"],
}
MACHINES = {
    "Atelier numérique": [
        ("Découpeuse laser", "Plateau de 60 × 90 cm, bois et acrylique jusqu'à 8 mm."),
        ("Imprimante 3D", "Volume de 25 × 21 × 21 cm, filament au poids."),
        ("Fraiseuse numérique", "Bois et plastiques, après une initiation."),
    ],
    "Atelier électronique": [
        ("Poste de soudure", "Fer réglable, air chaud et loupe."),
        ("Oscilloscope", "Quatre voies, 100 MHz."),
    ],
    "Atelier bois": [
        ("Scie à format", "Après une initiation à la sécurité."),
        ("Raboteuse-dégauchisseuse", "Largeur de 310 mm."),
    ],
    "Atelier textile": [
        ("Brodeuse numérique", "Cadre de 18 × 30 cm."),
        ("Surjeteuse", "Quatre fils, cônes non fournis."),
    ],
    "Atelier céramique": [
        ("Tour de potier", "Terre et émaux au poids."),
        ("Four à céramique", "Cuisson de nuit, départ à l'accueil."),
    ],
}
KIT = [
    ("Vidéoprojecteur", "Avec son écran et ses câbles."),
    ("Vélo cargo", "Caisse de 100 kg, cadenas compris."),
    ("Kit de sonorisation", "Deux enceintes, deux micros sans fil."),
]

# (hour, half-day, day) for each audience; who has none pays those of the next.
PRICES = {
    "desk": {"public": (4, 14, 22), "member": (3, 11, 18), "pass": (2, 6, 10)},
    "room": {"public": (18, 60, 100), "member": (14, 46, 80)},
    "workshop": {"public": (30, 100, 170), "member": (22, 75, 130)},
    "machine": {"public": (12, 0, 60), "member": (8, 0, 40)},
    "kit": {"public": (0, 10, 15), "member": (0, 6, 10)},
    "mentor": {"public": (20, 0, 0), "member": (0, 0, 0)},
}
# Old prices were lower by so many percent.
RISE = 10

# Percent of venues by the legal form of who holds them: regime, rate.
VAT = {
    "association": {"exempt_261_7_1": 50, "franchise_293b": 35, "liable": 15},
    "foundation": {"exempt_261_7_1": 60, "liable": 40},
    "commune": {"out_of_scope": 70, "liable": 30},
}
VAT_OF_COMPANIES = {"liable": 85, "franchise_293b": 15}
VAT_RATE = 20
MENTIONS = {
    "exempt_261_7_1": "Exonération de TVA, article 261, 7-1° du CGI",
    "franchise_293b": "TVA non applicable, article 293 B du CGI",
    "out_of_scope": "Opération hors du champ de la TVA, article 256 B du CGI",
    "liable": "",
}

CANCELLED = [
    "Empêchement de dernière minute",
    "Réunion reportée",
    "Rendez-vous déplacé par le client",
    "Train supprimé",
    "Enfant malade",
]
NOTES = [
    "Besoin d'un écran",
    "Nous serons six",
    "Arrivée en vélo cargo",
    "Première visite, merci de nous guider",
]
