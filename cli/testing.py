"""The command `test`: what must hold, from the linters to the browser."""

import os

from . import database, environment, lint, odoo_process, paths, running
from .commands import command, making, ready
from .progress import say


@command("test", "run the linters and the tests; PYTEST ARGS choose", free=True)
def test(args):
    """With arguments, pytest alone with them; without, all that must hold."""
    if not args.rest:
        lint.check_all()
    with ready(test=True) as databases:
        with making():
            databases.ensure_template()
        with databases.copied(database.TEMPLATE, "test") as name:
            say()
            return pytest(databases, name, args.rest)


def pytest(databases, name, arguments):
    """Run pytest on a copy of the template; its exit code."""
    conf = databases.conf(name)
    pythonpath = os.pathsep.join([str(paths.ROOT)])
    process = running.start(
        [environment.python(), "-m", "pytest", "-p", "cli.pytest_plugin"]
        + [f"--odoo-config={conf}", f"--odoo-database={name}", "--odoo-http"]
        + arguments,
        cwd=paths.ROOT,
        env={
            **odoo_process.variables(databases.server),
            "PYTHONPATH": pythonpath,
            "TIERSLIEUX_CONF": str(conf),
            "TIERSLIEUX_DB": name,
        },
    )
    try:
        return process.wait()
    finally:
        running.stop(process)
