# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from psycopg2.errors import ExclusionViolation

from odoo.exceptions import UserError
from odoo.tests import Form
from odoo.tools import mute_logger, sql

from .common import GovernanceCommon


class TestMandate(GovernanceCommon):
    def mandate(self, date_from, date_to=False, role="chair"):
        mandate = self.env["tierslieux.mandate"].create(
            {
                "partner_id": self.ada.id,
                "role": role,
                "date_from": date_from,
                "date_to": date_to,
            }
        )
        self.env.flush_all()
        return mandate

    def test_terms_of_a_role_do_not_overlap(self):
        self.assertTrue(
            sql.constraint_definition(
                self.env.cr, "tierslieux_mandate", "tierslieux_mandate_no_overlap"
            )
        )
        self.mandate(date(2024, 1, 1), date(2024, 12, 31))
        self.mandate(date(2025, 1, 1))
        self.mandate(date(2024, 6, 1), role="treasurer")
        for term in (
            (date(2024, 12, 31), date(2024, 12, 31)),
            (date(2023, 1, 1), None),
            (date(2030, 1, 1), None),
        ):
            with (
                self.assertRaises(ExclusionViolation),
                mute_logger("odoo.sql_db"),
                self.env.cr.savepoint(),
            ):
                self.mandate(*term)

    def elect(self, **values):
        election = self.convene().motion_ids[1]
        ada, hedy = election.candidate_ids
        ada.partner_id = self.ada
        return self.resolve(
            election,
            outcome="elected",
            verdict={"count": {"winners": ["Hedy Lamarr", "Ada Lovelace"]}},
            **values,
        ), hedy

    def wizard(self, resolution):
        action = resolution.action_open_mandates()
        return Form(self.env[action["res_model"]].with_context(**action["context"]))

    def test_from_an_election_to_mandates(self):
        resolution, _hedy = self.elect()
        form = self.wizard(resolution)
        form.date_to = date(2029, 10, 23)
        with form.line_ids.edit(0) as line:
            self.assertEqual(line.name, "Hedy Lamarr")
            line.partner_id = self.hedy
            line.role = "treasurer"
        form.save().action_create()
        mandates = self.env["tierslieux.mandate"].search(
            [("motion_id", "=", resolution.motion_id.id)]
        )
        self.assertEqual(
            {(one.partner_id, one.role, one.date_from) for one in mandates},
            {
                (self.hedy, "treasurer", date(2026, 10, 24)),
                (self.ada, "member", date(2026, 10, 24)),
            },
        )

    def test_every_person_needs_a_contact(self):
        resolution, _hedy = self.elect()
        creation = self.wizard(resolution).save()
        with self.assertRaisesRegex(UserError, "Hedy"):
            creation.action_create()

    def test_only_an_election_gives_mandates(self):
        resolution = self.resolve(self.convene().motion_ids[0])
        creation = self.wizard(resolution).save()
        with self.assertRaises(UserError):
            creation.action_create()
