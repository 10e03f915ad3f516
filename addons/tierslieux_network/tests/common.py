# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import TransactionCase, new_test_user


class NetworkCommon(TransactionCase):
    """A small network: two venues, and one user per group."""

    GROUPS = (
        "member",
        "funder",
        "venue_manager",
        "facilitator",
        "treasurer",
        "board",
        "administrator",
    )

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context=dict(cls.env.context, tracking_disable=True))
        cls.coworking = cls.env.ref("tierslieux_network.venue_category_coworking")
        cls.fablab = cls.env.ref("tierslieux_network.venue_category_fablab")
        cls.commune = cls.env["tierslieux.commune"].search(
            [("insee_code", "=", "69123")]
        ) or cls.env["tierslieux.commune"].create(
            {"name": "Lyon", "insee_code": "69123", "zip": "69001"}
        )
        cls.venue = cls.create_venue("L'Établi du Rhône", state="open")
        cls.other_venue = cls.create_venue(
            "Fabrique de la Saône", category_id=cls.fablab.id, is_published=False
        )

    @classmethod
    def create_venue(cls, name, **values):
        return cls.env["tierslieux.venue"].create(
            {
                "name": name,
                "category_id": cls.coworking.id,
                "commune_id": cls.commune.id,
                "city": cls.commune.name,
                "zip": cls.commune.zip,
                "is_published": True,
                **values,
            }
        )

    @classmethod
    def create_user(cls, group, login=None):
        """A user of one of our groups, of the type (portal, internal) it is for."""
        internal = group in ("treasurer", "board", "administrator")
        user_type = "base.group_user" if internal else "base.group_portal"
        return new_test_user(
            cls.env,
            login or f"test_{group}",
            groups=f"{user_type},tierslieux_network.group_{group}",
        )

    def home(self, user):
        """What the first page shows a user: ``{key: need}`` and ``{key: way}``."""
        page = self.env["tierslieux.home"].with_user(user)._page()
        return tuple(
            {one["key"]: one for one in page[part]} for part in ("needs", "ways")
        )
