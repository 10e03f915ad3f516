"""What pytest needs to know of this checkout; loaded by `./tierslieux test`."""

import os
import re
import shutil
from pathlib import Path

import pytest

#: A test that could not reach its browser or server has not held.
UNHELD = re.compile(r"(?i)chrom(e|ium)|--odoo-http|websocket")


def pytest_collect_file(file_path, parent):
    """The examples in the docstrings of the rules are tests."""
    from _pytest.doctest import DoctestModule

    if file_path.suffix == ".py" and file_path.parent.name == "domain":
        return DoctestModule.from_parent(parent, path=file_path)
    return None


@pytest.hookimpl(tryfirst=True)
def pytest_sessionstart(session):
    """Give a parallel worker files of its own.

    Odoo's collector of unused files knows one database: sharing a folder, a worker
    would remove the files of another.
    """
    worker = os.environ.get("PYTEST_XDIST_WORKER")
    if not worker:
        return
    from odoo.tools import config

    [database] = config["db_name"]
    shared = Path(config["data_dir"])
    own = shared / "workers" / f"{database}-{worker}"
    shutil.copytree(
        shared / "filestore" / database,
        own / "filestore" / database,
        copy_function=os.link,
    )
    config["data_dir"] = str(own)
    session.config.add_cleanup(lambda: shutil.rmtree(own, ignore_errors=True))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    report = yield
    if report.skipped and UNHELD.search(str(report.longrepr)):
        report.outcome = "failed"
        report.longrepr = f"Skipped, hence not held: {report.longrepr[-1]}"
    return report
