# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import json
import tempfile
from pathlib import Path

from frictionless import Resource, Schema

from odoo.tests import HttpCase, tagged
from odoo.tools import file_open

from .common_census import SIRET, STANDARDS, CensusCommon

FILES = ("csv", "json", "geojson")


@tagged("post_install", "-at_install")
class TestOpenData(CensusCommon, HttpCase):
    def get(self, extension, **headers):
        return self.url_open(f"/open-data/lieux.{extension}", headers=headers)

    def many_venues(self):
        """Venues of every sort: full, bare, odd."""
        structure = self.env["res.partner"].create(
            {
                "name": "Mairie",
                "is_company": True,
                "company_registry": SIRET,
                "country_id": self.env.ref("base.fr").id,
            }
        )
        wifi = self.env.ref("tierslieux_network.service_wifi")
        seniors = self.env.ref("tierslieux_network.audience_seniors")
        self.create_venue(
            'Tout, dit "ainsi" ; là',
            street="1 rue A",
            structure_id=structure.id,
            service_ids=wifi.ids,
            audience_ids=seniors.ids,
            opening_hours="Mo-Fr 09:00-12:00; Sa 22:00-02:00",
            phone="04 72 00 00 00",
            email="contact@example.org",
            website="example.org",
            summary="Résumé\nsur deux lignes",
            description="<p>Un <b>lieu</b></p><ul><li>bois</li></ul>",
            partner_latitude=45.0000001,
            partner_longitude=-0.00001,
            standard_values={"frais_a_charge": "Gratuit", "source": "Hubik"},
        )
        self.create_venue("Nu", commune_id=False, city="Bron", zip="69500")
        self.create_venue("Bizarre", phone="au comptoir", email="?", website="?")
        self.create_venue("À Bruxelles", zip="B-1000", commune_id=False)
        self.create_venue("Fermé", state="closed", closing_date="2024-01-01")

    def test_frictionless_finds_no_error(self):
        self.many_venues()
        with tempfile.TemporaryDirectory() as folder:
            Path(folder, "lieux.csv").write_bytes(self.get("csv").content)
            with file_open(
                STANDARDS + "lieux-mediation-numerique-1.0.2.schema.json"
            ) as file:
                schema = Schema.from_descriptor(json.load(file))
            resource = Resource(path="lieux.csv", basepath=folder, schema=schema)
            report = resource.validate()
        self.assertTrue(report.valid, report.flatten(["rowNumber", "note"]))
        # of the six, the one in Brussels has no French postcode
        self.assertEqual(report.tasks[0].stats["rows"], 5)

    def test_export_then_import_changes_nothing(self):
        self.many_venues()
        content = self.env["tierslieux.venue"]._open_data_csv("")
        census = self.census(content)
        census.action_check()
        self.assertEqual(census.state, "checked", census.report)
        self.assertEqual(self.counts(census), (0, 0, 5, 0), census.report)

    def test_published_venues_only(self):
        for extension in FILES:
            self.venue.write({"partner_latitude": 45, "partner_longitude": 4})
            self.other_venue.write({"partner_latitude": 45, "partner_longitude": 4})
            content = self.get(extension).text
            self.assertIn("Établi du Rhône", content)
            self.assertNotIn("Fabrique de la Saône", content)

    def test_no_person(self):
        manager = self.create_user("venue_manager", "gerante")
        manager.partner_id.write({"name": "Ada Nomdegens", "email": "ada@example.org"})
        profile = self.env["tierslieux.profile"].create(
            {"partner_id": manager.partner_id.id}
        )
        self.venue.write(
            {
                "manager_ids": manager.ids,
                "facilitator_ids": profile.ids,
                "structure_id": manager.partner_id.id,
                "partner_latitude": 45,
                "partner_longitude": 4,
            }
        )
        for extension in FILES:
            content = self.get(extension).text
            self.assertNotIn("Nomdegens", content)
            self.assertNotIn("ada@", content)

    def test_json(self):
        self.many_venues()
        answer = self.get("json").json()
        self.assertEqual(answer["licence"]["name"], "etalab-2.0")
        (full,) = (lieu for lieu in answer["lieux"] if lieu["nom"].startswith("Tout"))
        self.assertEqual(full["pivot"], SIRET)
        self.assertEqual(full["latitude"], 45.0000001)
        self.assertEqual(full["offre"], ["Accès à internet"])
        self.assertIn("/lieux/", full["page"])
        self.assertEqual(len(answer["lieux"]), 6)
        own = set(self.env["tierslieux.venue"]._open_data_own_columns())
        columns = set().union(*answer["lieux"])
        self.assertLessEqual({"categorie", "etat", "espace_cafe"}, own & columns)

    def test_geojson(self):
        self.many_venues()
        answer = self.get("geojson").json()
        self.assertEqual(answer["type"], "FeatureCollection")
        (feature,) = answer["features"]
        self.assertEqual(feature["geometry"]["coordinates"], [-0.00001, 45.0000001])
        self.assertEqual(feature["properties"]["telephone"], "+33472000000")

    def test_caches_and_other_sites_may_read(self):
        for extension, content_type in (
            ("csv", "text/csv"),
            ("json", "application/json"),
            ("geojson", "application/geo+json"),
        ):
            answer = self.get(extension)
            self.assertEqual(answer.status_code, 200)
            self.assertTrue(answer.headers["Content-Type"].startswith(content_type))
            self.assertEqual(answer.headers["Access-Control-Allow-Origin"], "*")
            self.assertEqual(answer.headers["Cache-Control"], "public, max-age=3600")
            self.assertNotIn("Set-Cookie", answer.headers)
            etag, date = answer.headers["ETag"], answer.headers["Last-Modified"]
            for headers in ({"If-None-Match": etag}, {"If-Modified-Since": date}):
                again = self.get(extension, **headers)
                self.assertEqual(again.status_code, 304)
                self.assertFalse(again.content)

    def test_a_change_makes_a_new_version(self):
        def digest():
            return self.env["tierslieux.venue"]._query_open_data_version()["digest"]

        seen = {digest()}
        for change in (
            lambda: self.create_venue("De plus"),
            lambda: self.venue.write({"is_published": False}),
            lambda: self.other_venue.write({"is_published": True}),
            lambda: self.other_venue._set_weekly_hours(
                {self.other_venue: {0: [(540, 600)]}}
            ),
            lambda: self.other_venue.unlink(),
        ):
            change()
            self.assertNotIn(digest(), seen)
            seen.add(digest())

    def test_as_many_queries_for_few_venues_as_for_many(self):
        def queries(extension):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            venues = self.env["tierslieux.venue"]
            venues._query_open_data_version()
            content = getattr(venues, f"_open_data_{extension}")("https://example.org")
            self.assertTrue(content)
            return self.env.cr.sql_log_count - before

        self.many_venues()
        # what Odoo keeps in memory, such as translated labels, is read once
        for extension in FILES:
            queries(extension)
        few = {extension: queries(extension) for extension in FILES}
        for number in range(60):
            self.create_venue(
                f"Lieu {number}",
                opening_hours="Mo 09:00-12:00",
                structure_id=self.env["res.partner"]
                .create({"name": f"S{number}", "is_company": True})
                .id,
            )
        queries("json")
        self.assertEqual({e: queries(e) for e in FILES}, few)

    def test_page(self):
        answer = self.url_open("/open-data")
        self.assertEqual(answer.status_code, 200)
        self.assertIn("Licence Ouverte 2.0", answer.text)
        for extension in FILES:
            self.assertIn(f"/open-data/lieux.{extension}", answer.text)
