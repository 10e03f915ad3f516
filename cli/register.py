"""The register of commands: each is a function that a decorator makes known."""

from dataclasses import dataclass

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
