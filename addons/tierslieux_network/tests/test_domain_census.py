# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import json
from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase
from odoo.tools import file_open

from ..domain import census, census_columns, census_file, opening_hours, rich_text

DATA = "tierslieux_network/tests/data/standards/"
CODES = {
    "services": {"Accès internet et matériel informatique": "wifi"},
    "audiences": {"Jeunes": "young", "Femmes": "women"},
}
VALUES_OF = {
    key: {code: value for value, code in words.items()} for key, words in CODES.items()
}
STANDARD = {column.name: column for column in census_columns.COLUMNS}


def read(row):
    row = {name: text.strip() for name, text in row.items()}
    return census.read_row(row, 2, CODES)


def write(values):
    """The row of values whose codes became the standard's words again."""
    words = {
        key: {VALUES_OF[key][code] for code in values.get(key, ())} for key in VALUES_OF
    }
    return census.to_row({**values, **words})


def choices(name):
    return st.lists(st.sampled_from(STANDARD[name].choices), unique=True).map("|".join)


text = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=20)
paragraphs = st.lists(text, min_size=1, max_size=4).map("\n\n".join)
minutes = st.tuples(st.integers(0, 23), st.integers(0, 59)).map(
    lambda clock: "{:02d}:{:02d}".format(*clock)
)
hours = st.builds(
    "{}-{} {}-{}; {} off".format,
    st.sampled_from(opening_hours.DAYS),
    st.sampled_from(opening_hours.DAYS),
    minutes.map(lambda clock: clock.replace("23:", "00:")),
    st.just("23:59"),
    st.sampled_from([*opening_hours.DAYS, "PH"]),
).filter(lambda hours: "23:59-23:59" not in hours)
degrees = st.integers(-90 * 10**7, 90 * 10**7).map(lambda n: f"{n / 10**7:.7f}")
rows = st.fixed_dictionaries(
    {
        "id": text,
        "pivot": st.sampled_from(
            ["43493312300029", "W691234567", "00000000000000", "123456789a"]
        ),
        "nom": text,
        "commune": text,
        "code_postal": st.from_regex(r"[0-9]{5}", fullmatch=True),
        "code_insee": st.sampled_from(["", "69123", "2A004", "97411"]),
        "adresse": text,
        "complement_adresse": text | st.just(""),
        "latitude": degrees,
        "longitude": degrees,
        "typologie": st.sampled_from(["", "TIERS_LIEUX", "TIERS_LIEUX|ASSO"]),
        "telephone": st.sampled_from(["", "+33472000000", "04 72 00 00 00"]),
        "courriels": st.sampled_from(["", "a@b.fr", "a@b.fr|c@d.fr"]),
        "site_web": st.sampled_from(["", "https://a.fr", "a.fr|https://b.fr/c"]),
        "horaires": hours | st.sampled_from(["", "24/7", "Fr-Sa 22:00-02:00"]),
        "presentation_resume": text | st.just(""),
        "presentation_detail": paragraphs | st.just(""),
        "date_maj": st.dates().map(date.isoformat),
        **{name: text | st.just("") for name in ("source", "prise_rdv")},
        **{name: choices(name) for name, c in STANDARD.items() if c.choices},
    }
)


# a busy machine is not a failure
unhurried = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


class TestDomainCensus(BaseCase):
    def test_columns_are_those_of_the_schema(self):
        with file_open(DATA + "lieux-mediation-numerique-1.0.2.schema.json") as file:
            fields = json.load(file)["fields"]
        self.assertEqual([f["name"] for f in fields], list(census_columns.NAMES))
        for field in fields:
            column = STANDARD[field["name"]]
            limits = field["constraints"]
            self.assertEqual(column.required, limits.get("required", False), column)
            for choice in column.choices:
                self.assertRegex(choice, limits["pattern"])
            if column.choices:
                self.assertEqual(
                    limits["pattern"].replace("\\", "").count("|"),
                    # the bar between values, and those between choices
                    2 + len(column.choices) - 1,
                )

    def test_official_example_is_kept_to_the_letter(self):
        with file_open(DATA + "lieux-mediation-numerique.example.csv", "rb") as file:
            table = census_file.read_table(file.read())
        (entry,), problems = census.read_standard(table, CODES)
        self.assertFalse(problems)
        self.assertEqual(entry.line, 2)
        self.assertEqual(entry.values["siret"], "43493312300029")
        self.assertEqual(entry.values["audiences"], {"young", "women"})
        self.assertEqual(entry.values["hours"][5], [(8 * 60 + 30, 12 * 60)])
        row = dict(zip(table.headers, table.rows[0][1], strict=True))
        self.assertEqual(write(entry.values), row)

    @unhurried
    @given(rows)
    def test_a_round_trip_changes_nothing(self, row):
        values, problems = read(row)
        self.assertFalse(problems)
        again, problems = read(write(values))
        self.assertFalse(problems)
        # what the standard requires and the row lacked
        known = {key: again[key] for key in values}
        self.assertEqual(known, values | {"standard": again["standard"]})
        kept = {k: v for k, v in values["standard"].items() if v}
        self.assertEqual({k: v for k, v in again["standard"].items() if v}, kept)
        self.assertEqual(write(again), write(values))

    def test_what_came_is_exported_while_it_is_true(self):
        row = {"horaires": "Mo-Fr 09:00-12:00; PH off", "courriels": "a@b.fr|c@d.fr"}
        values, __ = read(row)
        self.assertEqual(write(values)["horaires"], row["horaires"])
        self.assertEqual(write(values)["courriels"], row["courriels"])
        values.update(hours={0: [(60, 120)]}, email="new@b.fr")
        self.assertEqual(write(values)["horaires"], "Mo 01:00-02:00")
        self.assertEqual(write(values)["courriels"], "new@b.fr")

    def test_services_added_in_the_network_join_those_that_came(self):
        values, __ = read({"services": "Insertion professionnelle via le numérique"})
        values["services"] = {"wifi"}
        self.assertEqual(
            write(values)["services"],
            "Insertion professionnelle via le numérique|"
            "Accès internet et matériel informatique",
        )

    def test_no_street_no_register(self):
        row = write({"identifier": "TL1", "name": "A", "city": "Lyon", "zip": "69001"})
        self.assertEqual(row["adresse"], "Lyon")
        self.assertEqual(row["pivot"], "00000000000000")
        self.assertEqual(census.missing_columns(row), ["date_maj"])
        values, __ = read(row)
        self.assertNotIn("street", values)
        self.assertNotIn("siret", values)

    def test_row_without_postcode_cannot_be_published(self):
        self.assertIn("code_postal", census.missing_columns(write({"zip": "B-1000"})))

    @unhurried
    @given(st.text())
    def test_rich_text_gives_back_the_text(self, text):
        tidy = rich_text.tidy(text)
        self.assertEqual(rich_text.tidy(tidy), tidy)
        self.assertEqual(rich_text.to_text(rich_text.to_html(text)), tidy)

    def test_rich_text_of_a_page(self):
        html = "<h2>Ici</h2><p>Un <b>atelier</b>&nbsp;!</p><ul><li>bois</li></ul>"
        self.assertEqual(rich_text.to_text(html), "Ici\n\nUn atelier\xa0!\n\n- bois")
