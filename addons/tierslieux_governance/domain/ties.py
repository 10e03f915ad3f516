"""Ties: settled by the rule of the method, then by a lot that anyone can draw again.

The lot is one order of all candidates for the whole count: by SHA-256 of the seed and
the name, so that it depends neither on the order of ballots or candidates nor on a
programming language. Whoever is drawn first is preferred: elected before, excluded
after the others. The seed is drawn in public, or fixed, before the ballots are known.
"""

import hashlib


def lot(seed, names):
    """The names in the order drawn.

    >>> lot("2026-11-22", ["Ada", "Grace", "Hedy"])
    ['Ada', 'Hedy', 'Grace']
    """

    def draw(name):
        return hashlib.sha256(f"{seed}\n{name}".encode()).digest(), name

    return sorted(names, key=draw)


class Ties:
    """Settles the ties of one count and keeps a log of them.

    ``log`` is a list of ``{"round", "purpose", "tied", "chosen", "rule"}``, with
    ``"seed"`` and ``"drawn"`` (the order drawn) where it came to the lot.
    """

    def __init__(self, seed=0):
        self.seed = seed
        self.log = []

    def settle(self, tied, purpose, round_number, criteria=(), lowest=False):
        """One of the tied names.

        :param criteria: ``[(rule, {name: value})]``, tried in turn; each keeps the
            names of the highest value
        :param lowest: keep the lowest instead, and take the last drawn
        """
        extreme = min if lowest else max
        entry = {"round": round_number, "purpose": purpose, "tied": sorted(tied)}
        remaining = entry["tied"]
        for rule, values in criteria:
            best = extreme(values[name] for name in remaining)
            remaining = [name for name in remaining if values[name] == best]
            if len(remaining) == 1:
                entry["rule"] = rule
                break
        else:
            remaining = lot(self.seed, remaining)
            entry.update(rule="lot", seed=self.seed, drawn=list(remaining))
        chosen = remaining[-1 if lowest else 0]
        self.log.append({**entry, "chosen": chosen})
        return chosen

    def highest(self, values, wanted, purpose, round_number=1, criteria=()):
        """The ``wanted`` names of the highest values, highest first.

        :param values: ``{name: value}``, values that compare
        """
        remaining = dict(values)
        order = []
        while remaining and len(order) < wanted:
            best = max(remaining.values())
            tied = [name for name, value in remaining.items() if value == best]
            if len(tied) > 1:
                tied = [self.settle(tied, purpose, round_number, criteria)]
            order += tied
            del remaining[tied[0]]
        return order
