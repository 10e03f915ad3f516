# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.fields import Domain

from .common_expense import ExpenseCommon


class BooksCommon(ExpenseCommon):
    """What a treasurer posts, and what the ledger says of it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.books = cls.env(user=cls.treasurer)
        cls.postings = cls.books["tierslieux.funding.posting"]

    @classmethod
    def grant(cls, name="Projet", state="signed", **values):
        """An agreement for a defined project, as its treasurer sees it."""
        agreement = cls.create_agreement(name, dedicated=True, **values)
        agreement.state = state
        return agreement.with_env(cls.books)

    @classmethod
    def spends(cls, agreement, amount, date):
        """An expense of a day that an agreement pays."""
        return cls.allocate(cls.spend(amount, date=date), agreement=agreement)

    def year_end(self, day):
        return self.books["tierslieux.funding.year.end"].create({"date_to": day})

    def balances(self, year=None, **where):
        """``{code: balance}`` of posted entries, zeros left out."""
        domain = Domain("parent_state", "=", "posted")
        domain &= Domain("company_id", "=", self.company.id)
        # bills are not what is looked at
        domain &= Domain("move_id.move_type", "=", "entry")
        if year:
            domain &= Domain("date", ">=", f"{year}-01-01")
            domain &= Domain("date", "<=", f"{year}-12-31")
        for name, value in where.items():
            domain &= Domain(name, "=", value)
        rows = self.env["account.move.line"]._read_group(
            domain, ["account_id"], ["balance:sum"]
        )
        return {
            account.code: round(balance, 2)
            for account, balance in rows
            if round(balance, 2)
        }
