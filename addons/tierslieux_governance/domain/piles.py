"""Ballot papers sorted by the candidate they count for: what STV and IRV both do.

A pile holds papers by their value; a paper is the place of its ranking in two lists, of
the rankings and of how many ballots give each. Nothing is made for a paper that moves:
it has to be quick for 80 000 of them.
"""


class Piles:
    """All papers of a count.

    :param rankings: strict rankings, ``{tuple of candidates: voters}``
    :param unit: the value of a new paper
    """

    def __init__(self, rankings, candidates, unit=1):
        self.continuing = [True] * candidates
        self.votes = [0] * candidates
        self.exhausted = 0
        self._rankings = list(rankings)
        self._voters = list(rankings.values())
        *first, _ = self._parcels(range(len(rankings)))
        self._papers = [{unit: papers} for papers in first]
        for candidate, papers in enumerate(first):
            self.votes[candidate] = unit * self._count(papers)

    def _count(self, papers):
        return sum(map(self._voters.__getitem__, papers))

    def move(self, source, revalue=None):
        """Move the papers of a candidate who no longer continues.

        :param revalue: the new value of a paper by its value so far; unchanged if None
        :return: ``({candidate: value received}, value exhausted)``
        """
        piles, self._papers[source] = self._papers[source], {}
        received = {}
        exhausted = 0
        for value, papers in piles.items():
            worth = revalue(value) if revalue else value
            *parcels, spent = self._parcels(papers)
            exhausted += worth * self._count(spent)
            for candidate, parcel in enumerate(parcels):
                if parcel:
                    moved = worth * self._count(parcel)
                    received[candidate] = received.get(candidate, 0) + moved
                    self._papers[candidate].setdefault(worth, []).extend(parcel)
        for candidate, moved in received.items():
            self.votes[candidate] += moved
        self.exhausted += exhausted
        return received, exhausted

    def _parcels(self, papers):
        """The papers by their next continuing candidate; last those without any."""
        continuing, rankings = self.continuing, self._rankings
        parcels = [[] for _ in range(len(continuing) + 1)]
        put = [parcel.append for parcel in parcels]
        for paper in papers:
            for candidate in rankings[paper]:
                if continuing[candidate]:
                    put[candidate](paper)
                    break
            else:
                put[-1](paper)
        return parcels
