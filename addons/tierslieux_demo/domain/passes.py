"""The shared pass of the demo network: who holds one, and months of visits, as plain
data. Visits follow the opening hours of their venues, in local time."""

import random
from datetime import date, datetime, timedelta

#: One person in so many holds a pass.
SHARE = 4
#: Months that are over, each closed; the one that runs comes after them.
MONTHS = 11
A_HANDFUL, FEW_MONTHS = 200, 3
#: People times months, of which one in ``SHARE`` is an invoice.
BILLED = 33_000
PLANS = [
    {
        "key": "hour",
        "name": "À l’heure",
        "description": "Sans engagement : vous payez le temps passé.",
        "fee": 5,
        "minutes": 0,
        "unlimited": False,
    },
    {
        "key": "nomad",
        "name": "Nomade",
        "description": "Pour venir un ou deux jours par semaine, ici ou là.",
        "fee": 75,
        "minutes": 30 * 60,
        "unlimited": False,
    },
    {
        "key": "unlimited",
        "name": "Illimité",
        "description": "Pour travailler tous les jours dans les lieux du réseau.",
        "fee": 170,
        "minutes": 0,
        "unlimited": True,
    },
]
#: Parts of the holders, and visits a week, of each plan.
HABITS = {"hour": (45, 0.5), "nomad": (40, 1.3), "unlimited": (15, 3.0)}
HOURLY_RATE = 4
#: One venue in so many has not signed the mandate to self-bill.
UNSIGNED = 17
#: Out of a hundred visits, those that nobody ended.
FORGOTTEN = 4


def generate(some_venues, some_people, managed, member, closed, today, months=MONTHS):
    """Plans, holders and visits.

    :param some_venues: each with its open ``week``, ``{weekday: [(start, stop)]}`` in
        minutes
    :param managed: keys of the venues whose managers are known: people come there too
    :param member: key of the person who signs in as a member: holds a pass
    :param closed: ``{venue: days on which it is closed}``
    :param months: how many are over since the pass began
    :return: ``{"plans", "start": first day, "venues": keys of those that take the pass,
        "unsigned": those of them that sent no mandate to self-bill,
        "holders": [{"person", "plan", "since", "end" or None, "home", "shows_name"}],
        "visits": [(holder index, venue key, check-in, check-out, estimated)]}``,
        times local and naive, in order
    """
    rng = random.Random(f"tierslieux passes {len(some_venues)} {len(some_people)}")
    start = months_before(today, months)
    hours = {
        venue["key"]: venue["week"]
        for venue in some_venues
        if venue["state"] == "open" and venue["opening_date"] <= start
    }
    taking = [key for key, week in hours.items() if week]
    holders = _holders(rng, some_people, taking, member, start, today)
    visits = []
    for index, holder in enumerate(holders):
        places = _favourites(rng, holder, taking, managed)
        visits += _visits(rng, index, holder, hours, places, closed, today)
    visits.sort(key=lambda visit: (visit[2], visit[0]))
    return {
        "plans": PLANS,
        "start": start,
        "venues": taking,
        "unsigned": {*[key for key in taking if key not in managed][::UNSIGNED]},
        "holders": holders,
        "visits": visits,
    }


def months_over(people_count):
    """How many months of a network are made: fewer of a large one, so that it is made
    in less than half an hour, and of one of a handful, which is made to try something.
    """
    if people_count < A_HANDFUL:
        return FEW_MONTHS
    return max(1, min(MONTHS, BILLED // people_count))


def months_before(day, count):
    """The first of the month so many months before that of a day."""
    months = day.year * 12 + day.month - 1 - count
    return date(months // 12, months % 12 + 1, 1)


def _holders(rng, some_people, taking, member, start, today):
    if not taking:
        return []
    keys = list(HABITS)
    shares = [HABITS[key][0] for key in keys]
    days = (today - start).days
    holders = []
    for person in some_people:
        is_member = person["key"] == member
        if person["key"] % SHARE and not is_member:
            continue
        since = start + timedelta(days=max(0, rng.randint(-days, days - 20)))
        end = None
        if rng.randrange(100) < 8 and not is_member:
            end = months_before(today, -1)
            if since < months_before(today, 3):
                end = months_before(today, rng.randint(0, 2))
        home = person["home"] if person["home"] in taking else rng.choice(taking)
        holders.append(
            {
                "person": person["key"],
                "plan": "nomad" if is_member else rng.choices(keys, shares)[0],
                "since": since,
                "end": end,
                "home": home,
                "shows_name": rng.randrange(100) < 60,
            }
        )
    return holders


def _favourites(rng, holder, taking, managed):
    favourites = [holder["home"], holder["home"], rng.choice(taking)]
    if managed and rng.randrange(4) == 0:
        favourites.append(rng.choice(managed))
    return favourites


def _visits(rng, index, holder, hours, places, closed, today):
    """At most one visit a day, at home twice out of three; none today."""
    last = min(holder["end"] or today, today)
    chance = HABITS[holder["plan"]][1] / 5
    day = holder["since"]
    while day < last:
        if rng.random() < chance:
            venue = rng.choice(places)
            spans = hours.get(venue, {}).get(day.weekday())
            if spans and day not in closed.get(venue, ()):
                yield _visit(rng, index, venue, day, spans)
        day += timedelta(days=1)


def _visit(rng, index, venue, day, spans):
    opens, closes = spans[0][0], spans[-1][1]
    begin = rng.randint(opens, max(opens, closes - 60))
    stay = min(int(rng.triangular(35, 480, 190)), closes - begin)
    estimated = rng.randrange(100) < FORGOTTEN
    end = min(closes, begin + 480) if estimated else begin + max(stay, 1)
    midnight = datetime.combine(day, datetime.min.time())
    return (
        index,
        venue,
        midnight + timedelta(minutes=begin),
        midnight + timedelta(minutes=min(end, 1439)),
        estimated,
    )
