"""What commands need that work with Odoo: its environment, servers, databases."""

import contextlib

from . import database, environment, odoo_source, paths, postgres, programs, stages


def ensure_environment(test=False):
    """Odoo and the environment that runs it; one process at a time makes them."""
    paths.prepare()
    with stages.lock("setup"):
        source = odoo_source.ensure()
        environment.ensure(source, test=test)
    return source


@contextlib.contextmanager
def ready(test=False):
    """Everything a command needs that works on databases."""
    source = ensure_environment(test)
    programs.ensure(programs.TEST if test else programs.PDF, needed=test)
    with postgres.serving() as server:
        yield database.Databases(source, server)


def making():
    """Held while shared databases are made, so that two commands do not do it both."""
    return stages.lock("databases")
