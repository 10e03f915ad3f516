"""The virtual environments, made from the pinned locks of `config/`."""

import importlib.util
import re
import sys

from . import paths, running, stages
from .failures import Failure
from .progress import Step

RUNTIME = paths.CONFIG / "requirements.txt"
#: What tests and benchmarks need: the runtime lock and more.
TEST = paths.CONFIG / "requirements-test.txt"
#: In an environment of its own: these tools and Odoo's disagree on versions.
LINT = paths.CONFIG / "requirements-lint.txt"


def python(folder=None):
    return (folder or paths.VENV) / "bin" / "python"


def site_packages():
    found = sorted((paths.VENV / "lib").glob("python3.*/site-packages"))
    if not found:
        raise Failure(f"{paths.VENV} is not a virtual environment; remove it.")
    return found[0]


def ensure(source, test=False):
    """The environment that runs Odoo, with what the tests need when asked."""
    stamp = stages.read_stamp(paths.VENV)
    locks = [RUNTIME, TEST] if test else [RUNTIME]
    for lock in locks:
        if stamp.get(lock.name) != paths.digest(lock):
            # The test lock holds the runtime lock: one installation does for both.
            wanted = locks[-1]
            fresh = stamp.get(RUNTIME.name) != paths.digest(RUNTIME)
            title = "Test tools" if test and not fresh else "Python packages"
            install(paths.VENV, title, wanted, locks, fresh)
            break
    link(source)


def ensure_lint():
    """The environment of the linters."""
    if stages.read_stamp(paths.LINT_VENV).get(LINT.name) != paths.digest(LINT):
        install(paths.LINT_VENV, "Linters", LINT, [LINT], fresh=True)


def install(folder, title, lock, stamped, fresh):
    """Install one lock.

    A virtual environment knows its own path and cannot be made elsewhere and renamed:
    here the stamp, written last, tells that it is complete.
    """
    if importlib.util.find_spec("ensurepip") is None:
        raise Failure(
            f"{sys.executable} lacks the venv module:"
            " install it (on Debian, the package python3-venv)."
        )
    with Step(title) as step:
        if fresh:
            paths.remove(folder)
            step.at("making the environment")
            running.run(
                [sys.executable, "-m", "venv", folder],
                what="Making the virtual environment",
                log=paths.RUN / "pip.log",
            )
        total = len(re.findall(r"^[\w.-]+==", lock.read_text(), re.M))
        seen = set()

        def follow(line):
            words = line.split()
            if words[:1] in (["Collecting"], ["Processing"]):
                seen.add(words[1])
                step.at("fetching", len(seen), total)
            elif line.startswith("Installing"):
                step.at("installing")

        # Source packages are built with the lock's own setuptools: pip would fetch
        # another, of no known hash, to build them apart.
        build = setuptools(lock)
        if build:
            part = paths.RUN / "build-requirements.txt"
            paths.write(part, build)
            pip(folder, "-r", part)
        pip(
            folder,
            *(["--no-build-isolation"] if build else []),
            *("-r", lock),
            on_line=follow,
        )
        facts = stages.read_stamp(folder)
        facts.update({lock.name: paths.digest(lock) for lock in stamped})
        stages.write_stamp(folder, **facts)
        step.result(f"{len(seen)} installed")


def pip(folder, *arguments, on_line=None):
    running.run(
        [python(folder), "-m", "pip", "install", "--no-deps", "--require-hashes"]
        + ["--disable-pip-version-check", "--no-input", "--progress-bar", "off"]
        + ["--retries", "2", "--timeout", "20", *arguments],
        what="The Python packages could not be installed",
        log=paths.RUN / "pip.log",
        on_line=on_line,
    )


def setuptools(lock):
    """The lines of a lock that pin setuptools, "" without them."""
    found = re.search(r"^setuptools==.*(?:\n .*)*\n", lock.read_text(), re.MULTILINE)
    return found[0] if found else ""


def link(source):
    """Put the Odoo in use on the environment's path."""
    path = site_packages() / "tierslieux-odoo.pth"
    text = f"{source.home}\n"
    if not path.exists() or path.read_text() != text:
        paths.write(path, text)


def ensure_tool(name, *packages):
    """A program used only to maintain the checkout (uv), in an environment apart."""
    program = paths.TOOLS_VENV / "bin" / name
    if not program.exists():
        with Step(name):
            paths.remove(paths.TOOLS_VENV)
            for command in (
                [sys.executable, "-m", "venv", paths.TOOLS_VENV],
                [python(paths.TOOLS_VENV), "-m", "pip", "install", *packages],
            ):
                running.run(command, what=f"Installing {name}")
    return program
