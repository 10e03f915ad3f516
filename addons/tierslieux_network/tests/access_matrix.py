# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The access matrix: who may do what with which record.

``access_matrix.csv`` is the table to review: a line for a model and a kind of record,
a column for a group, in a cell what the group may do: r(ead), w(rite), c(reate),
u(nlink), or nothing. ``RECORDS`` makes a record of each kind for a user.
"""

import csv
from pathlib import Path

from .common import NetworkCommon

OPERATIONS = {"r": "read", "w": "write", "c": "create", "u": "unlink"}
GROUPS = ("public", "portal", *NetworkCommon.GROUPS)
FILE = Path(__file__).with_suffix(".csv")


def expected():
    """``{(model, record): {group: letters}}``"""
    with FILE.open(newline="", encoding="utf-8") as lines:
        return {
            (line.pop("model"), line.pop("record")): line
            for line in csv.DictReader(lines)
        }


def letters(record):
    """What the user of a record's environment may do with it."""
    return "".join(
        letter
        for letter, operation in OPERATIONS.items()
        if record.has_access(operation)
    )


class AccessCase(NetworkCommon):
    """One user a group, and records of each kind in :func:`expected`."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.users = {
            "public": cls.env.ref("base.public_user"),
            "portal": cls.create_portal_user("test_portal"),
            **{group: cls.create_user(group) for group in cls.GROUPS},
        }
        cls.stranger = cls.create_portal_user("stranger")
        cls.stranger.partner_id.image_1920 = PIXEL
        cls.records = {
            (model, record): maker(cls)
            for (model, record), maker in RECORDS.items()
            if maker not in OF_USER
        }

    @classmethod
    def create_portal_user(cls, login):
        return cls.env["res.users"].create(
            {
                "name": login,
                "login": login,
                "email": f"{login}@example.org",
                "group_ids": cls.env.ref("base.group_portal"),
            }
        )

    @classmethod
    def record(cls, line, user):
        """The record of a line of the matrix, the user's own where it says so."""
        maker = RECORDS[line]
        return maker(cls, user) if maker in OF_USER else cls.records[line]


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


def _reference(model):
    return lambda case: case.env[model].search([], limit=1)


OF_USER = {_managed_venue, _own_profile, _own_partner}
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
        )
    },
}
