# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from psycopg2.errors import IntegrityConstraintViolation

from odoo.exceptions import UserError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from odoo.addons.tierslieux_governance.tests.common import GovernanceCommon


@tagged("post_install", "-at_install")
class TestBrandRules(HttpCase, GovernanceCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.convene()
        cls.carried = cls.resolve(cls.assembly.motion_ids[0])
        cls.rejected = cls.resolve(
            cls.assembly.motion_ids[1], "2026-02", name="Refus", outcome="rejected"
        )
        cls.rules = cls.env.ref("tierslieux_brand.rules_territorial_1").copy(
            {"number": 7, "decision": "De vive voix"}
        )

    def test_a_reference_in_words_is_not_enough(self):
        with self.assertRaises(UserError) as refusal:
            self.rules.with_context(lang="en_US").action_adopt()
        self.assertIn("resolution of the register", str(refusal.exception))
        self.assertFalse(self.rules.adopted_on)

    def test_a_resolution_not_carried_adopts_nothing(self):
        self.rules.resolution_id = self.rejected
        with self.assertRaises(UserError) as refusal:
            self.rules.action_adopt()
        self.assertIn(self.rejected.number, str(refusal.exception))

    def test_adopted_by_a_resolution(self):
        self.rules.resolution_id = self.carried
        self.rules.action_adopt()
        reference = f"{self.carried.number} – {self.carried.name}"
        self.assertEqual(self.rules.decision, reference)
        page = self.url_open(f"/marque/reglement/{self.rules.id}").text
        self.assertIn(reference, page)
        self.env.flush_all()
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(IntegrityConstraintViolation),
            self.env.cr.savepoint(),
        ):
            self.env.cr.execute(
                "UPDATE tierslieux_brand_rules SET resolution_id = NULL WHERE id = %s",
                (self.rules.id,),
            )
        self.assertFalse(self.rules.copy({"number": 8}).resolution_id)
