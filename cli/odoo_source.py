"""Getting Odoo 19: a checkout of one's own, Debian's archive, or the official git."""

import hashlib
import os
import pwd
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from . import paths, running, stages
from .failures import Failure
from .progress import Step

SERIES = (19, 0)
REPOSITORY = "https://github.com/odoo/odoo"

#: Debian's odoo-19 lives in sid; what its static files link to is taken from the
#: release whose packages still hold those files, so that no link dangles.
PACKAGES = {
    "sid": ("odoo-19", "fonts-montserrat"),
    "bookworm": (
        "fonts-dejavu-core",
        "fonts-font-awesome",
        "fonts-glyphicons-halflings",
        "fonts-inconsolata",
        "fonts-ocr-b",
        "fonts-roboto-unhinted",
        "gsfonts",
        "libjs-jquery",
        "libjs-jquery-form",
        "libjs-underscore",
    ),
}
KEYRINGS = [
    Path("/usr/share/keyrings/debian-archive-keyring.gpg"),
    Path("/usr/share/keyrings/debian-archive-keyring.pgp"),
]
DIST_PACKAGES = Path("usr/lib/python3/dist-packages")


@dataclass(frozen=True)
class Source:
    """Where Odoo is: the folder that holds the `odoo` package, and whence it came."""

    home: Path
    origin: str

    @property
    def addons(self):
        """The folders of Odoo's addons beside the package's own `odoo/addons`."""
        folder = self.home / "addons"
        return [folder] if (folder / "web" / "__manifest__.py").exists() else []

    @property
    def key(self):
        """Changes when another Odoo is used."""
        release = self.home / "odoo" / "release.py"
        return hashlib.sha256(
            str(self.home).encode() + release.read_bytes()
        ).hexdigest()[:16]


def holds_odoo(home):
    """Whether this folder holds the `odoo` package of our series."""
    try:
        text = (home / "odoo" / "release.py").read_text(encoding="utf-8")
    except OSError:
        return False
    found = re.search(r"^version_info\s*=\s*\((\d+),\s*(\d+)", text, re.M)
    return bool(found) and tuple(map(int, found.groups())) == SERIES


def find():
    """The Odoo to use if one is there already, else None."""
    given = os.environ.get("ODOO_HOME")
    if given:
        home = Path(given).expanduser().absolute()
        if not holds_odoo(home):
            raise Failure(
                f"ODOO_HOME is {home}, which holds no Odoo 19.0: it should be a"
                " checkout of Odoo, or the folder that holds its odoo package."
            )
        return Source(home, "ODOO_HOME")
    stamp = stages.read_stamp(paths.ODOO)
    if stamp and holds_odoo(paths.ODOO / stamp["home"]):
        return Source(paths.ODOO / stamp["home"], stamp["origin"])
    return None


def ensure():
    """The Odoo to use, fetched if need be."""
    source = find()
    if source:
        return source
    with Step("Odoo 19") as step:
        troubles = []
        for fetch in (from_debian, from_git):
            try:
                fetch(step)
                break
            except Failure as failure:
                troubles.append(str(failure))
        else:
            raise Failure("Odoo 19 could not be fetched. " + " ".join(troubles))
        source = find()
        if source is None:
            raise Failure(f"What was fetched into {paths.ODOO} is not Odoo 19.0.")
        step.result(f"ready, from {source.origin}")
    return source


def debian_sites():
    """The Debian archives this machine already uses, without the security ones."""
    try:
        listed = subprocess.run(
            ["apt-get", "indextargets", "--format", "$(SITE)"],
            capture_output=True,
            text=True,
            check=False,
        ).stdout
    except OSError:
        return []
    sites = dict.fromkeys(line.strip().rstrip("/") for line in listed.splitlines())
    return [site for site in sites if site.endswith("/debian")]


def from_debian(step):
    """Download Odoo's packages without root and unpack them into one folder."""
    keyring = next((path for path in KEYRINGS if path.exists()), None)
    sites = debian_sites()
    if not (sites and keyring and shutil.which("dpkg")):
        raise Failure("This machine uses no Debian archive.")
    with stages.folder(paths.ODOO) as part:
        for site in sites:
            try:
                for suite, packages in PACKAGES.items():
                    download(step, part / "debs", site, keyring, suite, packages)
                break
            except Failure as failure:
                trouble = failure
        else:
            raise trouble
        debs = sorted((part / "debs").glob("*/*.deb"))
        for number, deb in enumerate(debs):
            step.at("unpacking", number, len(debs))
            running.run(["dpkg", "-x", deb, part], what=f"Unpacking {deb.name}")
        shutil.rmtree(part / "debs")
        mend_debian(part / DIST_PACKAGES)
        dangling = [path for path in part.rglob("*") if is_dangling(path)]
        if dangling:
            raise Failure(
                f"Debian's packages have changed: {len(dangling)} links lead nowhere,"
                f" {dangling[0].relative_to(part)} among them."
            )
        stages.write_stamp(
            part,
            home=str(DIST_PACKAGES),
            origin="Debian's archive",
            packages=[deb.name for deb in debs],
        )


def is_dangling(path):
    return path.is_symlink() and not path.exists()


def download(step, folder, site, keyring, suite, packages):
    """`apt-get download` with lists, cache and sources of our own."""
    own = folder / suite
    for name in ("lists/partial", "cache/archives/partial"):
        (own / name).mkdir(parents=True, exist_ok=True)
    sources = own / "sources.list"
    sources.write_text(f"deb [signed-by={keyring}] {site} {suite} main\n")
    settings = {
        "Dir::Etc::sourcelist": sources,
        "Dir::Etc::sourceparts": "-",
        "Dir::State::lists": own / "lists",
        "Dir::Cache": own / "cache",
        "Dir::Cache::archives": own / "cache" / "archives",
        "Debug::NoLocking": 1,
        "Acquire::Languages": "none",
        "Acquire::Retries": 2,
        # apt's own user may not be let into our folder
        "APT::Sandbox::User": user_name(),
        "APT::Status-Fd": 1,
    }
    options = [
        part for key, value in settings.items() for part in ("-o", f"{key}={value}")
    ]
    for action in (["update"], ["download", *packages]):
        what = f"Fetching Debian's {suite} {action[0]}"
        code, output = running.run(
            ["apt-get", *options, *action],
            what=what,
            cwd=own,
            log=paths.RUN / "apt.log",
            on_line=lambda line: tell_download(step, suite, line),
        )
        # apt-get update answers 0 even when the archive did not.
        if "Failed to fetch" in output or "Some index files failed" in output:
            raise Failure(f"The Debian archive {site} cannot be reached.")


def user_name():
    try:
        return pwd.getpwuid(os.geteuid()).pw_name
    except KeyError:
        return ""


def tell_download(step, suite, line):
    status = re.match(r"dlstatus:\d+:([\d.]+):", line)
    if status:
        step.at(f"downloading from Debian {suite}, {float(status[1]):.0f} %")


def mend_debian(home):
    """Debian strips the blurring of video backgrounds, which the web client still
    loads: without a file in its place every backend page logs an error.
    """
    stripped = (
        home / "odoo/addons/mail/static/lib/selfie_segmentation/selfie_segmentation.js"
    )
    if not stripped.exists():
        stripped.parent.mkdir(parents=True, exist_ok=True)
        stripped.write_text("")


def from_git(step):
    """A shallow clone of the official branch."""
    if not shutil.which("git"):
        raise Failure("git is not installed.")
    with stages.folder(paths.ODOO) as part:
        running.run(
            ["git", "clone", "--progress", "--depth", "1", "-b", "19.0"]
            + [REPOSITORY, part / "odoo-19"],
            what="Cloning Odoo's official repository",
            log=paths.RUN / "git.log",
            env=paths.surroundings(GIT_TERMINAL_PROMPT="0"),
            on_line=lambda line: step.at("cloning from the official repository"),
        )
        stages.write_stamp(part, home="odoo-19", origin="its official repository")
