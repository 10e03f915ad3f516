"""Proxies (pouvoirs): who votes for whom, and why a proxy does not count.

A proxy counts when its principal is entitled and not present, and its holder entitled
and present. Depth 1: a proxy is never passed on; whoever is absent carries none, and
keeps the right to give one's own. The principal's arrival revokes. A later proxy of a
principal replaces the earlier. Beyond the cap, the first given count. A blank proxy
(no holder named) does as the statutes say: it is void, goes to the chair beyond any
cap, or votes for what the board proposes. Source: the statutes; for the blank proxy
voting with the board, article L225-106 of the Code de commerce, which many follow.
"""

from dataclasses import dataclass, field

VOID = "void"
CHAIR = "chair"
BOARD = "board"

NOT_ENTITLED = "principal_not_entitled"
PRINCIPAL_PRESENT = "principal_present"
REPLACED = "replaced"
OWN = "to_oneself"
HOLDER_NOT_ENTITLED = "holder_not_entitled"
HOLDER_ABSENT = "holder_absent"
OTHER_COLLEGE = "other_college"
OVER_CAP = "over_cap"
BLANK_VOID = "blank_void"
NO_CHAIR = "no_chair"


@dataclass(frozen=True)
class Proxy:
    """A proxy as given; no holder for a blank one."""

    principal: object
    holder: object = None


@dataclass(frozen=True)
class ProxyRule:
    """A rule of the statutes.

    :param cap: proxies one holder may use; None for any number, 0 for none
    :param same_college: whether holder and principal must be of one college
    :param blank: ``void``, ``chair`` or ``board``
    :raises ValueError: a rule that cannot be
    """

    cap: int = None
    same_college: bool = False
    blank: str = VOID

    def __post_init__(self):
        if self.blank not in (VOID, CHAIR, BOARD):
            raise ValueError(f"unknown rule for blank proxies: {self.blank}")
        if self.cap is not None and self.cap < 0:
            raise ValueError("a cap may not be negative")


@dataclass
class Powers:
    """Who votes for whom.

    :param votes: ``{present person: [those they vote for, themselves first]}``
    :param board: principals whose blank proxies vote for what the board proposes
    :param refused: ``[(proxy, reason)]``, in the order given
    """

    votes: dict
    board: list = field(default_factory=list)
    refused: list = field(default_factory=list)

    def represented(self):
        """How many votes are there by proxy."""
        return len(self.board) + sum(len(held) - 1 for held in self.votes.values())


def powers(rule, proxies, present, colleges, chair=None):
    """The voting powers of a meeting at one moment.

    >>> given = [Proxy("Ada", "Hedy"), Proxy("Grace", "Hedy")]
    >>> college = dict.fromkeys(["Ada", "Grace", "Hedy"], "lieux")
    >>> result = powers(ProxyRule(cap=1), given, {"Hedy"}, college)
    >>> result.votes, result.refused[0][1]
    ({'Hedy': ['Hedy', 'Ada']}, 'over_cap')

    :param proxies: in the order given
    :param present: those who are there, on site or remote
    :param colleges: ``{person entitled to vote: college}``
    :param chair: who holds the blank proxies where the rule gives them to the chair
    """
    arrived = set(present)
    here = [person for person in colleges if person in arrived]
    result = Powers({person: [person] for person in here})
    last = {proxy.principal: index for index, proxy in enumerate(proxies)}
    used = dict.fromkeys(here, 0)
    for index, proxy in enumerate(proxies):
        reason = _flaw(proxy, index == last[proxy.principal], result.votes, colleges)
        if not reason and proxy.holder is None:
            reason = _use_blank(rule, proxy, result, chair)
        elif not reason:
            reason = _use(rule, proxy, result.votes, used, colleges)
        if reason:
            result.refused.append((proxy, reason))
    return result


def _flaw(proxy, latest, votes, colleges):
    """Why no rule can make the proxy count, or None."""
    if proxy.principal not in colleges:
        return NOT_ENTITLED
    if not latest:
        return REPLACED
    if proxy.holder == proxy.principal:
        return OWN
    if proxy.principal in votes:
        return PRINCIPAL_PRESENT
    if proxy.holder is not None and proxy.holder not in colleges:
        return HOLDER_NOT_ENTITLED
    if proxy.holder is not None and proxy.holder not in votes:
        return HOLDER_ABSENT
    return None


def _use(rule, proxy, votes, used, colleges):
    """Count a proxy with a holder, or say why the rule does not let it."""
    if rule.same_college and colleges[proxy.holder] != colleges[proxy.principal]:
        return OTHER_COLLEGE
    if rule.cap is not None and used[proxy.holder] >= rule.cap:
        return OVER_CAP
    used[proxy.holder] += 1
    votes[proxy.holder].append(proxy.principal)
    return None


def _use_blank(rule, proxy, result, chair):
    if rule.blank == VOID:
        return BLANK_VOID
    if rule.blank == BOARD:
        result.board.append(proxy.principal)
        return None
    if chair not in result.votes:
        return NO_CHAIR
    result.votes[chair].append(proxy.principal)
    return None
