# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The users and records of the access matrix of this module."""

import base64

from odoo.fields import Command
from odoo.tests import new_test_user

from .common import NetworkCommon
from .matrix import Matrix


class AccessCase(Matrix, NetworkCommon):
    """One user a group; ``RECORDS`` makes a record of each kind, the user's own where
    it says so."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.users = cls.create_users()
        cls.stranger = new_test_user(cls.env, "stranger", groups="base.group_portal")
        cls.stranger.partner_id.image_1920 = PIXEL
        cls.records = {
            line: maker(cls) for line, maker in RECORDS.items() if maker not in OF_USER
        }

    def record(self, model, kind, group):
        maker = RECORDS.get((model, kind))
        if maker in OF_USER:
            return maker(self, self.users[group])
        return super().record(model, kind, group)


PIXEL = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAA"
    "AABJRU5ErkJggg=="
)


def _venue(case):
    return case.venue


def _hidden_venue(case):
    return case.other_venue


def _managed_venue(case, user):
    return case.create_venue(
        f"Lieu de {user.login}", is_published=False, manager_ids=user
    )


def _own_profile(case, user):
    profiles = case.env["tierslieux.profile"]
    return profiles.search(
        [("partner_id", "=", user.partner_id.id)]
    ) or profiles.create({"partner_id": user.partner_id.id})


def _stranger_profile(case):
    return _own_profile(case, case.stranger)


def _own_partner(case, user):
    return user.partner_id


def _membership(case, partner):
    college = case.env.ref("tierslieux_network.college_venue")
    memberships = case.env["tierslieux.membership"]
    return memberships.search(
        [("partner_id", "=", partner.id), ("college_id", "=", college.id)]
    ) or memberships.create(
        {
            "partner_id": partner.id,
            "college_id": college.id,
            "event_ids": [Command.create({"kind": "application"})],
        }
    )


def _own_membership(case, user):
    return _membership(case, user.partner_id)


def _delegated_membership(case, user, date_to=False):
    organisation = case.env["res.partner"].create(
        {"name": f"Organisation de {user.login}", "is_company": True}
    )
    membership = _membership(case, organisation)
    membership.delegation_ids = [
        Command.create(
            {
                "partner_id": user.partner_id.id,
                "date_from": "2025-01-01",
                "date_to": date_to,
            }
        )
    ]
    return membership


def _formerly_delegated_membership(case, user):
    return _delegated_membership(case, user, "2025-12-31")


def _own_event(case, user):
    return _own_membership(case, user).event_ids


def _own_delegation(case, user):
    return _delegated_membership(case, user).delegation_ids


def _stranger_membership(case):
    return _membership(case, case.stranger.partner_id)


def _stranger_event(case):
    return _stranger_membership(case).event_ids


def _stranger_delegation(case):
    return _delegated_membership(case, case.stranger).delegation_ids


def _campaign(case):
    return case.env["tierslieux.renewal.campaign"].create({"name": "Cotisations"})


def _reminder(case):
    return _campaign(case).reminder_ids[:1]


def _call(case):
    return case.env["tierslieux.renewal.call"].create(
        {
            "campaign_id": _campaign(case).id,
            "membership_id": _stranger_membership(case).id,
            "date_from": "2027-01-01",
            "date_to": "2027-12-31",
            "amount": 60,
        }
    )


def _census(case):
    return case.env["tierslieux.census.import"].create(
        {"name": "lieux.csv", "file": base64.b64encode(b"nom,commune\nA,Lyon\n")}
    )


def _census_column(case):
    return _census(case).column_ids[0]


def _census_progress(case):
    return case.env["tierslieux.census.progress"].create(
        {"import_id": _census(case).id}
    )


def _geocoding(case):
    return case.env["tierslieux.geocoding"].create({"address": "1 rue A 69001 Lyon"})


def _reference(model):
    return lambda case: case.env[model].search([], limit=1)


OF_USER = {
    _managed_venue,
    _own_profile,
    _own_partner,
    _own_membership,
    _delegated_membership,
    _formerly_delegated_membership,
    _own_event,
    _own_delegation,
}
RECORDS = {
    ("tierslieux.venue", "published"): _venue,
    ("tierslieux.venue", "not published"): _hidden_venue,
    ("tierslieux.venue", "the user's, not published"): _managed_venue,
    ("tierslieux.profile", "the user's"): _own_profile,
    ("tierslieux.profile", "another person's"): _stranger_profile,
    ("res.partner", "the user's"): _own_partner,
    ("res.partner", "another person's"): lambda case: case.stranger.partner_id,
    ("res.partner", "a published venue's"): lambda case: case.venue.partner_id,
    ("res.partner", "a hidden venue's"): lambda case: case.other_venue.partner_id,
    ("tierslieux.membership", "the user's"): _own_membership,
    ("tierslieux.membership", "whose delegate the user is"): _delegated_membership,
    (
        "tierslieux.membership",
        "whose delegate the user was",
    ): _formerly_delegated_membership,
    ("tierslieux.membership", "another person's"): _stranger_membership,
    ("tierslieux.membership.event", "the user's"): _own_event,
    ("tierslieux.membership.event", "another person's"): _stranger_event,
    ("tierslieux.delegation", "the user's"): _own_delegation,
    ("tierslieux.delegation", "another person's"): _stranger_delegation,
    ("tierslieux.renewal.campaign", "any"): _campaign,
    ("tierslieux.renewal.reminder", "any"): _reminder,
    ("tierslieux.renewal.call", "any"): _call,
    ("tierslieux.census.import", "any"): _census,
    ("tierslieux.census.column", "any"): _census_column,
    ("tierslieux.census.progress", "any"): _census_progress,
    ("tierslieux.geocoding", "any"): _geocoding,
    **{
        (model, "any"): _reference(model)
        for model in (
            "tierslieux.venue.category",
            "tierslieux.service",
            "tierslieux.audience",
            "tierslieux.commune",
            "tierslieux.legal.form",
            "tierslieux.skill",
            "tierslieux.creation.stage",
            "tierslieux.college",
        )
    },
}
