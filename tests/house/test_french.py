"""The French of every module is whole: no term is left out, none only guessed."""

import ast
import re
from pathlib import Path

import pytest

ADDONS = Path(__file__).parents[2] / "addons"
ENTRY = re.compile(r'^msgid ((?:".*"\n)+)msgstr ((?:".*"(?:\n|\Z))+)', re.MULTILINE)
#: What is filled in, by name or in turn, and tags: the translation has the same.
MARKS = re.compile(r"%\(\w+\)[a-z]|%[sd]|\{\{.*?\}\}|</?[a-z]+(?=[\s/>])")


def texts():
    return sorted(ADDONS.glob("*/i18n/fr.po"))


def text(quoted):
    return "".join(ast.literal_eval(line) for line in quoted.splitlines())


def entries(file):
    """``[(source, French)]`` without the head of the file."""
    found = ENTRY.findall(file.read_text(encoding="utf-8"))
    return [(text(source), text(french)) for source, french in found][1:]


def test_every_module_that_speaks_has_its_french():
    speaking = {
        folder.parent.name
        for folder in ADDONS.glob("*/views")
        if any(folder.glob("*.xml"))
    }
    assert "tierslieux_network" in speaking
    assert not speaking - {file.parts[-3] for file in texts()}


@pytest.mark.parametrize("file", texts(), ids=lambda file: file.parts[-3])
def test_french_is_whole(file):
    content = file.read_text(encoding="utf-8")
    found = entries(file)
    assert len(found) == content.count("\nmsgid ") - 1 > 5, "an entry is not read"
    assert "#, fuzzy" not in content
    assert not [source for source, french in found if not french.strip()]


@pytest.mark.parametrize("file", texts(), ids=lambda file: file.parts[-3])
def test_french_fills_in_the_same(file):
    assert not [
        (source, french)
        for source, french in entries(file)
        if sorted(MARKS.findall(source)) != sorted(MARKS.findall(french))
    ]
