import subprocess

import pytest

from cli import odoo_source, paths, stages
from cli.failures import Failure


def release(folder, version):
    (folder / "odoo").mkdir(parents=True)
    (folder / "odoo" / "release.py").write_text(f"version_info = {version}\n")


def test_only_our_series_is_taken(tmp_path, monkeypatch):
    release(tmp_path / "old", (18, 0, 0, "final", 0, ""))
    release(tmp_path / "new", (19, 0, 0, "final", 0, ""))
    monkeypatch.setenv("ODOO_HOME", str(tmp_path / "old"))
    with pytest.raises(Failure, match="holds no Odoo 19"):
        odoo_source.find()
    monkeypatch.setenv("ODOO_HOME", str(tmp_path / "new"))
    assert odoo_source.find().home == tmp_path / "new"


def test_a_checkout_has_a_second_folder_of_addons(tmp_path):
    release(tmp_path, (19, 0, 0, "final", 0, ""))
    source = odoo_source.Source(tmp_path, "ODOO_HOME")
    assert source.addons == []
    (tmp_path / "addons" / "web").mkdir(parents=True)
    (tmp_path / "addons" / "web" / "__manifest__.py").write_text("{}")
    assert source.addons == [tmp_path / "addons"]


def test_what_was_unpacked_is_found_again(data, monkeypatch):
    monkeypatch.delenv("ODOO_HOME", raising=False)
    assert odoo_source.find() is None
    release(paths.ODOO / "home", (19, 0, 0, "final", 0, ""))
    assert odoo_source.find() is None, "without its stamp it is not complete"
    stages.write_stamp(paths.ODOO, home="home", origin="a test")
    assert odoo_source.find() == odoo_source.Source(paths.ODOO / "home", "a test")


def test_debian_archives_of_the_machine(monkeypatch):
    sites = "http://a.example/debian\nhttp://a.example/debian/\n"
    sites += "http://a.example/debian-security\nhttp://b.example/ubuntu\n"
    monkeypatch.setattr(
        subprocess,
        "run",
        lambda *_, **__: subprocess.CompletedProcess([], 0, stdout=sites),
    )
    assert odoo_source.debian_sites() == ["http://a.example/debian"]


def test_the_stripped_file_is_put_back(tmp_path):
    odoo_source.mend_debian(tmp_path)
    [stub] = tmp_path.rglob("*.js")
    assert stub.name == "selfie_segmentation.js" and stub.read_text() == ""
    stub.write_text("real")
    odoo_source.mend_debian(tmp_path)
    assert stub.read_text() == "real"


def test_a_dangling_link_is_seen(tmp_path):
    (tmp_path / "link").symlink_to("nowhere")
    (tmp_path / "good").symlink_to(tmp_path)
    assert odoo_source.is_dangling(tmp_path / "link")
    assert not odoo_source.is_dangling(tmp_path / "good")


def test_the_unpacked_odoo_has_no_dangling_link(source):
    links = [path for path in source.home.rglob("*") if odoo_source.is_dangling(path)]
    assert links == []
