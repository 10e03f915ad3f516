# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from odoo.fields import Command

from odoo.addons.tierslieux_network.tests.common_membership import MembershipCommon

from ..models.tierslieux_brand_rules import BrandRules

TODAY = date(2026, 10, 20)


class BrandCommon(MembershipCommon):
    """A mark with rules in force, an eligible venue that Ada runs, another venue that
    Bob runs, and a committee of three."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # rules are adopted by a reference in words, whatever is installed above
        cls.classPatch(
            type(cls.env["tierslieux.brand.rules"]),
            "_check_decision",
            BrandRules._check_decision,
        )
        cls.ada = cls.create_user("venue_manager", "ada")
        cls.bob = cls.create_user("venue_manager", "bob")
        cls.committee = (
            cls.create_user("member", "carl")
            | cls.create_user("member", "dora")
            | cls.create_user("board", "emma")
        )
        for user in cls.ada | cls.bob | cls.committee:
            user.password = user.login
        cls.brand = cls.env.ref("tierslieux_brand.brand_territorial")
        cls.brand.committee_ids = cls.committee
        cls.rules = cls.env.ref("tierslieux_brand.rules_territorial_1").copy(
            {"number": 7, "date_from": date(2026, 1, 1), "decision": "AG-2026-01"}
        )
        cls.rules.action_adopt()
        cls.holder = cls.create_member("Coopérative de l'Établi").partner_id
        cls.holder.is_company = True
        cls.make_eligible(cls.venue)
        cls.venue.write({"manager_ids": cls.ada.ids, "structure_id": cls.holder.id})
        cls.other_venue.write({"manager_ids": cls.bob.ids, "state": "open"})

    @classmethod
    def make_eligible(cls, venue):
        audiences = cls.env["tierslieux.audience"].search([], limit=2)
        services = cls.env["tierslieux.service"].search([], limit=2)
        venue.write(
            {
                "state": "open",
                "opening_date": date(2025, 1, 1),
                "opening_hours": "Mo-We 09:00-18:00",
                "audience_ids": audiences.ids,
                "service_ids": services.ids,
            }
        )

    @classmethod
    def applications(cls, user):
        return cls.env["tierslieux.brand.application"].with_user(user)

    @classmethod
    def fill(cls, assessment, rank=2):
        assessment._save(
            {line.criterion_id.id: (rank, "Parce que.") for line in assessment.line_ids}
        )

    @classmethod
    def draft(cls, user=None, venue=None):
        application = cls.applications(user or cls.ada)._start(
            cls.brand, venue or cls.venue
        )
        application._save_statement("Nous voulons progresser.")
        application._accept(cls.rules)
        cls.fill(application.self_assessment_id)
        return application

    @classmethod
    def submitted(cls):
        application = cls.draft()
        application._submit()
        return application

    @classmethod
    def as_user(cls, record, user):
        """The record as the pages of a user have it."""
        return record.with_user(user).sudo()

    @classmethod
    def reviewed(cls, rank=2):
        application = cls.submitted()
        cls.as_user(application, cls.committee[0])._assign(cls.bob)
        application = cls.as_user(application, cls.bob)
        cls.fill(application.peer_assessment_id, rank)
        application._submit_review()
        return application

    @classmethod
    def vote(cls, application, choices=("for", "for", "for")):
        for user, choice in zip(cls.committee, choices, strict=False):
            cls.as_user(application, user)._give_opinion(choice, "Vu sur place.")

    @classmethod
    def licensed(cls):
        application = cls.reviewed()
        cls.vote(application)
        return cls.as_user(application, cls.committee[0])._decide("Six critères tenus.")

    @classmethod
    def create_licence(cls, venue, start=TODAY, end=date(2028, 10, 20)):
        """A licence with its grant, whatever led to it."""
        return cls.create_licences(venue, start, end)

    @classmethod
    def create_licences(cls, venues, start=TODAY, end=date(2028, 10, 20), times=1):
        """``times`` licences for each venue."""
        return cls.env["tierslieux.brand.licence"].create(
            [
                {
                    "brand_id": cls.brand.id,
                    "venue_id": venue.id,
                    "event_ids": [
                        Command.create(
                            {
                                "kind": "grant",
                                "date": start,
                                "date_to": end,
                                "rules_id": cls.rules.id,
                            }
                        )
                    ],
                }
                for venue in venues
                for _time in range(times)
            ]
        )
