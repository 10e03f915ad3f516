"""A monthly close killed anywhere and run again: the same result, nothing twice."""

import json
import subprocess
from pathlib import Path

import pytest

from cli import environment, odoo_process, paths
from cli.database import TEMPLATE

TOLD = 3


@pytest.fixture(scope="module")
def closed(databases):
    """What the same month came to, closed in one go and by killed processes."""

    def run(mode, name):
        done = subprocess.run(
            [environment.python(), Path(__file__).with_name("month.py"), mode],
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
        return done.stdout and json.loads(done.stdout), done.stderr

    with databases.copied(TEMPLATE, "calm") as calm:
        run("prepare", calm)
        with databases.copied(calm, "killed") as killed:
            yield run("calm", calm), run("killed", killed)


def test_killed_in_every_stage(closed):
    _calm, (killed, _said) = closed
    assert set(killed["kills"]) >= {
        "draft",
        "rated",
        "invoiced",
        "collected",
        "settled",
        "self_billed",
    }
    # Among others between two batches of invoices
    assert killed["kills"]["rated"] > 1


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
def test_same_result(closed, part):
    (calm, _said), (killed, _told) = closed
    assert calm["came to"][part]
    assert killed["came to"][part] == calm["came to"][part]


def test_one_at_a_time(closed):
    _calm, (killed, said) = closed
    assert killed["second run told"]
    assert "being run by somebody else" in said


def test_closed_once(closed):
    for result, said in closed:
        assert result["closed again"] == TOLD
        assert "closed already" in said
