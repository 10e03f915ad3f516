"""Serving a database over HTTP until told to stop."""

import http.client
import re
import socket
import time
import urllib.error
import urllib.request

from . import environment, odoo_process, paths, running
from .failures import Failure
from .progress import Step, say

PATIENCE = 300  # seconds the first page may take
#: The pages `up --check` asks for; the directory is there once its module is.
HOME, DIRECTORY, LOGIN = "/", "/lieux", "/web/login"


def check_port(port):
    """Refuse a port that is taken, before any long work."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except PermissionError as error:
            raise Failure(f"Port {port} is reserved to root: use --port.") from error
        except (OSError, OverflowError) as error:
            raise Failure(
                f"Port {port} is in use by another program: stop it, or use --port."
            ) from error


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    """An Odoo process that serves one database on a port of this machine."""

    def __init__(self, databases, name, port):
        check_port(port)
        self.port = port
        self.log = paths.RUN / f"odoo-{port}.log"
        self.conf = databases.conf(name, jobs_port=port, http_port=port)

    @property
    def address(self):
        return f"http://localhost:{self.port}"

    def __enter__(self):
        with self.log.open("w") as log:
            self.process = running.start(
                [environment.python(), "-m", "odoo", "server", "-c", self.conf],
                stdout=log,
                stderr=log,
                env=odoo_process.variables(),
            )
        try:
            with Step("Server") as step:
                self.wait(step)
        except BaseException:
            running.stop(self.process)
            raise
        return self

    def __exit__(self, *trouble):
        running.stop(self.process)

    def wait(self, step):
        """Until the home page answers."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            if self.process.poll() is not None:
                raise Failure(f"Odoo stopped: {self.last_words()} (see {self.log}).")
            step.at("waiting for the first page")
            if self.listens():
                status, _size, _took = self.fetch(HOME, PATIENCE)
                if status:
                    step.result(f"answers at {self.address}")
                    return
            time.sleep(0.05)
        raise Failure(f"Odoo did not answer in {PATIENCE} s (see {self.log}).")

    def listens(self):
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def last_words(self):
        text = self.log.read_text(errors="replace")
        if "Address already in use" in text:
            return f"port {self.port} is in use by another program"
        lines = text.splitlines()
        errors = [line for line in lines if re.search(r"ERROR|CRIT|\w+Error", line)]
        return (errors or lines or ["it said nothing"])[-1][:300]

    def fetch(self, path, patience=60):
        """Ask for a page: (status or 0, bytes, milliseconds)."""
        start = time.monotonic()
        try:
            with urllib.request.urlopen(
                f"http://127.0.0.1:{self.port}{path}", timeout=patience
            ) as answer:
                status, body = answer.status, answer.read()
        except urllib.error.HTTPError as error:
            status, body = error.code, error.read()
        except (OSError, http.client.HTTPException):
            status, body = 0, b""
        return status, len(body), (time.monotonic() - start) * 1000

    def serve(self):
        """Until it ends or we are interrupted."""
        code = self.process.wait()
        raise Failure(f"Odoo stopped with code {code}: {self.last_words()}.")

    def check(self, pages):
        """Ask for each page, print what was seen; whether all answered 200."""
        good = True
        for path in pages:
            status, size, took = self.fetch(path)
            good = good and status == 200
            say(f"  {path:<12} {status}  {size:>8} bytes  {took:>6.0f} ms")
        return good
