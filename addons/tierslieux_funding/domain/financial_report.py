# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The table of the financial report of a grant (form Cerfa 15059*02).

Amounts are integer cents. A line is ``{"code", "name", "side", "parent"}``, ``parent``
the code of the line above it or None; lines come in the order of the form, a line
after its parent. The form wants whole euros: they are shared out by largest remainder
from the total down, so that what is printed sums to what is printed.

Source: arrêté du 11 octobre 2006, form Cerfa 15059*02.
"""

from fractions import Fraction

SIGNIFICANT = Fraction(1, 10)
"""A variance is significant from a tenth of what was planned…"""
SIGNIFICANT_CENTS = 500_00
"""… and five hundred euros: the form leaves the measure to the association."""


def nearest(numerator, denominator=1):
    """The integer nearest to a quotient; half goes away from zero, as in a sheet."""
    quotient = Fraction(numerator) / denominator
    rounded = (abs(quotient) + Fraction(1, 2)).__floor__()
    return -rounded if quotient < 0 else rounded


def euros(cents, total):
    """``cents`` in whole euros that sum to ``total`` euros, by largest remainder.

    ``total`` is no further from the sum than one euro an amount; of equal remainders
    the first is rounded up.
    """
    whole = [amount // 100 for amount in cents]
    left = total - sum(whole)
    order = sorted(
        range(len(cents)), key=lambda place: whole[place] * 100 - cents[place]
    )
    for place in order[: max(left, 0)]:
        whole[place] += 1
    for place in order[::-1][: max(-left, 0)]:
        whole[place] -= 1
    return whole


def percent(part, whole):
    """``part`` in tenths of a per cent of ``whole``; None of nothing."""
    return nearest(1000 * part, whole) if whole else None


def table(lines, planned, actual):
    """Rows of the form: each line with what is below it.

    :param planned: ``{code: cents}`` of the line itself, without those below it
    :param actual: likewise
    :return: ``[{**line, planned, actual, own_planned, own_actual, planned_euros,
        actual_euros, percent, variance, variance_percent}]``
    :raises KeyError: when an amount is of a line that is not there
    """
    rows = {line["code"]: dict(line) for line in lines}
    for column, amounts in (("planned", planned), ("actual", actual)):
        for row in rows.values():
            row[column] = row["own_" + column] = 0
        for code, cents in amounts.items():
            rows[code]["own_" + column] = cents
            while code:
                rows[code][column] += cents
                code = rows[code]["parent"]
        _write_euros(rows, column)
    for row in rows.values():
        row["percent"] = percent(row["actual"], row["planned"])
        row["variance"] = row["actual"] - row["planned"]
        row["variance_percent"] = percent(row["variance"], row["planned"])
    return list(rows.values())


def _write_euros(rows, column):
    """Whole euros from the totals of each side down to the lines."""
    below = {}
    for row in rows.values():
        below.setdefault((row["side"], row["parent"]), []).append(row)
    for (_side, parent), children in below.items():
        cents = [row[column] for row in children]
        if parent is None:
            total = nearest(sum(cents), 100)
        else:
            # what a parent has of its own is shared with its children, unprinted
            cents.append(rows[parent]["own_" + column])
            total = rows[parent][column + "_euros"]
        # a parent comes before its children: its euros are known
        shares = euros(cents, total)
        for row, share in zip(children, shares, strict=False):
            row[column + "_euros"] = share


def totals(rows):
    """``{side: {planned, actual, planned_euros, actual_euros, percent, variance}}``"""
    sums = {side: dict.fromkeys(COLUMNS, 0) for side in SIDES}
    for row in rows:
        total = sums[row["side"]]
        if row["parent"] is None:
            for column in COLUMNS:
                total[column] += row[column]
    for total in sums.values():
        total["percent"] = percent(total["actual"], total["planned"])
        total["variance"] = total["actual"] - total["planned"]
        total["variance_percent"] = percent(total["variance"], total["planned"])
    return sums


SIDES = ("charge", "product", "in_kind_charge", "in_kind_product")
COLUMNS = ("planned", "actual", "planned_euros", "actual_euros")


def is_significant(row):
    """Whether a variance is to be explained."""
    gap = abs(row["variance"])
    return gap >= SIGNIFICANT_CENTS and gap >= SIGNIFICANT * abs(row["planned"])


def variances(rows):
    """The lines to explain: those without a line below that explains them."""
    parents = {row["parent"] for row in rows}
    return [
        row
        for row in rows
        if is_significant(row)
        and (row["code"] not in parents or row["own_actual"] or row["own_planned"])
    ]


def own_resources(charges, products):
    """What the association pays itself: what the others leave of the expenses.

    :return: ``(own resources, over-funding)``, one of them zero
    """
    left = charges - products
    return max(left, 0), max(-left, 0)
