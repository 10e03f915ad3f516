"""The tables this module ships, read once."""

import csv
import functools
from pathlib import Path

DATA = Path(__file__).resolve().parent.parent / "data"


@functools.cache
def communes():
    """Communes of both metropolises: ``{insee_code: row}``, coordinates in degrees.

    Codes, names and postcodes: Code officiel géographique (INSEE, 2026). Coordinates:
    the centre of each town, to some hundred metres.
    """
    return {row["insee_code"]: row for row in _rows("communes.csv")}


@functools.cache
def places():
    """Where venues stand: districts of the large towns, and the other communes.

    ``[{insee_code, city, zip, name, metropolis, latitude, longitude, weight,
    spread}]``; ``spread`` is how far from the centre a venue may be, in degrees of
    latitude.
    """
    result = []
    for row in _rows("districts.csv"):
        commune = communes()[row["insee_code"]]
        result.append(
            {
                **row,
                "city": commune["name"],
                "metropolis": commune["metropolis"],
                "spread": 0.003,
            }
        )
    for row in communes().values():
        if row["weight"]:
            result.append({**row, "city": row["name"], "spread": 0.005})
    return result


@functools.cache
def first_names():
    """``[(name, "f" or "m")]``"""
    return [(row["name"], row["gender"]) for row in _rows("first_names.csv")]


@functools.cache
def last_names():
    return [row["name"] for row in _rows("last_names.csv")]


def _rows(name):
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        for column in row.keys() & {"latitude", "longitude"}:
            row[column] = float(row[column])
        if "weight" in row:
            row["weight"] = int(row["weight"])
    return rows
