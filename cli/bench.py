"""The command `bench`: a script of benchmarks/ against a database made for it."""

import ast
import os

from . import database, environment, odoo_process, paths, running
from .commands import making, ready
from .failures import Failure
from .register import command

FOLDER = paths.ROOT / "benchmarks"
#: What a script may ask for in its literal `NEEDS`.
NEEDS = {"venues": database.VENUES, "people": database.PEOPLE, "modules": ()}


@command("bench", "measure NAME of benchmarks/ on a network made for it", free=True)
def bench(args):
    names = sorted(path.stem for path in FOLDER.glob("[!_]*.py"))
    if not args.rest or args.rest[0] not in names:
        raise Failure(f"Usage: ./tierslieux bench NAME; there are: {', '.join(names)}.")
    script = FOLDER / f"{args.rest[0]}.py"
    needs = read_needs(script)
    with ready(test=True) as databases:
        with making():
            origin = prepared(databases, needs)
        with databases.copied(origin, "run") as name:
            conf = databases.conf(name)
            process = running.start(
                [environment.python(), script, *args.rest[1:]],
                cwd=paths.ROOT,
                env={
                    **odoo_process.variables(databases.server),
                    "PYTHONPATH": os.pathsep.join([str(paths.ROOT), str(FOLDER)]),
                    "TIERSLIEUX_CONF": str(conf),
                    "TIERSLIEUX_DB": name,
                },
            )
            try:
                return process.wait()
            finally:
                running.stop(process)


def read_needs(script):
    """The literal `NEEDS` of a script, without running it."""
    for node in ast.parse(script.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "NEEDS":
            found = ast.literal_eval(node.value)
            unknown = set(found) - set(NEEDS)
            if unknown:
                raise Failure(f"{script.name} needs the unknown {', '.join(unknown)}.")
            return {**NEEDS, **found}
    return dict(NEEDS)


def prepared(databases, needs):
    """The database the needs describe, kept from one run to the next: a network of
    that size, and a copy of it for those who want more modules."""
    template = databases.ensure_template()

    def current(name):
        return template.items() <= (databases.stamp(name) or {}).items()

    venues, people, extra = needs["venues"], needs["people"], needs["modules"]
    network = f"{database.PREFIX}_bench_{venues}_{people}"
    name = "_".join([network, *extra])[:60]
    if current(name):
        return name
    if not current(network):
        databases.make_demo(network, venues, people)
    if extra:
        databases.extend(network, name, extra)
    return name
