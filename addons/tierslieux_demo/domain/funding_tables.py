"""Funding plans of the demo network: the study's of 2018 to 2020, and the one under
way. A phase is ``(percentages by source, [bricks])``, a brick ``(name, [actions])``, an
action ``(name, [costs])`` or ``(name, [costs], percentages by source)``, a cost ``(line
of the report, name, quantity, unit, unit price in euros)``."""

DAYS, HOURS, MONTHS = "jours", "heures", "mois"

# The metropolitan study: 107 000 € in its first year, of which 46 % are grants, 4 %
# contributive, the rest services sold. Costs are invented.
STUDY = [
    (
        {"grant": 46, "services": 50, "contributive": 4},
        [
            (
                "Carte, site et lancement",
                [
                    (
                        "Édition de la carte",
                        [
                            ("62a", "Graphiste", 12, DAYS, 350),
                            ("62b", "Impression de la carte", 10_000, "cartes", 0.85),
                        ],
                    ),
                    (
                        "Site web",
                        [
                            ("62a", "Développement du site", 30, DAYS, 400),
                            ("62d", "Hébergement", 12, MONTHS, 25),
                        ],
                    ),
                    (
                        "Vidéos et tutoriels",
                        [
                            ("62a", "Tournage", 8, DAYS, 600),
                            ("62a", "Montage", 10, DAYS, 380),
                        ],
                    ),
                    (
                        "Évènements de lancement",
                        [
                            ("60b", "Repas partagés", 3, "soirées", 1200),
                            ("61a", "Location de salles", 3, "soirées", 400),
                            ("62c", "Déplacements", 1, "forfait", 600),
                            ("864", "Accueil par des bénévoles", 120, HOURS, 12),
                        ],
                    ),
                ],
            ),
            (
                "Formation des facilitateurs",
                [
                    (
                        "Formation des facilitateurs",
                        [
                            ("62a", "Formateurs", 20, DAYS, 650),
                            ("61a", "Location de salles", 20, DAYS, 100),
                        ],
                    ),
                ],
            ),
            (
                "Outil de réservation et de facturation",
                [
                    ("Étude de l’outil", [("62a", "Étude", 15, DAYS, 500)]),
                    ("Première version", [("62a", "Développement", 25, DAYS, 500)]),
                ],
            ),
            (
                "Accompagnements individuels",
                [
                    (
                        "13 accompagnements individuels",
                        [
                            ("62a", "Accompagnement", 13, "lieux", 1500),
                            ("62c", "Déplacements", 13, "lieux", 100),
                        ],
                    ),
                ],
            ),
            (
                "Coordination",
                [
                    (
                        "Coordination du réseau",
                        [
                            ("64a", "Salaires", 6, MONTHS, 1500),
                            ("64b", "Cotisations sociales", 6, MONTHS, 530),
                            ("62d", "Affranchissement", 1, "forfait", 20),
                            ("864", "Réunions du collectif", 200, HOURS, 12),
                        ],
                    ),
                ],
            ),
        ],
    ),
    (
        {"grant": 47, "services": 23, "programme": 25, "contributive": 5},
        [
            (
                "Permanence téléphonique",
                [
                    (
                        "Permanence téléphonique",
                        [
                            ("64a", "Salaires", 12, MONTHS, 1900),
                            ("64b", "Cotisations sociales", 12, MONTHS, 690),
                            ("62d", "Téléphone", 12, MONTHS, 45),
                        ],
                    ),
                ],
            ),
            (
                "Tiers-lieu nomade",
                [
                    (
                        "Aménagement du camion",
                        [
                            ("60a", "Matériaux", 1, "lot", 9500),
                            ("62a", "Menuiserie", 20, DAYS, 320),
                        ],
                    ),
                    (
                        "Tournée",
                        [
                            ("62c", "Carburant et péages", 40, DAYS, 65),
                            ("62a", "Animation", 40, DAYS, 280),
                            ("864", "Montage et accueil", 320, HOURS, 12),
                        ],
                    ),
                ],
            ),
            (
                "Démonstrateur",
                [
                    (
                        "Démonstrateur",
                        [
                            ("60a", "Machines et outillage", 1, "lot", 18_000),
                            ("61a", "Loyer", 8, MONTHS, 950),
                        ],
                    ),
                ],
            ),
            (
                "Recherche et développement",
                [
                    (
                        "Fab City",
                        [
                            ("62a", "Recherche", 40, DAYS, 450),
                            ("62c", "Missions", 6, "missions", 700),
                        ],
                    ),
                    (
                        "Programme URBACT",
                        [
                            ("64a", "Chef de projet", 8, MONTHS, 2100),
                            ("64b", "Cotisations sociales", 8, MONTHS, 780),
                            ("62c", "Rencontres européennes", 5, "missions", 900),
                        ],
                    ),
                ],
            ),
            (
                "Capitale mondiale du design",
                [
                    (
                        "Partenariat Capitale mondiale du design",
                        [
                            ("62a", "Scénographie", 15, DAYS, 420),
                            ("60a", "Prototypes", 1, "lot", 6200),
                            ("62b", "Communication", 1, "forfait", 4800),
                        ],
                    ),
                ],
            ),
        ],
    ),
    (
        {"grant": 38, "services": 26, "programme": 32, "contributive": 4},
        [
            (
                "Évènement national",
                [
                    (
                        "Rencontre nationale",
                        [
                            ("61a", "Location du site", 3, DAYS, 3200),
                            ("60b", "Repas", 600, "repas", 14),
                            ("62b", "Communication", 1, "forfait", 7500),
                            ("62c", "Défraiement des intervenants", 40, "voyages", 110),
                            ("864", "Accueil par des bénévoles", 480, HOURS, 12),
                        ],
                    ),
                ],
            ),
            (
                "Foncière",
                [
                    (
                        "Étude de la foncière",
                        [
                            ("62a", "Conseil juridique", 12, DAYS, 950),
                            ("62a", "Étude financière", 15, DAYS, 750),
                        ],
                    ),
                ],
            ),
            (
                "Lieu totem",
                [
                    (
                        "Préfiguration du lieu totem",
                        [
                            ("61a", "Loyer", 10, MONTHS, 2400),
                            ("61b", "Remise en état", 1, "lot", 21_500),
                            ("61c", "Assurance", 1, "an", 1850),
                        ],
                    ),
                    (
                        "Animation du lieu totem",
                        [
                            ("64a", "Salaires", 10, MONTHS, 2150),
                            ("64b", "Cotisations sociales", 10, MONTHS, 800),
                        ],
                    ),
                ],
            ),
            (
                "Recherche et développement",
                [
                    (
                        "Programme européen",
                        [
                            ("64a", "Chef de projet", 12, MONTHS, 2200),
                            ("64b", "Cotisations sociales", 12, MONTHS, 820),
                            ("62c", "Rencontres européennes", 8, "missions", 900),
                            ("62a", "Évaluation", 20, DAYS, 520),
                        ],
                    ),
                ],
            ),
        ],
    ),
]


def _animation(months):
    return (
        "Animation du réseau",
        [
            (
                "Coordination et permanence",
                [
                    ("64a", "Salaires", months, MONTHS, 2350),
                    ("64b", "Cotisations sociales", months, MONTHS, 890),
                    ("62c", "Déplacements", months, MONTHS, 140),
                    ("864", "Réunions du collectif", 20 * months, HOURS, 13),
                ],
            ),
            (
                "Rencontres du réseau",
                [
                    ("61a", "Location de salles", 4, "rencontres", 450),
                    ("60b", "Repas", 320, "repas", 13.5),
                    ("62b", "Affiches et programmes", 4, "rencontres", 280),
                    ("864", "Accueil par des bénévoles", 160, HOURS, 13),
                ],
            ),
        ],
    )


#: The plan under way: last year, this one, the next.
CURRENT = [
    (
        {"grant": 62, "sponsorship": 14, "services": 17, "own": 7},
        [
            _animation(12),
            (
                "Carte des lieux",
                [
                    (
                        "Carte papier",
                        [
                            ("62a", "Graphiste", 8, DAYS, 380),
                            ("62b", "Impression de la carte", 8000, "cartes", 0.92),
                        ],
                    ),
                ],
            ),
        ],
    ),
    (
        {"grant": 55, "sponsorship": 20, "services": 15, "own": 10},
        [
            _animation(12),
            (
                "Transition des lieux",
                [
                    (
                        "Diagnostics d’énergie",
                        [
                            ("62a", "Bureau d’études", 18, "lieux", 680),
                            ("62c", "Déplacements", 18, "lieux", 45),
                        ],
                    ),
                    (
                        "Atelier mobile de réparation",
                        [
                            ("60a", "Outillage", 1, "lot", 5400),
                            ("60b", "Fournitures", 10, MONTHS, 260),
                            ("62a", "Réparateurs", 45, DAYS, 290),
                            ("864", "Bénévoles de l’atelier", 380, HOURS, 13),
                        ],
                    ),
                ],
            ),
            (
                "Festival des lieux",
                [
                    (
                        "Festival des lieux",
                        [
                            ("61a", "Location de matériel", 1, "lot", 4200),
                            ("62a", "Compagnies", 6, "spectacles", 950),
                            ("62b", "Communication", 1, "forfait", 2600),
                            ("864", "Montage et accueil", 300, HOURS, 13),
                        ],
                        {"crowdfunding": 40, "sponsorship": 35, "own": 25},
                    ),
                ],
            ),
        ],
    ),
    (
        {"grant": 40, "programme": 35, "services": 18, "own": 7},
        [
            _animation(12),
            (
                "Coopération européenne",
                [
                    (
                        "Réseau transfrontalier",
                        [
                            ("64a", "Chef de projet", 12, MONTHS, 2400),
                            ("64b", "Cotisations sociales", 12, MONTHS, 910),
                            ("62c", "Rencontres", 10, "missions", 780),
                            ("62a", "Traduction", 25, DAYS, 340),
                        ],
                    ),
                ],
            ),
        ],
    ),
]
