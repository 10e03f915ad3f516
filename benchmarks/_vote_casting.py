# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Voters at the doors of a running server: their network, their sessions, their acts.

The voters' side is the page's own: the personal link of the mail opens the session, the
page gives the form with its token, the form is posted. The other side is of the same
kind and the least that still writes: the form of :mod:`_serve`, posted by a user signed
in, creates one record of ``res.partner.industry`` and answers a redirect. A call of
``/web/dataset/call_kw`` costs the server the same; it would leave out what any form of
the site checks, the token first.
"""

import contextlib
import http.client
import itertools
import json
import os
import queue
import re
import signal
import socket
import statistics
import sys
import tempfile
import threading
import time
import urllib.parse
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import odoo.api
from odoo.fields import Command
from odoo.modules.registry import Registry
from odoo.tools import SQL

from cli import running

CLERK = "bench-clerk"
CHOICES = ("for", "against", "abstention", "blank")
WORKERS = 4
PATIENCE = 60
SERVE = Path(__file__).with_name("_serve.py")


@contextlib.contextmanager
def environment(database):
    with Registry(database).cursor() as cursor:
        yield odoo.api.Environment(
            cursor,
            odoo.api.SUPERUSER_ID,
            {"lang": "fr_FR", "tracking_disable": True, "mail_create_nolog": True},
        )


# -- the assembly ---------------------------------------------------------------


def make_assembly(env, names, electors):
    """An assembly between two dates of so many electors, with a vote open for each
    name, ``{name: secrecy}``.

    :return: ``(assembly, {name: motion})``
    """
    first = env["res.partner"].create({"name": "Elector"})
    env.flush_all()
    partners = env["res.partner"].browse(
        one for [one] in env.execute_query(query_repeat(first, electors))
    )
    version = env["tierslieux.statutes.version"].in_force()
    if not version:
        version = env.ref("tierslieux_governance.statutes_association").copy()
        version.action_adopt()
    now = datetime.now().replace(microsecond=0)
    assembly = env["tierslieux.assembly"].create(
        {
            "name": "Bench",
            "date_start": now - timedelta(hours=1),
            "date_end": now + timedelta(days=1),
            "is_asynchronous": True,
            "motion_ids": [
                Command.create({"name": name, "secrecy": secrecy})
                for name, secrecy in names.items()
            ],
        }
    )
    college = env.ref("tierslieux_network.college_venue")
    rows = [
        (None, None, one.id, one.id, one.name, one.name, one.name, college.id, True, "")
        for one in partners
    ]
    env.flush_all()
    env.cr.execute(assembly._query_insert_electors(rows))
    assembly.write(
        {
            "state": "open",
            "statutes_version_id": version.id,
            "frozen_at": now,
            "convened_at": now,
        }
    )
    for motion in assembly.motion_ids:
        motion.action_open()
    env.cr.commit()
    env.cr.execute("ANALYZE")
    env.cr.commit()
    return assembly, {one.name: one for one in assembly.motion_ids}


def make_clerk(env):
    """A user who may create a record of the other side."""
    env["res.users"].with_context(no_reset_password=True).create(
        {
            "name": CLERK,
            "login": CLERK,
            "password": CLERK,
            "group_ids": [Command.link(env.ref("base.group_system").id)],
        }
    )
    env.cr.commit()


# -- the server -----------------------------------------------------------------


class Server:
    """A running Odoo that serves a database with several processes."""

    def __init__(self, conf, database):
        self.port, evented = free_port(), free_port()
        self.command = [sys.executable, SERVE, "server", "-c", conf, "-d", database]
        self.command += ["--http-interface=127.0.0.1", f"--http-port={self.port}"]
        self.command += [f"--gevent-port={evented}", f"--workers={WORKERS}"]
        self.command += ["--max-cron-threads=0", "--log-level=warn"]

    def __enter__(self):
        self.log = tempfile.TemporaryFile()
        self.start()
        return self

    def __exit__(self, *_trouble):
        self.end(signal.SIGTERM)
        self.log.close()

    def start(self):
        # in a group of its own, that ends with us
        self.process = running.start(
            self.command,
            env=os.environ,
            cwd=SERVE.parent,
            stdout=self.log,
            stderr=self.log,
        )
        deadline = time.monotonic() + 120
        while time.monotonic() < deadline and self.process.poll() is None:
            with contextlib.suppress(OSError):
                if self.ask("GET", "/web/health").status == 200:
                    return
            time.sleep(0.2)
        raise SystemExit("Odoo does not answer.")

    def end(self, sign):
        """Send a signal to all its processes, and wait for them."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, sign)
        self.process.wait(PATIENCE)

    def ask(self, method, path, body=None, *, patience=PATIENCE, **headers):
        """One request on a connection of its own, as the server closes each."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, patience)
        try:
            headers["Accept-Language"] = "fr-FR,fr"
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            answer.text = answer.read()
            return answer
        finally:
            connection.close()

    def post(self, path, form, cookie, patience=PATIENCE):
        headers = {
            "Cookie": cookie,
            "Content-Type": "application/x-www-form-urlencoded",
        }
        body = urllib.parse.urlencode(form)
        return self.ask("POST", path, body, patience=patience, **headers)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


# -- the voters -----------------------------------------------------------------


class Voter(NamedTuple):
    """A visitor whose link was opened, with the form of the vote's page."""

    elector: str
    cookie: str
    token: str


class Voters:
    """The electors of an assembly, who come one after the other."""

    def __init__(self, server, assembly, motion):
        self.server, self.motion_id = server, motion.id
        base = assembly.get_base_url()
        self.links = [
            assembly._personal_url(one, f"/vote-{motion.id}").removeprefix(base)
            for one in assembly.elector_ids.sorted("id").voter_id
        ]
        self.came = []

    def up_to(self, number):
        """So many voters with a session, opened as a visitor does: the link, then the
        page."""
        waiting = queue.SimpleQueue()
        for link in self.links[len(self.came) : number]:
            waiting.put(link)

        def come():
            with contextlib.suppress(queue.Empty):
                while True:
                    self.came.append(self.open(waiting.get_nowait()))

        in_threads(8, come)
        return self.came[:number]

    def open(self, link):
        answer = self.server.ask("GET", link)
        cookie = cookie_of(answer)
        page = self.server.ask("GET", f"/my/votes/{self.motion_id}", Cookie=cookie)
        form = page.text.decode().partition('/cast"')[2]
        token, elector = re.findall(
            r'name="(?:csrf_token|electors)"[^>]* value="([^"]+)"', form
        )
        return Voter(elector, cookie, token)

    def cast(self, motion_id, voter, choice):
        """Whether the vote was acknowledged, and the answer."""
        form = {
            "csrf_token": voter.token,
            "electors": voter.elector,
            "choice": choice,
        }
        answer = self.server.post(f"/my/votes/{motion_id}/cast", form, voter.cookie)
        return answer.status == 303, answer


class Clerks:
    """Users signed in, who each write a row with a bare POST."""

    def __init__(self, server, database, number):
        self.server = server
        self.sessions = [self.sign_in(database) for _ in range(number)]
        self.numbers = itertools.count()

    def sign_in(self, database):
        """``(cookie, token)``"""
        params = {"db": database, "login": CLERK, "password": CLERK}
        answer = self.server.ask(
            "POST",
            "/web/session/authenticate",
            json.dumps({"jsonrpc": "2.0", "method": "call", "params": params}),
            **{"Content-Type": "application/json"},
        )
        cookie = cookie_of(answer)
        return cookie, self.server.ask("GET", "/bench/row", Cookie=cookie).text.decode()

    def write(self, clerk):
        """Whether the row was acknowledged, and the answer."""
        cookie, token = self.sessions[clerk]
        form = {"csrf_token": token, "name": f"Bench {next(self.numbers)}"}
        answer = self.server.post("/bench/row/create", form, cookie)
        return answer.status == 303, answer


def cookie_of(answer):
    cookies = " ".join(answer.headers.get_all("Set-Cookie", []))
    return re.search(r"session_id=[^;]+", cookies)[0]


# -- together -------------------------------------------------------------------


def in_threads(number, act):
    """Run ``act`` in so many threads; the first error is ours."""
    errors = []

    def run():
        try:
            act()
        except Exception as error:  # pylint: disable=broad-except
            errors.append(error)

    threads = [threading.Thread(target=run) for _ in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if errors:
        raise errors[0]


class Slices:
    """What was done in the slices of one side, and how long each act took."""

    def __init__(self):
        self.seconds = 0
        self.times = []

    @property
    def rate(self):
        return len(self.times) / self.seconds

    def __str__(self):
        middle = statistics.median(self.times) * 1000
        last = statistics.quantiles(self.times, n=20)[-1] * 1000
        return (
            f"{len(self.times)} in {self.seconds:.0f} s = {self.rate:.1f}/s"
            f" (median {middle:.0f} ms, p95 {last:.0f} ms)"
        )

    def run(self, threads, seconds, act):
        """``act(number of the thread)`` again and again for so many seconds."""
        numbers = itertools.count()
        began = time.monotonic()

        def repeat():
            number = next(numbers)
            while time.monotonic() < began + seconds:
                start = time.monotonic()
                act(number)
                self.times.append(time.monotonic() - start)

        in_threads(threads, repeat)
        self.seconds += time.monotonic() - began


# -- what was written -----------------------------------------------------------


def query_repeat(partner, times):
    """The same contact again and again."""
    return SQL(
        """
        INSERT INTO res_partner
        SELECT (jsonb_populate_record(
                   partner,
                   jsonb_build_object('id', n, 'commercial_partner_id', n)
               )).*
          FROM res_partner partner,
               LATERAL (SELECT nextval('res_partner_id_seq') n
                          FROM generate_series(1, %s)) number
         WHERE partner.id = %s
     RETURNING id
        """,
        times,
        partner.id,
    )


def query_cast(motion):
    """``[(elector id, choice or None), …]`` of the list of those who voted."""
    if motion.secrecy == "open":
        return SQL(
            "SELECT elector_id, choice FROM tierslieux_open_ballot WHERE motion_id=%s",
            motion.id,
        )
    return SQL(
        "SELECT elector_id, NULL FROM tierslieux_signing WHERE motion_id=%s", motion.id
    )


def query_urn(motion):
    return SQL(
        "SELECT choice, count(*) FROM tierslieux_urn_ballot WHERE motion_id=%s"
        " GROUP BY choice",
        motion.id,
    )
