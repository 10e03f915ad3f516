# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import base64

from odoo import fields, models

from .. import illustrations
from ..domain import identifiers

NAME = "Réseau métropolitain des tiers-lieux"
#: Euros at the bank when the books begin.
SAVINGS = 150_000


class Demo(models.AbstractModel):
    _inherit = "tierslieux.demo"

    def _load_association(self, data, ids):
        """The association itself: company, accounts, website, French everywhere."""
        self.env["res.lang"]._activate_lang("fr_FR")
        company = self.env.company
        siret = identifiers.siret(0)
        company.write(
            {
                "name": NAME,
                "street": "12 place des Tisserands",
                "zip": "69001",
                "city": "Lyon",
                "country_id": self.env.ref("base.fr").id,
                "company_registry": siret,
                "vat": identifiers.vat(siret),
                "report_footer": f"Association loi 1901 · SIRET {siret} · "
                f"TVA {identifiers.vat(siret)}",
                "email": "bonjour@reseau.example.org",
                "phone": f"{identifiers.FICTION['lyon']} 00 00",
                "website": "https://reseau.example.org",
                "logo": base64.b64encode(illustrations.logo()),
            }
        )
        company.partner_id.write(
            {
                "rna": identifiers.rna("69", 0),
                "legal_form_id": self._codes("tierslieux.legal.form")["association"],
                "lang": "fr_FR",
                "tz": "Europe/Paris",
            }
        )
        yield 1, 3
        if company.chart_template != "fr_asso":
            self.env["account.chart.template"].try_loading("fr_asso", company)
        self._open_books()
        yield 2, 3
        french = self.env["res.lang"]._get_data(code="fr_FR").id
        website = self.env["website"].get_current_website()
        website.write(
            {
                "name": NAME,
                "company_id": company.id,
                "language_ids": [fields.Command.set([french])],
                "default_lang_id": french,
                "logo": company.logo,
            }
        )
        defaults = self.env["ir.default"]
        for field, value in (("lang", "fr_FR"), ("tz", "Europe/Paris")):
            defaults.set("res.partner", field, value)
        for xmlid in ("base.public_user", "base.user_admin", "base.user_root"):
            self.env.ref(xmlid).write({"lang": "fr_FR", "tz": "Europe/Paris"})
        yield 3, 3

    def _open_books(self):
        """What the association owned when its books began here."""
        today = fields.Date.context_today(self)
        bank = self.env["account.journal"].search([("type", "=", "bank")], limit=1)
        general = bank.search([("type", "=", "general")], limit=1)
        entry = self.env["account.move"].create(
            {
                "journal_id": general.id,
                "date": today.replace(year=today.year - 2, month=1, day=1),
                "ref": "Report à nouveau",
                "line_ids": [
                    fields.Command.create({"account_id": account.id, "balance": amount})
                    for account, amount in (
                        (bank.default_account_id, SAVINGS),
                        (
                            self._account("110000", "Report à nouveau", "equity"),
                            -SAVINGS,
                        ),
                    )
                ],
            }
        )
        entry._post(soft=False)
