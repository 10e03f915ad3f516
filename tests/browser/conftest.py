"""Odoo over HTTP on a copy of the test database, and a browser before it."""

import contextlib
import functools
import os
import re
import resource
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
BROWSERS = ("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")


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


@pytest.fixture(scope="session")
def launch():
    """``launch(*arguments)``: a browser of its own."""
    sync_api = pytest.importorskip("playwright.sync_api")
    path = next((path for path in BROWSERS if os.path.exists(path)), None)
    # Odoo limits the memory of this process; a browser reserves far more than it uses.
    _soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (hard, hard))
    with sync_api.sync_playwright() as playwright, contextlib.ExitStack() as launched:

        def launch(*arguments):
            browser = playwright.chromium.launch(
                executable_path=path, args=["--no-sandbox", *arguments]
            )
            launched.callback(browser.close)
            return browser

        yield launch


@pytest.fixture(scope="session")
def browser(launch):
    return launch()


def sign_in(page, login):
    """Through the page that people see; their password is their login."""
    page.goto("/web/login")
    page.fill("input[name=login]", login)
    page.fill("input[name=password]", login)
    page.click(".oe_login_form button[type=submit]")
    page.wait_for_url(lambda url: "/web/login" not in url)


@pytest.fixture(scope="session")
def signed_in(site, browser):
    """``signed_in(login)``: the cookies of somebody who signed in, once for all."""

    @functools.cache
    def cookies(login):
        with browser.new_context(base_url=site.url, locale="fr-FR") as context:
            page = context.new_page()
            page.set_default_timeout(30000)
            sign_in(page, login)
            return context.storage_state()

    return cookies


@pytest.fixture
def open_page(site, browser, signed_in):
    """``open_page(login=None, phone=False, within=browser)``: a page of its own
    window, signed in as ``login``, that fails the test on a script error."""
    contexts, errors = [], []

    def opened(login=None, phone=False, within=browser):
        size = (
            {"width": 390, "height": 844} if phone else {"width": 1440, "height": 900}
        )
        context = within.new_context(
            base_url=site.url,
            viewport=size,
            locale="fr-FR",
            has_touch=phone,
            storage_state=signed_in(login) if login else None,
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(30000)
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on(
            "request",
            lambda request: (
                None
                if request.url.startswith((site.url, "data:", "blob:"))
                else errors.append(f"request outside: {request.url}")
            ),
        )
        return page

    yield opened
    for context in contexts:
        for page in context.pages:
            if told := page.locator(".o_error_dialog").all_inner_texts():
                errors.append(f"{page.url}: {told}")
        context.close()
    if errors:
        print(site.troubles())
    assert not errors


@pytest.fixture
def arrive(open_page):
    """``arrive(login, phone=False)``: somebody who signs in and is on their first
    page."""

    def arrived(login, phone=False):
        page = open_page(phone=phone)
        sign_in(page, login)
        page.wait_for_selector(".tl-start")
        return page

    return arrived
