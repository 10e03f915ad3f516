import pytest

from cli import modules, paths
from cli.failures import Failure


@pytest.fixture
def addons(tmp_path, monkeypatch):
    monkeypatch.setattr(paths, "ADDONS", tmp_path)

    def add(name, manifest="{'depends': ['base']}", **files):
        folder = tmp_path / name
        folder.mkdir()
        (folder / "__manifest__.py").write_text(manifest)
        for path, text in files.items():
            target = folder / path.replace("__", "/")
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text)
        return folder

    return add


def test_the_demo_comes_last(addons):
    for name in ("tierslieux_demo", "tierslieux_zoo", "tierslieux_network"):
        addons(name)
    addons("tierslieux_off", "{'installable': False}")
    assert modules.installable() == [
        "tierslieux_network",
        "tierslieux_zoo",
        "tierslieux_demo",
    ]


def test_the_ground_is_what_is_not_ours(addons):
    addons("tierslieux_network", "{'depends': ['account', 'membership']}")
    addons("tierslieux_pass", "{'depends': ['tierslieux_network', 'sale']}")
    assert {"account", "membership", "sale"} < set(modules.ground())
    assert "tierslieux_network" not in modules.ground()


def test_a_fingerprint_sees_what_is_installed_alone(addons):
    folder = addons("one", models__a="x", tests__a="x", static__a="x")
    before = modules.fingerprint("one")
    (folder / "tests" / "a").write_text("y")
    (folder / "static" / "a").write_text("y")
    assert modules.fingerprint("one") == before
    (folder / "models" / "a").write_text("y")
    assert modules.fingerprint("one") != before


def test_an_unreadable_manifest_is_told(addons):
    addons("broken", "{'depends': ")
    with pytest.raises(Failure, match="manifest of broken"):
        modules.all_modules()
