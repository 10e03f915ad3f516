"""The register of commands: each is a function that a decorator makes known."""

import contextlib
from dataclasses import dataclass

from . import database, environment, odoo_source, paths, postgres, programs, stages

COMMANDS = {}


@dataclass(frozen=True)
class Command:
    run: object
    help: str
    arguments: tuple
    free: bool


def argument(*names, **settings):
    """One argument, in the words of argparse."""
    return names, settings


def command(name, help, *arguments, free=False):
    """Register `function(args)` as `./tierslieux NAME`; its result is the exit code.

    A `free` command gets all that follows its name as `args.rest`, unread.
    """

    def register(function):
        COMMANDS[name] = Command(function, help, arguments, free)
        return function

    return register


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
