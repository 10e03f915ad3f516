import signal
import subprocess
import sys
import time

import pytest

from cli import paths, running
from cli.failures import Failure

PARENT = """
from cli import running
child = running.start(["sleep", "60"], cwd="/")
print(child.pid, flush=True)
child.wait()
"""


def alive(pid):
    try:
        with open(f"/proc/{pid}/stat") as stat:
            return stat.read().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


def ends(pid):
    """Whether it ends soon: who is killed is still there for a moment."""
    end = time.monotonic() + 5
    while alive(pid) and time.monotonic() < end:
        time.sleep(0.02)
    return not alive(pid)


def test_output_is_followed_and_kept(data):
    seen = []
    code, output = running.run(
        ["sh", "-c", "echo one; echo two >&2; exit 3"],
        what="It failed",
        check=False,
        on_line=seen.append,
        log=data / "log",
    )
    assert (code, seen) == (3, ["one\n", "two\n"])
    assert output == (data / "log").read_text() == "one\ntwo\n"


def test_the_caller_s_database_server_is_not_ours(monkeypatch):
    monkeypatch.setenv("PGHOST", "elsewhere")
    assert "PGHOST" not in paths.surroundings()
    assert paths.surroundings(PGHOST="ours")["PGHOST"] == "ours"


def test_a_failure_is_one_sentence(data):
    with pytest.raises(Failure, match="^The pump failed: no water\\.$"):
        running.run(["sh", "-c", "echo no water; exit 1"], what="The pump failed")
    with pytest.raises(Failure, match="^The pump: nowhere-pump cannot be run"):
        running.run(["nowhere-pump"], what="The pump")


def test_what_was_started_ends_with_us_even_killed():
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT], stdout=subprocess.PIPE, text=True
    )
    child = int(parent.stdout.readline())
    parent.send_signal(signal.SIGKILL)
    parent.communicate()
    assert ends(child)


def test_stopping_ends_the_whole_group(data):
    process = running.start(
        ["sh", "-c", "trap '' TERM; sleep 60 & echo $!; wait; wait"],
        stdout=subprocess.PIPE,
        text=True,
    )
    grandchild = int(process.stdout.readline())
    running.stop(process, patience=0.5)
    process.stdout.close()
    assert process.returncode == -signal.SIGKILL
    assert ends(grandchild)


def test_an_interrupt_ends_the_program(data):
    pids = []

    def interrupt(line):
        pids.append(int(line))
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        running.run(["sh", "-c", "echo $$; sleep 60"], what="", on_line=interrupt)
    assert not alive(pids[0])
