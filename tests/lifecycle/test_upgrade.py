"""A version before, with the demo network in it, upgraded: no record is lost."""

import functools
import os
import subprocess
import tarfile

import pytest

from cli import database, modules, odoo_process, paths
from cli.progress import Step

VENUES, PEOPLE = 20, 60
#: Seconds: so much older than the checkout is the version that is upgraded.
APART = 2 * 60 * 60
#: Of every table that holds what people entered, how many rows have a number up to a
#: given one: rows are added by upgrades, none goes.
TABLES = """
    SELECT relname FROM pg_class
      JOIN information_schema.columns
        ON table_name = relname AND column_name = 'id' AND data_type = 'integer'
     WHERE relkind = 'r'
       AND relname ~ '^(tierslieux_|account_move|event_|res_partner$|res_users$)'
     ORDER BY relname
"""
INSTALLED = "SELECT name FROM ir_module_module WHERE state = 'installed'"
#: What an upgrade may make anew: counted, not kept.
ANEW = {"tierslieux_census_progress"}


def git(*arguments):
    done = subprocess.run(
        ["git", *arguments],
        cwd=paths.ROOT,
        env={**os.environ, "GIT_OPTIONAL_LOCKS": "0"},
        capture_output=True,
    )
    return done.stdout if done.returncode == 0 else b""


def version_before():
    """The newest commit of addons that is old enough; "" without."""
    now = int(git("log", "-1", "--format=%ct") or 0)
    found = git("log", "-1", "--format=%H", f"--before={now - APART}", "--", "addons")
    return found.decode().strip()


@pytest.fixture(scope="module")
def before(tmp_path_factory):
    """The folder of the version before."""
    commit = version_before()
    if not commit:
        pytest.skip("git knows no version before this one")
    folder = tmp_path_factory.mktemp("before")
    archive = folder / "version.tar"
    archive.write_bytes(git("archive", commit, "addons", "cli"))
    with tarfile.open(archive) as tar:
        tar.extractall(folder)
    return folder


def kept(query, up_to=None):
    """``{table: (rows, highest number)}``, of rows up to the numbers known."""
    tables = [table for [table] in query(TABLES) if table not in ANEW]
    counts = []
    for table in tables if up_to is None else up_to:
        count = f"SELECT '{table}', count(*), coalesce(max(id), 0) FROM \"{table}\""
        if up_to is not None:
            count += f" WHERE id <= {up_to[table][1]}"
        counts.append(count)
    rows = query(" UNION ALL ".join(counts))
    return {table: (int(count), int(last)) for table, count, last in rows}


def make(databases, name, logins):
    """Fill a database with the modules in use and a demo network; their names."""
    what = "The version before could not be made"
    conf, names = databases.conf(name), modules.installable()
    with Step("The version before") as step:
        odoo_process.install(conf, names, step=step, what=what)
        odoo_process.script(
            "load_demo",
            conf,
            *(str(VENUES), str(PEOPLE), logins),
            step=step,
            what=what,
            folder=paths.ADDONS.parent / "cli" / "scripts",
        )
    return names


def test_no_record_is_lost(before, databases, tmp_path, monkeypatch):
    databases.ensure_ground()
    with databases.copied(database.GROUND, "scratch") as name:
        query = functools.partial(databases.server.sql, database=name)
        with monkeypatch.context() as then:
            then.setattr(paths, "ADDONS", before / "addons")
            names = make(databases, name, tmp_path / "logins.json")
        there = kept(query)
        assert there["tierslieux_share_movement"][0] and there["tierslieux_visit"][0]
        made_of = {**databases.origins(), "addons": dict.fromkeys(names, "before")}
        databases.update(name, made_of)
        assert {*modules.installable()} <= {module for [module] in query(INSTALLED)}
        assert kept(query, there) == there
