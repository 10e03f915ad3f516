"""The rules are tested as files: no Odoo, no database."""

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from cli import rules  # noqa: E402

rules.load("tierslieux_governance")


@pytest.fixture(scope="session")
def elections():
    """The folder of real elections."""
    return ROOT / "tests" / "data" / "ballots"
