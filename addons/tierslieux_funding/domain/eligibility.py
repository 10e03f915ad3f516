"""Which part of a posted expense a funder may be asked to pay for, and why not.

eligible(e) = dated in the period ∧ line allowed ∧ evidence attached ∧ paid where
required − recoverable VAT − revenue. Amounts are integer cents.
"""

from dataclasses import dataclass
from datetime import date

#: Why an expense is refused, in the order in which a treasurer mends them.
REASONS = (
    "not_secured",
    "not_posted",
    "credit",
    "before_period",
    "after_period",
    "category",
    "action",
    "flat",
    "vat",
    "duplicate",
    "evidence",
    "not_paid",
    "paid_late",
    "nothing_left",
)


@dataclass(frozen=True, slots=True)
class Rules:
    """What an agreement accepts.

    :param categories: lines of the report that count, with those below them; None: all
    :param actions: actions that count; None: all
    :param paid_until: the last day of payment that counts; None: payment is not asked
    :param flat: shared costs are a flat rate, so that none is shown
    :param vat: VAT that is not recovered counts
    :param secured: notified or signed, and not closed
    """

    date_from: date
    date_to: date
    categories: frozenset | None = None
    actions: frozenset | None = None
    paid_until: date | None = None
    flat: bool = False
    vat: bool = True
    secured: bool = True


@dataclass(frozen=True, slots=True)
class Expense:
    """One posted expense line, or the part of it that an action bears.

    :param gross: what the supplier asked, VAT included
    :param vat: the VAT that is recovered
    :param revenue: what came back: credit notes, sales that lessen the cost
    :param indirect: a shared cost, by the key of the exercise
    :param is_vat: it is VAT itself, that is not recovered
    :param evidence: how many documents are attached
    :param duplicate: looks like one recorded before, and nobody said why it is not
    """

    date: date
    gross: int
    vat: int = 0
    revenue: int = 0
    category: int | None = None
    action: int | None = None
    evidence: int = 1
    paid_on: date | None = None
    posted: bool = True
    indirect: bool = False
    is_vat: bool = False
    duplicate: bool = False


def net(expense):
    """What an expense cost in the end, never below zero."""
    return max(0, expense.gross - expense.vat - expense.revenue)


def refusals(expense, rules):
    """Every reason to refuse an expense, in the order of ``REASONS``; none: it is
    eligible.
    """
    found = set()
    if not rules.secured:
        found.add("not_secured")
    if not expense.posted:
        found.add("not_posted")
    if expense.gross < 0:
        found.add("credit")
    elif not net(expense):
        found.add("nothing_left")
    if expense.date < rules.date_from:
        found.add("before_period")
    if expense.date > rules.date_to:
        found.add("after_period")
    if rules.categories is not None and expense.category not in rules.categories:
        found.add("category")
    if rules.actions is not None and expense.action not in rules.actions:
        found.add("action")
    if expense.indirect and rules.flat:
        found.add("flat")
    if expense.is_vat and not rules.vat:
        found.add("vat")
    if expense.duplicate:
        found.add("duplicate")
    if expense.evidence < 1:
        found.add("evidence")
    if rules.paid_until is not None:
        if expense.paid_on is None:
            found.add("not_paid")
        elif expense.paid_on > rules.paid_until:
            found.add("paid_late")
    return tuple(reason for reason in REASONS if reason in found)


def eligible(expense, rules):
    """Cents a funder may be shown: the net cost, or nothing when it is refused."""
    return 0 if refusals(expense, rules) else net(expense)
