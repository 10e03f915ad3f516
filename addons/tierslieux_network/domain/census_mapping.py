"""A census in columns of one's own: which of ours each header is, and its values.

Values are those of census.py, and ``structure`` (name of the holding structure),
``category``, ``state``, ``cafe``, ``governance``, ``surface``, ``capacity``,
``opened_on``, ``closed_on``; ``services`` and ``audiences`` are here frozensets of
the network's own codes.
"""

import re

from . import census_cells as cells
from .census import Entry, half_coordinates
from .census_problem import CellError, FileError, Problem
from .rich_text import tidy
from .search_terms import normalise

# our column → the normalised headers it is known under
HEADERS = {
    "identifier": ("id", "identifiant", "code", "reference"),
    "name": ("nom", "nom du lieu", "lieu", "tiers lieu", "name", "denomination"),
    "category": ("categorie", "type", "typologie", "category", "type de lieu"),
    "state": ("statut", "etat", "status", "state"),
    "street": ("adresse", "rue", "voie", "address", "street", "adresse postale"),
    "street2": ("complement", "complement d adresse", "complement adresse"),
    "zip": ("code postal", "cp", "zip", "postcode", "codepostal"),
    "city": ("commune", "ville", "city"),
    "insee": ("code insee", "insee", "code commune", "codeinsee"),
    "latitude": ("latitude", "lat", "y"),
    "longitude": ("longitude", "lon", "lng", "long", "x"),
    "phone": ("telephone", "tel", "phone", "numero de telephone"),
    "email": ("courriel", "courriels", "email", "e mail", "mail"),
    "website": ("site web", "site", "site internet", "url", "website"),
    "hours": ("horaires", "horaires d ouverture", "opening hours"),
    "surface": ("surface", "surface m2", "surface en m2", "superficie", "m2"),
    "capacity": ("capacite", "capacite d accueil", "places", "capacity"),
    "siret": ("siret", "n siret", "numero siret", "siret de la structure"),
    "rna": ("rna", "numero rna", "n rna"),
    "structure": ("structure", "structure porteuse", "porteur", "gestionnaire"),
    "cafe": ("cafe", "espace cafe", "bar", "cafe restaurant"),
    "governance": ("gouvernance partagee", "gouvernance", "gouvernance participative"),
    "services": ("services", "offre", "offre de services"),
    "audiences": ("publics", "public", "public vise", "publics accueillis"),
    "opened_on": ("ouverture", "date d ouverture", "date ouverture", "ouvert le"),
    "closed_on": ("fermeture", "date de fermeture", "ferme le"),
    "summary": ("resume", "presentation", "description courte"),
    "description": ("description", "presentation detaillee", "detail"),
}
KEYS = tuple(HEADERS)
REQUIRED_KEYS = ("name", "city")
_KEY_OF = {header: key for key, headers in HEADERS.items() for header in headers}
_READ = {
    "zip": cells.read_zip,
    "insee": cells.read_insee,
    "latitude": cells.read_latitude,
    "longitude": cells.read_longitude,
    "phone": cells.read_phone,
    "email": cells.read_email,
    "website": cells.read_url,
    "hours": cells.read_hours,
    "surface": cells.read_count,
    "capacity": cells.read_count,
    "siret": cells.read_siret,
    "rna": cells.read_rna,
    "cafe": cells.read_boolean,
    "governance": cells.read_boolean,
    "opened_on": cells.read_date,
    "closed_on": cells.read_date,
    "summary": cells.read_summary,
    "description": tidy,
}


def guess(headers):
    """``{header: key or ""}``: each of our columns is given to one header at most."""
    mapping, given = {}, set()
    for header in headers:
        key = _KEY_OF.get(normalise(header), "")
        mapping[header] = "" if key in given else key
        given.add(key)
    return mapping


def read_mapped(table, mapping, vocabulary):
    """Read a table by a mapping ``{header: key or ""}``.

    :param vocabulary: ``{"category" | "state" | "services" | "audiences":
        {normalised word: code}}``
    :return: ``(entries, problems)``, as ``census.read_standard``
    :raises FileError: ``mapping_missing``, ``mapping_twice``
    """
    keys = [key for key in mapping.values() if key]
    missing = [key for key in REQUIRED_KEYS if key not in keys]
    if missing:
        raise FileError("mapping_missing", missing[0])
    twice = [key for key in keys if keys.count(key) > 1]
    if twice:
        raise FileError("mapping_twice", twice[0])
    entries, problems = [], []
    header_of = {key: header for header, key in mapping.items() if key}
    coordinates = [header_of.get(key, "") for key in ("latitude", "longitude")]
    for line, texts in table.rows:
        values = {}
        for header, text in zip(table.headers, texts, strict=True):
            key = mapping.get(header)
            if not key:
                continue
            if not text:
                if key in REQUIRED_KEYS:
                    problems.append(Problem(line, header, "", "missing"))
                continue
            try:
                values[key] = _read(key, text, vocabulary)
            except CellError as error:
                problems.append(Problem(line, header, text, error.code, error.expected))
        row = dict(zip(table.headers, texts, strict=True))
        problems += half_coordinates(row, line, *coordinates)
        entries.append(Entry(line, values))
    return entries, problems


def _read(key, text, vocabulary):
    if key in ("category", "state"):
        return _word(text, vocabulary[key])
    if key in ("services", "audiences"):
        words = filter(None, map(str.strip, re.split(r"[|;,]", text)))
        return frozenset(_word(word, vocabulary[key]) for word in words)
    return _READ[key](text) if key in _READ else text


def _word(text, words):
    try:
        return words[normalise(text)]
    except KeyError:
        raise CellError("choices", " | ".join(sorted(words))) from None
