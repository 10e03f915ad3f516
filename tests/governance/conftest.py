"""The rules are tested as files: no Odoo, no database."""

from pathlib import Path

import pytest

from cli import rules

ROOT = Path(__file__).resolve().parents[2]
rules.load("tierslieux_governance")


@pytest.fixture(scope="session")
def elections():
    """The folder of real elections."""
    return ROOT / "tests" / "data" / "ballots"
