# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import json

from ..domain.accounts import line_of
from .common import FundingCommon

SIDES = ("charge", "product", "in_kind_charge", "in_kind_product")


class TestCategory(FundingCommon):
    def _code(self, account):
        lines = self.env["tierslieux.funding.category"]._for_accounts(
            self.accounts[account], *SIDES
        )
        return lines[self.accounts[account]].code

    def test_longest_prefix_decides(self):
        prefixes = {"other": "63, 69", "pay": "631,633", "none": None}
        self.assertEqual(line_of("633300", prefixes), "pay")
        self.assertEqual(line_of("635110", prefixes), "other")
        self.assertEqual(line_of("695000", prefixes), "other")
        self.assertIsNone(line_of("512001", prefixes))

    def test_every_account_of_result_has_a_line(self):
        accounts = [
            account
            for code, account in self.accounts.items()
            if code[:2].isdigit() and code[0] in "67"
        ]
        self.assertGreater(len(accounts), 100)
        found = self.env["tierslieux.funding.category"]._for_accounts(accounts, *SIDES)
        self.assertFalse([one.code for one, line in found.items() if not line])
        for account, line in found.items():
            self.assertEqual(line.side, "charge" if account.code < "7" else "product")

    def test_accounts_of_lines(self):
        for account, code in (
            ("601000", "60a"),
            ("606300", "60b"),
            ("611000", "61"),
            ("613200", "61a"),
            ("622600", "62a"),
            ("625100", "62c"),
            ("627800", "62d"),
            ("631100", "63a"),
            ("641200", "64a"),
            ("645100", "64b"),
            ("689400", "68"),
            ("754110", "75a"),
            ("756100", "75a"),
            ("755100", "75"),
            ("789400", "78"),
        ):
            with self.subTest(account=account):
                self.assertEqual(self._code(account), code)

    def test_in_kind_is_mapped_by_meaning(self):
        """The form's 870 is volunteering, its 875 gifts in kind: the other way round
        than in the chart."""
        for account, code in (
            ("860000", "860"),
            ("864000", "864"),
            ("875000", "870"),
            ("871000", "871"),
            ("870000", "875"),
        ):
            with self.subTest(account=account):
                self.assertEqual(self._code(account), code)

    def test_accounts_are_known_again_once_they_change(self):
        lines = self.env["tierslieux.funding.category"]
        root = self.company.root_id

        def known():
            found = json.loads(lines._accounts_beside_charges(root.id))
            return {one["account"]: (one["line"], one["side"]) for one in found}

        before = known()
        self.assertEqual(before["706000"], ("70", "product"))
        self.assertEqual(before["864000"], ("864", "in_kind_charge"))
        self.assertNotIn("606400", before)
        account = self.accounts["706000"].copy({"code": "706999"})
        self.assertEqual(known(), {**before, "706999": ("70", "product")})
        account.code = "756999"
        self.assertEqual(known(), {**before, "756999": ("75a", "product")})
        account.unlink()
        self.assertEqual(known(), before)
        line = lines.create(
            {"code": "test-706", "name": "Essai", "side": "product", "sequence": 1}
        )
        line.account_prefixes = "706000"
        self.assertEqual(known()["706000"], ("test-706", "product"))
        line.unlink()
        self.assertEqual(known(), before)
