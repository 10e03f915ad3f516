"""Our own server: made once, shared, stopped by the last, started after any death."""

import os
import signal
import sys
import time

import pytest

from cli import paths, postgres, stages
from cli.failures import Failure

HOLDER = """
import time
from cli import postgres
with postgres.serving() as server:
    print("ready", flush=True)
    time.sleep(60)
"""
KILLED_IN_CREATION = """
import time
from cli import postgres, running
whole = running.run
def run(command, **options):
    done = whole(command, **options)
    if "initdb" in str(command):
        print("ready", flush=True)
        time.sleep(60)
    return done
running.run = run
with postgres.serving():
    pass
"""


@pytest.fixture
def cluster(data):
    (data / "venv").symlink_to(sys.prefix)
    yield data
    if (paths.PG / "data" / "postmaster.pid").exists():
        postgres.stop()


def server_pid():
    return int((paths.PG / "data" / "postmaster.pid").read_text().split()[0])


def test_made_once_and_stopped(cluster):
    with postgres.serving() as server:
        assert server.sql("SELECT 1, 'two'") == [["1", "two"]]
        server.sql("CREATE DATABASE kept")
        [(where,)] = server.sql("SHOW listen_addresses")
        assert where == ""
        with postgres.serving() as same:
            assert same == server
        assert server.sql("SELECT 1") == [["1"]]
    assert not postgres.alive()
    assert not (paths.PG / "data" / "postmaster.pid").exists()
    with postgres.serving() as server:
        assert server.sql("SELECT 1 FROM pg_database WHERE datname = 'kept'")


def test_killed_while_it_is_made(cluster, killed):
    killed(KILLED_IN_CREATION, TIERSLIEUX_DATA=str(cluster))
    assert not (paths.PG / "data").exists()
    with postgres.serving() as server:
        role = "SELECT rolcreatedb FROM pg_roles WHERE rolname = 'odoo'"
        assert server.sql(role) == [["t"]]


def test_a_killed_user_leaves_a_server_that_the_next_takes_and_stops(cluster, killed):
    killed(HOLDER, TIERSLIEUX_DATA=str(cluster))
    assert postgres.alive()
    left = server_pid()
    with postgres.serving():
        assert server_pid() == left
    assert not postgres.alive()


def test_a_killed_server_starts_again(cluster):
    with postgres.serving() as server:
        server.sql("CREATE DATABASE kept")
        os.kill(server_pid(), signal.SIGKILL)
        end = time.monotonic() + 10
        while postgres.alive() and time.monotonic() < end:
            time.sleep(0.05)
        with postgres.serving() as again:
            assert again.sql("SELECT 1 FROM pg_database WHERE datname = 'kept'")


def test_a_dead_server_whose_number_was_given_again(cluster):
    with postgres.serving():
        text = (paths.PG / "data" / "postmaster.pid").read_text()
    trace = paths.PG / "data" / "postmaster.pid"
    trace.write_text(text.replace(text.split()[0], str(os.getpid()), 1))
    with postgres.serving() as server:
        assert server.sql("SELECT 1") == [["1"]]


def test_a_path_too_long_is_told(data, monkeypatch):
    monkeypatch.setattr(paths, "PG", data / ("long" * 30))
    with pytest.raises(Failure, match="too long for PostgreSQL's socket"):
        postgres.start()


def test_a_named_server_is_used(monkeypatch, tmp_path):
    monkeypatch.setattr(postgres, "NAMED", tmp_path / "database.ini")
    for key in ("HOST", "PORT", "USER", "PASSWORD"):
        monkeypatch.delenv(f"TIERSLIEUX_DB_{key}", raising=False)
    assert postgres.named() is None
    (tmp_path / "database.ini").write_text("[database]\nhost = db\npassword = a%b\n")
    assert postgres.named() == postgres.Server("db", "5432", "odoo", "a%b")
    monkeypatch.setenv("TIERSLIEUX_DB_HOST", "other")
    assert postgres.named().host == "other"
    (tmp_path / "database.ini").write_text("host = db\n")
    with pytest.raises(Failure, match="needs a section"):
        postgres.named()


def test_users_are_counted_by_locks(cluster):
    with postgres.serving():
        with stages.lock("postgres-users", wait=False) as alone:
            assert not alone
