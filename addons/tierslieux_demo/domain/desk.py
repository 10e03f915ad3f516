"""What happens at the desk of one venue, as plain data."""

from datetime import datetime, time, timedelta

#: Holders of a pass who come to the desk.
SOME = 4
#: Of the corrections asked for but the first, which waits.
ANSWERS = (
    (True, "Bien noté, merci de l’avoir signalé."),
    (False, "L’accueil n’ouvre qu’à cette heure-là."),
)


def opening(week, day):
    """When a venue opens first and closes last on a day, local; ``None`` if never.

    :param week: ``{weekday: [(start, stop)]}`` in minutes
    """
    spans = week.get(day.weekday())
    if not spans:
        return None
    midnight = datetime.combine(day, time())
    return tuple(
        midnight + timedelta(minutes=minutes) for minutes in (spans[0][0], spans[-1][1])
    )


def last_opening(week, closed, today):
    """The ``opening`` of the last open day before today, none longer ago than a week.

    :param closed: days off
    """
    for days in range(1, 7):
        day = today - timedelta(days=days)
        if day not in closed and opening(week, day):
            return opening(week, day)
    return None


def acts(holders, before, today, now):
    """Who comes in and goes out: all of them on the day before; today those who have
    come by now, and nobody has left.

    :param before: the ``opening`` of that day, ``None`` for none; ``today`` likewise
    :return: ``[(holder, "in" or "out", instant)]`` in the order of time
    """
    rows = []
    for rank, holder in enumerate(holders):
        if before:
            opens, closes = before
            stay = (closes - opens) / 2 + rank * (closes - opens) / (3 * SOME)
            begins = opens + timedelta(minutes=7 + 11 * rank)
            rows.append((holder, "in", begins))
            rows.append((holder, "out", min(begins + stay, closes)))
        if today:
            opens, closes = today
            begins = opens + timedelta(minutes=4 + 23 * rank)
            if begins <= now < closes:
                rows.append((holder, "in", begins))
    return sorted(rows, key=lambda row: row[2])


def wanted(rank, check_in):
    """What a holder asks to change in a visit of more than an hour."""
    return [
        {"check_out": check_in + timedelta(minutes=45)},
        {"void": True},
        {"check_in": check_in - timedelta(minutes=30)},
    ][rank]
