"""VISITS.csv: a row a visit, or the lines of those that are none."""

import csv

from . import instants
from .errors import BadRows
from .visits import Visits

COLUMNS = ["visit_id", "person", "venue", "check_in", "check_out"]
#: Rows handed on at a time.
PORTION = 10_000


def read_visits(path, rules):
    """The visits of the file at ``path``; ``BadRows`` names those that are none."""
    visits = Visits(rules.month, rules.venues)
    bad, lines = [], []
    with open(path, newline="", encoding="utf-8-sig") as file:
        rows = csv.reader(file, strict=True)
        _check_header(next(rows, []))
        portion = []
        try:
            for row in rows:
                if not row:
                    continue
                try:
                    portion.append(_visit(row, visits.place))
                    lines.append(rows.line_num)
                except ValueError as error:
                    bad.append((rows.line_num, str(error)))
                if len(portion) == PORTION:
                    visits.add(*zip(*portion, strict=True))
                    portion = []
        except csv.Error as error:
            raise BadRows([*bad, (rows.line_num, f"it is not CSV: {error}")]) from error
        if portion:
            visits.add(*zip(*portion, strict=True))
    bad += [
        (lines[row], f"visit_id {visits.ids[row]!r} is on an earlier line too")
        for row in visits.repeated()
    ]
    if bad:
        raise BadRows(sorted(bad))
    return visits


def _check_header(header):
    if header == COLUMNS:
        return
    told = f"expected the columns {','.join(COLUMNS)}"
    if len(header) == 1 and ";" in header[0]:
        told += ", with commas between them, not semicolons"
    raise BadRows([(1, told)])


def _visit(row, places):
    """``(id, person, place of the venue, start, end)``, minutes since 1970."""
    if len(row) != len(COLUMNS):
        raise ValueError(f"expected {len(COLUMNS)} cells, there are {len(row)}")
    for column, cell in zip(COLUMNS, row, strict=True):
        if not cell:
            raise ValueError(f"{column} is empty")
    name, person, venue, check_in, check_out = row
    if venue not in places:
        raise ValueError(f"venue {venue!r} is not in the rules")
    start = _instant("check_in", check_in)
    end = _instant("check_out", check_out)
    if end < start:
        raise ValueError(f"check_out {check_out} is before check_in {check_in}")
    return name, person, places[venue], start // 60, end // 60


def _instant(column, text):
    try:
        return instants.seconds(text)
    except ValueError as error:
        raise ValueError(f"{column} {text!r} {error}") from error
