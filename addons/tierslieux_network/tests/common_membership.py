# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from freezegun import freeze_time

from odoo.fields import Command

from .common import NetworkCommon

TODAY = date(2026, 10, 20)


class MembershipCommon(NetworkCommon):
    """Members of three colleges, on 20 October 2026."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        freezer = freeze_time(TODAY)
        freezer.start()
        cls.addClassCleanup(freezer.stop)
        cls.env.company.email = "bureau@example.org"
        cls.memberships = cls.env["tierslieux.membership"]
        cls.venues = cls.env.ref("tierslieux_network.college_venue")
        cls.companies = cls.env.ref("tierslieux_network.college_company")
        cls.public = cls.env.ref("tierslieux_network.college_public")

    @classmethod
    def apply(cls, name="Zoé Bêta", college=None, partner=None, **values):
        college = college or cls.venues
        values = {
            "college_id": college.id,
            "name": name,
            "email": f"{name[:3].strip().lower() or 'x'}@example.org",
            **values,
        }
        return cls.memberships.apply(values, partner)

    @classmethod
    def apply_organisation(cls, name="Coopérative du Rhône", college=None, **values):
        return cls.apply(
            name,
            college or cls.companies,
            is_company=True,
            siret="73282932000074",
            delegate_name="Léa Gamma",
            delegate_email="lea@example.org",
            **values,
        )

    @classmethod
    def pay(cls, invoices):
        return (
            cls.env["account.payment.register"]
            .with_context(active_model="account.move", active_ids=invoices.ids)
            .create({})
            ._create_payments()
        )

    @classmethod
    def create_member(cls, name, college=None, paid=None, **values):
        """A member admitted on 1 January 2025, with dues settled for some periods.

        :param paid: list of ``(first day, last day)``
        """
        college = college or cls.venues
        partner = cls.env["res.partner"].create({"name": name, **values})
        return cls.memberships.create(
            {
                "partner_id": partner.id,
                "college_id": college.id,
                "event_ids": [
                    Command.create({"kind": kind, "date": date(2025, 1, 1)})
                    for kind in ("application", "admission")
                ],
                "line_ids": [
                    Command.create(
                        {
                            "partner_id": partner.id,
                            "membership_id": college._default_product().id,
                            "date_from": first,
                            "date_to": last,
                            "member_price": 60,
                            "state": "paid",
                        }
                    )
                    for first, last in paid or [(date(2026, 1, 1), date(2026, 12, 31))]
                ],
            }
        )
