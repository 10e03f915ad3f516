"""The command `test`: what must hold, from the linters to the browser."""

import contextlib
import shutil
import sys

from . import database, environment, odoo_process, paths, running
from .commands import making, ready
from .failures import Failure
from .progress import say
from .register import command

#: Tests of files: without Odoo and its database, hence while that is made.
RULES = ["booking", "governance", "house", "production", "settlement"]
#: The modules whose tests are about as much work as those of all the others.
HALF = [
    "l10n_fr_association",
    "l10n_fr_association_mis_builder",
    "tierslieux_fonciere",
    "tierslieux_funding",
    "tierslieux_governance",
]
#: The other tests: each part on a database of its own, all at once, so that no
#: processor waits for the last one.
PARTS = {
    "addons": ["addons", *(f"--ignore=addons/{name}" for name in HALF)],
    "half": [f"addons/{name}" for name in HALF],
    "browser": ["tests/browser"],
    "house": ["tests", *(f"--ignore=tests/{name}" for name in ["browser", *RULES])],
}


@command("test", "run the linters and the tests; PYTEST ARGS choose", free=True)
def test(args):
    """With arguments, pytest alone with them; without, all that must hold."""
    with ready(test=True) as databases:
        if not args.rest:
            return everything(databases)
        with making():
            databases.ensure_template()
        with databases.copied(database.TEMPLATE, "test") as name:
            say()
            return follow(pytest(databases, name, args.rest))


def everything(databases):
    """The linters and the rules while the database is made, then every part; the first
    is followed, the others are told after it."""
    with contextlib.ExitStack() as stack:

        def log(name):
            return stack.enter_context(open(paths.RUN / f"test-{name}.log", "w+"))

        def started(process):
            stack.callback(running.stop, process)
            return process

        lint, rules = log("lint"), log("rules")
        command = [sys.executable, paths.ROOT / "tierslieux", "lint"]
        linters = started(launch(command, lint))
        command = [environment.python(), "-m", "pytest", "-p", "no:odoo"]
        command += [f"tests/{name}" for name in RULES]
        found = [(started(launch(command, rules)), rules)]
        with making():
            databases.ensure_template()
        failed = linters.wait()
        tell(lint)
        if failed:
            raise Failure("The linters found what is told above.")
        say()
        for part, arguments in PARTS.items():
            name = stack.enter_context(databases.copied(database.TEMPLATE, part))
            output = log(part) if len(found) > 1 else None
            process = started(pytest(databases, name, arguments, stdout=output))
            found.insert(len(found) - 1, (process, output))
        codes = []
        for process, output in found:
            codes.append(process.wait())
            if output:
                tell(output)
        return max(codes, key=abs)


def launch(command, log):
    """Start what needs no database."""
    return running.start(
        command,
        cwd=paths.ROOT,
        env={**paths.surroundings(), "PYTHONPATH": str(paths.ROOT)},
        stdout=log,
        stderr=log,
    )


def tell(log):
    """Print what a process wrote."""
    log.seek(0)
    shutil.copyfileobj(log, sys.stdout)
    sys.stdout.flush()


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
