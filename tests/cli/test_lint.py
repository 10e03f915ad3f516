import pytest

from cli import lint, paths
from cli.modules import Module


def house(**depends):
    return {
        f"tierslieux_{name}": Module(f"tierslieux_{name}", tuple(others), True)
        for name, others in depends.items()
    }


def test_dependencies_that_point_down():
    found = house(
        network=["website"],
        booking=["tierslieux_network"],
        demo=["tierslieux_pass", "tierslieux_booking"],
        **{"pass": ["tierslieux_booking", "tierslieux_network", "account"]},
    )
    assert list(lint.upward(found)) == []


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("network", "tierslieux_booking"),
        ("booking", "tierslieux_pass"),
        ("brand", "tierslieux_governance"),
        ("governance", "tierslieux_demo"),
    ],
)
def test_dependencies_that_do_not(name, other):
    [fault] = lint.upward(house(**{name: [other]}))
    assert fault == (
        f"addons/tierslieux_{name}/__manifest__.py: may not depend on {other}"
    )


def test_what_joins_two_modules_stands_on_both_and_nobody_on_it():
    joined = ("tierslieux_brand", "tierslieux_governance")
    found = house(brand=[], governance=[])
    found["tierslieux_joint"] = Module("tierslieux_joint", joined, True, True)
    assert list(lint.upward(found)) == []
    found["tierslieux_joint"] = Module("tierslieux_joint", joined, True, False)
    assert len(list(lint.upward(found))) == 2
    found |= house(funding=["tierslieux_joint"])
    assert any("funding" in fault for fault in lint.upward(found))


@pytest.mark.parametrize(
    ("line", "pure"),
    [
        ("from fractions import Fraction", True),
        ("import datetime, collections.abc", True),
        ("from . import rates", True),
        ("from .rates import due", True),
        ("from ..models import venue", False),
        ("from .. import models", False),
        ("from odoo import models", False),
        ("import odoo.tools", False),
        ("import requests", False),
        ("def rule():\n    from lxml import etree", False),
    ],
)
def test_a_rule_imports_the_standard_library_alone(tmp_path, monkeypatch, line, pure):
    monkeypatch.setattr(paths, "ROOT", tmp_path)
    folder = tmp_path / "addons" / "tierslieux_network" / "domain"
    folder.mkdir(parents=True)
    (folder / "rules.py").write_text(line + "\n")
    faults = list(lint.impure(tmp_path / "addons"))
    assert (faults == []) == pure, faults


def test_a_nested_rule_may_climb_to_its_domain(tmp_path, monkeypatch):
    monkeypatch.setattr(paths, "ROOT", tmp_path)
    folder = tmp_path / "addons" / "tierslieux_network" / "domain" / "votes"
    folder.mkdir(parents=True)
    (folder / "rules.py").write_text("from ..money import split\n")
    (folder / "worse.py").write_text("from ...models import venue\n")
    [fault] = lint.impure(tmp_path / "addons")
    assert "worse.py:1: a rule may not import ...models" in fault


@pytest.mark.parametrize(
    ("body", "explained"),
    [
        ("    return self.sudo()", False),
        ("    # the board may not\n    return self.sudo()", False),
        ("    # sudo: the board may not\n    return self.sudo()", True),
        ("    # sudo: once\n    one = self.sudo()\n    return one + self.sudo()", True),
        ("    one = self.sudo()\n    # sudo: too late\n    return one", False),
        ("    return '# sudo: a text' and self.sudo()", False),
        ("    return self.sudo(False)", True),
    ],
)
def test_a_right_that_is_taken_is_explained(tmp_path, monkeypatch, body, explained):
    monkeypatch.setattr(paths, "ROOT", tmp_path)
    folder = tmp_path / "addons" / "tierslieux_network" / "models"
    folder.mkdir(parents=True)
    before = "def other(self):\n    # sudo: another function's\n    self.sudo()\n"
    (folder / "venue.py").write_text(f"{before}\n\ndef read(self):\n{body}\n")
    faults = list(lint.unexplained(tmp_path / "addons"))
    assert (faults == []) == explained, faults
    assert all("sudo() without" in fault for fault in faults)


def test_tests_take_rights_without_a_word(tmp_path, monkeypatch):
    monkeypatch.setattr(paths, "ROOT", tmp_path)
    folder = tmp_path / "addons" / "tierslieux_network" / "tests"
    folder.mkdir(parents=True)
    (folder / "test_venue.py").write_text("def read(self):\n    return self.sudo()\n")
    assert list(lint.unexplained(tmp_path / "addons")) == []
