# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models

from odoo.addons.account.models.chart_template import template

ASSOCIATION = "fr_asso"
COMPANY = {
    "income_account_id": "pcg_706",
    "expense_account_id": "pcg_6068",
    # Left empty, they make the core create accounts 999001 and 999002, which no French
    # statement knows.
    "default_cash_difference_income_account_id": "pcg_758",
    "default_cash_difference_expense_account_id": "pcg_658",
    # Associations sell services: VAT is due once they are paid (CGI, art. 269-2-c).
    "account_sale_tax_id": "tva_normale_encaissement",
    "account_purchase_tax_id": "tva_acq_encaissement",
}


class AccountChartTemplate(models.AbstractModel):
    """Chart of accounts of the regulation ANC 2018-06, upon that of companies.

    The regulation (art. 320-1 and 320-2) is the general chart with accounts of its own,
    which take the place of the general ones of the same number. Identifiers of the
    core keep their accounts wherever these live on under another number: see
    ``readme/DESCRIPTION.md``.
    """

    _inherit = "account.chart.template"

    @template(ASSOCIATION)
    def _get_fr_asso_template_data(self):
        return {
            "name": self.env._("Associations and Foundations"),
            "parent": "fr",
            "code_digits": "6",
            "sequence": 2,
        }

    @template(ASSOCIATION, "account.journal")
    def _get_fr_asso_account_journal(self):
        # Off-balance entries stand alone: a journal of theirs keeps them together.
        return {
            "voluntary_contributions": {
                "name": self.env._("Voluntary contributions in kind"),
                "code": "CVN",
                "type": "general",
                "show_on_dashboard": False,
                "sequence": 20,
            },
        }

    def _parse_csv(self, template_code, model, module=None):
        """The core reads the files of a parent in the module of the child alone."""
        rows = super()._parse_csv(template_code, model, module=module)
        if template_code != ASSOCIATION or module:
            return rows
        inherited = super()._parse_csv("fr", model)
        for xmlid, values in rows.items():
            inherited[xmlid].update(values)
        return inherited

    def _get_chart_template_data(self, template_code):
        """The core lets a parent decide for the company: here the child does."""
        data = super()._get_chart_template_data(template_code)
        if template_code == ASSOCIATION:
            data["res.company"][self.env.company.id].update(COMPANY)
        return data
