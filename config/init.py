"""Create the database, or bring it up to date, before Odoo serves.

It runs to its end at each start: the first time it installs the modules, later it
upgrades those whose files changed and installs those that are new. Run again after
a crash, it takes up where it stopped.
"""

import os
import subprocess
import sys
from configparser import RawConfigParser
from contextlib import closing
from pathlib import Path

import psycopg2

ADDONS = Path(__file__).resolve().parent.parent / "addons"
# What only a demonstration has, and the runner that the job node needs
LEFT_OUT = {"tierslieux_demo"}
ALWAYS = {"queue_job"}


def wanted(addons=ADDONS):
    """The modules to install: TIERSLIEUX_MODULES, or all of the addons folder."""
    named = os.environ.get("TIERSLIEUX_MODULES", "")
    names = {name.strip() for name in named.split(",") if name.strip()}
    if not names:
        names = {path.parent.name for path in addons.glob("*/__manifest__.py")}
    return (names - LEFT_OUT) | ALWAYS


def installed(options):
    """Names of the modules installed in the database; none when it is not there."""

    def query(database, statement, *parameters):
        with (
            closing(
                psycopg2.connect(
                    dbname=database,
                    host=options["db_host"],
                    port=options["db_port"],
                    user=options["db_user"],
                    password=options["db_password"],
                )
            ) as connection,
            connection.cursor() as cursor,
        ):
            cursor.execute(statement, parameters)
            return {row[0] for row in cursor.fetchall()}

    name = options["db_name"]
    there = "SELECT datname FROM pg_database WHERE datname = %s"
    if not query("postgres", there, name):
        return set()
    if query(name, "SELECT to_regclass('public.ir_module_module')") == {None}:
        return set()
    return query(name, "SELECT name FROM ir_module_module WHERE state = 'installed'")


def close_first_login(env, password):
    """Replace the password "admin", which Odoo gives to its first user."""
    from odoo.exceptions import AccessDenied

    user = env.ref("base.user_admin")
    try:
        user.with_user(user)._check_credentials(
            {"type": "password", "login": user.login, "password": "admin"},
            {"interactive": False},
        )
    except AccessDenied:
        return False
    user.password = password
    return True


def main():
    password = os.environ.get("ADMIN_PASSWORD", "")
    if len(password) < 12:
        sys.exit(
            "tierslieux: ADMIN_PASSWORD is empty or shorter than 12 characters: it "
            "is the first administrator's; generate one with: openssl rand -hex 24"
        )
    rc = os.environ["ODOO_RC"]
    config = RawConfigParser()
    config.read(rc)
    options = config["options"]
    database = options["db_name"]

    present = installed(options)
    if "base" in present:
        print(f"Upgrading what changed in {database}.", flush=True)
        subprocess.run(["click-odoo-update", "-c", rc, "-d", database], check=True)
    missing = ",".join(sorted(wanted() - present))
    if missing:
        print(f"Installing in {database}: {missing}.", flush=True)
        command = ["odoo", "-c", rc, "-d", database, "-i", missing]
        flags = ["--load-language=fr_FR", "--stop-after-init", "--no-http"]
        subprocess.run(command + flags, check=True)

    import click_odoo

    import odoo.tools

    odoo.tools.config.parse_config(["-c", rc])
    with click_odoo.OdooEnvironment(database=database) as env:
        if close_first_login(env, password):
            print("The first administrator has the password of ADMIN_PASSWORD.")
        settings = env["ir.config_parameter"]
        settings.set_param("web.base.url", f"https://{os.environ['PUBLIC_HOST']}")
        settings.set_param("web.base.url.freeze", "True")
        # wkhtmltopdf fetches styles from the node it runs on, not by the proxy
        settings.set_param("report.url", "http://localhost:8069")
        env.cr.commit()
    print(f"{database} is ready.")


if __name__ == "__main__":
    main()
