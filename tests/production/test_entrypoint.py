"""The entrypoint: odoo.conf from the environment, and no start without secrets."""

import os
import stat
import subprocess
from configparser import RawConfigParser

import pytest

GIVEN = {
    "DB_PASSWORD": "a database secret",
    "MASTER_PASSWORD": "a master secret",
    "DB_NAME": "tierslieux",
    "SMTP_HOST": "mail.example.org",
    "MAIL_FROM": "contact@example.org",
}


@pytest.fixture
def start(root, tmp_path):
    """Run the entrypoint; `env` stands for the official one and Odoo after it."""

    def run(**changes):
        environment = {
            **GIVEN,
            **changes,
            "PATH": os.environ["PATH"],
            "ODOO_RC": str(tmp_path / "odoo.conf"),
            "OFFICIAL_ENTRYPOINT": "env",
        }
        return subprocess.run(
            ["sh", str(root / "config/entrypoint.sh")],
            env={k: v for k, v in environment.items() if v is not None},
            capture_output=True,
            text=True,
        )

    return run


@pytest.fixture
def options(tmp_path):
    def read():
        config = RawConfigParser()
        config.read(tmp_path / "odoo.conf")
        return dict(config["options"])

    return read


@pytest.mark.parametrize("name", sorted(GIVEN))
@pytest.mark.parametrize("value", [None, ""])
def test_refuses_what_is_missing(start, tmp_path, name, value):
    done = start(**{name: value})
    assert done.returncode == 64
    assert done.stderr.startswith(f"tierslieux: {name} is empty: ")
    assert done.stderr.count("\n") == 1
    assert not (tmp_path / "odoo.conf").exists()


@pytest.mark.parametrize("name", ["DB_PASSWORD", "MASTER_PASSWORD"])
@pytest.mark.parametrize("value", ["admin", "odoo", "eleven char"])
def test_refuses_a_short_secret(start, name, value):
    done = start(**{name: value})
    assert done.returncode == 64
    assert f"{name} is shorter than 12 characters" in done.stderr
    assert f" {value}" not in done.stderr.replace("Odoo's", "")


def test_refuses_a_second_setting_in_a_value(start):
    done = start(MAIL_FROM="a@example.org\nlist_db = True")
    assert done.returncode == 64
    assert done.stderr == "tierslieux: MAIL_FROM must be one line.\n"


def test_refuses_a_mail_user_without_password(start):
    done = start(SMTP_USER="someone")
    assert done.returncode == 64
    assert "SMTP_PASSWORD is empty" in done.stderr


def test_writes_odoo_conf(start, options, tmp_path):
    secret = 'it\'s "50%" of $HOME, ${DB_NAME} & `id` \\ é #;'
    done = start(DB_PASSWORD=secret, WORKERS="7", SMTP_USER="me", SMTP_PASSWORD="x")
    assert done.returncode == 0, done.stderr
    written = options()
    assert written["db_password"] == secret
    assert written["admin_passwd"] == "a master secret"
    assert written["db_host"] == "db"
    assert written["db_port"] == "5432"
    assert written["db_user"] == "odoo"
    assert written["dbfilter"] == "^tierslieux$"
    assert written["workers"] == "7"
    assert written["list_db"] == "False"
    assert written["proxy_mode"] == "True"
    assert written["with_demo"] == "False"
    assert written["smtp_password"] == "x"
    assert "db_replica_host" not in written
    assert "db_replica_port" not in written
    assert not any("${" in v for k, v in written.items() if k != "db_password")
    mode = stat.S_IMODE((tmp_path / "odoo.conf").stat().st_mode)
    assert mode == 0o600


def test_secrets_leave_the_environment(start, tmp_path):
    done = start(SMTP_USER="me", SMTP_PASSWORD="a mail secret")
    seen = dict(line.split("=", 1) for line in done.stdout.splitlines())
    assert seen["ODOO_RC"] == str(tmp_path / "odoo.conf")
    for secret in ("a database secret", "a master secret", "a mail secret"):
        assert secret not in done.stdout
    assert not {"DB_PASSWORD", "MASTER_PASSWORD", "SMTP_PASSWORD"} & set(seen)


def test_reads_secrets_from_files(start, options, tmp_path):
    (tmp_path / "secret").write_text("the secret of a file\n")
    path = str(tmp_path / "secret")
    assert start(DB_PASSWORD=None, DB_PASSWORD_FILE=path).returncode == 0
    assert options()["db_password"] == "the secret of a file"
    missing = start(DB_PASSWORD=None, DB_PASSWORD_FILE=f"{path}.missing")
    assert missing.returncode == 64
    assert "cannot be read" in missing.stderr


def test_replica(start, options):
    assert start(DB_REPLICA_HOST="db-replica").returncode == 0
    assert options()["db_replica_host"] == "db-replica"
    assert options()["db_replica_port"] == "5432"
    start(DB_REPLICA_HOST="db-replica", DB_REPLICA_PORT="6000")
    assert options()["db_replica_port"] == "6000"


def test_odoo_knows_every_setting(start, options):
    from odoo.tools import config

    start(DB_REPLICA_HOST="r", SMTP_USER="me", SMTP_PASSWORD="x")
    assert set(options()) <= set(config.options)
