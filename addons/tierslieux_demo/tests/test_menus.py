# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import TransactionCase

LAST = 90
#: What is set up for the network itself is a menu beside the others.
APART = ("Network", "Configuration")


class TestMenus(TransactionCase):
    """All modules have their menus in one order: what is done every week, registers,
    reports, and last what is set up."""

    def test_what_is_set_up_is_last(self):
        root = self.env.ref("tierslieux_network.menu_root").with_context(lang="en_US")
        sections = root.child_id.filtered("child_id")
        self.assertGreaterEqual(len(sections), 9)
        for section in sections:
            with self.subTest(section.name):
                menus = section.child_id.sorted("sequence")
                if section.name not in APART:
                    self.assertTrue(menus[-1].child_id)
                    self.assertEqual(menus[-1].sequence, LAST)
                    self.assertEqual(menus[-1].name, "Configuration")
                before = [one.sequence for one in menus if one.sequence < LAST]
                self.assertEqual(len(set(before)), len(before), "in no order")
                names = menus.mapped("name")
                self.assertEqual(len(set(names)), len(names))
