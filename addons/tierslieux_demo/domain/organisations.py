"""Structures that hold venues, companies, public bodies, as plain data."""

import random

from . import french, identifiers
from .reference import communes
from .venue_tables import CATEGORIES, STREETS

DEPARTMENTS = {"lyon": "69", "lille": "59"}
COMPANIES = {
    "scop": [
        "Les Compas",
        "Bureau des transitions",
        "Menuiserie du Fleuve",
        "Les Codeuses",
        "Imprimerie des Deux Ponts",
        "Atelier Paysages",
    ],
    "scic": [
        "La Bonne Échelle",
        "Énergies de quartier",
        "Cantines communes",
        "Réemploi Métropole",
        "Habitat partagé du Nord",
    ],
    "cae": ["Coopérative Tandem", "Les Pluriels", "Archipel d'activités"],
    "sas": [
        "Boucle Verte",
        "Kaléidoscope",
        "Numéris Conseil",
        "Atelier Rive",
        "Mobilités douces",
        "Maison Garance",
    ],
    "sarl": [
        "Traiteur des Halles",
        "Vélo Cargo Services",
        "Signalétique Atlas",
        "Papeterie Lumière",
    ],
}
METROPOLISES = {
    "lyon": ("Métropole de Lyon", "69123"),
    "lille": ("Métropole européenne de Lille", "59350"),
}
FORMATS = {
    "association": "Association {name}",
    "scic": "SCIC {name}",
    "scop": "SCOP {name}",
    "cae": "CAE {name}",
    "sas": "{name} SAS",
    "sarl": "{name} SARL",
    "sa": "{name} SA",
    "foundation": "Fondation {name}",
    "commune": "Ville {of}",
}


def generate(venues):
    """Organisations of the network and who holds which venue.

    :return: ``(organisations, {venue key: organisation key})``; each organisation is a
        dictionary with ``kind``: ``structure``, ``company`` or ``public``
    """
    rng = random.Random(f"tierslieux organisations {len(venues)}")
    register = Register(rng)
    for metropolis, (name, insee_code) in METROPOLISES.items():
        register.public(name, "epci", metropolis, communes()[insee_code])
    holders = {venue["key"]: _holder(rng, register, venue) for venue in venues}
    for _ in range(len(venues) // 5):
        _company(rng, register)
    return register.organisations, holders


class Register:
    """Organisations by name, numbered in the order in which they come."""

    def __init__(self, rng):
        self.rng = rng
        self.organisations = []
        self.by_name = {}

    def add(self, kind, name, legal_form, metropolis, town):
        """The key of the organisation of that name, added if it is new."""
        if name in self.by_name:
            return self.by_name[name]
        key = self.by_name[name] = len(self.organisations)
        self.organisations.append(
            {
                "key": key,
                "kind": kind,
                "name": name,
                "legal_form": legal_form,
                "siret": identifiers.siret(key + 1),
                "rna": identifiers.rna(DEPARTMENTS[metropolis], key + 1)
                if legal_form == "association"
                else "",
                "street": f"{self.rng.randint(1, 90)} {self.rng.choice(STREETS)}",
                "zip": town["zip"],
                "city": town.get("city") or town["name"],
                "email": f"contact@{french.web_name(name)[:60].strip('-')}.example.org",
                "phone": identifiers.phone(self.rng, metropolis),
            }
        )
        return key

    def public(self, name, legal_form, metropolis, town):
        return self.add("public", name, legal_form, metropolis, town)


def _holder(rng, register, venue):
    forms = CATEGORIES[venue["category"]]["forms"]
    legal_form = rng.choices(list(forms), list(forms.values()))[0]
    name = FORMATS[legal_form].format(name=venue["name"], of=french.of(venue["city"]))
    if legal_form == "commune":
        town = communes()[venue["insee_code"]]
        return register.public(name, legal_form, venue["metropolis"], town)
    return register.add("structure", name, legal_form, venue["metropolis"], venue)


def _company(rng, register):
    legal_form = rng.choice(list(COMPANIES))
    town = rng.choice(list(communes().values()))
    name = french.typographic(rng.choice(COMPANIES[legal_form]))
    if name in register.by_name:
        name = f"{name} {town['name']}"
    register.add("company", name, legal_form, town["metropolis"], town)
