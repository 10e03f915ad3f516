# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.fields import Command, Date


def books_records(case):
    """What the year-end of a granted agreement wrote, and what volunteers gave, for
    the access matrix; one entry is the member's own."""
    books = case.env(user=case.treasurer)
    agreement = case.create_agreement("Projet clos", dedicated=True)
    case.sign(agreement)
    day = Date.to_date("2026-01-15")
    posting = agreement.with_env(books)._post_award(day)
    books["tierslieux.funding.year.end"].create({"date_to": "2026-12-31"}).action_post()
    account = books["tierslieux.funding.account"].search([], limit=1)
    qualification = case.env.ref("tierslieux_funding.qualification_general")
    case.action.volunteering = True
    times = case.env["tierslieux.volunteer.time"].create(
        [
            {
                "partner_id": person.id,
                "date": "2026-05-04",
                "minutes": 60,
                "action_id": case.action.id,
            }
            for person in (*[case.users["member"].partner_id] * 2, case.funder)
        ]
    )
    times[1].action_confirm()
    profile = case.env["tierslieux.profile"].create(
        {"partner_id": case.users["facilitator"].partner_id.id}
    )
    venue = case.create_venue(
        "Le Lieu", manager_ids=[Command.set(case.users["venue_manager"].ids)]
    )
    venue.facilitator_ids = profile
    at_venue = times[2].copy({"venue_id": venue.id})
    gift = case.env["tierslieux.in.kind"].create(
        {
            "name": "Salle",
            "partner_id": case.funder.id,
            "date": "2026-05-04",
            "action_id": case.action.id,
            "value": 100,
            "valuation": "Tarif public",
        }
    )
    records = (
        account,
        posting,
        agreement.dedicated_ids,
        qualification,
        qualification.rate_ids[0],
        gift,
    )
    return {
        **{(record._name, "any"): record for record in records},
        (times._name, "the member's"): times[0],
        (times._name, "the member's and confirmed"): times[1],
        (times._name, "another's"): times[2],
        (times._name, "at the team's venue"): at_venue,
    }
