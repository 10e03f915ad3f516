"""Running Odoo: its configuration, its progress in its log, what must not be logged."""

import configparser
import io
import os
import re
import secrets

from . import environment, paths, postgres, running
from .failures import Failure

LOADING = re.compile(r"odoo\.modules\.loading: Loading module (\S+) \((\d+)/(\d+)\)")
#: Odoo logs these and answers 0: a constraint that could not be made, a module missing.
FATAL = re.compile(
    r"ERROR \S+ odoo\.schema:|CREATE DATABASE failed"
    r"|odoo\.modules\.loading: (invalid module names|Some modules are not loaded"
    r"|Some modules have inconsistent states)"
    r"|odoo\.modules\.module_graph: module \S+: (not installable|Unmet dependenc)"
)
SCRIPTS = paths.ROOT / "cli" / "scripts"
OPTIONS = {
    "with_demo": "False",
    "list_db": "False",
    "proxy_mode": "False",
    # the interface of this machine alone: the demo's passwords are public
    "http_interface": "127.0.0.1",
    # searches forgive accents
    "unaccent": "True",
    "max_cron_threads": "1",
}


def configure(source, server, database, *, jobs_port=None, **more):
    """Write the configuration that serves one database; its path.

    With `jobs_port`, the port it will serve on, queued jobs run in the same process;
    without, none does.
    """
    addons = [*source.addons, paths.ADDONS]
    options = {
        **server.options(),
        **OPTIONS,
        "db_name": database,
        "dbfilter": f"^{re.escape(database)}$",
        "data_dir": paths.FILES,
        "addons_path": ",".join(
            str(path) for path in addons if any(path.glob("*/__manifest__.py"))
        ),
        "admin_passwd": secrets.token_urlsafe(24),
        **more,
    }
    parser = configparser.ConfigParser(interpolation=None)
    parser["options"] = {key: str(value) for key, value in options.items() if value}
    if jobs_port and (environment.site_packages() / "odoo/addons/queue_job").is_dir():
        parser["options"]["server_wide_modules"] = "base,rpc,web,queue_job"
        parser["queue_job"] = {
            "channels": "root:1",
            "scheme": "http",
            "host": "127.0.0.1",
            "port": str(jobs_port),
        }
    else:
        parser["queue_job"] = {"channels": "root:0"}
    text = io.StringIO()
    parser.write(text)
    path = paths.RUN / f"odoo-{database}.conf"
    paths.write(path, text.getvalue(), mode=0o600)
    return path


def variables(server=None):
    """The environment of Odoo's processes."""
    path = os.pathsep.join([str(postgres.program("")), os.environ.get("PATH", "")])
    found = server.variables() if server else {}
    return paths.surroundings(HOME=str(paths.HOME), PATH=path, **found)


def follow(step, faults):
    """A reader of Odoo's log: tells progress, gathers what must not be there."""

    def on_line(line):
        loading = LOADING.search(line)
        if loading:
            step.at(f"loading {loading[1]}", int(loading[2]), int(loading[3]))
        elif line.startswith("progress\t"):
            _word, label, done, total = line.rstrip("\n").split("\t")
            step.at(label, int(done), int(total))
        elif FATAL.search(line):
            faults.append(line.strip())

    return on_line


def odoo(conf, *arguments, step, what):
    """Run an Odoo command to its end; an error that Odoo only logs fails too."""
    command = [environment.python(), "-m", "odoo", arguments[0], "-c", conf]
    _run([*command, *arguments[1:]], step, what)


def script(name, conf, *arguments, step, what, folder=SCRIPTS):
    """Run one of our scripts inside the environment."""
    _run([environment.python(), folder / f"{name}.py", conf, *arguments], step, what)


def _run(command, step, what):
    faults = []
    log = paths.RUN / "odoo-setup.log"
    running.run(
        command,
        what=what,
        env=variables(),
        log=log,
        on_line=follow(step, faults),
    )
    if faults:
        raise Failure(f"{what}: {faults[0]} ({len(faults)} such lines in {log}).")


def install(conf, names, *, step, what, update=False):
    flag = "-u" if update else "-i"
    arguments = ["server", flag, ",".join(names), "--stop-after-init", "--no-http"]
    odoo(conf, *arguments, step=step, what=what)
