"""Until when a booking can be cancelled or moved by whoever made it.

Instants are naive ``datetime`` in UTC; the delay is in hours that pass.
"""

from datetime import timedelta


def deadline(start, hours):
    """The last instant at which it still can."""
    return start - timedelta(hours=hours)


def in_time(start, hours, now):
    """Whether it still can at ``now``: up to the deadline, and never once begun."""
    return now <= deadline(start, hours) and now < start
