"""A server killed while members vote, as the benchmark of the votes kills it."""

import os
import re
import subprocess

from cli import bench, environment, odoo_process, paths
from cli.database import TEMPLATE


def test_no_acknowledged_vote_is_lost_by_a_kill(databases):
    with databases.copied(TEMPLATE, "killed") as name:
        arguments = ["--only", "kills", "--kills", "1", "--electors", "200"]
        done = subprocess.run(
            [environment.python(), bench.FOLDER / "votes.py", *arguments],
            env={
                **os.environ,
                **odoo_process.variables(databases.server),
                "PYTHONPATH": os.pathsep.join([str(paths.ROOT), str(bench.FOLDER)]),
                "TIERSLIEUX_CONF": str(databases.conf(name)),
                "TIERSLIEUX_DB": name,
            },
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=300,
        )
    assert done.returncode == 0, done.stdout
    signed, cast = re.search(r"émargement (\d+) = urn (\d+)", done.stdout).groups()
    assert signed == cast
    assert int(cast) > 0
