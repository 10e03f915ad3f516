"""config/backup.sh: a backup gets its name only when its dump reached its end."""

import os
import subprocess
import zipfile

import pytest

END = "--\n-- PostgreSQL database dump complete\n--\n"


@pytest.fixture
def backup(root, tmp_path):
    """Run the script with a click-odoo-backupdb that writes the given dump."""

    def run(dump):
        ready = tmp_path / "ready.zip"
        with zipfile.ZipFile(ready, "w") as archive:
            archive.writestr("dump.sql", dump)
        bin_ = tmp_path / "bin"
        bin_.mkdir()
        fake = bin_ / "click-odoo-backupdb"
        fake.write_text(f'#!/bin/sh\ncp "{ready}" "$4"\n')
        fake.chmod(0o755)
        (tmp_path / "odoo.conf").write_text("[options]\ndb_name = network\n")
        (tmp_path / "backups").mkdir()
        return subprocess.run(
            ["sh", str(root / "config/backup.sh"), str(tmp_path / "backups")],
            env={
                "PATH": f"{bin_}:{os.environ['PATH']}",
                "ODOO_RC": str(tmp_path / "odoo.conf"),
            },
            capture_output=True,
            text=True,
        )

    return run


def test_keeps_a_whole_backup(backup, tmp_path):
    done = backup("CREATE TABLE a ();\n" * 100_000 + END)
    assert done.returncode == 0, done.stderr
    (kept,) = (tmp_path / "backups").iterdir()
    assert done.stdout.strip() == str(kept)
    assert kept.name.startswith("network-") and kept.suffix == ".zip"


@pytest.mark.parametrize("dump", ["", "CREATE TABLE a ();\n" * 1000])
def test_drops_a_backup_cut_short(backup, tmp_path, dump):
    done = backup(dump)
    assert done.returncode == 1
    assert "not whole" in done.stderr
    assert list((tmp_path / "backups").iterdir()) == []
