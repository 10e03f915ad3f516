# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api
from odoo.modules.registry import Registry
from odoo.tests import TransactionCase
from odoo.tests.common import get_db_name
from odoo.tools import mute_logger

ASSOCIATION = ("Association d’essai", "fr_asso")


def kept_company(name, chart):
    """The id of a French company with a chart and no entry, made once for all tests:
    a chart takes seconds to load. It is archived: who tests it makes it active."""
    with Registry(get_db_name()).cursor() as cr:
        companies = api.Environment(cr, api.SUPERUSER_ID, {})["res.company"]
        company = companies.with_context(active_test=False).search(
            [("name", "=", name), ("chart_template", "=", chart)], limit=1
        )
        if not company:
            company = create_company(companies, name, chart)
            company.active = False
        return company.id


def create_company(companies, name, chart):
    company = companies.create(
        {
            "name": name,
            "country_id": companies.env.ref("base.fr").id,
            "currency_id": companies.env.ref("base.EUR").id,
        }
    )
    with mute_logger("odoo.addons.account.models.chart_template"):
        companies.env["account.chart.template"].try_loading(chart, company)
    return company


class AssociationCase(TransactionCase):
    """A French association with the chart ``fr_asso`` and no entry."""

    @classmethod
    def setUpClass(cls):
        company = kept_company(*ASSOCIATION)
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("fr_FR")
        cls.company = cls.env["res.company"].browse(company)
        cls.company.active = True
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
        return create_company(cls.env["res.company"], name, chart)

    @classmethod
    def _journal(cls, *codes):
        return cls.env["account.journal"].search(
            [("code", "in", codes), ("company_id", "=", cls.company.id)], limit=1
        )

    @classmethod
    def post(cls, date, *lines, journal=None):
        """Post ``(code, debit less credit)`` lines at a date."""
        return cls.post_all([(date, lines)], journal)

    @classmethod
    def post_all(cls, entries, journal=None):
        """Post ``(date, lines)`` entries."""
        moves = cls.env["account.move"].create(
            [
                {
                    "journal_id": (journal or cls.journal).id,
                    "date": date,
                    "line_ids": [
                        (0, 0, {"account_id": cls.accounts[code].id, "balance": amount})
                        for code, amount in lines
                    ],
                }
                for date, lines in entries
            ]
        )
        moves.action_post()
        return moves
