"""The commands that keep a network: backup, restore, lock."""

from pathlib import Path

from . import environment, odoo_process, paths, running
from .commands import making, ready
from .failures import Failure
from .network import DATABASE
from .progress import Step, say
from .register import argument, command

LOCKS = ("requirements", "requirements-test", "requirements-lint")


def click_odoo(tool, conf, server, *arguments, what):
    running.run(
        [environment.python().with_name(f"click-odoo-{tool}"), "-c", conf, *arguments],
        what=what,
        env=odoo_process.variables(server),
        log=paths.RUN / f"{tool}.log",
    )


@command(
    "backup",
    "save a database and its files in one zip file",
    argument("file", metavar="FILE", help="the file to write"),
    DATABASE,
)
def backup(args):
    target = Path(args.file).absolute()
    part = target.with_name(f".{target.name}.part")
    if not target.parent.is_dir():
        raise Failure(f"There is no folder {target.parent}.")
    with ready() as databases:
        if not databases.exists(args.database):
            raise Failure(f"There is no database {args.database}.")
        with Step(f"Backup of {args.database}") as step:
            paths.remove(part)
            try:
                click_odoo(
                    "backupdb",
                    databases.conf(args.database),
                    databases.server,
                    *("--format", "zip", args.database, part),
                    what="The backup failed",
                )
                part.replace(target)
            finally:
                paths.remove(part)
            step.result(f"{target} · {target.stat().st_size / 2**20:.1f} MB")


@command(
    "restore",
    "make a new database, with its files, from a backup",
    argument("file", metavar="FILE", help="a file that backup wrote"),
    argument("name", metavar="NAME", help="the database to make"),
)
def restore(args):
    source = Path(args.file).absolute()
    if not source.is_file():
        raise Failure(f"There is no file {source}.")
    with ready() as databases, making():
        if databases.exists(args.name):
            raise Failure(f"There is already a database {args.name}.")
        with Step(f"Restoring {args.name}"):
            part = f"{args.name}_part"
            databases.drop(part)
            try:
                click_odoo(
                    "restoredb",
                    databases.conf(part),
                    databases.server,
                    *("--move", part, source),
                    what=f"{source} could not be restored",
                )
                databases.rename(part, args.name)
            except Failure:
                databases.drop(part)
                raise
        say(f"./tierslieux up --database {args.name} upgrades and serves it.")


@command(
    "lock",
    "pin again the Python packages of config/",
    argument("--upgrade", action="store_true", help="take newer versions"),
)
def lock(args):
    paths.prepare()
    uv = environment.ensure_tool("uv", "uv")
    for name in LOCKS:
        output = paths.CONFIG / f"{name}.txt"
        with Step(f"Lock {output.name}"):
            # The test lock must hold the very versions of the runtime lock.
            runtime = paths.CONFIG / "requirements.txt"
            constraints = ["--constraints", runtime] if name.endswith("-test") else []
            running.run(
                [uv, "pip", "compile", "--quiet", "--universal"]
                + ["--python-version", "3.10", "--generate-hashes"]
                + ["--no-header", "--no-annotate", "--no-emit-index-url"]
                + ["--excludes", paths.CONFIG / "excludes.txt", *constraints]
                + (["--upgrade"] if args.upgrade else [])
                + [paths.CONFIG / f"{name}.in", "-o", output],
                what=f"{output.name} could not be made",
                cwd=paths.ROOT,
            )
