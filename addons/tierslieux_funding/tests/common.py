# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from base64 import b64encode
from datetime import datetime

from freezegun import freeze_time

from odoo.fields import Command, Date

from odoo.addons.l10n_fr_association.tests.common import AssociationCase
from odoo.addons.tierslieux_network.tests.common import NetworkCommon

# A Wednesday, 12:00 in Lyon
NOW = datetime(2026, 10, 21, 10, 0)


class FundingCommon(AssociationCase, NetworkCommon):
    """An association with the chart ``fr_asso``, a plan of one year with two actions,
    and the agreement of a funder for both, of 2026; on 21 October 2026."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        freezer = freeze_time(NOW)
        cls.clock = freezer.start()
        cls.addClassCleanup(freezer.stop)
        cls.treasurer = cls.create_user("treasurer")
        cls.board = cls.create_user("board")
        cls.funder = cls.env["res.partner"].create(
            {"name": "Ville d’essai", "is_company": True}
        )
        cls.funder_user = cls.create_funder_user(cls.funder, "test_funder")
        cls.grants = cls.env.ref("tierslieux_funding.source_grant")
        cls.services = cls.env.ref("tierslieux_funding.source_services")
        cls.category = cls.env["tierslieux.funding.category"].create(
            {"code": "test-60", "name": "Achats d’essai", "side": "charge"}
        )
        cls.in_kind_category = cls.env["tierslieux.funding.category"].create(
            {"code": "test-86", "name": "Bénévolat", "side": "in_kind_charge"}
        )
        cls.plan = cls.env["tierslieux.funding.plan"].create({"name": "Plan 2026"})
        cls.phase = cls.env["tierslieux.funding.phase"].create(
            {
                "name": "2026",
                "plan_id": cls.plan.id,
                "date_from": "2026-01-01",
                "date_to": "2026-12-31",
            }
        )
        cls.brick = cls.env["tierslieux.funding.brick"].create(
            {"name": "Animation du réseau", "phase_id": cls.phase.id}
        )
        cls.action = cls.create_action("Carte des lieux")
        cls.other_action = cls.create_action("Rencontres")
        cls.agreement = cls.create_agreement("Subvention 2026")

    @classmethod
    def create_user(cls, group, login=None, **values):
        """A user of the association alone."""
        user = super().create_user(group, login)
        user.write(
            {
                "company_ids": [Command.set(cls.company.ids)],
                "company_id": cls.company.id,
                **values,
            }
        )
        return user

    @classmethod
    def create_funder_user(cls, funder, login):
        """A person who works for a funder and has a login."""
        user = cls.create_user("funder", login)
        user.partner_id.parent_id = funder
        return user

    @classmethod
    def create_action(cls, name, **values):
        return cls.env["tierslieux.funding.action"].create(
            {"name": name, "brick_id": cls.brick.id, **values}
        )

    @classmethod
    def create_agreement(cls, name, **values):
        return cls.env["tierslieux.funding.agreement"].create(
            {
                "name": name,
                "funder_id": cls.funder.id,
                "source_id": cls.grants.id,
                "amount": 10000,
                "date_from": "2026-01-01",
                "date_to": "2026-12-31",
                "action_ids": [
                    Command.set((cls.action | cls.other_action).ids),
                ],
                **values,
            }
        )

    @classmethod
    def sign(cls, agreement, date="2026-01-15"):
        """Sign an agreement, on paper if its amount asks for it."""
        cls.env["tierslieux.funding.document"].create(
            {
                "agreement_id": agreement.id,
                "kind": "convention",
                "name": "Convention signée",
                "file": b64encode(b"%PDF-1.4"),
            }
        )
        agreement._become("notified", Date.to_date(date))
        agreement._become("signed", Date.to_date(date))

    @classmethod
    def create_cost(cls, action, amount, **values):
        return cls.env["tierslieux.funding.cost"].create(
            {
                "action_id": action.id,
                "category_id": cls.category.id,
                "name": "Dépense prévue",
                "unit_price": amount,
                **values,
            }
        )
