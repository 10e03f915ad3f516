# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import HttpCase, tagged

from odoo.addons.tierslieux_network.tests.matrix import Matrix, MatrixApi, MatrixTests

from .common import BrandCommon


class BrandRecords(Matrix, BrandCommon):
    """The venue manager runs the venue of the application: pages give them what is
    theirs, models give them nothing."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.users = cls.create_users(venue_manager=cls.ada)
        licence = cls.licensed()
        application = licence.application_ids
        grid = cls.rules.grid_id
        cls.as_user(application, cls.ada)._save_plan(
            {grid.criterion_ids[0].id: (3, "2027-01-01", "Agir")}
        )
        drafts = {
            "tierslieux.brand.rules": cls.rules.copy({"number": 9}),
            "tierslieux.brand.grid": grid.copy(),
        }
        adopted = {
            "rules": cls.rules,
            "grid": grid,
            "criterion": grid.criterion_ids[0],
            "level": grid.criterion_ids[0].level_ids[0],
            "question": grid.criterion_ids[0].question_ids[0],
        }
        cls.records = {
            ("tierslieux.brand", "any"): cls.brand,
            ("tierslieux.brand.asset", "any"): cls.env["tierslieux.brand.asset"].create(
                {
                    "brand_id": cls.brand.id,
                    "name": "Logo",
                    "file_name": "logo.txt",
                    "file": "bG9nbw==",
                }
            ),
            ("tierslieux.brand.registration", "any"): cls.env[
                "tierslieux.brand.registration"
            ].create(
                {
                    "brand_id": cls.brand.id,
                    "number": "4999999",
                    "date_from": "2026-01-01",
                    "date_to": "2036-01-01",
                }
            ),
            **{(model, "draft"): record for model, record in drafts.items()},
            **{
                (f"tierslieux.brand.{name}", "adopted"): record
                for name, record in adopted.items()
            },
            ("tierslieux.brand.application", "own"): application,
            ("tierslieux.brand.assessment", "own"): application.self_assessment_id,
            (
                "tierslieux.brand.assessment.line",
                "own",
            ): application.self_assessment_id.line_ids[0],
            ("tierslieux.brand.target", "own"): application.target_ids,
            ("tierslieux.brand.opinion", "any"): application.opinion_ids[0],
            ("tierslieux.brand.licence", "own"): licence,
            ("tierslieux.brand.licence.event", "own"): licence.event_ids,
        }
        cls.records = {
            key: record.with_env(cls.env) for key, record in cls.records.items()
        }


@tagged("post_install", "-at_install")
class TestAccessMatrix(MatrixTests, BrandRecords):
    """``access_matrix.csv`` is the table to review."""


@tagged("post_install", "-at_install")
class TestAccessFromOutside(MatrixApi, BrandRecords, HttpCase):
    def test_acts_are_not_called_from_outside(self):
        licence = self.records["tierslieux.brand.licence", "own"]
        application = self.records["tierslieux.brand.application", "own"]
        for record, method in (
            (licence, "_record"),
            (licence, "_appeal"),
            (application, "_decide"),
            (application, "_assign"),
        ):
            answer = self.call("board", record._name, method, ids=record.ids)
            self.assertEqual(answer.status_code, 403, method)
