# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.exceptions import UserError

from .common import GovernanceCommon


class TestProxy(GovernanceCommon):
    def assert_refused(self, sentence, principal, holder=None):
        with self.assertRaisesRegex(UserError, sentence):
            self.give(principal, holder)

    def test_give_and_take_back(self):
        self.convene()
        proxy = self.give(self.hedy, self.ada)
        self.assertEqual(proxy.assembly_id, self.assembly)
        self.assert_refused("déjà donné", self.hedy, self.coop)
        proxy.action_revoke()
        self.assertTrue(proxy.revoked_reason)
        self.give(self.hedy, self.coop)

    def test_no_chain(self):
        self.convene()
        self.give(self.hedy, self.ada)
        self.assert_refused("ne se transmet pas", self.ada, self.coop)
        self.assert_refused("ne sera pas là", self.coop, self.hedy)

    def test_cap_counts_the_person(self):
        self.change_statutes(proxy_cap=1)
        self.convene()
        self.give(self.hedy, self.ada)
        # The town's delegate is Ada too: the same person
        self.assert_refused("article 10", self.coop, self.town)
        self.assertEqual(self.assembly.proxy_ids.holder_id.voter_id, self.ada)

    def test_none_at_all(self):
        self.change_statutes(proxy_cap=0)
        self.convene()
        self.assert_refused("aucun pouvoir", self.hedy, self.ada)

    def test_same_college(self):
        self.change_statutes(proxy_same_college=True)
        self.convene()
        self.assert_refused("autre collège", self.hedy, self.coop)
        self.give(self.hedy, self.ada)

    def test_to_oneself(self):
        self.convene()
        self.assert_refused("soi-même", self.town, self.ada)

    def test_without_a_right(self):
        self.convene()
        self.assert_refused("pas voix", self.noor, self.ada)
        self.assert_refused("pas voix", self.hedy, self.noor)
        other = self.create_assembly()
        other.action_convene()
        with self.assertRaisesRegex(UserError, "pas voix"):
            self.env["tierslieux.proxy"].create(
                {
                    "principal_id": self.elector(self.hedy).id,
                    "holder_id": self.elector(self.ada, other).id,
                }
            )

    def test_blank(self):
        self.convene(chair_id=self.ada.id)
        self.give(self.hedy)
        self.assembly._arrive(self.ada)
        power = self.assembly._voting_power(voter=self.ada)[self.ada]
        self.assertIn(self.elector(self.hedy), power)

    def test_blank_refused(self):
        self.change_statutes(blank_proxy="refused")
        self.convene()
        self.assert_refused("nommer", self.hedy)

    def test_blank_for_the_board(self):
        self.change_statutes(blank_proxy="board")
        self.convene()
        self.give(self.hedy)
        nobody = self.env["res.partner"]
        self.assertEqual(self.assembly._voting_power()[nobody], self.elector(self.hedy))
        self.assertEqual(
            self.assembly._presence(self.assembly._rule())[0].represented, 1
        )

    def test_arrival_revokes(self):
        self.convene()
        proxy = self.give(self.hedy, self.ada)
        self.assembly._arrive(self.hedy)
        self.assertTrue(proxy.revoked_at)
        self.assert_refused("présent", self.hedy, self.ada)

    def test_not_before_nor_after(self):
        self.convene()
        hedy = self.elector(self.hedy)
        self.assembly.action_cancel()
        with self.assertRaises(UserError):
            self.env["tierslieux.proxy"].create({"principal_id": hedy.id})
