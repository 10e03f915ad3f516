"""Shares of an issue: who gets them when there are fewer than are asked for.

``free`` is what no reservation that holds, payment or allotment takes.
"""

from typing import NamedTuple


class Answer(NamedTuple):
    #: "" when it is granted; else sold_out or too_many_for_one
    refusal: str
    #: shares that this person can still have
    left: int


def reserve(quantity, free, per_person=0, own=0):
    """Whether somebody can have so many shares now.

    :param per_person: at most, 0 for no limit
    :param own: what the person has of this issue already
    """
    left = free
    if per_person:
        room = max(per_person - own, 0)
        left = min(free, room)
        if quantity > room:
            return Answer("too_many_for_one", left)
    return Answer("" if quantity <= left else "sold_out", left)


def receipt(state, amount, received, quantity, free, is_open):
    """The state of a subscription after money came for it.

    A reservation that holds is paid. A payment after its end is taken if shares are
    left; else it waits while the issue is open.

    :param received: all that came so far, in cents
    :param free: shares, without those of this subscription
    """
    if state not in ("reserved", "expired", "waiting") or received < amount:
        return state
    if state == "reserved" or is_open and quantity <= free:
        return "paid"
    return "waiting" if is_open else state


def promoted(queue, free):
    """Those of the waiting list who get shares, in order: nobody overtakes.

    :param queue: ``[(key, shares)]``
    """
    keys = []
    for key, quantity in queue:
        if quantity > free:
            break
        free -= quantity
        keys.append(key)
    return keys
