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


def test_a_folder_appears_complete_and_replaces_the_old(tmp_path):
    target = tmp_path / "odoo"
    for text in ("one", "two"):
        with stages.folder(target) as part:
            (part / "file").write_text(text)
            assert not target.exists() or (target / "file").read_text() != text
        assert (target / "file").read_text() == text
    assert [path.name for path in tmp_path.iterdir()] == ["odoo"]


def test_a_failing_stage_leaves_the_old_folder(tmp_path):
    target = tmp_path / "odoo"
    target.mkdir()
    with pytest.raises(ValueError), stages.folder(target):
        raise ValueError
    assert target.exists()


def test_a_killed_stage_is_made_again(tmp_path, killed):
    target = tmp_path / "odoo"
    killed(KILLED_IN_FOLDER.format(target=str(target)))
    assert not target.exists()
    with stages.folder(target) as part:
        assert not list(part.iterdir())
    assert target.exists()
    assert [path.name for path in tmp_path.iterdir()] == ["odoo"]


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
