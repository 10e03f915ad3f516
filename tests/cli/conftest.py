"""Fixtures of the command line's tests."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from cli import database, environment, odoo_source, paths, postgres

LAUNCHER = paths.ROOT / "tierslieux"
#: The least that a demo network is made of.
SIZE = ("--venues", "8", "--people", "12")


@pytest.fixture(scope="session")
def source():
    """The Odoo of the checkout."""
    return odoo_source.find()


@pytest.fixture
def data(monkeypatch, source):
    """An empty state folder; its path is short, for PostgreSQL's socket."""
    paths.TMP.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="t", dir=paths.TMP))
    for name in ("ODOO", "VENV", "LINT_VENV", "PG", "FILES", "RUN", "CACHE", "HOME"):
        sub = folder / getattr(paths, name).name
        monkeypatch.setattr(paths, name, sub)
        if name in ("FILES", "RUN", "CACHE", "HOME"):
            sub.mkdir()
    monkeypatch.setattr(paths, "DATA", folder)
    monkeypatch.setattr(paths, "TMP", folder)
    for name in ("HOST", "PORT", "USER", "PASSWORD"):
        monkeypatch.delenv(f"TIERSLIEUX_DB_{name}", raising=False)
    yield folder
    shutil.rmtree(folder)


class Launched:
    """A running `./tierslieux`, its output read as it comes."""

    def __init__(self, *arguments, env):
        self.process = subprocess.Popen(
            [sys.executable, LAUNCHER, *map(str, arguments)],
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        self.output = ""

    def until(self, text):
        """Read until a line holds `text`."""
        for line in self.process.stdout:
            self.output += line
            if text in line:
                return
        raise AssertionError(f"{text!r} was not said: {self.output}")

    def end(self, sign=None):
        """Send a signal, wait, and give the exit code."""
        if sign:
            self.process.send_signal(sign)
        self.output += self.process.communicate(timeout=900)[0]
        return self.process.returncode


class Sandbox:
    """A state folder of its own that borrows the checkout's Odoo, environment, server
    and template database.
    """

    def __init__(self, folder, source):
        self.folder = folder
        self.prefix = f"fault_{os.getpid()}"
        (folder / "venv").symlink_to(environment.python().parent.parent)
        (folder / "run").mkdir()
        server = postgres.Server(
            os.environ["PGHOST"], os.environ["PGPORT"], os.environ["PGUSER"]
        )
        self.databases = database.Databases(source, server)
        self.env = {
            **os.environ,
            "TIERSLIEUX_DATA": str(folder),
            "TIERSLIEUX_DB_NAME": self.prefix,
            "TIERSLIEUX_DB_HOST": server.host,
            "TIERSLIEUX_DB_PORT": server.port,
            "TIERSLIEUX_DB_USER": server.user,
            "ODOO_HOME": str(source.home),
        }
        # Its template: a copy under its own name, so that `up` finds it made
        template = f"{self.prefix}_template"
        stamp = self.databases.stamp(database.TEMPLATE)
        server.sql(f'CREATE DATABASE "{template}" TEMPLATE "{database.TEMPLATE}"')
        self.files(template).parent.mkdir(parents=True)
        shutil.copytree(
            database.files(database.TEMPLATE),
            self.files(template),
            copy_function=os.link,
        )
        stamp["odoo"] = odoo_source.Source(source.home, "ODOO_HOME").key
        self.databases.write_stamp(template, stamp)

    def files(self, name):
        return self.folder / "filestore" / "filestore" / name

    def names(self):
        rows = self.databases.server.sql("SELECT datname FROM pg_database")
        return {name for (name,) in rows if name.startswith(self.prefix)}

    def start(self, *arguments):
        return Launched(*arguments, env=self.env)

    def run(self, *arguments, code=0):
        launched = self.start(*arguments)
        assert launched.end() == code, launched.output
        return launched.output

    def processes(self):
        """Command lines of the living processes that speak of this folder."""
        found = []
        for entry in Path("/proc").glob("[0-9]*/cmdline"):
            try:
                line = entry.read_bytes().replace(b"\0", b" ").decode()
            except OSError:
                continue
            if str(self.folder) in line:
                found.append(line)
        return found

    def wait_for(self, condition, seconds=60):
        end = time.monotonic() + seconds
        while not condition():
            assert time.monotonic() < end, "it did not happen"
            time.sleep(0.02)


@pytest.fixture(scope="session")
def sandbox(source):
    if "TIERSLIEUX_DB" not in os.environ:
        pytest.skip("run by ./tierslieux test")
    folder = Path(tempfile.mkdtemp(prefix="s", dir=paths.TMP))
    box = Sandbox(folder, source)
    yield box
    for name in box.names():
        box.databases.server.sql(f'DROP DATABASE "{name}" WITH (FORCE)')
    shutil.rmtree(folder)


@pytest.fixture(scope="session")
def network(sandbox):
    """The demo network, of which a first making was killed halfway."""
    name, part = sandbox.prefix, f"{sandbox.prefix}_part"
    launched = sandbox.start("up", "--check", *SIZE)
    sandbox.wait_for(lambda: part in sandbox.names())
    launched.end(signal.SIGKILL)
    assert name not in sandbox.names()
    sandbox.wait_for(lambda: not sandbox.processes())
    output = sandbox.run("up", "--check", *SIZE)
    assert sandbox.names() == {name, f"{name}_template"}
    assert sandbox.files(name).exists() and not sandbox.files(part).exists()
    return output


@pytest.fixture
def killed():
    """Run Python code in a process of its own until it says `ready`; SIGKILL it."""

    def kill(code, **variables):
        process = subprocess.Popen(
            [sys.executable, "-c", code],
            env={**os.environ, **variables},
            cwd=paths.ROOT,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert "ready\n" in iter(process.stdout.readline, "")
        process.send_signal(signal.SIGKILL)
        process.communicate()

    return kill
