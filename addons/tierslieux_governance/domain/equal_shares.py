"""Method of Equal Shares for participatory budgets.

Each of n voters holds B ÷ n. Again and again the project of the smallest ρ is bought,
such that Σ over its supporters of min(what they hold, ρ · utility) is its cost, until
none can be paid by its supporters. With cost utility, the utility of a project is its
cost to each who approves it; else the points given. Completion *add1*: everyone gets
one unit more and the method is run again, until an outcome is exhaustive (nothing left
out that has a supporter would fit into the budget) or costs more than the budget; the
last that fits is kept. Equal ρ: the lower cost, then more supporters, then the lot.
Projects without a supporter are never bought; those without a cost come first.
Sources: D. Peters, G. Pierczyński, P. Skowron, "Proportional Participatory Budgeting
with Additive Utilities", NeurIPS 2021; https://equalshares.net/explanation.

All sums are integers over one common denominator, which a purchase multiplies: exact,
and far quicker than fractions.
"""

from fractions import Fraction
from math import gcd, lcm

from .ballots import BallotError, Outcome
from .ties import Ties

RULES = (
    "Each voter holds an equal share of the budget; the project of the smallest price"
    " per utility to its supporters is bought next.",
    "Utility is the cost of a project to each voter who approves it, ranks it, or gives"
    " it points.",
    "Completion add1: all shares grow by one unit until the outcome is exhaustive or"
    " too dear; the last that fits the budget is kept.",
    "Equal prices: the lower cost, then more supporters, then the lot.",
)


def count(projects, costs, budget, ballots, seed=0, completion="add1", fill=False):
    """Count a participatory budget.

    A round is ``{"round", "project", "cost", "rho", "supporters", "payments":
    [{"amount", "voters"}]}``, in the order of purchase, amounts from the highest down.
    ``details`` has ``cost`` (of all winners), ``budget``, ``share`` (of each voter in
    the run that is kept), ``left_out`` (``{project: {"cost", "supporters", "held" by
    them at the end}}``). A project that was filled in has neither rho nor payments.

    >>> result = count(("mur", "four"), (60, 50), 100, {(0,): 3, (0, 1): 1, (1,): 1})
    >>> result.winners, result.details["cost"]
    (['mur'], 60)

    :param projects: distinct names
    :param costs: of the projects, in the unit of the budget; ints or Fractions, none
        negative
    :param budget: int or Fraction, above nought
    :param ballots: ``{tuple of projects: voters}`` for cost utility, or ``{tuple of
        (project, utility): voters}`` for points, nought and less being no support
    :param completion: ``"add1"``, or None for none
    :param fill: in the end buy what still fits, most supporters first
    :raises BallotError: no budget, no ballots, a cost below nought
    """
    if completion not in ("add1", None):
        raise ValueError(completion)
    if budget <= 0:
        raise BallotError("the budget must be above nought")
    if any(cost < 0 for cost in costs):
        raise BallotError("a project may not cost less than nought")
    if not sum(ballots.values()):
        raise BallotError("there are no ballots")
    election = _Election(projects, costs, budget, ballots, seed)
    run = election.complete() if completion else election.run(0)
    if fill:
        election.fill(run)
    rounds = election.rounds(run)
    details = {
        "cost": _number(sum(bought["cost"] for bought in rounds)),
        "budget": _number(budget),
        "share": _number(run.share),
        "left_out": election.left_out(run),
    }
    winners = [bought["project"] for bought in rounds]
    return Outcome(winners, rounds, ties=run.ties.log, details=details)


class _Project:
    """A project, its cost over the common denominator, and who supports it.

    ``supporters`` are ``(group of equal ballots, voters, utility, weight)``: what the
    group holds × weight orders supporters by what they hold ÷ utility. Utilities are
    divided by ``common``: all are 1 when all are equal.
    """

    def __init__(self, index, name, cost, utilities):
        self.index = index
        self.name = name
        self.cost = cost
        self.common = gcd(*(utility for _, _, utility in utilities))
        utilities = [(g, n, utility // self.common) for g, n, utility in utilities]
        self.most = lcm(*(utility for _, _, utility in utilities))
        self.supporters = [(g, n, u, self.most // u) for g, n, u in utilities]
        self.utility = sum(n * u for _, n, u, _ in self.supporters)
        self.backers = sum(n for _, n, _, _ in self.supporters)

    def price(self, held, denominator):
        """The smallest ρ, as ``(numerator, denominator)``, or None if unaffordable.

        The poorest in proportion to their utility pay all they hold as long as ρ asks
        them for more; the others share the rest by utility.
        """
        levels = {}
        if self.most == 1:  # Equal utilities
            for group, voters, _, _ in self.supporters:
                holding = held[group]
                levels[holding] = levels.get(holding, 0) + voters
            levels = {h: (n, n * h) for h, n in levels.items()}
        else:
            for group, voters, utility, weight in self.supporters:
                holding = held[group]
                utilities, sums = levels.get(holding * weight, (0, 0))
                levels[holding * weight] = (
                    utilities + voters * utility,
                    sums + voters * holding,
                )
        missing = self.cost * denominator
        utility = self.utility
        for level in sorted(levels):
            if missing * self.most <= utility * level:
                return missing, denominator * utility
            utilities, sums = levels[level]
            missing -= sums
            utility -= utilities
        return None


class _Run:
    """One run of the method: what was bought, and what voters hold after it.

    For each project bought, ``payments`` has ``(price ÷ utility, {amount: voters},
    denominator of the amounts)``.
    """

    def __init__(self, held, denominator, share, ties):
        self.held = held
        self.denominator = denominator
        self.share = share
        self.ties = ties
        self.bought = []
        self.payments = []


class _Election:
    def __init__(self, names, costs, budget, ballots, seed):
        self.names = names
        self.seed = seed
        pairs = {
            ballot: [one if isinstance(one, tuple) else (one, None) for one in ballot]
            for ballot in ballots
        }
        utilities = [u for rated in pairs.values() for _, u in rated if u is not None]
        self.utility_unit = lcm(*(Fraction(u).denominator for u in utilities))
        self.by_cost = not utilities
        self.unit = lcm(*(Fraction(sum_).denominator for sum_ in (*costs, budget)))
        self.budget = int(budget * self.unit)
        self.costs = [int(cost * self.unit) for cost in costs]
        self.groups = list(ballots.values())
        self.voters = sum(self.groups)
        support = [[] for _ in names]
        for group, (ballot, voters) in enumerate(ballots.items()):
            for index, utility in pairs[ballot]:
                if utility is None:  # A project without a cost is bought at any utility
                    utility = self.costs[index] or 1
                else:
                    utility = int(utility * self.utility_unit)
                if utility > 0 and voters:
                    support[index].append((group, voters, utility))
        self.free = [
            index for index in range(len(names)) if support[index] and not costs[index]
        ]
        self.projects = [
            _Project(index, names[index], self.costs[index], support[index])
            for index in range(len(names))
            if support[index] and costs[index]
        ]
        self.backers = [sum(n for _, n, _ in one) for one in support]

    def complete(self):
        """The last run of growing shares that fits the budget (add1)."""
        added = 0
        run = self.run(added)
        while not self.exhaustive(run):
            added += 1
            richer = self.run(added)
            if self.cost(richer) > self.budget:
                break
            run = richer
        return run

    def cost(self, run):
        return sum(self.costs[index] for index in run.bought)

    def exhaustive(self, run):
        left = self.budget - self.cost(run)
        bought = set(run.bought)
        return not any(
            project.cost <= left
            for project in self.projects
            if project.index not in bought
        )

    def run(self, added):
        """One run where each voter holds ``added`` more than a share."""
        each = self.budget + added * self.unit * self.voters
        run = _Run(
            [each] * len(self.groups),
            self.voters,
            Fraction(each, self.voters * self.unit),
            Ties(self.seed),
        )
        for index in self.free:
            run.bought.append(index)
            run.payments.append((Fraction(0), {}, 1))
        # A price never falls during a run, and never is below cost ÷ all utility
        floors = {
            project: Fraction(project.cost, project.utility * project.common)
            for project in self.projects
        }
        while True:
            best = self.cheapest(floors, run)
            if best is None:
                break
            self.buy(best, floors.pop(best), run)
        return run

    def cheapest(self, floors, run):
        """The project to buy next; drops those that cannot be paid any more."""
        best, tied = None, []
        for project, floor in sorted(floors.items(), key=lambda item: item[1]):
            if best is not None and floor > best:
                break
            price = project.price(run.held, run.denominator)
            if price is None:
                del floors[project]
                continue
            rho = floors[project] = Fraction(price[0], price[1] * project.common)
            if best is None or rho < best:
                best, tied = rho, [project]
            elif rho == best:
                tied.append(project)
        if len(tied) < 2:
            return tied[0] if tied else None
        named = {project.name: project for project in tied}
        criteria = [
            ("lower cost", {name: -named[name].cost for name in named}),
            ("more supporters", {name: named[name].backers for name in named}),
        ]
        chosen = run.ties.settle(named, "next purchase", len(run.bought) + 1, criteria)
        return named[chosen]

    def buy(self, project, rho, run):
        each = rho * project.common
        finer = each.denominator // gcd(each.denominator, run.denominator)
        run.denominator *= finer
        run.held = held = [holding * finer for holding in run.held]
        price = each.numerator * (run.denominator // each.denominator)
        paid = {}
        for group, voters, utility, _ in project.supporters:
            payment = min(held[group], price * utility)
            held[group] -= payment
            paid[payment] = paid.get(payment, 0) + voters
        run.bought.append(project.index)
        run.payments.append((rho, paid, run.denominator))

    def fill(self, run):
        """Buy what still fits after all, most supporters first, from what is left."""
        left = self.budget - self.cost(run)
        named = {
            project.name: project
            for project in self.projects
            if project.index not in run.bought
        }
        order = run.ties.highest(
            {name: (named[name].backers, -named[name].cost) for name in named},
            len(named),
            "greedy fill",
            len(run.bought) + 1,
        )
        for name in order:
            if named[name].cost <= left:
                left -= named[name].cost
                run.bought.append(named[name].index)
                run.payments.append((None, {}, 1))

    def rounds(self, run):
        """The purchases of a run, as told."""
        told = []
        for index, (rho, paid, denominator) in zip(
            run.bought, run.payments, strict=True
        ):
            if rho and not self.by_cost:
                rho = rho * self.utility_unit / self.unit
            payments = [
                {
                    "amount": _number(Fraction(amount, denominator * self.unit)),
                    "voters": paid[amount],
                }
                for amount in sorted(paid, reverse=True)
                if amount
            ]
            told.append(
                {
                    "round": len(told) + 1,
                    "project": self.names[index],
                    "cost": _number(Fraction(self.costs[index], self.unit)),
                    "rho": None if rho is None else _number(rho),
                    "supporters": self.backers[index],
                    "payments": payments,
                }
            )
        return told

    def left_out(self, run):
        """What supporters of the other projects hold after a run, as told."""
        supporters = {project.index: project.supporters for project in self.projects}
        told = {}
        for index, name in enumerate(self.names):
            if index not in run.bought:
                holding = sum(
                    voters * run.held[group]
                    for group, voters, _, _ in supporters.get(index, ())
                )
                told[name] = {
                    "cost": _number(Fraction(self.costs[index], self.unit)),
                    "supporters": self.backers[index],
                    "held": _number(Fraction(holding, run.denominator * self.unit)),
                }
        return told


def _number(value):
    value = Fraction(value)
    return value.numerator if value.denominator == 1 else value
