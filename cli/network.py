"""The commands of every day: install, up, reset-demo, shell."""

import signal
import subprocess

from . import database, environment, modules, odoo_process, paths, running, server
from .commands import ensure_environment, making, ready
from .failures import Failure
from .progress import say
from .register import argument, command

SIZE = (
    argument("--venues", type=int, help=f"venues of the demo ({database.VENUES})"),
    argument("--people", type=int, help=f"people of the demo ({database.PEOPLE})"),
)
DATABASE = argument(
    "--database",
    metavar="NAME",
    default=database.PREFIX,
    help=f"the database (default: {database.PREFIX})",
)


@command("install", "get Odoo 19 and its Python environment, no database")
def install(args):
    source = ensure_environment()
    say(f"Odoo 19 is in {source.home}, its environment in {paths.VENV}.")


@command(
    "up",
    "set up what is missing and serve the network on this machine",
    argument("--port", type=int, default=8069, help="port to serve on (8069)"),
    argument("--check", action="store_true", help="ask for three pages and exit"),
    DATABASE,
    *SIZE,
)
def up(args):
    port = server.free_port() if args.check else args.port
    server.check_port(port)
    serving = False
    try:
        with ready() as databases:
            with making():
                databases.ensure_demo(args.database, args.venues, args.people)
            with server.Server(databases, args.database, port) as site:
                if args.check:
                    return check(site)
                serving = True
                say(f"\nTierslieux is at {site.address}\n")
                database.tell_logins(args.database)
                say(f"\nIts log is {site.log}. Ctrl-C stops it.")
                site.serve()
    except KeyboardInterrupt:
        if not serving:
            raise
        say("\nStopped.")
    return 0


def check(site):
    pages = [server.HOME, server.LOGIN]
    if "tierslieux_network" in modules.installable():
        pages.insert(1, server.DIRECTORY)
    if not site.check(pages):
        raise Failure(f"A page did not answer 200 (see {site.log}).")
    return 0


@command("reset-demo", "make the demo network anew; what was entered is lost", *SIZE)
def reset_demo(args):
    with ready() as databases, making():
        stamp = databases.stamp(database.PREFIX) or {}
        held = stamp.get("demo", {})
        databases.make_demo(
            database.PREFIX,
            args.venues or held.get("venues", database.VENUES),
            args.people or held.get("people", database.PEOPLE),
        )


@command("shell", "a Python shell on a database, with Odoo's `env`", DATABASE)
def shell(args):
    with ready() as databases:
        if not databases.exists(args.database):
            raise Failure(
                f"There is no database {args.database}: ./tierslieux up first."
            )
        conf = databases.conf(args.database)
        # In our process group and on our terminal, unlike all else we run; Ctrl-C is
        # for the shell.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        return subprocess.call(
            [environment.python(), "-m", "odoo", "shell", "-c", conf, "--no-http"],
            env=odoo_process.variables(),
            cwd=paths.RUN,
            preexec_fn=running.become_interactive,
        )


@command(
    "update",
    "upgrade the modules of a database",
    argument("--all", action="store_true", help="all modules, not only changed ones"),
    DATABASE,
)
def update(args):
    with ready() as databases, making():
        databases.update(args.database, everything=args.all)
        say(f"{args.database} is up to date.")
