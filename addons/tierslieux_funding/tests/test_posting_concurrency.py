# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import threading

from odoo import api
from odoo.exceptions import UserError, ValidationError
from odoo.service.model import retrying
from odoo.tests import TransactionCase, tagged
from odoo.tools import SQL, mute_logger

#: In the order in which they may be removed; their triggers refuse it otherwise.
APPEND_ONLY = ("tierslieux_funding_dedicated", "tierslieux_funding_posting")


@tagged("post_install", "-at_install")
class TestPostingConcurrency(TransactionCase):
    """Two treasurers at once, over two connections, on rows that are committed and
    removed after."""

    def setUp(self):
        super().setUp()
        self.addCleanup(self.remove)
        with self.registry.cursor() as cr:
            env = self.environment(cr)
            company = env["res.company"].create(
                {"name": "Deux trésoriers", "country_id": env.ref("base.fr").id}
            )
            env["account.chart.template"].try_loading("fr_asso", company)
            self.company_id = company.id
            env = self.environment(cr)
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

    def environment(self, cr):
        context = {"tracking_disable": True, "lang": "en_US"}
        if getattr(self, "company_id", None):
            context["allowed_company_ids"] = [self.company_id]
        return api.Environment(cr, api.SUPERUSER_ID, context)

    def remove(self):
        with self.registry.cursor() as cr:
            for table in APPEND_ONLY:
                name = SQL.identifier(table)
                cr.execute(SQL("ALTER TABLE %s DISABLE TRIGGER USER", name))
                cr.execute(
                    SQL("DELETE FROM %s WHERE company_id = %s", name, self.company_id)
                )
                cr.execute(SQL("ALTER TABLE %s ENABLE TRIGGER USER", name))
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
            company.name = f"{company.name} {company.id}"

    def together(self, act):
        """What both connections were answered."""
        answers = []
        barrier = threading.Barrier(2)

        def run():
            with self.registry.cursor() as cr:
                env = self.environment(cr)
                # both have begun before either writes
                env["tierslieux.funding.posting"].search_count([])
                barrier.wait(30)
                try:
                    answers.append(retrying(lambda: act(env), env))
                except (UserError, ValidationError) as told:
                    answers.append(str(told))

        threads = [threading.Thread(target=run) for _number in range(2)]
        with mute_logger("odoo.sql_db", "odoo.service.model", "odoo.http"):
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join(90)
        return answers

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
        answers = self.together(self.award)
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
        answers = self.together(self.year_end)
        self.assertEqual(self.stored("tierslieux.funding.dedicated"), 1)
        self.assertEqual(self.stored("tierslieux.funding.posting"), 2)
        self.assertEqual(sorted(map(type, answers), key=str), [int, str])
        told = next(answer for answer in answers if answer != 1)
        self.assertRegex(told, "Somebody else|closed already|open the year-end again")
