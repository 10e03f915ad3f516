# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import TransactionCase


class AssociationCase(TransactionCase):
    """A French association with the chart ``fr_asso`` and no entry."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("fr_FR")
        cls.company = cls._create_company("Association d’essai", "fr_asso")
        cls.env.user.write(
            {
                "company_ids": [(4, cls.company.id)],
                "company_id": cls.company.id,
                "group_ids": [(4, cls.env.ref("account.group_account_manager").id)],
            }
        )
        cls.env = cls.env(
            context={
                **cls.env.context,
                "allowed_company_ids": cls.company.ids,
                "lang": "en_US",
            }
        )
        cls.company = cls.company.with_env(cls.env)
        accounts = cls.env["account.account"].search(
            [("company_ids", "in", cls.company.ids)]
        )
        cls.accounts = {account.code: account for account in accounts}
        cls.journal = cls._journal("MISC", "OD")
        cls.off_balance = cls._journal("CVN")

    @classmethod
    def _create_company(cls, name, chart):
        company = cls.env["res.company"].create(
            {"name": name, "country_id": cls.env.ref("base.fr").id}
        )
        cls.env["account.chart.template"].try_loading(chart, company)
        return company

    @classmethod
    def _journal(cls, *codes):
        return cls.env["account.journal"].search(
            [("code", "in", codes), ("company_id", "=", cls.company.id)], limit=1
        )

    @classmethod
    def post(cls, date, *lines, journal=None):
        """Post ``(code, debit less credit)`` lines at a date."""
        move = cls.env["account.move"].create(
            {
                "journal_id": (journal or cls.journal).id,
                "date": date,
                "line_ids": [
                    (0, 0, {"account_id": cls.accounts[code].id, "balance": balance})
                    for code, balance in lines
                ],
            }
        )
        move.action_post()
        return move
