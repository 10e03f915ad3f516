"""What each category of venue is like: names, sizes, services, habits, phrases.

Shares are in percent. Phrases are French; ``{at}`` and ``{of}`` take the place with
its preposition, ``{city}`` the commune, ``{surface}`` square metres, ``{capacity}``
persons.
"""

# The census of the Lyon metropolis: places by category, 201 in all.
CENSUS = {
    "coworking": 47,
    "fablab": 10,
    "nursery": 14,
    "workshop": 27,
    "hackerspace": 5,
    "incubator": 60,
    "accelerator": 8,
    "business_centre": 30,
}
CENSUS_SURFACE = 30_000

STREETS = [
    "rue des Tisserands",
    "rue de la Soierie",
    "rue des Tanneurs",
    "quai des Mariniers",
    "rue de la Filature",
    "rue du Moulin",
    "avenue des Canuts",
    "rue des Ateliers",
    "place du Marché",
    "rue de la Gare",
    "rue des Teinturiers",
    "impasse des Forges",
    "rue de la Fonderie",
    "allée des Platanes",
    "rue du Port",
    "boulevard des Écoles",
    "rue des Jardins",
    "rue de la Halle",
    "passage des Imprimeurs",
    "rue du Canal",
    "rue des Peupliers",
    "cour des Verriers",
]

ACCESSIBILITY_NOTES = {
    "full": [
        "Plain-pied, sanitaires adaptés et place de stationnement réservée.",
        "Ascenseur, portes automatiques et boucle magnétique à l'accueil.",
        "Rampe à l'entrée et ascenseur vers tous les niveaux.",
    ],
    "partial": [
        "Rez-de-chaussée accessible ; les étages se rejoignent par un escalier.",
        "Rampe amovible sur demande à l'accueil.",
        "Accès de plain-pied, sanitaires non adaptés.",
    ],
    "none": ["Une marche à l'entrée et un escalier : appelez, on vient vous aider."],
}

CATEGORIES = {
    "coworking": {
        "heads": [
            "L'Établi",
            "La Verrière",
            "Le Comptoir",
            "L'Escale",
            "La Canopée",
            "Le Palier",
            "Le Perchoir",
            "La Traversée",
            "Le Patio",
            "L'Entresol",
            "La Grande Table",
            "Les Mansardes",
            "Le Bureau commun",
            "L'Arrosoir",
        ],
        "surface": (90, 260),
        "density": 6,
        "services": ["coworking", "meeting_room", "wifi"],
        "extras": {
            "printing": 60,
            "private_office": 55,
            "event_space": 45,
            "training": 30,
            "domiciliation": 35,
            "digital_mediation": 20,
            "media": 12,
            "storage": 15,
            "childcare": 4,
            "mentoring": 20,
        },
        "audiences": {
            "all": 30,
            "entrepreneurs": 85,
            "employees": 75,
            "associations": 45,
            "students": 30,
            "job_seekers": 20,
        },
        "hours": [
            "Mo-Fr 08:30-19:00",
            "Mo-Fr 08:00-20:00; Sa 09:30-17:00",
            "Mo-Th 09:00-18:30; Fr 09:00-17:00",
            "Mo-Fr 09:00-12:30,13:30-18:00",
        ],
        "cafe": 45,
        "governance": 50,
        "forms": {"association": 40, "scic": 20, "sas": 25, "sarl": 10, "commune": 5},
        "openers": [
            "Un espace de travail partagé {at}, où l'on vient autant pour la "
            "concentration du matin que pour la soupe commune de midi.",
            "{capacity} places de travail {at}, des salles de réunion et une équipe "
            "qui connaît tout le monde par son prénom.",
            "Indépendants, télétravailleurs et associations se retrouvent {at} autour "
            "d'une grande table et d'un bon café.",
        ],
        "middles": [
            "Le lieu occupe {surface} m² : un plateau lumineux, deux cabines pour les "
            "appels et un coin tranquille où le téléphone reste dans la poche.",
            "On y loue un bureau à l'heure, à la journée ou au mois, sans engagement ; "
            "la première journée d'essai est offerte.",
            "Chaque mardi, le petit déjeuner des nouveaux permet de se présenter, de "
            "demander un coup de main et d'en proposer un.",
        ],
        "closers": [
            "Les décisions du quotidien se prennent à la réunion mensuelle des "
            "usagers, ouverte à tous.",
            "Le mobilier vient du réemploi et le compost du jardin partagé voisin.",
            "Un tableau de petites annonces relie le lieu aux commerces {of}.",
        ],
    },
    "fablab": {
        "heads": [
            "La Fabrique",
            "Le Fablab",
            "L'Atelier numérique",
            "La Forge numérique",
            "Le Labo",
            "La Machinerie",
            "La Petite Usine",
            "Le Prototype",
        ],
        "surface": (130, 320),
        "density": 9,
        "services": ["fabrication", "training", "wifi"],
        "extras": {
            "workshop": 60,
            "digital_mediation": 55,
            "event_space": 35,
            "storage": 30,
            "mentoring": 35,
            "meeting_room": 30,
            "media": 10,
        },
        "audiences": {
            "all": 60,
            "makers": 85,
            "students": 60,
            "young": 50,
            "families": 35,
            "entrepreneurs": 40,
            "seniors": 10,
        },
        "hours": [
            "Tu-Fr 10:00-19:00; Sa 10:00-18:00",
            "We-Fr 14:00-20:00; Sa 10:00-18:00",
            "Tu-Th 14:00-21:00; Sa 13:00-18:00",
        ],
        "cafe": 20,
        "governance": 70,
        "forms": {"association": 75, "scic": 15, "commune": 10},
        "openers": [
            "Imprimantes 3D, découpe laser et fraiseuse en accès libre {at} : on "
            "arrive avec une idée, on repart avec un objet.",
            "Un atelier de fabrication numérique ouvert {at}, où chacun apprend en "
            "faisant et documente ce qu'il a appris.",
        ],
        "middles": [
            "Sur {surface} m², les machines se réservent après une initiation de deux "
            "heures ; les plans produits sont partagés sous licence libre.",
            "L'équipe accompagne les premières pièces, puis laisse la main : "
            "{capacity} personnes peuvent y travailler en même temps.",
        ],
        "closers": [
            "Le samedi après-midi, l'atelier de réparation redonne vie aux grille-pain "
            "{of}.",
            "Les collèges du quartier viennent y programmer leurs premiers robots.",
        ],
    },
    "nursery": {
        "heads": [
            "La Pépinière",
            "La Serre",
            "Le Jardin d'entreprises",
            "Les Jeunes Pousses",
            "Le Germoir",
            "Le Verger",
            "La Graineterie",
        ],
        "surface": (180, 420),
        "density": 11,
        "services": ["private_office", "mentoring", "meeting_room", "wifi"],
        "extras": {
            "domiciliation": 70,
            "training": 55,
            "printing": 60,
            "storage": 40,
            "workshop": 20,
            "event_space": 20,
        },
        "audiences": {"entrepreneurs": 100, "job_seekers": 30, "women": 12},
        "hours": ["Mo-Fr 08:30-18:00", "Mo-Fr 08:00-19:00"],
        "cafe": 10,
        "governance": 15,
        "forms": {"commune": 45, "association": 35, "sas": 20},
        "openers": [
            "De petits bureaux et un accompagnement régulier pour les entreprises de "
            "moins de trois ans {at}.",
            "La pépinière accueille {at} de jeunes entreprises dans des bureaux à "
            "loyer progressif.",
        ],
        "middles": [
            "Les {surface} m² se partagent entre bureaux fermés, salles communes et un "
            "accueil qui reçoit courrier et colis.",
            "Un point d'étape par trimestre avec un conseiller, et des voisins de "
            "palier qui sont souvent les premiers clients.",
        ],
        "closers": [
            "Huit entreprises sur dix poursuivent leur route dans la commune après "
            "leur séjour.",
            "Les anciens reviennent parrainer les nouveaux.",
        ],
    },
    "workshop": {
        "heads": [
            "L'Atelier partagé",
            "Les Ateliers",
            "La Menuiserie",
            "La Boîte à outils",
            "La Manufacture",
            "Le Hangar",
            "La Filature",
            "L'Enclume",
            "Le Rabot",
            "Les Mains à l'ouvrage",
        ],
        "surface": (160, 420),
        "density": 15,
        "services": ["workshop", "storage"],
        "extras": {
            "training": 60,
            "event_space": 35,
            "fabrication": 25,
            "wifi": 60,
            "meeting_room": 20,
            "catering": 10,
        },
        "audiences": {
            "makers": 95,
            "all": 35,
            "job_seekers": 25,
            "families": 15,
            "associations": 30,
        },
        "hours": [
            "Mo-Sa 09:00-19:00",
            "Tu-Sa 09:30-18:30",
            "Mo-Fr 08:00-20:00",
            "Mo-Fr 09:00-12:00,14:00-19:00; Sa 10:00-17:00",
        ],
        "cafe": 18,
        "governance": 65,
        "forms": {"association": 45, "scic": 20, "scop": 15, "cae": 10, "sarl": 10},
        "openers": [
            "Bois, métal, textile : des artisans partagent {at} machines, commandes et "
            "coups de main.",
            "Un grand atelier {at}, où l'on loue un établi plutôt que d'acheter une "
            "dégauchisseuse.",
            "Céramistes, ébénistes et couturières travaillent côte à côte {at}.",
        ],
        "middles": [
            "Le lieu met en commun {surface} m², un parc de machines entretenu et une "
            "matériauthèque alimentée par les chantiers voisins.",
            "Les résidents ont leur clé ; les amateurs viennent aux créneaux encadrés, "
            "après une initiation à la sécurité.",
        ],
        "closers": [
            "Deux fois par an, les portes ouvertes attirent tout le quartier.",
            "Les chutes de bois chauffent l'atelier, les copeaux paillent le jardin.",
        ],
    },
    "hackerspace": {
        "heads": [
            "Le Hackerspace",
            "La Boucle",
            "Le Terminal",
            "L'Octet",
            "Le Garage libre",
            "Le Nœud",
        ],
        "surface": (50, 130),
        "density": 5,
        "services": ["fabrication", "wifi"],
        "extras": {"digital_mediation": 60, "event_space": 40, "training": 40},
        "audiences": {"all": 60, "makers": 85, "students": 50},
        "hours": ["We 19:00-23:00; Sa 14:00-20:00", "Tu,Th 18:30-22:30"],
        "cafe": 15,
        "governance": 100,
        "forms": {"association": 100},
        "openers": [
            "Logiciels libres, électronique et bidouille {at} : la porte est ouverte, "
            "le thé est chaud.",
            "Une communauté autogérée {at}, qui démonte, comprend, répare et raconte.",
        ],
        "middles": [
            "Dans {surface} m² de câbles et de composants, chacun apporte son projet "
            "et donne un peu de temps au lieu.",
            "Les soirées du mercredi commencent par un tour de table et finissent "
            "tard.",
        ],
        "closers": [
            "Les comptes, les votes et les plans du réseau sont publics.",
            "Un samedi par mois, on y installe Linux sur les ordinateurs fatigués.",
        ],
    },
    "incubator": {
        "heads": [
            "L'Incubateur",
            "La Couveuse",
            "Le Tremplin",
            "L'Étincelle",
            "Le Déclic",
            "La Rampe",
            "L'Envol",
            "La Boussole",
            "L'Éclosion",
            "Le Nid",
            "Le Premier Pas",
            "La Chrysalide",
        ],
        "surface": (50, 140),
        "density": 6,
        "services": ["mentoring", "training", "meeting_room", "wifi"],
        "extras": {
            "coworking": 65,
            "private_office": 30,
            "event_space": 30,
            "printing": 45,
            "domiciliation": 20,
            "digital_mediation": 10,
        },
        "audiences": {
            "entrepreneurs": 95,
            "students": 30,
            "job_seekers": 35,
            "women": 15,
            "young": 20,
            "associations": 20,
        },
        "hours": [
            "Mo-Fr 09:00-18:00",
            "Mo-Th 09:00-18:00; Fr 09:00-16:30",
            "Mo-Fr 09:30-17:30",
        ],
        "cafe": 12,
        "governance": 25,
        "forms": {
            "association": 50,
            "sas": 20,
            "scic": 12,
            "commune": 10,
            "foundation": 8,
        },
        "openers": [
            "De l'idée au premier client : un parcours de neuf mois {at} pour celles "
            "et ceux qui entreprennent autrement.",
            "Un lieu {at} pour mettre un projet à l'épreuve avec des pairs et des "
            "mentors, avant de se lancer.",
            "L'équipe accompagne {at} une quinzaine de projets par promotion, de "
            "l'intuition au modèle économique.",
        ],
        "middles": [
            "Ateliers collectifs le mardi, rendez-vous individuels le jeudi, et "
            "{surface} m² pour travailler entre les deux.",
            "La sélection a lieu deux fois par an ; elle regarde l'utilité du projet "
            "plus que le diplôme de qui le porte.",
            "Jusqu'à {capacity} personnes y travaillent, entourées de mentors du "
            "réseau.",
        ],
        "closers": [
            "Chaque promotion présente ses projets au quartier lors d'une soirée "
            "publique.",
            "Plus de la moitié des projets relèvent de l'économie sociale et "
            "solidaire.",
        ],
    },
    "accelerator": {
        "heads": [
            "L'Accélérateur",
            "L'Élan",
            "La Turbine",
            "Le Second Souffle",
            "L'Altitude",
            "Le Grand Braquet",
        ],
        "surface": (90, 220),
        "density": 8,
        "services": ["mentoring", "private_office", "meeting_room", "wifi"],
        "extras": {"training": 60, "event_space": 45, "coworking": 40, "printing": 50},
        "audiences": {"entrepreneurs": 100},
        "hours": ["Mo-Fr 08:30-19:00", "Mo-Fr 09:00-19:00"],
        "cafe": 20,
        "governance": 10,
        "forms": {"sas": 60, "association": 40},
        "openers": [
            "Six mois intenses {at} pour les jeunes entreprises qui ont trouvé leur "
            "marché et doivent changer d'échelle.",
        ],
        "middles": [
            "Sur {surface} m², chaque équipe dispose d'un bureau, d'un mentor attitré "
            "et d'un accès aux investisseurs du réseau.",
            "Le programme alterne séances de travail, rencontres de clients et temps "
            "entre pairs.",
        ],
        "closers": [
            "L'impact social et écologique fait partie des objectifs suivis.",
            "Les participants s'engagent à rendre le temps reçu à la promotion "
            "suivante.",
        ],
    },
    "business_centre": {
        "heads": [
            "Le Carré",
            "L'Espace entreprises",
            "La Cité des métiers",
            "Le Forum",
            "Le Pavillon",
            "L'Hôtel d'entreprises",
            "Les Bureaux",
            "La Rotonde",
            "L'Esplanade",
        ],
        "surface": (110, 330),
        "density": 9,
        "services": ["private_office", "meeting_room", "domiciliation", "wifi"],
        "extras": {
            "printing": 85,
            "coworking": 40,
            "event_space": 35,
            "catering": 20,
            "training": 25,
            "storage": 20,
        },
        "audiences": {"entrepreneurs": 90, "employees": 60, "associations": 20},
        "hours": [
            "Mo-Fr 08:00-19:00",
            "Mo-Fr 08:30-18:30; Sa 09:00-12:00",
            "Mo-Fr 08:00-12:30,13:30-18:30",
        ],
        "cafe": 25,
        "governance": 5,
        "forms": {"sas": 50, "sarl": 30, "sa": 10, "association": 10},
        "openers": [
            "Bureaux prêts à l'emploi, salles à la demi-journée et accueil "
            "téléphonique {at}.",
            "Un centre d'affaires à taille humaine {at}, pour recevoir un client ou "
            "installer une équipe.",
        ],
        "middles": [
            "Les {surface} m² sont desservis par les transports et se louent au mois, "
            "charges et ménage compris.",
            "Les salles accueillent jusqu'à {capacity} personnes, visioconférence "
            "installée.",
        ],
        "closers": [
            "Une salle est prêtée chaque semaine à une association {of}.",
            "Les occupants partagent parking à vélos, cuisine et terrasse.",
        ],
    },
}
