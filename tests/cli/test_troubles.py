"""Each trouble is answered by one clear sentence and an exit code."""

import os
import shutil
import socket
import subprocess
import sys

import pytest

from cli import odoo_source, paths, programs
from cli.failures import Failure

LAUNCHER = str(paths.ROOT / "tierslieux")


def launch(*arguments, **variables):
    """(exit code, lines said on stderr)."""
    done = subprocess.run(
        [sys.executable, LAUNCHER, *arguments],
        env={**os.environ, **variables},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    return done.returncode, done.stderr.splitlines()


def test_wrong_python():
    code = (
        "import runpy, sys; sys.version_info = (3, 9, 2, 'final', 0);"
        f"runpy.run_path({LAUNCHER!r}, run_name='__main__')"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    [line] = done.stderr.splitlines()
    assert "needs Python 3.10 or newer; this is Python 3.9" in line


def test_port_in_use(data):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        code, lines = launch("up", "--port", str(port), TIERSLIEUX_DATA=str(data / "x"))
    assert code == 1
    assert lines == [
        f"Port {port} is in use by another program: stop it, or use --port."
    ]
    assert not (data / "x").exists()


def test_no_right_to_write(tmp_path):
    (tmp_path / "file").write_text("")
    code, lines = launch("install", TIERSLIEUX_DATA=str(tmp_path / "file" / "data"))
    assert code == 1
    assert len(lines) == 1 and "cannot be written (Not a directory)" in lines[0]


def test_disk_full(data, monkeypatch):
    usage = shutil._ntuple_diskusage(2**40, 2**40, 10**6)
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usage)
    with pytest.raises(Failure, match=r"has 0\.0 GB left; Tierslieux needs 4\.0 GB\."):
        paths.prepare()


def test_odoo_home_without_odoo(data):
    code, lines = launch(
        "install", TIERSLIEUX_DATA=str(data), ODOO_HOME=str(data / "nowhere")
    )
    assert code == 1
    assert len(lines) == 1 and "holds no Odoo 19.0" in lines[0]


def fake(folder, name, script):
    folder.mkdir(exist_ok=True)
    program = folder / name
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)


def test_no_network(data):
    fake(
        data / "bin",
        "apt-get",
        'case "$*" in *indextargets*) echo http://deb.example/debian;;'
        " *) echo \"W: Failed to fetch: Temporary failure resolving 'deb.example'\";;"
        " esac",
    )
    fake(data / "bin", "git", "echo 'fatal: Could not resolve host: a' >&2; exit 128")
    variables = {"TIERSLIEUX_DATA": str(data), "ODOO_HOME": ""}
    path = os.pathsep.join([str(data / "bin"), os.environ["PATH"]])
    code, lines = launch("install", PATH=path, **variables)
    assert code == 1
    assert len(lines) == 1
    assert lines[0].startswith("Odoo 19 could not be fetched. ")
    assert "the network or the server cannot be reached" in lines[0]
    if odoo_source.KEYRINGS[0].exists():
        assert "archive http://deb.example/debian cannot be reached" in lines[0]
    assert not (data / "odoo").exists()


def test_database_server_out_of_reach(data, source):
    (data / "venv").symlink_to(sys.prefix)
    code, lines = launch(
        "up",
        "--check",
        TIERSLIEUX_DATA=str(data),
        ODOO_HOME=str(source.home),
        TIERSLIEUX_DB_HOST="127.0.0.1",
        TIERSLIEUX_DB_PORT="1",
    )
    assert code == 1
    assert len(lines) == 1
    assert lines[0].startswith("The database server 127.0.0.1:1 cannot be used: ")


def test_a_missing_program_is_named(monkeypatch, capsys):
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    wanted = {"nowhere": ("nowhere-package", "maps")}
    with pytest.raises(Failure, match="maps need it: install nowhere-package"):
        programs.ensure(wanted, needed=True)
    programs.ensure(wanted, needed=False)
    assert capsys.readouterr().out.startswith("Warning: nowhere is missing")


def test_unknown_command():
    code, lines = launch("fly")
    assert code == 2
    assert "invalid choice: 'fly'" in lines[-1]
