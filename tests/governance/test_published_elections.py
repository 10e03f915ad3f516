"""Real elections come out as published (see the README beside their files)."""

import csv

import pytest
from tierslieux_governance_domain import readers
from tierslieux_governance_domain.tally import METHODS, tally


@pytest.fixture
def count(elections):
    def counted(name, method, **options):
        content = (elections / name).read_bytes()
        return tally(readers.read(name, content), method, **options)

    return counted


def projects(elections, name):
    """The rows of the section PROJECTS, by project."""
    text = (elections / name).read_text(encoding="utf-8-sig")
    section = text.split("PROJECTS\n")[1].split("VOTES\n")[0]
    rows = csv.DictReader(section.splitlines(), delimiter=";")
    return {row["project_id"]: row for row in rows}


def test_glasgow_calton(count):
    result = count("glasgow_2007_calton.csv", "stv")
    assert result["quota"] == 1300
    assert result["valid"] == 5199
    assert result["seats"] == 3
    assert result["winners"] == ["George Redmond", "Alison E Thewliss", "Ruth Simpson"]
    first = result["rounds"][0]
    assert first["votes"]["George Redmond"] == 1982
    assert first["elected"] == ["George Redmond"]
    # 407 + … papers at 682 ÷ 1982 = 0.34409, cut to five decimals
    assert first["transfer"]["to"]["Gary Barton"] == 2.40863


def test_burlington_instant_runoff(count):
    result = count("burlington_2009_mayor.csv", "irv")
    assert result["winners"] == ["Bob Kiss"]
    last = result["rounds"][-1]["votes"]
    assert set(last) == {"Bob Kiss", "Kurt Wright"}
    assert last["Bob Kiss"] == 4313
    before = result["rounds"][-2]["votes"]
    assert before == {"Kurt Wright": 3294, "Bob Kiss": 2981, "Andy Montroll": 2554}


def test_burlington_condorcet(count):
    result = count("burlington_2009_mayor.csv", "schulze")
    assert result["condorcet_winner"] == "Andy Montroll"
    assert result["winners"] == ["Andy Montroll"]


def test_burlington_stv_of_one_seat_agrees_with_instant_runoff(count):
    assert count("burlington_2009_mayor.csv", "stv")["winners"] == ["Bob Kiss"]


def test_assen_equal_shares(count, elections):
    result = count("Netherlands_Assen_2024.pb", "equal-shares")
    rows = projects(elections, "Netherlands_Assen_2024.pb")
    published = {project for project, row in rows.items() if row["selected"] == "1"}
    assert len(published) == 9
    assert set(result["winners"]) == published
    assert len(result["winners"]) == 9
    assert result["cost"] == sum(int(rows[one]["cost"]) for one in published)
    left = set(result["left_out"])
    assert left == set(rows) - published


@pytest.mark.parametrize(
    "name", ["Netherlands_Assen_2024.pb", "France_Toulouse_2019.pb"]
)
def test_published_votes(name, count, elections):
    [shown] = count(name, "approval")["rounds"]
    assert shown["votes"] == {
        project: int(row["votes"]) for project, row in projects(elections, name).items()
    }


def test_toulouse_scores(count, elections):
    name = "France_Toulouse_2019.pb"
    result = count(name, "score", seats=3)
    assert result["rounds"][0]["votes"] == {
        project: int(row["score"]) for project, row in projects(elections, name).items()
    }
    assert result["winners"] == ["4", "16", "13"]


@pytest.mark.parametrize("method", METHODS)
def test_a_result_says_its_rules_and_its_lot(method, count):
    name = {
        "stv": "glasgow_2007_calton.csv",
        "irv": "burlington_2009_mayor.csv",
    }.get(method, "France_Toulouse_2019.pb")
    result = count(name, method, seed="drawn in public")
    assert list(result)[:5] == ["method", "winners", "rounds", "quota", "ties"]
    assert result["rules"]
    assert result["seed"] == "drawn in public"
