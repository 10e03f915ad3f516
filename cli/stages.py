"""Stages that are whole or absent: what is killed halfway is made again."""

import contextlib
import fcntl
import json

from . import paths
from .progress import say


@contextlib.contextmanager
def folder(target):
    """Give an empty folder to fill; it takes the place of `target` once complete."""
    part = target.with_name(f"{target.name}.part")
    paths.remove(part)
    part.mkdir(parents=True)
    yield part
    old = target.with_name(f"{target.name}.old")
    paths.remove(old)
    if target.exists():
        target.rename(old)
    part.rename(target)
    paths.remove(old)


def read_stamp(target):
    """What a complete folder was made from, or {}."""
    try:
        return json.loads((target / "stamp.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}


def write_stamp(target, **facts):
    paths.write(target / "stamp.json", json.dumps(facts, indent=1, sort_keys=True))


@contextlib.contextmanager
def lock(name, shared=False, wait=True):
    """Hold a lock between processes; the kernel drops it if we are killed.

    Yields whether it was obtained (always, when waiting).
    """
    with open(paths.RUN / f"{name}.lock", "w") as handle:
        kind = fcntl.LOCK_SH if shared else fcntl.LOCK_EX
        try:
            fcntl.flock(handle, kind | fcntl.LOCK_NB)
        except BlockingIOError:
            if not wait:
                yield False
                return
            say(f"Waiting for another ./tierslieux that is busy with: {name}.")
            fcntl.flock(handle, kind)
        yield True
