# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import re
import unittest
from collections import Counter
from datetime import date
from math import cos, hypot, radians

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from stdnum.fr import siren, siret, tva

from odoo.addons.tierslieux_demo.domain import (
    french,
    identifiers,
    network,
    passes,
    reference,
    venues,
)
from odoo.addons.tierslieux_network.domain import opening_hours, roll

TODAY = date(2026, 11, 22)
# Ranges that the numbering plan keeps for fiction: ARCEP, decision 2018-0881.
FICTION = re.compile(
    r"^(01 99 00|02 61 91|03 53 01|04 65 71|05 36 49|06 39 98)( \d\d){2}$"
)
EXAMPLE = re.compile(r"@([a-z0-9-]{1,63}\.)?example\.org$")


class TestNetwork(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.network = network.generate(201, 2000, TODAY)

    def test_a_large_network_has_fewer_months_and_so_has_a_handful(self):
        counts = (60, 250, 2000, 6000, 20_000)
        months = [passes.months_over(count) for count in counts]
        self.assertEqual(months, [3, 11, 11, 5, 1])

    def test_the_census_of_lyon(self):
        kinds = Counter(venue["category"] for venue in self.network["venues"])
        self.assertEqual(
            kinds,
            {
                "coworking": 47,
                "fablab": 10,
                "nursery": 14,
                "workshop": 27,
                "hackerspace": 5,
                "incubator": 60,
                "accelerator": 8,
                "business_centre": 30,
            },
        )
        self.assertEqual(
            sum(venue["surface"] for venue in self.network["venues"]), 30_000
        )

    @settings(
        max_examples=12,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow],
    )
    @given(st.integers(8, 900))
    def test_any_size(self, count):
        rows = venues.generate(count, TODAY)
        self.assertEqual(len({row["name"] for row in rows}), count)
        self.assertEqual(
            sum(row["surface"] for row in rows), venues.total_surface(count)
        )
        self.assertGreaterEqual(
            min(row["surface"] for row in rows), venues.LEAST_SURFACE
        )
        self.assertEqual(sum(venues.categories(count).values()), count)

    def test_more_venues_than_names(self):
        rows = venues.generate(20_000, TODAY)
        self.assertEqual(len({row["name"] for row in rows}), 20_000)

    def test_the_same_for_the_same_sizes(self):
        again = network.generate(201, 2000, TODAY)
        self.assertEqual(network.digest(again), network.digest(self.network))
        other = network.generate(201, 2001, TODAY)
        self.assertNotEqual(network.digest(other), network.digest(self.network))

    def test_only_dates_depend_on_the_day(self):
        later = network.generate(201, 2000, date(2027, 2, 28))
        for kind in ("people", "organisations", "holders", "roles"):
            self.assertEqual(later[kind], self.network[kind])
        for field in ("name", "category", "surface", "street", "state", "summary"):
            self.assertEqual(
                [venue[field] for venue in later["venues"]],
                [venue[field] for venue in self.network["venues"]],
            )

    def test_too_small(self):
        for sizes in ((7, 100), (20, 11)):
            with self.assertRaises(network.TooSmallError):
                network.generate(*sizes, TODAY)

    def test_addresses_and_numbers_are_of_nobody(self):
        for kind in ("venues", "organisations", "people"):
            for row in self.network[kind]:
                self.assertRegex(row["email"], EXAMPLE)
                if row["phone"]:
                    self.assertRegex(row["phone"], FICTION)
        emails = [row["email"] for row in self.network["people"]]
        self.assertEqual(len(set(emails)), len(emails))

    def test_register_numbers_are_well_formed(self):
        for row in self.network["organisations"]:
            self.assertTrue(siret.is_valid(row["siret"]), row)
            self.assertTrue(siren.is_valid(row["siret"][:9]), row)
            self.assertTrue(tva.is_valid(identifiers.vat(row["siret"])), row)
            if row["legal_form"] == "association":
                self.assertRegex(row["rna"], r"^W\d{9}$")

    def test_venues_stand_in_their_commune(self):
        """Within seven kilometres of the centre, the size of Lyon and Lille."""
        communes = reference.communes()
        for venue in self.network["venues"]:
            commune = communes[venue["insee_code"]]
            north = (venue["latitude"] - commune["latitude"]) * 111.2
            east = venue["longitude"] - commune["longitude"]
            east *= 111.2 * cos(radians(venue["latitude"]))
            self.assertLess(hypot(north, east), 7, venue["name"])
            self.assertEqual(venue["city"], commune["name"])

    def test_states_and_dates_agree(self):
        states = Counter(venue["state"] for venue in self.network["venues"])
        self.assertEqual(states, {"open": 165, "project": 30, "closed": 6})
        for venue in self.network["venues"]:
            if venue["state"] == "open":
                self.assertLessEqual(venue["opening_date"], TODAY)
                self.assertTrue(opening_hours.parse(venue["hours"]))
            elif venue["state"] == "project":
                self.assertGreater(venue["opening_date"], TODAY)
            else:
                self.assertLess(venue["opening_date"], venue["closing_date"])
                self.assertLessEqual(venue["closing_date"], TODAY)

    def test_summaries_fit(self):
        for venue in self.network["venues"]:
            self.assertLessEqual(len(venue["summary"]), 280)

    @settings(
        max_examples=25,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow],
    )
    @given(st.dates(date(2026, 1, 1), date(2032, 12, 31)))
    def test_what_happened_to_members_is_in_order(self, today):
        rows = network.generate(20, 200, today)["memberships"]
        for row in rows:
            days = [day for _kind, day, _reason in row["events"]]
            self.assertEqual(days, sorted(days), row)
            self.assertLessEqual(days[-1], today)
            self.assertEqual(row["starts"], sorted(set(row["starts"])))
            self.assertTrue(all(start <= today for start in row["starts"]))
            for kind, _day, reason in row["events"]:
                self.assertEqual(kind in roll.LEAVING, bool(reason))

    def test_each_kind_of_member(self):
        rows = self.network["memberships"]
        kinds = Counter(kind for row in rows for kind, _d, _r in row["events"])
        self.assertEqual((kinds["exclusion"], kinds["refusal"]), (1, 1))
        self.assertGreater(kinds["lapse"], 10)
        self.assertGreater(kinds["withdrawal"], 5)
        self.assertGreater(sum(row["unpaid"] for row in rows), 30)
        colleges = Counter(row["college"] for row in rows)
        self.assertEqual(set(colleges), {"venue", "company", "public"})

    def test_team_without_two_hats(self):
        roles = self.network["roles"]
        team = [roles[role] for role in ("member", "facilitator", "treasurer")]
        team += [*roles["board"], *roles["managers"].values()]
        self.assertEqual(len(team), len(set(team)))
        self.assertEqual((len(roles["board"]), len(roles["managers"])), (3, 20))
        homes = {person["key"]: person["home"] for person in self.network["people"]}
        for venue, manager in roles["managers"].items():
            self.assertEqual(homes[manager], venue)

    def test_events_on_working_days(self):
        events = self.network["events"]
        self.assertEqual(len(events), 12)
        for event in events:
            self.assertLess(event["start"].weekday(), 5)
            self.assertGreater(event["start"].date(), TODAY)


class TestFrench(unittest.TestCase):
    def test_places_after_a_preposition(self):
        for place, of, at in [
            ("Gerland", "de Gerland", "à Gerland"),
            ("Écully", "d'Écully", "à Écully"),
            ("le Vieux-Lille", "du Vieux-Lille", "au Vieux-Lille"),
            ("les Pentes", "des Pentes", "aux Pentes"),
            ("la Croix-Rousse", "de la Croix-Rousse", "à la Croix-Rousse"),
            ("Hem", "de Hem", "à Hem"),
            ("Halluin", "d'Halluin", "à Halluin"),
        ]:
            self.assertEqual((french.of(place), french.at(place)), (of, at))

    def test_typography(self):
        self.assertEqual(
            french.typographic("L'atelier : « oui » !"),
            "L’atelier\xa0: «\xa0oui\xa0»\xa0!",
        )
