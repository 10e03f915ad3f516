"""The command `test`: what must hold, from the linters to the browser."""

import contextlib
import shutil
import sys

from . import database, environment, lint, odoo_process, paths, running
from .commands import making, ready
from .progress import say
from .register import command

#: Run side by side, each on a database of its own; pages and killed processes are
#: mostly waited for.
PARTS = {
    "addons": ["addons"],
    "browser": ["tests/browser"],
    "house": ["tests", "--ignore=tests/browser"],
}


@command("test", "run the linters and the tests; PYTEST ARGS choose", free=True)
def test(args):
    """With arguments, pytest alone with them; without, all that must hold."""
    if not args.rest:
        lint.check_all()
    with ready(test=True) as databases:
        with making():
            databases.ensure_template()
        if args.rest:
            with databases.copied(database.TEMPLATE, "test") as name:
                say()
                return follow(pytest(databases, name, args.rest))
        return side_by_side(databases)


def side_by_side(databases):
    """Every part at once: the first is followed, the others told when they end."""
    with contextlib.ExitStack() as stack:
        started = []
        for part, arguments in PARTS.items():
            name = stack.enter_context(databases.copied(database.TEMPLATE, part))
            log = None
            if started:
                log = stack.enter_context(open(paths.RUN / f"test-{part}.log", "w+"))
            process = pytest(databases, name, arguments, stdout=log)
            stack.callback(running.stop, process)
            started.append((process, log))
        say()
        codes = []
        for process, log in started:
            codes.append(process.wait())
            if log:
                log.seek(0)
                shutil.copyfileobj(log, sys.stdout)
                sys.stdout.flush()
        return max(codes, key=abs)


def follow(process):
    try:
        return process.wait()
    finally:
        running.stop(process)


def pytest(databases, name, arguments, **options):
    """Start pytest on a copy of the template."""
    conf = databases.conf(name)
    return running.start(
        [environment.python(), "-m", "pytest", "-p", "cli.pytest_plugin"]
        + [f"--odoo-config={conf}", f"--odoo-database={name}", "--odoo-http"]
        + arguments,
        cwd=paths.ROOT,
        env={
            **odoo_process.variables(databases.server),
            "PYTHONPATH": str(paths.ROOT),
            "TIERSLIEUX_CONF": str(conf),
            "TIERSLIEUX_DB": name,
        },
        **options,
    )
