"""Running other programs: their output kept and followed, none left behind."""

import collections
import ctypes
import os
import signal
import subprocess
import sys

from . import paths
from .failures import Failure, reason

TERMINATE = 10  # seconds a program has to end before it is killed

_libc = ctypes.CDLL(None) if sys.platform == "linux" else None


def die_with_parent():
    """Make the kernel end this child when we are killed (Linux's PR_SET_PDEATHSIG)."""
    if _libc is not None:
        _libc.prctl(1, signal.SIGTERM)


def become_interactive():
    """For a child that has the terminal: Ctrl-C is its own."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    die_with_parent()


def start(command, *, env=None, cwd=None, **options):
    """Start a program in a process group of its own.

    Ctrl-C then reaches us alone, and we end the whole group in order.
    """
    options.setdefault("stdin", subprocess.DEVNULL)
    return subprocess.Popen(
        [str(part) for part in command],
        env=env or paths.surroundings(),
        cwd=cwd or paths.RUN,
        start_new_session=True,
        preexec_fn=die_with_parent,
        **options,
    )


def stop(process, patience=TERMINATE):
    """End a program and what it started: asked first, then made."""
    for sign in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(process.pid, sign)
        except ProcessLookupError:
            break
        try:
            process.wait(patience)
        except subprocess.TimeoutExpired:
            continue
    if process.poll() is None:
        process.wait()


def run(command, *, what, on_line=None, log=None, check=True, **options):
    """Run a program to its end and return (exit code, last lines of its output).

    `what` is the sentence's subject if it fails, `on_line` sees every line, `log` is a
    file that keeps them all.
    """
    tail = collections.deque(maxlen=200)
    keep = open(log, "a", encoding="utf-8") if log else None
    try:
        process = start(
            command,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            **options,
        )
    except OSError as error:
        raise Failure(f"{what}: {command[0]} cannot be run ({error.strerror}).") from (
            error
        )
    try:
        for line in process.stdout:
            tail.append(line)
            if keep:
                keep.write(line)
                keep.flush()
            if on_line:
                on_line(line)
        code = process.wait()
    except BaseException:
        stop(process)
        raise
    finally:
        process.stdout.close()
        if keep:
            keep.close()
    output = "".join(tail)
    if check and code:
        where = f" (all of it in {log})" if log else ""
        raise Failure(f"{what}: {reason(output)}{where}.")
    return code, output
