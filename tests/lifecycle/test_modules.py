"""Each module installs alone and uninstalls, and nothing of it is left."""

import json
import subprocess
from pathlib import Path

import pytest

from cli import database, environment, modules, odoo_process, paths

#: Long enough for a machine that does something else too.
PATIENCE = 900


def needed(name, known):
    """A module of ours and those of ours it stands on."""
    found = {name}
    for dependency in known[name].depends:
        if dependency in known:
            found |= needed(dependency, known)
    return found


def glued(found, known):
    """The modules, and those that install themselves where the modules are."""
    glue = {
        name
        for name, module in known.items()
        if module.auto_install and {*module.depends} & {*known} <= found
    }
    return found if glue <= found else glued(found | glue, known)


def in_turn(known):
    """The modules but the demo, which stands on all: each followed by what stands on
    it alone, so that few are installed twice."""
    names = {name for name in known if name != modules.DEMO}
    done, left = [], sorted(names, key=lambda name: (len(needed(name, known)), name))
    while left:
        # what stands on what is there already is next
        there = needed(done[-1], known) if done else set()
        near = [one for one in left if needed(one, known) - {one} <= there]
        done.append(max(near or left[:1], key=lambda one: len(needed(one, known))))
        left.remove(done[-1])
    return done


def steps(databases, origin, *wanted):
    """What `alone.py` tells of a copy of a database."""
    with databases.copied(origin, "scratch") as name:
        done = subprocess.run(
            [
                environment.python(),
                Path(__file__).with_name("alone.py"),
                databases.conf(name),
                *wanted,
            ],
            env={
                **odoo_process.variables(databases.server),
                "PYTHONPATH": str(paths.ROOT),
            },
            capture_output=True,
            text=True,
            timeout=PATIENCE,
        )
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.fixture(scope="module")
def told(databases):
    databases.ensure_ground()
    known = modules.all_modules()
    wanted = [
        f"{name}:{','.join(sorted(needed(name, known) - {name}))}"
        for name in in_turn(known)
    ]
    return steps(databases, database.GROUND, *wanted, ":")


@pytest.mark.parametrize(
    "name", [name for name in modules.installable() if name != modules.DEMO]
)
def test_installs_alone(told, name):
    known = modules.all_modules()
    [installed] = [step["installed"] for step in told if step.get("module") == name]
    assert set(installed) == glued(needed(name, known), known)


def test_uninstalls_and_leaves_nothing(told):
    removed = set()
    for step in told:
        if "uninstalled" in step:
            removed |= {*step["uninstalled"]}
            assert (step["left"], step["lost"]) == ([], []), step["uninstalled"]
    assert removed == {*modules.installable()} - {modules.DEMO}


def test_all_go_at_once(databases):
    """From the database with every module, the demo among them."""
    databases.ensure_template()
    [step] = steps(databases, database.TEMPLATE, ":")
    assert set(step["uninstalled"]) == {*modules.installable()}
    assert (step["left"], step["lost"]) == ([], [])
