# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tools.translate import LazyTranslate

_lt = LazyTranslate(__name__)

# What was expected, by the codes of domain/census_*.py
EXPECTED = {
    "ambiguous": _lt("the identifier: several venues have this name in this commune"),
    "boolean": _lt("yes or no (oui, non, 1, 0)"),
    "choices": _lt("one or several of: %s"),
    "closed_before_open": _lt("a closing date after the opening date"),
    "closed_without_date": _lt("the closing date of a closed venue"),
    "columns_missing": _lt("these columns of the national standard: %s"),
    "columns_unknown": _lt(
        "only columns of the national standard, which does not have: %s"
    ),
    "coordinates": _lt("both latitude and longitude, or neither"),
    "count": _lt("a whole number, zero or more"),
    "date": _lt("a date, such as 2024-04-02 or 02/04/2024"),
    "email": _lt("an email address, such as contact@example.org"),
    "empty": _lt("a CSV file with headers and lines: this one is empty"),
    "encoding": _lt("a text in UTF-8"),
    "header_twice": _lt("each header once: %s comes twice"),
    "hours": _lt("hours such as Mo-Fr 09:00-12:00,14:00-18:30; not understood: “%s”"),
    "insee": _lt("an INSEE code of five characters, such as 69123 or 2A004"),
    "latitude": _lt("a latitude in degrees, from -90 to 90, such as 45.7578"),
    "longitude": _lt("a longitude in degrees, from -180 to 180, such as 4.832"),
    "mapping_missing": _lt("a column of the file for: %s"),
    "mapping_twice": _lt("one column of the file only for: %s"),
    "missing": _lt("a value: this column is required"),
    "no_header": _lt("a name for every column in the first line"),
    "no_line": _lt("at least one line under the headers"),
    "not_csv": _lt(
        "a CSV file (text, cells between commas or semicolons): export it as CSV first"
    ),
    "opens_later": _lt("an opening date in the past, for a venue that is open"),
    "phone": _lt("a phone number, such as +33472000000"),
    "pivot": _lt("a SIRET, an RNA number, or fourteen zeros"),
    "refused": _lt("values that the database accepts: %s"),
    "rna": _lt("an RNA number: W and nine digits, such as W691234567"),
    "row_length": _lt("as many cells as headers: %s"),
    "siret": _lt("a SIRET: fourteen digits, check digits included"),
    "too_long": _lt("at most 280 characters: %s"),
    "twice": _lt("a venue once: line %s speaks of it already"),
    "url": _lt("the address of a web page, such as https://example.org"),
    "zip": _lt("a postcode of five digits"),
}


def expected(env, code, detail):
    """The sentence that says what was expected, in the user's language."""
    sentence = env._(EXPECTED[code])
    return sentence % detail if "%s" in sentence else sentence
