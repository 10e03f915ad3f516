# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What a version of a financial report changes of the one before it."""


def table_changes(before, after):
    """Lines of the table whose figures differ.

    :param before: rows of :func:`.financial_report.table`
    :return: ``[{code, name, column, before, after}]`` in the order of the form
    """
    old = {row["code"]: row for row in before}
    new = {row["code"]: row for row in after}
    changes = []
    for code in [*new, *(code for code in old if code not in new)]:
        row = new.get(code) or old[code]
        for column in ("planned", "actual"):
            was = old[code][column] if code in old else 0
            now = new[code][column] if code in new else 0
            if was != now:
                changes.append(
                    {
                        "code": code,
                        "name": row["name"],
                        "column": column,
                        "before": was,
                        "after": now,
                    }
                )
    return changes


def line_changes(before, after, key, amounts):
    """Lines that came, went or changed.

    :param before: ``[{…}]``
    :param key: names of what tells lines apart; lines of one key are summed
    :param amounts: names of the cents that are compared
    :return: ``[{"line": the line, "before": {amount: cents}, "after": {…}}]``; a line
        that came has None before, one that went None after
    """
    old, new = _summed(before, key, amounts), _summed(after, key, amounts)
    changes = []
    for place in [*new, *(place for place in old if place not in new)]:
        was, now = old.get(place), new.get(place)
        if (was and was[1]) != (now and now[1]):
            changes.append(
                {
                    "line": (now or was)[0],
                    "before": was and was[1],
                    "after": now and now[1],
                }
            )
    return changes


def _summed(lines, key, amounts):
    """``{key: (first line, {amount: cents})}``"""
    found = {}
    for line in lines:
        place = tuple(line[name] for name in key)
        _line, sums = found.setdefault(place, (line, dict.fromkeys(amounts, 0)))
        for name in amounts:
            sums[name] += line[name]
    return found


def text_changes(before, after):
    """Names of the texts that differ, in order."""
    return [name for name in after if before.get(name) != after[name]]
