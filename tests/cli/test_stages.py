import threading

import pytest

from cli import paths, stages

KILLED_IN_FOLDER = """
import time
from pathlib import Path
from cli import stages
with stages.folder(Path({target!r})) as part:
    (part / "half").write_text("")
    print("ready", flush=True)
    time.sleep(60)
"""
KILLED_IN_LOCK = """
import os, time
from cli import stages
with stages.lock("work"):
    print("ready", flush=True)
    time.sleep(60)
"""


WRITES_ON = """
import os, signal, sys
from pathlib import Path
from cli import stages
with stages.folder(Path({target!r})) as part:
    if os.fork() == 0:
        os.chdir(part)
        os.write(1, b"ready\\n")
        os.close(1)
        for number in range(2000):
            os.makedirs(f"deep/{{number}}")
        os._exit(0)
    signal.pause()
"""


def test_a_folder_appears_complete_and_replaces_the_old(data):
    target = data / "odoo"
    for text in ("one", "two"):
        with stages.folder(target) as part:
            (part / "file").write_text(text)
            assert not target.exists() or (target / "file").read_text() != text
        assert (target / "file").read_text() == text
    assert not list(data.glob("odoo.*")) and not list(data.glob("trash-*"))


def test_a_failing_stage_leaves_the_old_folder(tmp_path):
    target = tmp_path / "odoo"
    target.mkdir()
    with pytest.raises(ValueError), stages.folder(target):
        raise ValueError
    assert target.exists()


def test_a_killed_stage_is_made_again(data, killed):
    target = data / "odoo"
    killed(KILLED_IN_FOLDER.format(target=str(target)))
    assert not target.exists()
    with stages.folder(target) as part:
        assert not list(part.iterdir())
    assert target.exists()
    assert not (data / "odoo.part").exists()


def test_what_a_killed_stage_started_may_still_write(data, killed):
    target = data / "stage"
    killed(WRITES_ON.format(target=str(target)))
    with stages.folder(target) as part:
        (part / "whole").write_text("")
    assert [path.name for path in target.iterdir()] == ["whole"]


def test_stamps(tmp_path):
    assert stages.read_stamp(tmp_path) == {}
    stages.write_stamp(tmp_path, lock="abc")
    assert stages.read_stamp(tmp_path) == {"lock": "abc"}
    (tmp_path / "stamp.json").write_text('{"lock": "a')
    assert stages.read_stamp(tmp_path) == {}


def test_a_killed_process_holds_no_lock(data, killed):
    killed(KILLED_IN_LOCK, TIERSLIEUX_DATA=str(data))
    with stages.lock("work", wait=False) as obtained:
        assert obtained


def test_a_lock_is_held_by_one(data):
    with stages.lock("work"):
        with stages.lock("work", wait=False) as obtained:
            assert not obtained
    with stages.lock("use", shared=True), stages.lock("use", shared=True):
        with stages.lock("use", wait=False) as obtained:
            assert not obtained


def test_a_second_process_waits_for_its_turn(data, capsys):
    turns = []

    def second():
        with stages.lock("work"):
            turns.append("second")

    with stages.lock("work"):
        thread = threading.Thread(target=second)
        thread.start()
        thread.join(0.2)
        turns.append("first")
    thread.join()
    assert turns == ["first", "second"]
    assert "Waiting for another ./tierslieux" in capsys.readouterr().out


def test_a_written_file_is_whole(data):
    paths.write(data / "conf", "one")
    paths.write(data / "conf", "two", mode=0o600)
    assert (data / "conf").read_text() == "two"
    assert (data / "conf").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in data.iterdir() if path.is_file()] == ["conf"]
