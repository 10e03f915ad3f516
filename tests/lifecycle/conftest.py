"""Databases made for one test, on the server the tests run on."""

import contextlib

import pytest

from cli import database, odoo_process, upkeep
from cli.progress import Step


class Scratch:
    """A database of its own, upgraded and uninstalled by Odoo's own commands."""

    def __init__(self, databases, name):
        self.databases = databases
        self.name = name

    def install(self, module, update=False):
        with Step(f"{module} in {self.name}") as step:
            odoo_process.install(
                self.databases.conf(self.name),
                [module],
                step=step,
                what=f"{module} could not be installed",
                update=update,
            )

    def uninstall(self, module):
        upkeep.click_odoo(
            "uninstall",
            self.databases.conf(self.name),
            self.databases.server,
            "-m",
            module,
            what=f"{module} could not be uninstalled",
        )

    def rows(self, query):
        return self.databases.server.sql(query, self.name)

    def column(self, query):
        return [row[0] for row in self.rows(query)]


@pytest.fixture(scope="session")
def scratch(databases):
    """``with scratch(origin) as database``: a copy of ``ground`` or ``template``."""
    databases.ensure_ground()

    @contextlib.contextmanager
    def copy(origin=database.GROUND):
        with databases.copied(origin, "scratch") as name:
            yield Scratch(databases, name)

    return copy
