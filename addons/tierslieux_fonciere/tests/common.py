# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tools import mute_logger

from odoo.addons.tierslieux_network.tests.common import NetworkCommon


class FonciereCommon(NetworkCommon):
    """A SCIC with a property and an issue of shares; people who may subscribe."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env["res.company"].create(
            {
                "name": "Foncière des Ateliers",
                "country_id": cls.env.ref("base.fr").id,
                "currency_id": cls.env.ref("base.EUR").id,
            }
        )
        with mute_logger("odoo.addons.account.models.chart_template"):
            cls.env["account.chart.template"].try_loading(
                "fr", cls.company, install_demo=False
            )
        cls.env.user.company_ids |= cls.company
        cls.env = cls.env(
            context=dict(cls.env.context, allowed_company_ids=cls.company.ids)
        )
        cls.treasurer, cls.board = (
            cls.create_user(group) for group in ("treasurer", "board")
        )
        for user in cls.treasurer, cls.board:
            user.company_ids |= cls.company
        cls.people = cls.env["res.partner"].create(
            [
                {
                    "name": name,
                    "email": f"{number}@example.org",
                    "street": f"{number} rue des Ateliers",
                    "zip": "69001",
                    "city": "Lyon",
                    "country_id": cls.env.ref("base.fr").id,
                }
                for number, name in enumerate(("Ada", "Basile", "Chloé", "Denis"), 1)
            ]
        )
        cls.conditions = cls.env["tierslieux.share.conditions"].create(
            {
                "company_id": cls.company.id,
                "version": "1",
                "content": "<p>Les parts sont remboursées selon les statuts.</p>",
                "adopted_on": "2026-01-01",
            }
        )
        cls.property = cls.env["tierslieux.property"].create(
            {"name": "Les Ateliers", "company_id": cls.company.id}
        )
        cls.issue = cls.create_issue()

    @classmethod
    def create_issue(cls, **values):
        return cls.env["tierslieux.share.issue"].create(
            {
                "name": "Première campagne",
                "property_id": cls.property.id,
                "nominal": 100,
                "target_shares": 100,
                "maximum_shares": 200,
                "date_from": "2026-01-01",
                "date_to": "2026-12-31",
                "conditions_id": cls.conditions.id,
                **values,
            }
        )
