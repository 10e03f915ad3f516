"""Each list that a menu or a button opens is written for who reads it.

Odoo makes up the view that nobody wrote: a form of all fields in one column. And a list
of many columns is cut on a phone, which shows cards in its place when there are any.
"""

import xml.etree.ElementTree as ElementTree
from collections import defaultdict
from pathlib import Path

import pytest

ADDONS = Path(__file__).parents[2] / "addons"
#: What a phone shows whole.
COLUMNS = 6


def records(kind):
    for file in sorted(ADDONS.glob("*/*/*.xml")):
        for record in ElementTree.parse(file).iter("record"):
            if record.get("model") == kind:
                values = {
                    field.get("name"): field.text for field in record.findall("field")
                }
                yield file, record, values


def columns(element):
    return sum(
        child.get("column_invisible") is None and child.get("optional") != "hide"
        for child in element.findall("field")
    )


@pytest.fixture(scope="module")
def written():
    """{model: {kind of view: its arch}}"""
    found = defaultdict(dict)
    for _file, record, values in records("ir.ui.view"):
        arch = record.find("field[@name='arch']")
        if arch is not None and len(arch) and "inherit_id" not in values:
            found[values["model"]][arch[0].tag] = arch[0]
    return found


@pytest.fixture(scope="module")
def actions():
    """(identifier, model, [kind of view]) of what opens our models."""
    found = []
    for file, record, values in records("ir.actions.act_window"):
        if values["res_model"].startswith("tierslieux."):
            name = f"{file.parts[-3]}.{record.get('id')}"
            modes = values.get("view_mode", "list,form").split(",")
            found.append((name, values["res_model"], modes))
    assert len(found) > 50, "where are the actions?"
    return found


def test_no_view_is_made_up(written, actions):
    # the list of activities is the same for all models
    missing = {
        (name, mode)
        for name, model, modes in actions
        for mode in modes
        if mode != "activity" and mode not in written[model]
    }
    assert not missing


def test_a_wide_list_has_cards_for_a_phone(written, actions):
    missing = {
        name
        for name, model, modes in actions
        if "list" in modes
        and "kanban" not in modes
        and columns(written[model]["list"]) > COLUMNS
    }
    assert not missing
