"""``./tierslieux tally``: JSON on success; one sentence and exit code 2 otherwise."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def run(*arguments):
    return subprocess.run(
        [sys.executable, ROOT / "tierslieux", "tally", *map(str, arguments)],
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_json(elections):
    done = run(elections / "glasgow_2007_calton.csv", "--method", "stv")
    assert (done.returncode, done.stderr) == (0, "")
    result = json.loads(done.stdout)
    assert result["winners"] == ["George Redmond", "Alison E Thewliss", "Ruth Simpson"]
    assert set(result) >= {"method", "winners", "rounds", "quota", "ties"}


def test_seats_and_seed(elections):
    glasgow = elections / "glasgow_2007_calton.csv"
    done = run(glasgow, "--method", "stv", "--seats", 1, "--seed", "2026-11-22")
    result = json.loads(done.stdout)
    assert (result["seats"], result["quota"]) == (1, 2600)
    assert result["seed"] == "2026-11-22"


def test_projects_are_strings(elections):
    done = run(elections / "Netherlands_Assen_2024.pb", "--method", "equal-shares")
    result = json.loads(done.stdout)
    assert all(isinstance(project, str) for project in result["winners"])
    assert result["cost"] == 76700


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("ward.csv", "2,1,\n3,1,\n4,5,\n", "line 3: expected a candidate from 1 to 2"),
        ("missing.csv", None, "cannot be read"),
        ("votes.ods", "x", "expected a file named"),
        ("a.soc", "2\n1,A\n2,B\n1,1,1\n1,1\n", "line 5: expected an order of all 2"),
    ],
)
def test_refusals(tmp_path, name, text, told):
    path = tmp_path / name
    if text is not None:
        path.write_text(text)
    done = run(path, "--method", "stv")
    assert (done.returncode, done.stdout) == (2, "")
    assert told in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("name", "method", "told"),
    [
        ("glasgow_2007_calton.csv", "equal-shares", "need a budget"),
        ("glasgow_2007_calton.csv", "score", "counts points"),
        ("Netherlands_Assen_2024.pb", "stv", "counts rankings"),
        ("glasgow_2007_calton.csv", "irv", "one seat"),
    ],
)
def test_ballots_of_another_kind(elections, name, method, told):
    more = ["--seats", 2] if method == "irv" else []
    done = run(elections / name, "--method", method, *more)
    assert (done.returncode, done.stdout) == (2, "")
    assert told in done.stderr
    assert len(done.stderr.splitlines()) == 1
