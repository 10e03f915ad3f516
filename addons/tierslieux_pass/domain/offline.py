"""Taps kept by a device without a network, as a CSV file.

Columns ``code,instant,direction,key``, in any order, separated by commas or
semicolons: instants are ISO 8601 with their offset, ``direction`` is ``in``, ``out`` or
empty, ``key`` is unique in the file. What cannot be read is a problem with its line and
its column, never a guess.
"""

import csv
import io
from datetime import datetime, timezone
from typing import NamedTuple

COLUMNS = ("code", "instant", "direction", "key")
#: As many as a venue taps in a month; more is another file.
MOST_ROWS = 20_000


class Row(NamedTuple):
    """``instant`` in UTC, without a zone."""

    line: int
    code: str
    instant: datetime
    direction: str | None
    key: str


class Problem(NamedTuple):
    """``line`` counts from 1, the header; ``kind`` is one of ``header``, ``encoding``,
    ``too_many``, ``empty``, ``instant``, ``direction``, ``repeated``."""

    line: int
    column: str
    kind: str
    value: str


def read(content):
    """``(rows in order of time, problems)`` of a file, bytes."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return [], [Problem(1, "", "encoding", "")]
    first = text.partition("\n")[0]
    lines = csv.reader(io.StringIO(text), delimiter=";" if ";" in first else ",")
    header = [name.strip().lower() for name in next(lines, [])]
    missing = [name for name in COLUMNS if name not in header]
    if missing:
        return [], [Problem(1, name, "header", "") for name in missing]
    place = {name: header.index(name) for name in COLUMNS}
    rows, problems, keys = [], [], set()
    for cells in lines:
        if not any(cell.strip() for cell in cells):
            continue
        if len(rows) >= MOST_ROWS:
            return [], [Problem(lines.line_num, "", "too_many", str(MOST_ROWS))]
        values = {
            name: cells[at].strip() if at < len(cells) else ""
            for name, at in place.items()
        }
        found = _problems(lines.line_num, values, keys)
        keys.add(values["key"])
        problems += found
        if not found:
            rows.append(
                Row(
                    lines.line_num,
                    values["code"],
                    _instant(values["instant"]),
                    values["direction"].lower() or None,
                    values["key"],
                )
            )
    return sorted(rows, key=lambda row: (row.instant, row.line)), problems


def _problems(line, values, keys):
    found = [
        Problem(line, name, "empty", "")
        for name in ("code", "instant", "key")
        if not values[name]
    ]
    if values["instant"] and _instant(values["instant"]) is None:
        found.append(Problem(line, "instant", "instant", values["instant"]))
    if values["direction"].lower() not in ("in", "out", ""):
        found.append(Problem(line, "direction", "direction", values["direction"]))
    if values["key"] and values["key"] in keys:
        found.append(Problem(line, "key", "repeated", values["key"]))
    return found


def _instant(text):
    try:
        parsed = datetime.fromisoformat(text.replace("Z", "+00:00"))
    except ValueError:
        return None
    if parsed.utcoffset() is None:
        return None
    return parsed.astimezone(timezone.utc).replace(tzinfo=None, microsecond=0)
