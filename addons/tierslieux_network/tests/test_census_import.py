# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import base64

from psycopg2.errors import SerializationFailure

from odoo.exceptions import UserError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from odoo.addons.queue_job.exception import RetryableJobError
from odoo.addons.queue_job.tests.common import trap_jobs

from ..models import tierslieux_census_import
from .common_census import (
    SIRET,
    CensusCommon,
    example_file,
    standard_file,
    standard_row,
)


@tagged("post_install", "-at_install")
class TestCensusImport(CensusCommon):
    def test_dry_run_writes_no_venue(self):
        before = self.env["tierslieux.venue"].search_count([])
        census = self.census(example_file())
        self.assertEqual(census.file_format, "standard")
        census.action_check()
        self.assertEqual(census.state, "checked")
        self.assertEqual(self.counts(census), (1, 0, 0, 0))
        self.assertIn("Anonymal", census.report_html)
        self.assertEqual(self.env["tierslieux.venue"].search_count([]), before)

    def test_the_example_of_the_standard(self):
        self.imported(example_file())
        venue = self.find("structure-1")
        self.assertEqual(venue.name, "Anonymal")
        self.assertEqual(venue.structure_id.company_registry, SIRET)
        self.assertEqual(venue.commune_id.insee_code, "51454")
        self.assertEqual(
            venue.opening_hours, "Mo-Fr 09:00-12:00,14:00-18:30; Sa 08:30-12:00"
        )
        self.assertEqual(venue.audience_ids.mapped("code"), ["young", "women"])
        self.assertEqual(venue.service_ids.mapped("code"), ["digital_mediation"])
        self.assertEqual(venue.email, "contact@laquincaillerie.tl")
        self.assertEqual(venue.partner_latitude, 43.52609)
        self.assertEqual(venue.state, "open")
        self.assertFalse(venue.is_published)
        self.assertEqual(
            venue.standard_values["frais_a_charge"], "Gratuit sous condition|Payant"
        )

    def test_round_trip_with_the_example(self):
        self.imported(example_file(), publish=True)
        exported = self.env["tierslieux.venue"]._open_data_csv("")
        census = self.imported(exported)
        # the two venues of the common set-up have no register nor street: the
        # export says so as the standard does, and that changes nothing either
        self.assertEqual(self.counts(census), (0, 0, 2, 0))
        self.assertEqual(self.env["tierslieux.venue"]._open_data_csv(""), exported)

    def test_twice_changes_nothing(self):
        self.imported(example_file())
        venue = self.find("structure-1")
        self.env.flush_all()
        stamps = "UPDATE {} SET write_date = '2020-01-01'"
        for table in ("tierslieux_venue", "res_partner", "tierslieux_commune"):
            self.env.cr.execute(stamps.format(table))
        self.env.invalidate_all()
        census = self.imported(example_file())
        self.assertEqual(self.counts(census), (0, 0, 1, 0))
        self.env.invalidate_all()
        for record in (venue, venue.partner_id, venue.commune_id, venue.structure_id):
            self.assertEqual(record.write_date.year, 2020, record)

    def test_update_says_which_fields(self):
        self.imported(standard_file(standard_row(1), standard_row(2)))
        venue = self.find("lieu-1")
        venue.service_ids = self.env.ref("tierslieux_network.service_fabrication")
        changed = standard_row(
            1,
            nom="Bibliothèque",
            horaires="Mo 09:00-12:00",
            telephone="04 72 00 00 00",
            services="Accès internet et matériel informatique",
            presentation_detail="A\nB",
        )
        census = self.census(standard_file(changed, standard_row(2)))
        census.action_check()
        self.assertEqual(self.counts(census), (0, 1, 1, 0))
        ((line, name, action, keys),) = census.report["changes"]
        self.assertEqual((line, name, action), (2, "Bibliothèque", "Update"))
        self.assertEqual(
            set(keys.split(", ")),
            {"Name", "Opening Hours", "Phone", "Services", "Description"},
        )
        census.action_import()
        self.assertEqual(venue.name, "Bibliothèque")
        self.assertEqual(venue.opening_hours, "Mo 09:00-12:00")
        self.assertEqual(venue.phone, "+33472000000")
        # what the standard has no word for is kept
        self.assertEqual(set(venue.service_ids.mapped("code")), {"fabrication", "wifi"})
        self.assertEqual(str(venue.description), "<p>A<br>B</p>")
        self.assertEqual(
            self.counts(self.imported(standard_file(changed))), (0, 0, 1, 0)
        )

    def test_an_empty_cell_erases_nothing(self):
        self.imported(standard_file(standard_row(1, telephone="+33472000000")))
        self.imported(standard_file(standard_row(1, commune="Lyon 1er")))
        self.assertEqual(self.find("lieu-1").phone, "+33472000000")
        self.assertEqual(self.find("lieu-1").city, "Lyon 1er")

    def test_matched_on_register_then_name_and_commune(self):
        self.imported(standard_file(standard_row(1, pivot=SIRET), standard_row(2)))
        first, second = self.find("lieu-1"), self.find("lieu-2")
        census = self.imported(
            standard_file(
                standard_row(1, id="autre-1", nom="Rebaptisée", pivot=SIRET),
                standard_row(2, id="autre-2", nom="MEDIATHEQUE 2"),
            )
        )
        self.assertEqual(self.counts(census), (0, 2, 0, 0))
        self.assertEqual(first.identifier, "autre-1")
        self.assertEqual(second.identifier, "autre-2")

    def test_one_structure_for_its_venues(self):
        rows = [standard_row(n, pivot=SIRET) for n in (1, 2, 3)]
        self.imported(standard_file(*rows))
        structure = self.find("lieu-1").structure_id
        self.assertEqual(len(structure.structure_venue_ids), 3)
        self.imported(standard_file(standard_row(4, pivot="W691234567")))
        self.assertEqual(self.find("lieu-4").structure_id.rna, "W691234567")

    def test_columns_of_one_s_own(self):
        content = (
            "Nom;Catégorie;Ville;CP;Surface;Café;Structure;SIRET;Ouverture;Statut;Rien\n"
            "La Fabrique;Fablab;Lyon;69001;1 200;oui;Assoc;"
            f"{SIRET};02/04/2024;Ouvert;x\n"
            "Le Nid;;Bron;69500;;non;Assoc;;;Projet;\n"
        )
        census = self.imported(content.encode("cp1252"), category_id=self.coworking.id)
        self.assertEqual(census.file_format, "mapped")
        self.assertEqual(self.counts(census), (2, 0, 0, 0))
        venues = self.env["tierslieux.venue"].search([], order="id desc", limit=2)
        nest, factory = venues
        self.assertEqual(factory.category_id, self.fablab)
        self.assertEqual(factory.commune_id, self.commune)
        self.assertEqual((factory.surface, factory.has_cafe), (1200, True))
        self.assertEqual(factory.structure_id.name, "Assoc")
        self.assertEqual((nest.category_id, nest.state), (self.coworking, "project"))
        again = self.imported(content.encode("cp1252"))
        self.assertEqual(self.counts(again), (0, 0, 2, 0))

    def test_the_mapping_is_chosen_and_kept(self):
        census = self.census("Endroit,Où\nLe Nid,Bron\n")
        self.assertEqual(
            [tuple(p) for p in self.problems(census)],
            [("", "", "", "a column of the file for: Name")],
        )
        with Form(census) as form:
            for rank, target in enumerate(("name", "city")):
                with form.column_ids.edit(rank) as column:
                    column.target = target
        self.assertEqual(census.state, "draft")
        census.action_check()
        self.assertEqual(self.counts(census), (1, 0, 0, 0))
        self.assertEqual(census.column_ids.mapped("target"), ["name", "city"])

    def test_all_or_nothing(self):
        before = self.env["tierslieux.venue"].search_count([])
        census = self.census(standard_file(standard_row(1), standard_row(2)))
        census.action_check()
        census.file = base64.b64encode(
            standard_file(standard_row(1), standard_row(2, code_insee="1"))
        )
        with self.assertRaisesRegex(UserError, "Check"):
            census.action_import()
        census.state = "checked"  # as if the data had changed since the check
        census.action_import()
        self.assertEqual(census.state, "refused")
        self.assertEqual(self.env["tierslieux.venue"].search_count([]), before)

    def test_what_the_database_refuses(self):
        census = self.census(standard_file(standard_row(1), standard_row(2)))
        census.action_check()
        create = type(self.env["tierslieux.venue"])._census_create

        def refuse(venues, *args):
            create(venues, *args)
            raise UserError(self.env._("no more room"))

        self.patch(type(self.env["tierslieux.venue"]), "_census_create", refuse)
        census.action_import()
        self.assertEqual(census.state, "refused")
        self.assertIn("no more room", census.report["problems"][0][3])
        self.assertFalse(self.find("lieu-1"))

    def test_many_lines_are_a_job_with_progress(self):
        self.patch(tierslieux_census_import, "LINES_AT_ONCE", 4)
        self.patch(tierslieux_census_import, "BATCH", 2)
        census = self.census(standard_file(*map(standard_row, range(5))))
        census.action_check()
        with trap_jobs() as trap:
            census.action_import()
            self.assertEqual(census.state, "queued")
            trap.assert_jobs_count(1, only=census._run_import_job)
        told = []
        progress = type(census.progress_ids)
        tell = progress._tell

        def tell_and_look(step, done, total):
            tell(step, done, total)
            step.invalidate_recordset()
            census.invalidate_recordset(["progress"])
            told.append(census.progress)

        self.patch(progress, "_tell", tell_and_look)
        with self.enter_registry_test_mode():
            census._run_import_job()
        self.assertEqual(told, [40, 80, 100])
        self.assertEqual(census.state, "done")
        # a job cut short is simply run again
        with self.enter_registry_test_mode():
            census._run_import_job()
        self.assertEqual(self.counts(census), (0, 0, 5, 0))

    def test_two_imports_wait_for_each_other(self):
        census = self.census(standard_file(standard_row(1)))
        census.action_check()
        row = self.env.ref("tierslieux_network.census_imported_on")
        with self.registry.cursor() as other:
            self.assertTrue(row.with_env(self.env(cr=other)).try_lock_for_update())
            with self.assertRaisesRegex(UserError, "Another census"):
                census.action_import()
            with self.assertRaises(RetryableJobError):
                census._run_import_job()
        census.action_import()
        self.assertEqual(census.state, "done")

    def test_as_many_queries_for_few_lines_as_for_many(self):
        def queries(first, count):
            rows = [
                standard_row(n, pivot=SIRET, horaires="Mo-Fr 09:00-12:00")
                for n in range(first, first + count)
            ]
            census = self.census(standard_file(*rows))
            census.action_check()
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            census.action_import()
            self.env.flush_all()
            self.assertEqual(census.state, "done")
            return self.env.cr.sql_log_count - before

        queries(0, 5)
        few = queries(100, 10)
        many = queries(200, 90)
        # the database is written a hundred records at a time
        self.assertLess(many, few + 20)


@tagged("post_install", "-at_install")
class TestCensusConcurrency(CensusCommon):
    def test_an_import_begun_before_the_end_of_another_is_run_again(self):
        """It would not see the venues of the other: PostgreSQL refuses it, and Odoo
        runs it again on what is known by then."""
        row = self.env.ref("tierslieux_network.census_imported_on")
        row.read()
        with self.registry.cursor() as late, self.registry.cursor() as other:
            late.execute("SELECT 1 FROM ir_config_parameter LIMIT 1")
            Import = self.env["tierslieux.census.import"]
            self.assertTrue(Import.with_env(self.env(cr=other))._lock_census())
            other.commit()
            with mute_logger("odoo.sql_db"), self.assertRaises(SerializationFailure):
                Import.with_env(self.env(cr=late))._lock_census()
            late.rollback()
