"""The server the tests run on."""

import pytest


@pytest.fixture(scope="session")
def databases():
    """The databases of this checkout, the template of ours among them, so that a test
    can copy one and do with it what it likes."""
    from cli import commands

    with commands.ready() as databases:
        databases.ensure_template()
        yield databases
