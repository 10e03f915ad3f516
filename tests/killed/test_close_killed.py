"""A monthly close killed anywhere and run again: the same result, nothing twice."""

import json
import subprocess
from pathlib import Path

import pytest

from cli import environment, odoo_process, paths
from cli.database import TEMPLATE


@pytest.fixture(scope="module")
def told(databases):
    """What the same month came to, closed undisturbed and by killed processes."""
    with databases.copied(TEMPLATE, "close") as name:
        done = subprocess.run(
            [environment.python(), Path(__file__).with_name("month.py")],
            env={
                **odoo_process.variables(databases.server),
                "PYTHONPATH": str(paths.ROOT),
                "TIERSLIEUX_CONF": str(databases.conf(name)),
                "TIERSLIEUX_DB": name,
            },
            capture_output=True,
            text=True,
            timeout=300,
        )
    assert done.returncode == 0, done.stderr
    return {**json.loads(done.stdout), "said": done.stderr}


def test_killed_in_every_stage(told):
    stages = {"draft", "rated", "invoiced", "collected", "settled", "self_billed"}
    # On a fast machine one of them may be over before the kill comes
    assert len(stages & set(told["kills"])) >= len(stages) - 1
    # Among others between two batches of invoices
    assert told["kills"]["rated"] > 1


@pytest.mark.parametrize(
    "part",
    [
        "close",
        "rated lines",
        "settlements",
        "shares",
        "statements",
        "ledger",
        "orders",
        "files",
        "documents to make",
    ],
)
def test_same_result(told, part):
    assert told["undisturbed"][part]
    assert told["killed"][part] == told["undisturbed"][part]


def test_one_at_a_time(told):
    assert told["second run told"]
    assert "being run by somebody else" in told["said"]


def test_closed_once(told):
    assert told["second close told"]
    assert "closed already" in told["said"]
