"""Every model and every group of ours stands in an access matrix.

Each module's tests hold its `access_matrix.csv` to what the server answers; this says
that nothing is left out, whichever module it is in.
"""

import ast
import csv
import re
from pathlib import Path

import pytest

ADDONS = Path(__file__).parents[2] / "addons"
#: Visitors, and people who have an account and nothing else.
EVERYBODY = {"public", "portal"}
MODELS = {"Model", "TransientModel"}


def matrices():
    return sorted(ADDONS.glob("*/tests/access_matrix.csv"))


def rows(file):
    with file.open(newline="", encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def covered():
    return {row["model"] for file in matrices() for row in rows(file)}


def declared(folder):
    """`{model: where}` of the models that a class of ours names and that are kept."""
    found = {}
    for file in sorted(folder.glob("*/**/*.py")):
        if "tests" in file.parts:
            continue
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.ClassDef):
                continue
            if not {getattr(base, "attr", "") for base in node.bases} & MODELS:
                continue
            for part in node.body:
                if (
                    isinstance(part, ast.Assign)
                    and getattr(part.targets[0], "id", "") == "_name"
                ):
                    name = ast.literal_eval(part.value)
                    if name.startswith("tierslieux."):
                        found[name] = str(file.relative_to(folder))
    return found


def accessible(folder):
    """The models that access lines of ours give, as the lines name them."""
    found = {}
    for file in sorted(folder.glob("*/security/ir.model.access.csv")):
        for row in rows(file):
            name = row["model_id:id"].split(".")[-1].removeprefix("model_")
            if name.startswith("tierslieux_"):
                found[name] = str(file.relative_to(folder))
    return found


def groups(folder):
    """The groups that our modules make, by the end of their names."""
    pattern = re.compile(r'<record\s+id="group_(\w+)"\s+model="res\.groups"')
    return {
        name
        for file in folder.glob("*/security/*.xml")
        for name in pattern.findall(file.read_text(encoding="utf-8"))
    }


def test_every_model_has_a_line():
    found = declared(ADDONS)
    assert "tierslieux.venue" in found
    assert "tierslieux.erasure" in found, "wizards too"
    assert "tierslieux.frozen" not in found, "keeps nothing of its own"
    known = covered()
    assert not {name: where for name, where in found.items() if name not in known}


def test_every_access_line_has_a_line():
    known = {name.replace(".", "_") for name in covered()}
    found = accessible(ADDONS)
    assert "tierslieux_venue" in found
    assert not {name: where for name, where in found.items() if name not in known}


@pytest.mark.parametrize("file", matrices(), ids=lambda file: file.parts[-3])
def test_every_group_has_a_column(file):
    found = groups(ADDONS)
    assert {"member", "administrator"} <= found
    assert not (found | EVERYBODY) - set(rows(file)[0])


@pytest.mark.parametrize("file", matrices(), ids=lambda file: file.parts[-3])
def test_every_matrix_is_asked_within_and_from_outside(file):
    tests = "".join(
        test.read_text(encoding="utf-8") for test in file.parent.glob("test_access*.py")
    )
    assert re.search(r"class \w+\(MatrixTests, ", tests)
    assert re.search(r"class \w+\(MatrixApi, ", tests)
