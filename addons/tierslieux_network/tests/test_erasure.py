# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools import SQL

from .common import NetworkCommon

TOKENS = ("zyxwvut", "0699887766", "qponmlk")


class TestErasure(NetworkCommon):
    """After the erasure of a person, nothing of theirs is left in any text of the
    database, but for what the law makes us keep."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.person = cls.env["res.partner"].create(
            {
                "name": "Zoé Zyxwvut",
                "email": "zoe.zyxwvut@example.org",
                "phone": "0699887766",
                "street": "3 rue Qponmlk",
                "comment": "Amie de Zyxwvut",
            }
        )
        cls.user = cls.env["res.users"].create(
            {
                "login": "zoe.zyxwvut@example.org",
                "partner_id": cls.person.id,
                "group_ids": cls.env.ref("base.group_portal"),
            }
        )
        cls.profile = cls.env["tierslieux.profile"].create(
            {
                "partner_id": cls.person.id,
                "headline": "Potière chez Zyxwvut",
                "biography": "Née Zyxwvut, au 0699887766",
                "visibility_name": "public",
                "visibility_headline": "public",
            }
        )
        cls.membership = cls.env["tierslieux.membership"].create(
            {
                "partner_id": cls.person.id,
                "college_id": cls.env.ref("tierslieux_network.college_public").id,
                "event_ids": [
                    Command.create({"kind": kind})
                    for kind in ("application", "admission")
                ],
            }
        )
        cls.membership.message_post(body="Appeler Zyxwvut au 0699887766")

    def traces(self, token):
        """``{table.column}`` of the texts of the database that hold a token."""
        self.env.flush_all()
        columns = self.env.execute_query(
            SQL(
                """
                SELECT columns.table_name, columns.column_name
                  FROM information_schema.columns
                  JOIN information_schema.tables USING (table_schema, table_name)
                 WHERE table_schema = current_schema
                   AND tables.table_type = 'BASE TABLE'
                   AND columns.data_type IN
                       ('text', 'character varying', 'character', 'json', 'jsonb')
                """
            )
        )
        by_table = {}
        for table, column in columns:
            by_table.setdefault(table, []).append(column)
        found = set()
        for table, names in by_table.items():
            [holds] = self.env.execute_query(
                SQL(
                    "SELECT %s FROM %s",
                    SQL(", ").join(
                        SQL(
                            "bool_or(%s::text ILIKE %s)",
                            SQL.identifier(name),
                            f"%{token}%",
                        )
                        for name in names
                    ),
                    SQL.identifier(table),
                )
            )
            found |= {
                f"{table}.{name}"
                for name, hold in zip(names, holds, strict=True)
                if hold
            }
        return found

    def test_the_core_lookup_finds_our_records(self):
        lookup = self.env["privacy.lookup.wizard"].create(
            {"name": self.person.name, "email": self.person.email}
        )
        lookup.action_lookup()
        found = {(line.res_model, line.res_id) for line in lookup.line_ids}
        self.assertIn(("res.partner", self.person.id), found)
        self.assertIn(("tierslieux.membership", self.membership.id), found)

    def test_the_scan_sees_the_person(self):
        found = self.traces("zyxwvut")
        for place in (
            "res_partner.name",
            "res_users.login",
            "tierslieux_profile.biography",
            "tierslieux_profile.public_text",
            "tierslieux_membership.sort_name",
            "mail_message.body",
        ):
            self.assertIn(place, found)

    def test_the_board_erases_without_being_accountant(self):
        wizard = (
            self.env["tierslieux.erasure"]
            .with_user(self.create_user("board"))
            .create({"partner_id": self.person.id})
        )
        self.assertFalse(wizard.kept)
        with self.assertRaises(UserError):
            wizard.action_erase()
        wizard.confirmed = True
        done = wizard.action_erase()
        self.assertFalse(self.person.active)
        # the list of what is left is for administrators: no page the board may not read
        self.assertEqual(done["tag"], "display_notification")

    def test_letters_to_a_longer_address_stay(self):
        letters = self.env["mail.mail"].create(
            [
                {"email_to": f"Une <{address}>", "body_html": "x"}
                for address in (self.person.email, f"a{self.person.email}")
            ]
        )
        self.person._erase_person()
        self.assertEqual(letters.exists(), letters[1])

    def test_nothing_is_left(self):
        self.person._erase_person()
        for token in TOKENS:
            self.assertEqual(self.traces(token), set(), token)
        self.assertFalse(self.profile.exists())
        self.assertFalse(self.user.active)

    def test_events_stay(self):
        events = self.membership.event_ids
        self.person._erase_person()
        self.assertEqual(len(events), 2)
        self.assertLessEqual(set(events), set(self.membership.event_ids))
        self.assertEqual(self.membership.state, "withdrawn")
        self.assertFalse(self.membership.on_roll)

    def test_invoices_keep_name_and_address(self):
        invoice = self.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": self.person.id,
                "invoice_line_ids": [
                    Command.create({"name": "Cotisation", "price_unit": 60})
                ],
            }
        )
        invoice.action_post()
        number, total = invoice.name, invoice.amount_total
        self.person._erase_person()
        self.assertEqual((invoice.name, invoice.state), (number, "posted"))
        self.assertEqual(invoice.amount_total, total)
        self.assertEqual(invoice.partner_id.name, "Zoé Zyxwvut")
        self.assertEqual(invoice.partner_id.street, "3 rue Qponmlk")
        self.assertEqual(self.traces("0699887766"), set())
        kept = {
            "account_move.invoice_partner_display_name",
            "res_partner.name",
            "res_partner.complete_name",
            "tierslieux_membership.sort_name",
        }
        self.assertLessEqual(self.traces("zyxwvut"), kept)
