"""A venue in the national standard: from a line of the file to values, and back.

Values are a dict with only what is known of: ``identifier``, ``name``, ``city``,
``zip``, ``insee``, ``street``, ``street2``, ``phone``, ``email``, ``website``,
``summary``, ``description`` (plain text), ``accessibility_url``, ``siret``, ``rna``
(texts); ``latitude``, ``longitude`` (degrees, seven decimals); ``hours`` (see
opening_hours); ``updated_on`` (date); ``services``, ``audiences`` (frozensets of the
network's codes); and ``standard``, the texts of columns that have no field, or more
than the field holds. An empty cell says nothing:
it never erases what is known.

``to_row(read_row(row))`` keeps every fact of a valid row, and reading the result
again gives the same values.
"""

from contextlib import suppress
from typing import NamedTuple

from . import census_cells as cells
from . import opening_hours
from .census_columns import BY_NAME, KEPT, NAMES, NO_PIVOT, REQUIRED, THIRD_PLACE
from .census_problem import CellError, FileError, Problem
from .rich_text import tidy
from .search_terms import normalise

_TEXTS = {
    "id": "identifier",
    "nom": "name",
    "commune": "city",
    "adresse": "street",
    "complement_adresse": "street2",
    "fiche_acces_libre": "accessibility_url",
}
_READ = {
    "code_postal": ("zip", cells.read_zip),
    "code_insee": ("insee", cells.read_insee),
    "latitude": ("latitude", cells.read_latitude),
    "longitude": ("longitude", cells.read_longitude),
    "telephone": ("phone", cells.read_phone),
    "presentation_resume": ("summary", cells.read_summary),
    "presentation_detail": ("description", tidy),
    "date_maj": ("updated_on", cells.read_date),
}
# what the field holds is the first of several, or a part: the text is kept beside
_FIRST = {
    "courriels": ("email", cells.read_email),
    "site_web": ("website", cells.read_url),
}
_SETS = {"services": "services", "publics_specifiquement_adresses": "audiences"}
_EXPECTED_COLUMNS = f"{NAMES[0]} … {NAMES[-1]}"


class Entry(NamedTuple):
    """A line of the file that could be read."""

    line: int
    values: dict


def read_standard(table, codes):
    """Read a table whose headers are the standard's.

    :param codes: ``{"services" | "audiences": {value of the standard: code}}``, the
        values that the network has a record for
    :return: ``(entries, problems)``
    :raises FileError: ``columns`` when a required column is missing, or one unknown
    """
    missing = [name for name in REQUIRED if name not in table.headers]
    unknown = [header for header in table.headers if header not in BY_NAME]
    if missing:
        raise FileError("columns_missing", ", ".join(missing), 1)
    if unknown:
        raise FileError("columns_unknown", ", ".join(unknown), 1)
    entries, problems = [], []
    for line, texts in table.rows:
        row = dict(zip(table.headers, texts, strict=True))
        values, row_problems = read_row(row, line, codes)
        problems += row_problems
        entries.append(Entry(line, values))
    return entries, problems


def read_row(row, line, codes):
    """``(values, problems)`` of one line, ``{column: trimmed text}``."""
    values, standard, problems = {}, {}, []
    for name, text in row.items():
        if not text:
            if BY_NAME[name].required:
                problems.append(Problem(line, name, "", "missing"))
            continue
        try:
            _read_column(name, text, values, standard, codes)
        except CellError as error:
            problems.append(Problem(line, name, text, error.code, error.expected))
    if normalise(values.get("street")) == normalise(values.get("city")):
        values.pop("street", None)  # see to_row
    problems += half_coordinates(row, line, "latitude", "longitude")
    values["standard"] = standard
    return values, problems


def half_coordinates(row, line, latitude, longitude):
    """A problem when one coordinate came without the other.

    :param row: ``{column: text}``
    :param latitude: name of the column, or nothing; as ``longitude``
    """
    came = [bool(row.get(latitude)), bool(row.get(longitude))]
    if came[0] == came[1]:
        return []
    return [Problem(line, longitude if came[0] else latitude, "", "coordinates")]


def _read_column(name, text, values, standard, codes):
    if name in _TEXTS:
        values[_TEXTS[name]] = text
    elif name in _READ:
        key, read = _READ[name]
        values[key] = read(text)
    elif name in _FIRST:
        key, read = _FIRST[name]
        values[key] = [read(part) for part in _parts(text)][0]
        standard[name] = "" if text == values[key] else text
    elif name in _SETS:
        chosen = cells.read_choices(text, BY_NAME[name].choices)
        key = _SETS[name]
        values[key] = frozenset(
            codes[key][part] for part in chosen if part in codes[key]
        )
        others = set(chosen).difference(codes[key])
        standard[name] = _joined(others, name)
    elif name == "horaires":
        values["hours"] = cells.read_hours(text)
        usual = opening_hours.format_osm(values["hours"])
        standard[name] = "" if text == usual else text
    elif name == "pivot":
        _read_pivot(text, values, standard)
    elif name == "typologie":
        standard[name] = "" if text == THIRD_PLACE else text
    elif BY_NAME[name].choices:
        standard[name] = "|".join(cells.read_choices(text, BY_NAME[name].choices))
    else:
        standard[name] = text


def _read_pivot(text, values, standard):
    standard["pivot"] = ""
    if text == NO_PIVOT:
        return
    register, number = cells.read_pivot(text)
    if register == "other":
        standard["pivot"] = number
    else:
        values[register] = number


def _joined(values, name):
    """In the order of the standard."""
    return "|".join(value for value in BY_NAME[name].choices if value in values)


def _parts(text):
    parts = [part.strip() for part in text.split("|")]
    return [part for part in parts if part] or [text]


def to_row(values):
    """The line of the standard for a venue: ``{column: text}``, every column.

    ``services`` and ``audiences`` are here sets of the standard's own values.
    What a venue lacks and the standard requires is said as the standard's users do:
    no register → fourteen zeros; no street → the commune.
    """
    standard = values.get("standard") or {}
    row = dict.fromkeys(NAMES, "")
    row.update({name: standard.get(name) or "" for name in KEPT})
    for name, key in _TEXTS.items():
        row[name] = values.get(key) or ""
    row["adresse"] = row["adresse"] or row["commune"]
    row["pivot"] = (
        values.get("siret") or values.get("rna") or standard.get("pivot") or NO_PIVOT
    )
    row["typologie"] = standard.get("typologie") or THIRD_PLACE
    for name in ("code_postal", "code_insee", "presentation_resume"):
        row[name] = values.get(_READ[name][0]) or ""
    row["presentation_detail"] = values.get("description") or ""
    if "latitude" in values:
        row["latitude"] = _plain(values["latitude"])
        row["longitude"] = _plain(values["longitude"])
    row["date_maj"] = values["updated_on"].isoformat() if "updated_on" in values else ""
    row["telephone"] = _or_empty(cells.read_phone, values.get("phone"))
    for name, (key, read) in _FIRST.items():
        row[name] = _several(standard.get(name), _or_empty(read, values.get(key)), read)
    row["horaires"] = _hours_text(standard.get("horaires"), values.get("hours") or {})
    for name, key in _SETS.items():
        chosen = {*(standard.get(name) or "").split("|"), *values.get(key, ())}
        row[name] = _joined(chosen, name)
    return row


def as_read(values):
    """Known values in the form that reading gives, so that both can be compared."""
    phone = _or_empty(cells.read_phone, values.get("phone"))
    return {**values, "phone": phone} if phone else values


def missing_columns(row):
    """Required columns that a line of ``to_row`` lacks: it cannot be published so."""
    missing = [name for name in REQUIRED if not row[name]]
    if row["code_postal"] and not _or_empty(cells.read_zip, row["code_postal"]):
        missing.append("code_postal")
    return missing


def _plain(number):
    """Degrees without exponent: 0.00001 is not 1e-05."""
    return f"{number:.7f}".rstrip("0").rstrip(".")


def _or_empty(read, text):
    try:
        return read(text) if text else ""
    except CellError:
        return ""


def _several(came, first, read):
    """The text that came while its first part is still the field's, else the field."""
    if came and first and _or_empty(read, _parts(came)[0]) == first:
        return came
    return first


def _hours_text(came, hours):
    """The hours as they came while they still say the same, else the usual form."""
    with suppress(opening_hours.OpeningHoursError):
        if came and opening_hours.parse(came) == hours:
            return came
    return opening_hours.format_osm(hours)
