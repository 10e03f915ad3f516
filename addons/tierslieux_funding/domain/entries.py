# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The entries of funding: each is one debit and one credit.

A role is what an account is for; which account of the chart plays it is data, by
company, nature of the money and date."""

from typing import NamedTuple

#: What money from a funder is, for the books (ANC 2018-06).
NATURES = ("grant", "contribution", "patronage", "gift")
#: Voluntary contributions, by what is given (ANC 2018-06).
IN_KIND = ("aid", "made_available", "service")


class Entry(NamedTuple):
    debit: str
    credit: str
    #: what it changes in the income of the exercise from the funder: 1, -1 or 0
    income: int = 0


ENTRIES = {
    "award": Entry("receivable", "income", 1),
    "deferral": Entry("income", "deferred", -1),
    "release": Entry("deferred", "income", 1),
    "tranche_call": Entry("called", "receivable"),
    "dedicated_report": Entry("report", "dedicated"),
    "dedicated_use": Entry("dedicated", "use"),
    "dedicated_transfer": Entry("dedicated", "dedicated"),
    "repayment_income": Entry("income", "receivable", -1),
    "repayment_deferred": Entry("deferred", "receivable"),
    "repayment_dedicated": Entry("dedicated", "receivable"),
    "volunteering": Entry("volunteering_charge", "volunteering_product"),
    **{
        f"in_kind_{kind}": Entry(f"{kind}_charge", f"{kind}_product")
        for kind in IN_KIND
    },
}
#: Entries of class 8 stand alone, in a journal of theirs.
OFF_BALANCE = ("volunteering", *(f"in_kind_{kind}" for kind in IN_KIND))
