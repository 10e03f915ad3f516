# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import tagged
from odoo.tools import SQL

from odoo.addons.l10n_fr_association.tests.common import ASSOCIATION, kept_company
from odoo.addons.tierslieux_network.tests.at_once import AtOnceCase

#: In the order in which they may be removed.
FIXED = ("tierslieux_funding_dedicated", "tierslieux_funding_posting")


@tagged("post_install", "-at_install")
class TestPostingConcurrency(AtOnceCase):
    """Two treasurers post the same at once."""

    def setUp(self):
        super().setUp()
        self.company_id = kept_company(*ASSOCIATION)
        with self.registry.cursor() as cr:
            env = self.environment(cr)
            company = env["res.company"].browse(self.company_id)
            company.active = True
            self.funder_id = env["res.partner"].create({"name": "Financeur"}).id
            agreement = env["tierslieux.funding.agreement"].create(
                {
                    "name": "À deux",
                    "funder_id": self.funder_id,
                    "source_id": env.ref("tierslieux_funding.source_grant").id,
                    "company_id": company.id,
                    "amount": 1000,
                    "date_from": "2026-01-01",
                    "date_to": "2026-12-31",
                    "dedicated": True,
                }
            )
            agreement.state = "signed"
            self.agreement_id = agreement.id
            # so that both find the accounts
            env["tierslieux.funding.account"]._find(company)
        self.addCleanup(self.remove)

    def remove(self):
        with self.registry.cursor() as cr:
            self.remove_fixed(cr, SQL("company_id = %s", self.company_id), *FIXED)
            env = self.environment(cr)
            company = env["res.company"].browse(self.company_id)
            env["tierslieux.funding.agreement"].browse(self.agreement_id).unlink()
            moves = env["account.move"].search([("company_id", "=", company.id)])
            moves.line_ids.remove_move_reconcile()
            moves.button_draft()
            moves.with_context(force_delete=True).unlink()
            env["tierslieux.funding.account"].search(
                [("company_id", "=", company.id)]
            ).unlink()
            env["res.partner"].browse(self.funder_id).unlink()
            company.active = False

    def stored(self, model):
        with self.registry.cursor() as cr:
            records = self.environment(cr)[model]
            return records.search_count([("company_id", "=", self.company_id)])

    def award(self, env):
        agreement = env["tierslieux.funding.agreement"].browse(self.agreement_id)
        return len(agreement._post_award("2026-01-15"))

    def year_end(self, env):
        wizard = env["tierslieux.funding.year.end"].create({"date_to": "2026-12-31"})
        wizard.action_post()
        return 1

    def test_two_awards_at_once(self):
        answers = self.at_once(self.award, self.award)
        self.assertEqual(self.stored("tierslieux.funding.posting"), 1)
        self.assertEqual(self.stored("account.move"), 1)
        self.assertEqual(len(answers), 2)
        self.assertIn(1, answers)
        other = next(answer for answer in answers if answer != 1)
        # told, or tried again and nothing left to do
        if other:
            self.assertRegex(other, "Somebody else")

    def test_two_year_ends_at_once(self):
        with self.registry.cursor() as cr:
            self.award(self.environment(cr))
        answers = self.at_once(self.year_end, self.year_end)
        self.assertEqual(self.stored("tierslieux.funding.dedicated"), 1)
        self.assertEqual(self.stored("tierslieux.funding.posting"), 2)
        self.assertEqual(sorted(map(type, answers), key=str), [int, str])
        told = next(answer for answer in answers if answer != 1)
        self.assertRegex(told, "Somebody else|closed already|open the year-end again")
