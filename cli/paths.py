"""Where things live: the checkout, and its `.data` folder for all that is made."""

import hashlib
import os
import shutil
import tempfile
import time
from pathlib import Path

from .failures import Failure

ROOT = Path(__file__).resolve().parent.parent
ADDONS = ROOT / "addons"
CONFIG = ROOT / "config"
DATA = Path(os.environ.get("TIERSLIEUX_DATA") or ROOT / ".data").absolute()
ODOO = DATA / "odoo"
VENV = DATA / "venv"
LINT_VENV = DATA / "lint"
TOOLS_VENV = DATA / "tools"
PG = DATA / "pg"
FILES = DATA / "filestore"
RUN = DATA / "run"
CACHE = DATA / "cache"
HOME = DATA / "home"
TMP = DATA / "tmp"
#: What folders that are being removed are called meanwhile.
TRASH = "trash-"

#: What Odoo, its environment and one network take on disk, with room to build them.
SPACE_TO_SET_UP = 4 * 2**30
SPACE_TO_RUN = 512 * 2**20


def prepare():
    """Make the state folders; say at once when that cannot be."""
    try:
        for folder in (DATA, FILES, RUN, CACHE, HOME, TMP):
            folder.mkdir(parents=True, exist_ok=True)
        probe = RUN / f"probe-{os.getpid()}"
        probe.write_text("")
        probe.unlink()
    except OSError as error:
        raise Failure(
            f"{DATA} cannot be written ({error.strerror}): Tierslieux keeps all its"
            " state there and needs the right to write in it."
        ) from error
    for trash in TMP.glob(f"{TRASH}*"):
        empty(trash)
    made = (VENV / "stamp.json").exists()
    need = SPACE_TO_RUN if made else SPACE_TO_SET_UP
    free = shutil.disk_usage(DATA).free
    if free < need:
        raise Failure(
            f"The disk that holds {DATA} has {free / 2**30:.1f} GB left;"
            f" Tierslieux needs {need / 2**30:.1f} GB."
        )


def remove(path):
    """Remove a file or folder if it is there.

    A folder is moved out of the way first: what a killed run started may still be
    writing in it for a moment, and then does so elsewhere.
    """
    if path.is_dir() and not path.is_symlink():
        trash = Path(tempfile.mkdtemp(prefix=TRASH, dir=TMP))
        path.rename(trash / path.name)
        empty(trash)
    else:
        path.unlink(missing_ok=True)


def empty(trash):
    """Remove what was thrown away, a little later when it is still written in."""
    for patience in (0.1, 0.5, 2, 0):
        shutil.rmtree(trash, ignore_errors=True)
        if not trash.exists():
            break
        time.sleep(patience)


def write(path, text, mode=0o644):
    """Write a file so that a reader sees the old text or the new, never a half."""
    part = path.with_name(f".{path.name}.{os.getpid()}")
    part.write_text(text, encoding="utf-8")
    part.chmod(mode)
    part.replace(path)


def digest(*paths):
    """A short hash over the contents of files."""
    sha = hashlib.sha256()
    for path in paths:
        sha.update(path.read_bytes())
    return sha.hexdigest()[:16]


def surroundings(**more):
    """The environment of the programs we run: their caches and home are ours."""
    env = dict(os.environ)
    # Odoo obeys PGHOST and the like before its configuration: the caller's may name
    # another server than ours.
    for name in [name for name in env if name.startswith("PG")]:
        del env[name]
    env.pop("PYTHONPATH", None)
    env.pop("PYTHONHOME", None)
    env.update(
        PIP_CACHE_DIR=str(CACHE / "pip"),
        UV_CACHE_DIR=str(CACHE / "uv"),
        XDG_CACHE_HOME=str(CACHE),
        PYTHONUNBUFFERED="1",
        TMPDIR=str(TMP),
    )
    env.update(more)
    return env
