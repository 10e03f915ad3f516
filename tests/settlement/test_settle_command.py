"""``./tierslieux settle``: JSON on success; sentences and exit code 2 otherwise."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from . import oracle
from .months import RULES, write

ROOT = Path(__file__).resolve().parents[2]
ROWS = [
    ("1", "p", "a", "2026-10-05T10:00:00+02:00", "2026-10-05T22:30:00+02:00"),
    ("2", "q", "b", "2026-10-06T10:00:00+02:00", "2026-10-06T12:00:00+02:00"),
]
HEADER = "visit_id,person,venue,check_in,check_out\n"
ROW = "1,p,a,2026-10-05T10:00:00+02:00,2026-10-05T22:30:00+02:00\n"


def run(*arguments):
    return subprocess.run(
        [sys.executable, ROOT / "tierslieux", "settle", *map(str, arguments)],
        capture_output=True,
        text=True,
        timeout=60,
    )


@pytest.fixture
def rules(tmp_path):
    path = tmp_path / "rules.json"
    path.write_text(json.dumps(RULES))
    return path


def test_json(tmp_path, rules):
    done = run(write(tmp_path / "visits.csv", ROWS), "--rules", rules)
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout) == oracle.settle(ROWS, RULES)


@pytest.mark.parametrize(
    "text",
    [
        "\ufeff" + HEADER + ROW,
        (HEADER + ROW).replace("\n", "\r\n"),
        HEADER + ROW.replace("p,a", '"p","a"'),
        HEADER + "\n" + ROW.rstrip("\n"),
        HEADER + ROW.replace("2026-10-05T10:00:00+02:00", "2026-10-05T08:00Z"),
        HEADER + ROW.replace("2026-10-05T10:00:00+02:00", '"20261005T080000,5+0000"'),
        HEADER + ROW.replace("2026-10-05T10:00:00+02:00", "2026-10-05 09:59:31+01:59"),
    ],
)
def test_the_same_file_written_otherwise(tmp_path, rules, text):
    path = tmp_path / "visits.csv"
    path.write_text(text, encoding="utf-8", newline="")
    done = run(path, "--rules", rules)
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout) == oracle.settle(ROWS[:1], RULES)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", ["line 1: expected the columns"]),
        (HEADER.replace(",", ";"), ["with commas between them"]),
        (HEADER.replace("person,", ""), ["line 1: expected the columns"]),
        (ROW, ["line 1: expected the columns"]),
        (HEADER + ROW.replace(",a,", ",z,"), ["line 2: venue 'z' is not in the rules"]),
        (HEADER + ROW.replace("p,a,", ",a,"), ["line 2: person is empty"]),
        (HEADER + ROW.replace("1,", ",", 1), ["line 2: visit_id is empty"]),
        (HEADER + ROW.replace("\n", ",x\n"), ["line 2: expected 5 cells, there are 6"]),
        (HEADER + "1,p,a\n" + ROW, ["line 2: expected 5 cells, there are 3"]),
        (
            # As many cells as two rows have, cut elsewhere.
            HEADER
            + "1,p,a,2026-10-05T10:00:00+02:00\n2026-10-05T22:30:00+02:00,"
            + ROW,
            ["line 2: expected 5 cells, there are 4", "line 3: expected 5 cells"],
        ),
        (HEADER + ROW + ROW, ["line 3: visit_id '1' is on an earlier line too"]),
        (HEADER + ROW.replace("+02:00", "", 1), ["line 2: check_in", "no offset"]),
        (
            HEADER + ROW.replace("T22:30:00", "T09:30:00"),
            ["line 2: check_out", "before"],
        ),
        (
            HEADER + ROW.replace("T22:30:00", "T09:59:59"),
            ["line 2: check_out", "before"],
        ),
        (HEADER + ROW.replace("2026-10-05T22", "2026-02-30T22"), ["no day"]),
        (HEADER + ROW.replace("T22:30", "T24:30"), ["line 2", "ISO 8601"]),
        (HEADER + ROW.replace(",p,", ',"p,'), ["line", "CSV"]),
        (
            HEADER + ROW.replace(",a,", ",z,") + ROW + "3,p,a,hier,demain\n",
            ["line 2: venue 'z'", "line 4: check_in 'hier' is not"],
        ),
    ],
)
def test_bad_rows(tmp_path, rules, text, told):
    path = tmp_path / "visits.csv"
    path.write_text(text, encoding="utf-8")
    done = run(path, "--rules", rules)
    assert (done.returncode, done.stdout) == (2, "")
    assert "Traceback" not in done.stderr
    for sentence in told:
        assert sentence in done.stderr


def test_many_bad_rows_are_counted(tmp_path, rules):
    rows = [(str(n), *ROWS[0][1:2], "z", *ROWS[0][3:]) for n in range(70)]
    done = run(write(tmp_path / "visits.csv", rows), "--rules", rules)
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 51
    assert "20 more bad lines" in done.stderr


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"reserve_cents": 95_001}, "below zero"),
        ({"breakage": "home_venue"}, "'home_venues' must be an object"),
        ({"month": "October"}, "'month' must be like 2026-10"),
    ],
)
def test_rules_that_cannot_be_applied(tmp_path, rules, more, told):
    rules.write_text(json.dumps({**RULES, **more}))
    done = run(write(tmp_path / "visits.csv", []), "--rules", rules)
    assert (done.returncode, done.stdout) == (2, "")
    assert told in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_files_that_cannot_be_read(tmp_path, rules):
    visits = write(tmp_path / "visits.csv", ROWS)
    for arguments in ((tmp_path / "no.csv", rules), (visits, tmp_path / "no.json")):
        done = run(arguments[0], "--rules", arguments[1])
        assert (done.returncode, done.stdout) == (2, "")
        assert "cannot be read" in done.stderr
    visits.write_bytes(HEADER.encode() + ROW.replace("p", "é").encode("latin-1"))
    done = run(visits, "--rules", rules)
    assert (done.returncode, done.stdout) == (2, "")
    assert "UTF-8" in done.stderr


def test_it_starts_without_what_databases_need():
    code = (
        "import sys; from cli.main import main; main(sys.argv[1:]);"
        "assert not {'cli.database', 'subprocess'} & set(sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "settle", "no.csv", "--rules", "no.json"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert "AssertionError" not in done.stderr
    assert (done.returncode, done.stderr.count("cannot be read")) == (0, 1)
