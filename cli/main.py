"""Reading the command line and answering troubles in one sentence."""

import argparse
import importlib
import os
import signal
import sys

from .failures import DISK, Failure
from .register import COMMANDS

#: Each module registers its commands; add yours here. One that is named as its only
#: command is imported alone for it, without what the others need.
MODULES = (
    "network",
    "upkeep",
    "testing",
    "lint",
    "bench",
    "tally",
    "settle",
    "verify_register",
)
SIGNS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def main(argv):
    for sign in SIGNS:
        signal.signal(sign, interrupt)
    for module in set(argv[:1]) & set(MODULES) or MODULES:
        importlib.import_module(f"{__package__}.{module}")
    try:
        return run(argv) or 0
    except Failure as failure:
        tell(failure)
        return 1
    except KeyboardInterrupt:
        tell("Interrupted; run the same command again to go on.")
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except OSError as error:
        if DISK.search(str(error)):
            tell("The disk is full.")
        elif isinstance(error, PermissionError):
            tell(f"{error.filename} may not be read or written.")
        else:
            raise
        return 1


def interrupt(signum, frame):
    # Once: a second Ctrl-C must not keep us from stopping what we started.
    for sign in SIGNS:
        signal.signal(sign, signal.SIG_IGN)
    raise KeyboardInterrupt


def tell(message):
    print(message, file=sys.stderr, flush=True)


def run(argv):
    parser = argparse.ArgumentParser(
        prog="tierslieux",
        description="The ERP of networks of third places.",
        epilog="Each command has its own --help.",
    )
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for name, command in COMMANDS.items():
        sub = commands.add_parser(
            name, help=command.help, description=command.help, add_help=not command.free
        )
        for names, settings in command.arguments:
            sub.add_argument(*names, **settings)
    if argv[:1] and argv[0] in COMMANDS and COMMANDS[argv[0]].free:
        args = argparse.Namespace(command=argv[0], rest=argv[1:])
    else:
        args = parser.parse_args(argv)
    return COMMANDS[args.command].run(args)
