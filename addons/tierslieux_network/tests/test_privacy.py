# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.account.tests.common import AccountTestInvoicingCommon

from .common import NetworkCommon


class TestErasure(NetworkCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.member = cls.create_user("member", "zoe@example.org")
        cls.person = cls.member.partner_id
        cls.person.write(
            {
                "name": "Zoé Bêta",
                "email": "zoe@example.org",
                "phone": "+33400000000",
                "street": "1 rue du Lac",
            }
        )
        cls.profile = cls.env["tierslieux.profile"].create(
            {"partner_id": cls.person.id, "headline": "Menuisière"}
        )
        cls.board = cls.create_user("board")

    def erase(self, person=None, user=None):
        wizard = self.env["tierslieux.erasure"].with_user(user or self.board)
        wizard = wizard.create({"partner_id": (person or self.person).id})
        wizard.confirmed = True
        return wizard.action_erase()

    def test_nothing_tells_who_it_was(self):
        self.person.message_post(body="Bonjour de Zoé", author_id=self.person.id)
        self.person._ask_for_erasure()
        self.erase()
        self.assertFalse(self.person.active)
        self.assertNotIn("Zoé", self.person.name)
        for field in ("email", "phone", "street", "image_1920", "comment"):
            self.assertFalse(self.person[field], field)
        self.assertFalse(self.profile.exists())
        self.assertFalse(self.member.active)
        self.assertNotIn("zoe", self.member.login)
        self.assertFalse(self.person.message_ids.filtered(lambda m: "Zoé" in m.body))
        self.assertFalse(self.person._erasure_activity())
        self.assertTrue(
            self.env["privacy.log"].search([("anonymized_name", "=", "Z** B***")])
        )

    def test_odoo_is_asked_what_still_names_the_person(self):
        self.env["mail.activity"].create(
            {
                "res_model_id": self.env["ir.model"]._get_id("res.partner"),
                "res_id": self.env.company.partner_id.id,
                "user_id": self.board.id,
            }
        )
        other = self.env["res.partner"].create(
            {"name": "Contact", "email": "zoe@example.org"}
        )
        action = self.erase(user=self.create_user("administrator"))
        lines = self.env["privacy.lookup.wizard.line"].search(action["domain"])
        self.assertIn(
            ("res.partner", other.id),
            lines.mapped(lambda line: (line.res_model, line.res_id)),
        )

    def test_it_has_to_be_confirmed(self):
        wizard = self.env["tierslieux.erasure"].create({"partner_id": self.person.id})
        with self.assertRaises(UserError):
            wizard.action_erase()
        self.assertEqual(self.person.name, "Zoé Bêta")

    def test_only_the_board_erases(self):
        with self.assertRaises(AccessError):
            self.env["tierslieux.erasure"].with_user(self.member).create(
                {"partner_id": self.person.id}
            )

    def test_neither_a_venue_nor_an_internal_user(self):
        for partner in (self.venue.partner_id, self.board.partner_id):
            with self.assertRaises(UserError):
                self.erase(partner)
            self.assertTrue(partner.active)


@tagged("post_install", "-at_install")
class TestErasureWithInvoices(AccountTestInvoicingCommon):
    def test_invoices_keep_name_and_address(self):
        person = self.partner_a
        person.write({"email": "zoe@example.org", "street": "1 rue du Lac"})
        name = person.name
        invoice = self.init_invoice(
            "out_invoice", partner=person, amounts=[40], post=True
        )
        self.assertEqual(len(person.sudo()._erasure_kept()), 1)
        person.sudo()._erase_person()
        self.assertEqual((person.name, person.street), (name, "1 rue du Lac"))
        self.assertFalse(person.active)
        self.assertFalse(person.email)
        self.assertEqual(invoice.state, "posted")
        self.assertEqual(invoice.partner_id, person)

    def test_all_is_told(self):
        invoice = self.init_invoice(
            "out_invoice", partner=self.partner_a, amounts=[40], post=True
        )
        told = self.partner_a.sudo()._personal_data()["factures"]
        self.assertIn(invoice.name, told[0].values())
