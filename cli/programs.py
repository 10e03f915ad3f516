"""Programs of the system that Odoo or the tests call: a browser, wkhtmltopdf."""

import os
import shutil

from . import paths, running
from .failures import Failure
from .progress import Step, say

#: program → (Debian package, what it is for)
PDF = {"wkhtmltopdf": ("wkhtmltopdf", "PDF documents")}
TEST = {
    **PDF,
    "chromium": ("chromium", "browser tests"),
    "pdftotext": ("poppler-utils", "reading the PDF documents"),
    "soffice": ("libreoffice-calc-nogui", "reckoning the spreadsheets again"),
}
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def missing(wanted):
    names = {"chromium": BROWSERS}
    return {
        name: facts
        for name, facts in wanted.items()
        if not any(map(shutil.which, names.get(name, [name])))
    }


def ensure(wanted, needed):
    """Install what is missing when we may, else say what to install.

    It stops the run where the programs are needed, and is a warning elsewhere.
    """
    lacking = missing(wanted)
    if lacking and os.geteuid() == 0 and shutil.which("apt-get"):
        packages = sorted({package for package, _purpose in lacking.values()})
        with Step("Programs: " + ", ".join(packages)) as step:
            try:
                install(step, packages)
            except Failure as failure:
                if needed:
                    raise
                say(f"Warning: {failure}")
        lacking = missing(wanted)
    if not lacking:
        return
    packages = ", ".join(sorted({package for package, _purpose in lacking.values()}))
    purposes = " and ".join(purpose for _package, purpose in lacking.values())
    sentence = (
        f"{', '.join(lacking)} is missing; {purposes} need it: install {packages}"
    )
    if needed:
        raise Failure(f"{sentence} (with apt-get, as root) and run this again.")
    say(f"Warning: {sentence}.")


def install(step, packages):
    env = paths.surroundings(DEBIAN_FRONTEND="noninteractive")
    # apt's own programs may not be allowed into our folders
    env.pop("TMPDIR")
    for action in (
        ["update"],
        ["install", "-y", "--no-install-recommends", *packages],
    ):
        running.run(
            ["apt-get", "-q", *action],
            what=f"Installing {', '.join(packages)} failed",
            log=paths.RUN / "apt.log",
            env=env,
            on_line=lambda line: step.at(line.strip()[:60]),
        )
