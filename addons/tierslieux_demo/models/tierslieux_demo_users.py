# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models

# Known to everybody: for a database of demonstration only, never a real one.
PASSWORD = "tierslieux"
LOGINS = {
    "member": "membre",
    "funder": "financeur",
    "venue_manager": "gestion",
    "facilitator": "facilitation",
    "treasurer": "tresorerie",
    "board": "bureau",
    "administrator": "admin",
}
INTERNAL = {"treasurer", "board"}
FUNDER = {"name": "Fondation des Deux Fleuves", "contact": "Solange Deux-Fleuves"}


class Demo(models.AbstractModel):
    _inherit = "tierslieux.demo"

    @api.model
    @api.private
    def logins(self):
        """One login for each kind of user: ``[{"role", "login", "password"}]``.

        :return: an empty list when the demo network is not loaded
        """
        known = self.env["res.users"].search_fetch(
            [("login", "in", list(LOGINS.values()))], ["login"]
        )
        logins = set(known.mapped("login"))
        if LOGINS["member"] not in logins:
            return []
        return [
            {"role": role, "login": login, "password": PASSWORD}
            for role, login in LOGINS.items()
            if login in logins
        ]

    def _load_users(self, data, ids):
        roles = data["roles"]
        self._load_administrator()
        rows = [("funder", self._funder_contact(), True)]
        rows += [
            (role, ids["contacts"][roles[role]], True)
            for role in ("member", "facilitator", "treasurer")
        ]
        rows += [
            ("board", ids["contacts"][key], not index)
            for index, key in enumerate(roles["board"])
        ]
        self._create_users(rows)
        yield 1, 2
        managers = self._create_users(
            [
                ("venue_manager", ids["contacts"][key], not index)
                for index, key in enumerate(roles["managers"].values())
            ]
        )
        venues = self.env["tierslieux.venue"]
        for venue, manager in zip(roles["managers"], managers, strict=True):
            venues.browse(ids["venues"][venue]).manager_ids = manager
        for venue, keys in roles["facilitators"].items():
            venues.browse(ids["venues"][venue]).facilitator_ids = [
                fields.Command.set([ids["people"][key] for key in keys])
            ]
        yield 2, 2

    def _load_administrator(self):
        """Beside the ways of Odoo that write a letter for each change of an account:
        this one is new and its address is nobody's."""
        admin = self.env.ref("base.user_admin")
        admin._set_encrypted_password(admin.id, admin._crypt_context().hash(PASSWORD))
        admin.partner_id.write(
            {
                "name": "Administration du réseau",
                "email": "administration@reseau.example.org",
            }
        )
        admin.write({"signature": "Administration du réseau", "tour_enabled": False})

    def _funder_contact(self):
        values = {
            "country_id": self.env.ref("base.fr").id,
            "lang": "fr_FR",
            "tz": "Europe/Paris",
        }
        foundation = self.env["res.partner"].create(
            {
                **values,
                "name": FUNDER["name"],
                "is_company": True,
                "legal_form_id": self._codes("tierslieux.legal.form")["foundation"],
                "email": "contact@deux-fleuves.example.org",
                "city": "Lyon",
                "zip": "69002",
            }
        )
        return (
            self.env["res.partner"]
            .create(
                {
                    **values,
                    "name": FUNDER["contact"],
                    "parent_id": foundation.id,
                    "email": "solange@deux-fleuves.example.org",
                }
            )
            .id
        )

    def _create_users(self, rows):
        """Users of our groups: ``[(role, contact id, has the known password)]``;
        the others have none yet, as in life before they choose one."""
        return self.env["res.users"].create(
            [
                {
                    "partner_id": partner.id,
                    "login": LOGINS[role] if known else partner.email,
                    **({"password": PASSWORD} if known else {}),
                    "group_ids": [fields.Command.set(self._groups(role))],
                    "lang": "fr_FR",
                    "tz": "Europe/Paris",
                    "tour_enabled": False,
                }
                for role, partner, known in (
                    (role, self.env["res.partner"].browse(contact), known)
                    for role, contact, known in rows
                )
            ]
        )

    def _groups(self, role):
        user_type = "group_user" if role in INTERNAL else "group_portal"
        return [
            self.env.ref(f"base.{user_type}").id,
            self.env.ref(f"tierslieux_network.group_{role}").id,
        ]
