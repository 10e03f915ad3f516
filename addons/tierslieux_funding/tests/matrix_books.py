# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).


def books_records(case):
    """What the year-end of a granted agreement wrote, for the access matrix."""
    books = case.env(user=case.treasurer)
    agreement = case.create_agreement("Projet clos", dedicated=True)
    agreement.state = "signed"
    posting = agreement.with_env(books)._post_award("2026-01-15")
    books["tierslieux.funding.year.end"].create({"date_to": "2026-12-31"}).action_post()
    account = books["tierslieux.funding.account"].search([], limit=1)
    return {
        (record._name, "any"): record
        for record in (account, posting, agreement.dedicated_ids)
    }
