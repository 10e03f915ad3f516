# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import base64
from unittest.mock import patch

from odoo.tests import tagged
from odoo.tools import SQL

from odoo.addons.tierslieux_network.tests.at_once import AtOnceCase

FILE = base64.b64encode(b"as signed")


@tagged("post_install", "-at_install")
class TestReportConcurrency(AtOnceCase):
    """The chair and the treasurer sign one report at once."""

    def setUp(self):
        super().setUp()
        # the files of a signature are another test's
        self.startPatcher(
            patch.object(
                self.registry["tierslieux.funding.report"],
                "_files",
                lambda *_arguments: {"xlsx": FILE, "pdf": FILE},
            )
        )
        with self.registry.cursor() as cr:
            env = self.environment(cr)
            funder = env["res.partner"].create({"name": "Financeur"})
            agreement = env["tierslieux.funding.agreement"].create(
                {
                    "name": "Signée à deux",
                    "funder_id": funder.id,
                    "source_id": env.ref("tierslieux_funding.source_grant").id,
                    "amount": 1000,
                    "date_from": "2026-01-01",
                    "date_to": "2026-12-31",
                    "state": "signed",
                }
            )
            report = env["tierslieux.funding.report"].create(
                {"agreement_id": agreement.id}
            )
            report.write(
                {
                    "content": {"table": []},
                    "digest": "0" * 64,
                    "frozen_on": "2027-01-15 10:00:00",
                    "user_id": env.uid,
                }
            )
            self.report_id = report.id
            self.removed = agreement, funder
        self.addCleanup(self.remove)

    def remove(self):
        with self.registry.cursor() as cr:
            for table, column in (
                ("tierslieux_funding_report_signature", "report_id"),
                ("tierslieux_funding_report", "id"),
            ):
                where = SQL("%s = %s", SQL.identifier(column), self.report_id)
                self.remove_fixed(cr, where, table)
            for record in self.removed:
                record.with_env(self.environment(cr)).unlink()

    def sign(self, name):
        def act(env):
            report = env["tierslieux.funding.report"].browse(self.report_id)
            report._sign(name, "présidente", "Lyon", "2027-02-01")

        return act

    def test_one_signs_and_the_other_is_told(self):
        answers = self.at_once(self.sign("Camille Roy"), self.sign("Dominique Lo"))
        self.assertEqual(len(answers), 2)
        [told] = [answer for answer in answers if answer]
        self.assertRegex(told, "signing this report|signed already")
        with self.registry.cursor() as cr:
            report = self.environment(cr)["tierslieux.funding.report"].browse(
                self.report_id
            )
            self.assertEqual(len(report.signature_ids), 1)
