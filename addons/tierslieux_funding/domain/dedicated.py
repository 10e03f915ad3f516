# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Fonds dédiés of one project at the end of an exercise (ANC 2018-06). Amounts
are integer cents."""

from dataclasses import dataclass


class Overdrawn(ValueError):
    """More was given back or handed on than was left: by ``cents``."""

    def __init__(self, cents):
        super().__init__(f"{cents} cents too much")
        self.cents = cents


@dataclass(frozen=True)
class YearEnd:
    """What a project's money becomes at the end of an exercise.

    ``opening`` is the closing of the exercise before; ``recognised`` the income of this
    exercise from the funder; ``spent`` the expenses charged to that funder;
    ``repayments`` and ``transfers`` what left the fonds dédiés for the funder or for
    another project (a transfer received is negative).

    The opening is spent first. Use and report are two entries, never netted: a project
    may have both in one exercise.

    :raises Overdrawn: the closing would be negative
    """

    opening: int
    recognised: int
    spent: int
    repayments: int = 0
    transfers: int = 0

    def __post_init__(self):
        if self.opening < 0 or self.repayments < 0:
            raise ValueError("an opening and a repayment are not negative")
        if self.closing < 0:
            raise Overdrawn(-self.closing)

    @property
    def use(self):
        """Expenses taken back (refunds of an earlier exercise) use nothing."""
        return min(self.opening, max(0, self.spent))

    @property
    def report(self):
        return max(0, self.recognised - (self.spent - self.use))

    @property
    def closing(self):
        return self.opening - self.use + self.report - self.repayments - self.transfers

    @property
    def overspent(self):
        """Expenses that neither the opening nor the income of the exercise covers."""
        return max(0, self.spent - self.use - self.recognised)


def is_idle(closing, spent, spent_before):
    """Whether a project keeps money and had no expense in two exercises running: the
    annexe names it (ANC 2018-06). ``spent_before`` is None when there was
    no exercise before."""
    return bool(closing) and spent == 0 and spent_before == 0
