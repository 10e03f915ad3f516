# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The archive of evidence: receipts in the order of the expenses, an index, sums.

Documents are stored as they are, one in memory at a time: the same content gives the
same bytes on any machine.
"""

import csv
import io
import re
import zipfile
from datetime import date


def file_name(name):
    """A name that every system accepts."""
    return re.sub(r'[\x00-\x1f/\\:*?"<>|]+', "-", name).strip()[:120]


def archive(env, content, digest, read, out):
    """Write the archive into a file.

    :param read: gives the bytes of a document by its id
    """
    moment = (*date.fromisoformat(content["drawn_on"]).timetuple()[:3], 0, 0, 0)
    with zipfile.ZipFile(out, "w") as files:

        def add(name, data):
            info = zipfile.ZipInfo(name, moment)
            # the same on every system
            info.create_system, info.external_attr = 3, 0o644 << 16
            files.writestr(info, data)

        add("index.csv", index(env, content))
        add("SHA256SUMS", sums(content, digest))
        for annex in content["annexes"]:
            add(path(annex), read(annex["id"]))


def path(annex):
    folder = "annexes" if annex["number"].startswith("A") else "justificatifs"
    return f"{folder}/{file_name(annex['number'] + ' ' + annex['name'])}"


def index(env, content):
    """A line a receipt and a line it is of, as spreadsheets of France open it:
    semicolons, decimal commas, a byte order mark."""
    _ = env._
    text = io.StringIO()
    lines = csv.writer(text, delimiter=";", lineterminator="\r\n")
    lines.writerow(
        [
            _("Receipt"),
            _("File"),
            _("Sheet"),
            _("No."),
            _("Date"),
            _("Third party"),
            _("Invoice"),
            _("Entry"),
            _("Amount"),
            _("Shown to the funder"),
            _("Charged to the grant"),
            _("SHA-256"),
        ]
    )
    sheets = {
        "expenses": _("Expenses"),
        "products": _("Income"),
        "in_kind": _("Volunteering"),
    }
    found = {(kind, line["number"]): line for kind in sheets for line in content[kind]}
    for annex in content["annexes"]:
        # a report drawn up before has receipts of expenses alone
        places = [(kind, number) for kind in sheets for number in annex.get(kind, ())]
        for place in places or [None]:
            lines.writerow(
                [
                    annex["number"],
                    path(annex),
                    *(_cells(sheets, place, found[place]) if place else [""] * 9),
                    annex["sha256"],
                ]
            )
    return "\ufeff" + text.getvalue()


def _cells(sheets, place, line):
    return [
        sheets[place[0]],
        line["number"],
        line["date"],
        plain(line.get("vendor") or line.get("partner")),
        plain(line.get("reference")),
        plain(line["entry"]),
        amount(line["cost"]),
        amount(line["base"]) if "base" in line else "",
        amount(line["charged"]) if "charged" in line else "",
    ]


def plain(text):
    """Words that no spreadsheet takes for a formula."""
    text = text or ""
    return "'" + text if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


def amount(cents):
    sign, cents = ("-", -cents) if cents < 0 else ("", cents)
    return f"{sign}{cents // 100},{cents % 100:02}"


def sums(content, digest):
    """What ``sha256sum --check`` reads, and the digest of the report."""
    lines = [f"# content of the report: {digest}"]
    lines += [f"{annex['sha256']}  {path(annex)}" for annex in content["annexes"]]
    return "\n".join(lines) + "\n"
