# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What the benchmarks of pages share: a server, its times and queries, the floor (an
empty page through the same layout), the table that is printed."""

import contextlib
import os
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from typing import NamedTuple

import requests

import odoo.api
from odoo.modules.registry import Registry

WARM_UP = 15
#: A parameter keeps Odoo from answering with the empty page it has in memory.
FLOOR = "/bench-empty?n=1"


class Row(NamedTuple):
    label: str
    ours: float
    peer: float
    ratio: float
    target: float
    at_most: bool

    @property
    def met(self):
        return self.ratio <= self.target if self.at_most else self.ratio >= self.target


@contextlib.contextmanager
def environment(database):
    with Registry(database).cursor() as cursor:
        yield odoo.api.Environment(cursor, odoo.api.SUPERUSER_ID, {"lang": "fr_FR"})


def make_empty_page(env):
    if env["website.page"].search([("url", "=", "/bench-empty")]):
        return
    view = env["ir.ui.view"].create(
        {
            "name": "Empty",
            "type": "qweb",
            "key": "website.bench_empty",
            "arch": '<t t-name="website.bench_empty"><t t-call="website.layout">'
            '<div id="wrap"/></t></t>',
        }
    )
    env["website.page"].create(
        {"url": "/bench-empty", "view_id": view.id, "is_published": True}
    )


def times_of(session, address, urls, rounds):
    """``{url: [seconds, …]}``: requests take turns, so that a busy machine slows each
    one alike."""
    times = {url: [] for url in urls}
    for number in range(WARM_UP + rounds):
        for url, seconds in times.items():
            began = time.perf_counter()
            answer = session.get(address + url, timeout=60)
            if number >= WARM_UP:
                seconds.append(time.perf_counter() - began)
            answer.raise_for_status()
    return times


def queries_of(log, session, address, url):
    """Queries of one request, as the server's own log counts them, caches warm."""
    for _turn in range(3):
        session.get(address + url, timeout=60)
    time.sleep(0.3)
    with open(log, encoding="utf-8") as lines:
        path = re.escape(requests.Request("GET", address + url).prepare().path_url)
        counts = re.findall(rf'"GET {path} HTTP/1\.1" 200 - (\d+)', lines.read())
    return int(counts[-1])


@contextlib.contextmanager
def server(conf, database):
    """A server of one process; ``(address, path of its log)``."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    with tempfile.TemporaryDirectory() as folder:
        log = os.path.join(folder, "odoo.log")
        with open(log, "w", encoding="utf-8") as output:
            process = subprocess.Popen(
                [sys.executable, "-m", "odoo", "-c", conf, "-d", database]
                + ["--http-interface=127.0.0.1", f"--http-port={port}"]
                + ["--max-cron-threads=0", "--log-level=info"],
                stdout=output,
                stderr=output,
            )
        try:
            wait_for(process, f"{address}/web/health")
            yield address, log
        finally:
            process.terminate()
            process.wait(30)


def wait_for(process, url):
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.3)
    raise SystemExit("Odoo does not answer.")


def percentile(seconds):
    return statistics.quantiles(seconds, n=20)[-1]


def say(text):
    print(text, file=sys.stderr, flush=True)


def print_table(rows):
    width = max(len(row.label) for row in rows)
    heads = ("", "ours", "peer", "ratio", "target", "met")
    print(f"{heads[0]:{width}}" + "".join(f"{head:>10}" for head in heads[1:]))
    for row in rows:
        target = f"{'≤' if row.at_most else '≥'} {row.target:g}"
        print(
            f"{row.label:{width}}{row.ours:10.2f}{row.peer:10.2f}{row.ratio:10.2f}"
            f"{target:>10}{'yes' if row.met else 'NO':>10}"
        )
