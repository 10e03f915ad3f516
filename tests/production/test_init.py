"""config/init.py: which modules it installs, and the password it asks for."""

import importlib.util
import os
import subprocess
import sys

import pytest


@pytest.fixture
def init(root):
    spec = importlib.util.spec_from_file_location("init", root / "config/init.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_installs_the_addons_but_the_demonstration(init, tmp_path, monkeypatch):
    monkeypatch.delenv("TIERSLIEUX_MODULES", raising=False)
    for name in ("tierslieux_network", "tierslieux_demo"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "__manifest__.py").write_text("{}")
    (tmp_path / "no_module").mkdir()
    assert init.wanted(tmp_path) == {"tierslieux_network", "queue_job"}


def test_installs_what_is_named(init, tmp_path, monkeypatch):
    monkeypatch.setenv("TIERSLIEUX_MODULES", " membership, report_xlsx,")
    assert init.wanted(tmp_path) == {"membership", "report_xlsx", "queue_job"}


@pytest.mark.parametrize("password", ["", "admin"])
def test_refuses_to_leave_the_first_login_open(root, password):
    done = subprocess.run(
        [sys.executable, str(root / "config/init.py")],
        env={**os.environ, "ADMIN_PASSWORD": password},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1
    assert done.stderr.startswith("tierslieux: ADMIN_PASSWORD is empty or shorter")
