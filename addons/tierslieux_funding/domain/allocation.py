"""A proposal: which funder is charged how much of which expense.

A proposal is a flow of cents from expenses through the parts that actions bear and the
lines of the report to funders. Every rule is a capacity on the way: what is left of an
expense, the rate of a funder on each part, caps of lines, what each funder is asked.
The greatest flow is in whole cents and satisfies all of them; when it is less than
what is asked, the least cut names the rules that stand in the way, and its capacities
sum to what they let through: no allocation can do better.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from fractions import Fraction

from .claim import base_of, share
from .flow import Network


@dataclass(frozen=True, slots=True)
class Part:
    """What an action bears of an expense.

    :param left: cents of it that nobody is charged
    :param shown: ``{funder: cents}``: who may be charged, and how much of it the
        funder has been shown already
    """

    key: object
    expense: object
    amount: int
    left: int
    shown: dict
    line: object = None


@dataclass(frozen=True, slots=True)
class Funder:
    """What a funder is asked, and its rules.

    :param asked: cents to reach, on top of what it is charged already
    :param charged: cents it is charged already, ``by_line`` for each line
    :param caps: ``{line: cents}``, the most it pays for a line and those below
    :param percents: ``{line: Fraction}``, the part of all it pays at most
    """

    key: object
    asked: int
    rate: Fraction = Fraction(1)
    caps: dict = field(default_factory=dict)
    percents: dict = field(default_factory=dict)
    by_line: dict = field(default_factory=dict)

    @property
    def charged(self):
        return sum(self.by_line.values())


@dataclass(frozen=True, slots=True)
class Allocation:
    part: object
    funder: object
    base: int
    amount: int


@dataclass(frozen=True, slots=True)
class Conflict:
    """A rule that stands in the way, and the cents it lets through.

    :param rule: ``expense`` (all that is left is charged), ``rate`` (of one funder),
        ``cap`` (of one funder and line)
    :param count: how many expenses it is about
    """

    rule: str
    limit: int
    funder: object = None
    line: object = None
    count: int = 0


@dataclass(frozen=True, slots=True)
class Proposal:
    """
    :param reached: ``{funder: cents}``
    :param short: funders that do not get what is asked, those who compete with them
        for the same expenses included
    :param conflicts: the rules that stand in their way, none when all is reached
    """

    allocations: list
    reached: dict
    short: list
    conflicts: list


def propose(parts, funders, parents=None):
    """
    :param parts: in the order in which they are to be used
    :param funders: in the order in which they are to be served
    :param parents: ``{line: line above}``
    :raises ValueError: when an amount is negative
    """
    graph = _Graph(parts, funders, parents or {})
    graph.serve()
    asked = {funder.key: funder.asked for funder in funders}
    reached = graph.reached()
    missing = [key for key in asked if reached[key] < asked[key]]
    short, conflicts = graph.conflicts(missing) if missing else ([], [])
    amounts = graph.amounts()
    if missing:
        _trim(amounts, parts, funders, graph.parents)
    by_key = {part.key: part for part in parts}
    allocations = [
        Allocation(key, funder.key, _base(by_key[key], funder, amount), amount)
        for funder in funders
        for key, amount in amounts[funder.key].items()
        if amount
    ]
    return Proposal(
        allocations,
        {key: sum(amounts[key].values()) for key in asked},
        short,
        conflicts,
    )


def _base(part, funder, amount):
    """What is shown for an amount: all that is left to show if that is its share, so
    that no cent of it stays apart."""
    left = part.amount - part.shown[funder.key]
    whole = amount == share(left, funder.rate)
    return left if whole else base_of(amount, funder.rate)


class _Graph:
    SOURCE, SINK = 0, 1

    def __init__(self, parts, funders, parents):
        self.network = Network(2)
        self.parts, self.funders, self.parents = parts, funders, parents
        # of each funder and line: the node where it begins, and the edges from there
        self.ways = {}
        # (edge, rule, funder, line): what a conflict may be about
        self.rules = []
        self.caps = {funder.key: _room(funder, parents) for funder in funders}
        for funder in funders:
            if funder.asked < 0:
                raise ValueError("nobody is asked less than nothing")
            node = self.network.node()
            edge = self.network.edge(node, self.SINK, funder.asked)
            self.ways[funder.key, None] = node, (edge,)
        self.charges = []
        self._add_parts({funder.key: funder for funder in funders})

    def _way(self, funder, line):
        key = funder, line
        if key not in self.ways:
            node, edges = self._way(funder, self.parents.get(line))
            if line in self.caps[funder]:
                below = self.network.node()
                edge = self.network.edge(below, node, self.caps[funder][line])
                self.rules.append((edge, "cap", funder, line))
                node, edges = below, (edge, *edges)
            self.ways[key] = node, edges
        return self.ways[key]

    def _add_parts(self, funders):
        left = defaultdict(int)
        for part in self.parts:
            if part.left < 0:
                raise ValueError("no more is charged than there is")
            left[part.expense] += part.left
        expenses = {}
        for part in self.parts:
            if part.expense not in expenses:
                node = self.network.node()
                edge = self.network.edge(self.SOURCE, node, left[part.expense])
                expenses[part.expense] = node, edge
                self.rules.append((edge, "expense", None, None))
            start, first = expenses[part.expense]
            node = self.network.node()
            second = self.network.edge(start, node, part.left)
            self.rules.append((second, "expense", None, None))
            for key, shown in part.shown.items():
                end, rest = self._way(key, part.line)
                most = share(max(0, part.amount - shown), funders[key].rate)
                third = self.network.edge(node, end, most)
                self.rules.append((third, "rate", key, None))
                self.charges.append((third, part, key, (first, second, third, *rest)))

    def serve(self):
        """Parts that few funders may be charged for go first, each to the first in
        turn; then whatever rearranging still brings."""
        asked = {funder.key: funder.asked for funder in self.funders}
        rank = {key: place for place, key in enumerate(asked)}
        for _edge, _part, funder, path in sorted(
            self.charges, key=lambda charge: (len(charge[1].shown), rank[charge[2]])
        ):
            self.network.push(path, asked[funder])
        self.network.fill(self.SOURCE, self.SINK)

    def reached(self):
        return {
            funder.key: self.network.flow(self.ways[funder.key, None][1][0])
            for funder in self.funders
        }

    def amounts(self):
        """``{funder: {part: cents}}``"""
        found = {funder.key: {} for funder in self.funders}
        for edge, part, funder, _path in self.charges:
            found[funder][part.key] = self.network.flow(edge)
        return found

    def conflicts(self, missing):
        """The cut nearest to those who miss something: who competes for the same
        expenses, and the rules that let no more through."""
        side = self.network.reaching(
            [self.ways[key, None][0] for key in missing], without=self.SINK
        )
        limits, counts = defaultdict(int), defaultdict(int)
        for edge, *rule in self.rules:
            start, end = self.network.to[edge ^ 1], self.network.to[edge]
            if end in side and start not in side:
                sent = self.network.flow(edge)
                limits[tuple(rule)] += sent
                counts[tuple(rule)] += bool(sent)
        short = [
            funder.key
            for funder in self.funders
            if self.ways[funder.key, None][0] in side
        ]
        return short, [
            Conflict(rule, limits[rule, funder, line], funder, line, count)
            for (rule, funder, line), count in counts.items()
            if count or rule == "cap"
        ]


def _below(line, parents):
    """A line and those above it."""
    while line is not None:
        yield line
        line = parents.get(line)


def _sums(by_line, parents):
    sums = defaultdict(int)
    for line, cents in by_line.items():
        for above in _below(line, parents):
            sums[above] += cents
    return sums


def _room(funder, parents):
    """``{line: cents}`` that its caps leave, once all that is asked is reached."""
    charged = _sums(funder.by_line, parents)
    total = funder.charged + funder.asked
    caps = dict(funder.caps)
    for line, percent in funder.percents.items():
        caps[line] = min(share(total, percent), caps.get(line, total))
    return {line: max(0, cap - charged[line]) for line, cap in caps.items()}


def _trim(amounts, parts, funders, parents):
    """Caps in percent were those of all that is asked: where less was reached, take off
    what is above them. Of a line that is ``over`` its percentage, as much goes as makes
    it fit what is then left in all."""
    lines = {part.key: part.line for part in parts}
    for funder in funders:
        mine = amounts[funder.key]
        over = True
        while over:
            by_line = defaultdict(int, funder.by_line)
            for key, cents in mine.items():
                by_line[lines[key]] += cents
            total = sum(by_line.values())
            sums = _sums(by_line, parents)
            over = False
            for line, percent in funder.percents.items():
                excess = sums[line] - share(total, percent)
                room = excess if percent == 1 else -(-excess // (1 - percent))
                for key in reversed(mine):
                    if room <= 0:
                        break
                    if line in _below(lines[key], parents) and mine[key]:
                        taken = min(mine[key], int(room))
                        mine[key] -= taken
                        room -= taken
                        over = True
                if over:
                    break
