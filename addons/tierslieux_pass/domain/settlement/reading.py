"""VISITS.csv: a row a visit, or the lines of those that are none.

A plain file, as programs write it, is cut into cells thousands of rows at a time; any
other one is read by `csv`, in portions. Both go on by columns. A file with bad rows is
read again row by row, which takes longest and finds the lines.
"""

import codecs
import contextlib
import csv
import os
from collections import defaultdict
from itertools import islice
from operator import lt

from . import columns, instants
from .errors import BadRows
from .parts import in_turn
from .visits import Visits

COLUMNS = ["visit_id", "person", "venue", "check_in", "check_out"]
HEADER = ",".join(COLUMNS).encode()
#: Bytes read at a time by columns; rows handed on at a time otherwise.
CHUNK, PORTION = 1 << 16, 1_000
#: Fewer are not worth a process of their own.
BYTES_A_PART = 1 << 21


class NotPlain(Exception):
    """The file has to be read in another way, which takes longer."""


def read_visits(path, rules, each=in_turn):
    """The visits of the file at ``path``; ``BadRows`` names those that are none.

    :param each: as of ``settle``
    """
    # What can be read only once, such as a pipe, is read the longest way.
    if os.path.isfile(path):
        with contextlib.suppress(NotPlain):
            return _read_plain(path, rules, each)
        with contextlib.suppress(NotPlain):
            visits = Visits(rules.month, rules.venues)
            _read_portions(path, visits)
            return visits
    visits = Visits(rules.month, rules.venues)
    _read_rows(path, visits)
    return visits


def _read_plain(path, rules, each):
    visits = Visits(rules.month, rules.venues)
    for given in each(
        lambda part, parts: _read_part(path, rules, part, parts),
        os.path.getsize(path) // BYTES_A_PART,
    ):
        if given is None:
            raise NotPlain
        visits.take(given)
    if visits.repeated():
        raise NotPlain
    return visits


def _read_part(path, rules, part, parts):
    """What the visits of a part of the lines give; ``None`` if they are not plain."""
    with open(path, "rb") as file, contextlib.suppress(NotPlain, UnicodeDecodeError):
        if file.readline().removeprefix(codecs.BOM_UTF8).rstrip() != HEADER:
            raise NotPlain
        header, size = file.tell(), os.path.getsize(path)
        begin, end = (
            _line_after(file, header + (size - header) * place // parts, header)
            for place in (part, part + 1)
        )
        visits = Visits(rules.month, rules.venues, _lines(file, header, begin))
        for data in _chunks(file, begin, end):
            _add_lines(data.decode(), visits)
        return visits.given()


def _line_after(file, at, header):
    """Where the first line begins that does not begin before."""
    if at == header:
        return at
    file.seek(at - 1)
    file.readline()
    return file.tell()


def _lines(file, begin, end):
    return sum(data.count(b"\n") for data in _chunks(file, begin, end))


def _chunks(file, begin, end):
    """Whole lines, from where one begins to where one ends."""
    file.seek(begin)
    while begin < end:
        data = file.read(min(CHUNK, end - begin))
        if not data.endswith(b"\n"):
            data += file.readline()
        begin += len(data)
        yield data


def _add_lines(text, visits):
    """Add whole lines. Ids keep the end of the line before, which changes neither
    their order nor which are equal."""
    if "\r" in text:
        text = text.replace("\r\n", "\n")
    if '"' in text or "\r" in text:
        raise NotPlain
    cells = f"\n{text.removesuffix(chr(10))}".replace("\n", ",\n").split(",")
    ids, persons, venues = cells[1::5], cells[2::5], cells[3::5]
    # An end of line begins a cell: of ids each has one, hence no other cell does.
    lines = text.count("\n") + (not text.endswith("\n"))
    if len(cells) != 5 * lines + 1 or "".join(ids).count("\n") != lines:
        raise NotPlain
    if "\n" in ids or "" in persons:
        raise NotPlain
    _add_columns(ids, persons, venues, cells[4::5], cells[5::5], visits)


def _read_portions(path, visits):
    with open(path, newline="", encoding="utf-8-sig") as file:
        rows = csv.reader(file, strict=True)
        _check_header(next(rows, []))
        filled = filter(None, rows)
        try:
            while portion := list(islice(filled, PORTION)):
                if set(map(len, portion)) != {len(COLUMNS)}:
                    raise NotPlain
                ids, persons, *others = map(list, zip(*portion, strict=True))
                if "" in ids or "" in persons:
                    raise NotPlain
                _add_columns(ids, persons, *others, visits)
        except csv.Error as error:
            raise NotPlain from error
    if visits.repeated():
        raise NotPlain


def _add_columns(ids, persons, venues, check_in, check_out, visits):
    try:
        starts, ends = _minutes(check_in), _minutes(check_out)
        if not all(map(lt, starts, ends)):
            for row, (start, end) in enumerate(zip(starts, ends, strict=True)):
                if start >= end and instants.seconds(check_in[row]) > instants.seconds(
                    check_out[row]
                ):
                    raise NotPlain
        places = list(map(visits.place.__getitem__, venues))
    except (ValueError, KeyError) as error:
        raise NotPlain from error
    visits.add(ids, persons, places, starts, ends)


def _minutes(texts):
    """Of each instant, those written alike together; ``ValueError`` if one is bad."""
    found = columns.minutes(texts)
    if found is not None:
        return found
    alike = defaultdict(list)
    for row, text in enumerate(texts):
        alike[len(text), text[-6:-5]].append(row)
    found = [0] * len(texts)
    for rows in alike.values():
        part = [texts[row] for row in rows]
        numbers = columns.minutes(part) if len(alike) > 1 else None
        if numbers is None:
            numbers = map(instants.minute, part)
        for row, number in zip(rows, numbers, strict=True):
            found[row] = number
    return found


def _read_rows(path, visits):
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
        (lines[row], f"visit_id {name!r} is on an earlier line too")
        for row, name in visits.repeated()
    ]
    if bad:
        raise BadRows(sorted(bad))


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
