# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from odoo.tests import BaseCase

from ..domain import census_match
from ..domain.census import Entry
from ..domain.census_match import Known

SIRET = "43493312300029"
COLUMNS = {"identifier": "id", "name": "nom"}


def line(number, name="L'Établi", city="Lyon", **values):
    return Entry(number, {"name": name, "city": city, **values})


def venue(number, identifier, name="L'Établi", city="Lyon", *registers):
    return Known(number, identifier, name, city, frozenset(registers))


class TestDomainCensusMatch(BaseCase):
    def test_identifier_then_register_then_place(self):
        known = [
            venue(1, "a"),
            venue(2, "b", "Autre nom", "Bron", SIRET),
            venue(3, "c", "Fabrique", "Écully"),
        ]
        entries = [
            line(2, "Rebaptisé", "Bron", identifier="a"),
            line(3, "Encore un nom", "Bron", identifier="z", siret=SIRET),
            line(4, "FABRIQUE", "Ecully"),
            line(5, "Nouveau"),
        ]
        self.assertEqual(census_match.match(entries, known), {2: 1, 3: 2, 4: 3})

    def test_register_of_several_venues_says_nothing(self):
        two = [venue(1, "a", "A", "Lyon", SIRET), venue(2, "b", "B", "Lyon", SIRET)]
        entry = line(2, "C", identifier="z", siret=SIRET)
        self.assertFalse(census_match.match([entry], two))
        lines = [entry, line(3, "D", identifier="y", siret=SIRET)]
        self.assertFalse(census_match.match(lines, two[:1]))

    def test_a_venue_answers_to_one_line(self):
        known = [venue(1, "a", "A", "Lyon", SIRET)]
        entries = [line(2, "A", identifier="a"), line(3, "Z", siret=SIRET)]
        self.assertEqual(census_match.match(entries, known), {2: 1})

    def test_order_of_the_lines_does_not_matter(self):
        known = [venue(1, "a", "A"), venue(2, "b", "B", "Bron", SIRET)]
        entries = [line(2, "A", siret=SIRET), line(3, "B", "Bron", identifier="a")]
        found = census_match.match(entries, known)
        self.assertEqual(found, census_match.match(entries[::-1], known))
        self.assertEqual(found, {2: 2, 3: 1})

    def test_same_place_twice_is_told(self):
        known = [venue(1, "a"), venue(2, "b")]
        entries = [line(2)]
        found = census_match.match(entries, known)
        (problem,) = census_match.ambiguous(entries, known, found, COLUMNS)
        self.assertEqual((problem.line, problem.code), (2, "ambiguous"))

    def test_duplicates(self):
        entries = [
            line(2, identifier="a"),
            line(3, identifier="b"),
            line(4, "Autre", identifier="a"),
            line(5, "Sans", "Bron"),
            line(6, "SANS", "bron"),
            line(7, ""),
            line(8, ""),
        ]
        problems = census_match.duplicates(entries, COLUMNS)
        self.assertEqual(
            [(p.line, p.column, p.value, p.code, p.expected) for p in problems],
            [(4, "id", "a", "twice", "2"), (6, "nom", "SANS", "twice", "5")],
        )

    def test_changes(self):
        known = {
            "name": "A",
            "surface": 10,
            "standard": {"source": "x", "horaires": "y"},
        }
        self.assertFalse(census_match.changes(known, {"name": "A"}))
        self.assertEqual(
            census_match.changes(
                known, {"name": "B", "standard": {"horaires": "", "prise_rdv": "u"}}
            ),
            {"name": "B", "standard": {"source": "x", "prise_rdv": "u"}},
        )
        self.assertEqual(
            census_match.changes({"city": "Lyon", "insee": "69123"}, {"city": "Bron"}),
            {"city": "Bron", "insee": None},
        )

    def test_what_the_file_cannot_say_stays(self):
        values = {"services": frozenset(["wifi"])}
        known = {"services": frozenset(["help", "childcare"])}
        census_match.keep_others(values, known, "services", {"wifi", "help"})
        self.assertEqual(values["services"], {"wifi", "childcare"})

    def test_state(self):
        today = date(2026, 1, 1)

        def code(**values):
            return census_match.state_problem({"today": today, **values})

        self.assertEqual(code(state="closed"), "closed_without_date")
        self.assertEqual(code(state="open", opened_on=date(2026, 1, 2)), "opens_later")
        self.assertEqual(
            code(state="closed", opened_on=today, closed_on=date(2025, 1, 1)),
            "closed_before_open",
        )
        self.assertFalse(code(state="project", opened_on=date(2027, 1, 1)))
