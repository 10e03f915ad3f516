"""What people of the demo network do, know and choose to show."""

# (she, he, skills: names of the records tierslieux_network.skill_…)
JOBS = [
    ("Développeuse web", "Développeur web", ["web_development", "free_software"]),
    ("Analyste de données", "Analyste de données", ["data", "web_development"]),
    (
        "Consultante en cybersécurité",
        "Consultant en cybersécurité",
        ["cybersecurity", "free_software"],
    ),
    (
        "Conseillère numérique",
        "Conseiller numérique",
        ["digital_mediation", "facilitation"],
    ),
    (
        "Administratrice systèmes",
        "Administrateur systèmes",
        ["free_software", "cybersecurity"],
    ),
    ("Fabmanageuse", "Fabmanager", ["3d_printing", "laser_cutting", "electronics"]),
    ("Électronicienne", "Électronicien", ["electronics", "repair"]),
    ("Menuisière", "Menuisier", ["woodworking", "product_design"]),
    ("Ébéniste", "Ébéniste", ["woodworking", "repair"]),
    ("Métallière", "Métallier", ["metalwork", "product_design"]),
    ("Couturière", "Couturier", ["sewing", "circular_economy"]),
    (
        "Réparatrice d'électroménager",
        "Réparateur d'électroménager",
        ["repair", "electronics"],
    ),
    ("Mécanicienne vélo", "Mécanicien vélo", ["repair", "mobility"]),
    ("Graphiste", "Graphiste", ["graphic_design", "communication"]),
    ("Designer produit", "Designer produit", ["product_design", "3d_printing"]),
    ("Photographe", "Photographe", ["photography", "video"]),
    ("Réalisatrice", "Réalisateur", ["video", "sound"]),
    ("Ingénieure du son", "Ingénieur du son", ["sound", "electronics"]),
    ("Illustratrice", "Illustrateur", ["graphic_design"]),
    ("Comptable", "Comptable", ["accounting", "law"]),
    (
        "Chargée de financements",
        "Chargé de financements",
        ["fundraising", "project_management"],
    ),
    (
        "Juriste en droit coopératif",
        "Juriste en droit coopératif",
        ["law", "shared_governance"],
    ),
    ("Responsable marketing", "Responsable marketing", ["marketing", "communication"]),
    ("Cheffe de projet", "Chef de projet", ["project_management", "facilitation"]),
    ("Facilitatrice", "Facilitateur", ["facilitation", "shared_governance"]),
    (
        "Coordinatrice de tiers-lieu",
        "Coordinateur de tiers-lieu",
        ["facilitation", "project_management", "event_organisation"],
    ),
    (
        "Chargée de vie associative",
        "Chargé de vie associative",
        ["volunteering", "event_organisation"],
    ),
    (
        "Programmatrice culturelle",
        "Programmateur culturel",
        ["event_organisation", "communication"],
    ),
    (
        "Chargée de communication",
        "Chargé de communication",
        ["communication", "copywriting"],
    ),
    ("Urbaniste", "Urbaniste", ["town_planning", "facilitation"]),
    ("Architecte", "Architecte", ["architecture", "town_planning"]),
    ("Maraîchère", "Maraîcher", ["agriculture_and_food", "circular_economy"]),
    ("Cuisinière", "Cuisinier", ["agriculture_and_food", "event_organisation"]),
    ("Consultante en mobilité", "Consultant en mobilité", ["mobility", "data"]),
    (
        "Chargée d'économie circulaire",
        "Chargé d'économie circulaire",
        ["circular_economy", "project_management"],
    ),
    ("Traductrice", "Traducteur", ["translation", "copywriting"]),
    ("Rédactrice", "Rédacteur", ["copywriting", "communication"]),
    (
        "Formatrice en français",
        "Formateur en français",
        ["teaching_french", "facilitation"],
    ),
    ("Formatrice", "Formateur", ["digital_mediation", "project_management"]),
    (
        "Entrepreneuse sociale",
        "Entrepreneur social",
        ["project_management", "fundraising", "marketing"],
    ),
]

CONTEXTS = [
    "à mon compte",
    "en coopérative d'activité",
    "en télétravail trois jours par semaine",
    "au sein d'une petite association",
    "dans une équipe de quatre",
    "entre deux villes",
]
PATHS = [
    "Après dix ans en entreprise, j'ai changé de cap",
    "J'ai appris le métier sur le tas",
    "J'ai posé mes cartons ici il y a trois ans",
    "Je me suis formé·e en reprenant des études à trente-cinq ans",
    "Je travaille ici depuis l'ouverture",
    "Je suis venu·e pour une journée d'essai et je suis resté·e",
]
WISHES = [
    "Je donne volontiers un coup de main le jeudi après-midi.",
    "Je cherche des complices pour un projet de quartier.",
    "Je partage mes outils contre un bon café.",
    "Je peux relire, conseiller, présenter quelqu'un.",
    "Toujours partant·e pour un déjeuner d'échange.",
    "J'aimerais apprendre à souder.",
]
STAGES = [
    "acculturation",
    "ideation",
    "prototyping",
    "test",
    "development",
    "acceleration",
]
MENTOR_PERCENT = 5

# What a person chooses, as habits: fields absent are for nobody.
HABITS = {
    "hidden": {},
    "discreet": {"name": "network", "skills": "network"},
    "network": {
        "name": "network",
        "photo": "network",
        "headline": "network",
        "biography": "network",
        "skills": "network",
        "mentoring": "network",
        "home_venue": "network",
    },
    "reachable": {
        "name": "network",
        "photo": "network",
        "headline": "network",
        "biography": "network",
        "skills": "network",
        "mentoring": "network",
        "home_venue": "network",
        "email": "network",
        "phone": "network",
    },
    "public": {
        "name": "public",
        "photo": "public",
        "headline": "public",
        "biography": "public",
        "skills": "public",
        "mentoring": "public",
        "home_venue": "public",
        "email": "network",
    },
    "open": {
        "name": "public",
        "photo": "public",
        "headline": "public",
        "biography": "public",
        "skills": "public",
        "mentoring": "public",
        "home_venue": "public",
        "email": "public",
        "phone": "network",
    },
}
HABIT_SHARES = {
    "hidden": 38,
    "discreet": 12,
    "network": 20,
    "reachable": 8,
    "public": 15,
    "open": 7,
}
VISIBLE = [
    "name",
    "photo",
    "headline",
    "biography",
    "email",
    "phone",
    "skills",
    "mentoring",
    "home_venue",
]
