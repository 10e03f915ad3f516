"""Work in parts by processes: all results, in order, whatever becomes of a process."""

import os
import signal

import pytest

from cli import parts


@pytest.fixture(autouse=True)
def started(monkeypatch):
    """Processes, of which none may be left; there are four processors."""
    pids, start = [], parts._start

    def noted(*arguments):
        pid, pipe = start(*arguments)
        pids.append(pid)
        return pid, pipe

    monkeypatch.setattr(parts, "_processors", lambda: 4)
    monkeypatch.setattr(parts, "_start", noted)
    yield pids
    for pid in pids:
        with pytest.raises(ChildProcessError):
            os.waitpid(pid, os.WNOHANG)


def test_each_part_has_a_process(started):
    found = parts.at_once(lambda part, parts: (part, parts, os.getpid()), 9)
    assert [one[:2] for one in found] == [(part, 4) for part in range(4)]
    assert found[0][2] == os.getpid()
    assert [one[2] for one in found[1:]] == started


@pytest.mark.parametrize("most", [0, 1])
def test_little_work_stays_here(most):
    assert parts.at_once(lambda part, parts: (part, parts), most) == [(0, 1)]


def test_what_a_process_did_not_give_is_done_here():
    here = os.getpid()

    def work(part, parts):
        if os.getpid() != here and part == 1:
            os.kill(os.getpid(), signal.SIGKILL)
        if os.getpid() != here and part == 2:
            raise ValueError("lost")
        return part * 10, b"x" * 100_000

    assert [one[0] for one in parts.at_once(work, 3)] == [0, 10, 20]


def test_an_error_here_ends_the_others():
    def work(part, parts):
        if part == 0:
            raise ZeroDivisionError
        signal.pause()

    with pytest.raises(ZeroDivisionError):
        parts.at_once(work, 3)
