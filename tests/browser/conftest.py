"""Odoo over HTTP on a copy of the test database."""

import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from cli.database import TEMPLATE

SAMPLES = (
    "sample.py",
    "sample_assembly.py",
    "sample_pass.py",
    "sample_brand.py",
    "sample_close.py",
    "sample_funding.py",
    "sample_fonciere.py",
    "sample_training.py",
)
START_SECONDS = 90
#: A line of the log that is no trouble, such as a request.
NOTED = re.compile(r"^\S+ \S+ \d+ (INFO|DEBUG) ")


class Site:
    """A running Odoo on a database of its own.

    :ivar url: where it answers
    """

    def __init__(self, conf, database, log):
        self.conf = conf
        self.database = database
        self.log = log
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.process = None
        self.cookies = {}

    def password(self, login):
        """That of the people of the samples is their login."""
        return login

    def run(self, code):
        """Run Python with ``env`` in Odoo's shell, before the site starts."""
        command = [*self._odoo("shell"), "--no-http"]
        done = subprocess.run(
            command, input=code, text=True, capture_output=True, timeout=600
        )
        if "DONE" not in done.stdout:
            pytest.fail(f"The sample data could not be made:\n{done.stderr[-3000:]}")

    def start(self):
        with open(self.log, "w", encoding="utf-8") as log:
            self.process = subprocess.Popen(
                [
                    *self._odoo(),
                    "--http-interface=127.0.0.1",
                    f"--http-port={self.port}",
                    "--max-cron-threads=0",
                ],
                stdout=log,
                stderr=log,
                # no runner here: jobs are done at once
                env={**os.environ, "QUEUE_JOB__NO_DELAY": "1"},
            )
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline and self.process.poll() is None:
            try:
                with urllib.request.urlopen(f"{self.url}/web/health", timeout=5):
                    return
            except (urllib.error.URLError, ConnectionError, TimeoutError):
                time.sleep(0.3)
        self.stop()
        with open(self.log, encoding="utf-8") as log:
            pytest.fail(f"Odoo does not answer:\n{log.read()[-3000:]}")

    def stop(self):
        if self.process and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()

    def troubles(self):
        """What the log tells beyond what it was asked to note."""
        return "".join(
            line
            for line in self.log.read_text(encoding="utf-8").splitlines(keepends=True)
            if not NOTED.search(line)
        )[-3000:]

    def _odoo(self, *subcommand):
        return [
            sys.executable,
            "-m",
            "odoo",
            *subcommand,
            "-c",
            str(self.conf),
            "-d",
            self.database,
        ]


@pytest.fixture(scope="session")
def site(databases, tmp_path_factory):
    """A site with the samples of this folder, on a database of its own, so that what
    a journey writes stays out of the other tests."""
    with databases.copied(TEMPLATE, "browser") as name:
        log = tmp_path_factory.mktemp("odoo") / "odoo.log"
        site = Site(databases.conf(name), name, log)
        try:
            here = Path(__file__).parent
            parts = [(here / part).read_text(encoding="utf-8") for part in SAMPLES]
            site.run("\n".join([*parts, 'print("DONE")\n']))
            site.start()
            yield site
        finally:
            site.stop()
