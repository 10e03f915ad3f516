"""Databases with their files: made whole under another name, copied, renamed, dropped.

What a database was made from is kept as its comment, so that database and stamp cannot
part. Each one stands on the one before: `ground` (Odoo's and OCA's modules) →
`template` (and our addons) → the demo network, or one copy for each run of the tests.
"""

import contextlib
import json
import os
import shutil

from . import environment, modules, odoo_process, paths, postgres
from .failures import Failure
from .progress import Step, say

#: Several checkouts on one named server need names of their own.
PREFIX = os.environ.get("TIERSLIEUX_DB_NAME", "tierslieux")
GROUND = f"{PREFIX}_ground"
TEMPLATE = f"{PREFIX}_template"
VENUES = 201
PEOPLE = 2000


class Databases:
    """The databases of one server, as seen from this checkout."""

    def __init__(self, source, server):
        self.source = source
        self.server = server

    # Names, stamps and files

    def stamp(self, name):
        """What the database was made from; {} if unknown, None if it is absent."""
        rows = self.server.sql(
            "SELECT coalesce(shobj_description(oid, 'pg_database'), '')"
            " FROM pg_database WHERE datname = :'name'",
            name=check_name(name),
        )
        if not rows:
            return None
        try:
            return json.loads(rows[0][0])
        except ValueError:
            return {}

    def write_stamp(self, name, stamp):
        text = json.dumps(stamp, sort_keys=True)
        query = """COMMENT ON DATABASE :"name" IS :'text'"""
        self.server.sql(query, name=name, text=text)

    def conf(self, name, **options):
        return odoo_process.configure(self.source, self.server, name, **options)

    def exists(self, name):
        return self.stamp(name) is not None

    def drop(self, name):
        """Drop a database and its files, whether either is there."""
        query = 'DROP DATABASE IF EXISTS :"name" WITH (FORCE)'
        self.server.sql(query, name=check_name(name))
        paths.remove(files(name))
        paths.remove(paths.RUN / f"odoo-{name}.conf")

    def copy(self, origin, name):
        """Copy a database; its files are linked, Odoo never writes into one again."""
        check_name(name)
        self.drop(name)
        query = 'CREATE DATABASE :"name" TEMPLATE :"origin"'
        self.server.sql(query, name=name, origin=check_name(origin))
        if files(origin).exists():
            shutil.copytree(files(origin), files(name), copy_function=os.link)

    def rename(self, name, target):
        """Give a finished database its name, its files first.

        Killed in between, the target has files and no database, and is made again.
        """
        paths.remove(files(target))
        if files(name).exists():
            files(name).rename(files(target))
        query = 'ALTER DATABASE :"name" RENAME TO :"target"'
        self.server.sql(query, name=name, target=check_name(target))
        paths.remove(paths.RUN / f"odoo-{name}.conf")

    @contextlib.contextmanager
    def made(self, name, stamp):
        """The name under which to make a database; it is `name` once complete."""
        part = f"{name}_part"
        self.drop(part)
        yield part
        self.write_stamp(part, stamp)
        self.drop(name)
        self.rename(part, name)

    # The databases

    def origins(self):
        """What every database depends on, beside our addons."""
        return {
            "odoo": self.source.key,
            "lock": paths.digest(environment.RUNTIME),
            "ground": modules.ground(),
        }

    def ensure_ground(self):
        stamp = self.origins()
        if self.stamp(GROUND) == stamp:
            return
        with Step("Database: Odoo and OCA modules") as step:
            with self.made(GROUND, stamp) as part:
                conf = self.conf(part)
                what = "The database could not be made"
                odoo_process.odoo(
                    conf,
                    *("db", "init", part),
                    *("--language", "fr_FR", "--country", "fr"),
                    *("--username", "admin", "--password", "admin"),
                    step=step,
                    what=what,
                )
                odoo_process.install(conf, modules.ground(), step=step, what=what)

    def ensure_template(self):
        """The database with all our addons, empty, from which others are copied."""
        stamp = {**self.origins(), "addons": modules.fingerprints()}
        if self.stamp(TEMPLATE) == stamp:
            return stamp
        self.ensure_ground()
        with Step("Database: Tierslieux") as step:
            with self.made(TEMPLATE, stamp) as part:
                self.copy(GROUND, part)
                conf = self.conf(part)
                names = modules.installable()
                what = "The modules could not be installed"
                if names:
                    odoo_process.install(conf, names, step=step, what=what)
                odoo_process.script(
                    "finish_template", conf, *names, step=step, what=what
                )
                step.result(f"{len(names)} modules installed")
        return stamp

    def make_demo(self, name, venues=VENUES, people=PEOPLE):
        """A network to look at: the template, filled."""
        stamp = dict(self.ensure_template())
        if modules.DEMO in modules.installable():
            stamp["demo"] = {"venues": venues, "people": people}
        with Step("Database: the demo network") as step:
            with self.made(name, stamp) as part:
                self.copy(TEMPLATE, part)
                if "demo" in stamp:
                    self.load_demo(name, part, venues, people, step)

    def extend(self, origin, name, extra):
        """A copy of `origin` with modules of others beside ours."""
        with Step(f"Database: {', '.join(extra)}") as step:
            with self.made(name, self.stamp(origin)) as part:
                self.copy(origin, part)
                what = f"{', '.join(extra)} could not be installed"
                odoo_process.install(self.conf(part), extra, step=step, what=what)

    def ensure_demo(self, name, venues=None, people=None):
        """The demo network: made the first time, upgraded when our addons changed."""
        stamp = self.stamp(name)
        if stamp is None:
            self.make_demo(name, venues or VENUES, people or PEOPLE)
            return
        held = stamp.get("demo")
        asked = {"venues": venues, "people": people}
        if held and any(value and value != held[key] for key, value in asked.items()):
            raise Failure(
                f"The demo network already holds {held['venues']} venues and"
                f" {held['people']} people: ./tierslieux reset-demo makes it again in"
                " another size."
            )
        self.update(name, stamp)
        if stamp and not held and modules.DEMO in modules.installable():
            self.fill(name, venues or VENUES, people or PEOPLE)

    def fill(self, name, venues, people):
        """Load the demo network into a database made before its loader was there."""
        stamp = {**self.stamp(name), "demo": {"venues": venues, "people": people}}
        with Step("Database: the demo network") as step:
            with self.made(name, stamp) as part:
                self.copy(name, part)
                self.load_demo(name, part, venues, people, step)

    def load_demo(self, name, part, venues, people, step):
        """Run the loader of the demo module on the database that will be `name`."""
        odoo_process.script(
            "load_demo",
            self.conf(part),
            *(str(venues), str(people), logins(name)),
            step=step,
            what="The demo network could not be loaded",
        )

    def update(self, name, stamp=None, everything=False):
        """Upgrade what changed since the database was made or last upgraded.

        Another Odoo or OCA module upgrades all, our own addons only themselves (Odoo
        upgrades with them the modules that depend on them).
        """
        stamp = stamp if stamp is not None else self.stamp(name)
        if stamp is None:
            raise Failure(f"There is no database {name}.")
        now = {**self.origins(), "addons": modules.fingerprints()}
        before = stamp.get("addons", {})
        if {key: stamp.get(key) for key in now} == now and not everything:
            return
        moved = any(stamp.get(key) != now[key] for key in ("odoo", "lock"))
        new = [key for key in now["addons"] if key not in before]
        changed = [
            key
            for key, value in now["addons"].items()
            if before.get(key, value) != value
        ]
        with Step(f"Upgrading {name}") as step:
            what = f"The database {name} could not be upgraded"
            conf = self.conf(name)
            names = ["base"] if everything or moved else changed
            if names:
                odoo_process.install(conf, names, step=step, what=what, update=True)
            if new:
                odoo_process.install(conf, new, step=step, what=what)
            self.write_stamp(name, {**stamp, **now})
            step.result("all modules" if names == ["base"] else ", ".join(names + new))

    @contextlib.contextmanager
    def copied(self, origin, purpose):
        """A copy for the length of a block; those of killed runs are swept first."""
        kind = f"{PREFIX}_{purpose}_"
        rows = self.server.sql("SELECT datname FROM pg_database")
        for (name,) in rows:
            pid = name.removeprefix(kind).split("-")[0]
            if name.startswith(kind) and pid.isdigit() and not running(int(pid)):
                self.drop(name)
        name = f"{kind}{os.getpid()}"
        self.copy(origin, name)
        # Nobody misses the last second of a copy
        query = 'ALTER DATABASE :"name" SET synchronous_commit = off'
        self.server.sql(query, name=name)
        try:
            yield name
        finally:
            self.drop(name)


def check_name(name):
    if not postgres.NAME.fullmatch(name):
        raise Failure(f"{name!r} is no name for a database: letters, digits, _ and -.")
    return name


def files(name):
    """Where Odoo keeps the files of a database."""
    return paths.FILES / "filestore" / name


def logins(name):
    """Where the logins of a demo network are told."""
    return paths.RUN / f"logins-{name}.json"


def running(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return True


def tell_logins(name):
    """Print one login for each kind of user."""
    try:
        known = json.loads(logins(name).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        known = [{"role": "administrator", "login": "admin", "password": "admin"}]
    width = max(len(entry["role"]) for entry in known)
    for entry in known:
        say(f"  {entry['role']:<{width}}  {entry['login']} / {entry['password']}")
