"""The command `verify-register` on exported files, without Odoo or database."""

import csv
import importlib
import json
import subprocess
import sys

import pytest

from cli import paths, rules

DOMAIN = rules.load("tierslieux_fonciere").__name__
chain = importlib.import_module(f"{DOMAIN}.chain")


@pytest.fixture
def register():
    rows, previous = [], chain.GENESIS
    for number in range(1, 6):
        row = {
            **dict.fromkeys(chain.COLUMNS),
            "number": number,
            "kind": "subscription",
            "effective_on": "2026-01-01",
            "recorded_at": "2026-01-01T10:00:00",
            "quantity": number,
            "held": number,
            "receiver": number,
            "receiver_identity": f"Habitante {number}, Lyon",
            "nominal": 10000,
            "price": number * 10000,
            "gratuitous": False,
            "source_key": f"subscription/{number}",
            "previous": previous,
        }
        row["digest"] = previous = chain.digest(previous, row)
        rows.append(row)
    return rows


def run(*arguments):
    return subprocess.run(
        [sys.executable, paths.ROOT / "tierslieux", "verify-register", *arguments],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def write_json(path, rows):
    path.write_text(json.dumps({"movements": rows}), encoding="utf-8")
    return path


def test_what_was_recorded(register, tmp_path):
    path = write_json(tmp_path / "register.json", register)
    done = run(path, "--head", register[2]["digest"])
    assert done.returncode == 0, done.stderr
    (found,) = json.loads(done.stdout)
    assert found["movements"] == 5
    assert found["shares"] == 15
    assert found["capital"] == "1500.00"
    assert found["head"] == register[-1]["digest"]


def test_the_first_movement_that_was_tampered_with(register, tmp_path):
    register[3]["quantity"] = register[3]["held"] = 400
    register[4]["receiver_identity"] = "Quelqu’un d’autre"
    path = tmp_path / "register.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, [*chain.COLUMNS, "previous", "digest"])
        writer.writeheader()
        writer.writerows({**row, "gratuitous": "false"} for row in register)
    done = run(path)
    assert done.returncode == 2
    assert "movement 4 is not what was recorded" in done.stderr


def test_a_digest_that_was_kept(register, tmp_path):
    path = write_json(tmp_path / "register.json", register[:3])
    done = run(path, "--head", register[-1]["digest"])
    assert done.returncode == 2
    assert "not in this register" in done.stderr


def test_no_register(tmp_path):
    path = tmp_path / "register.json"
    path.write_text("[]")
    done = run(path)
    assert done.returncode == 2
    assert "not a register" in done.stderr
