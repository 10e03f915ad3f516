"""Ballot papers sorted by the candidate they count for: what STV and IRV both do.

A paper is ``(iterator over the rest of its ranking, number of equal ballots)``: it only
ever moves forward, and is in one pile at a time.
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
        self._papers = [{} for _ in range(candidates)]
        for ranking, voters in rankings.items():
            if ranking:
                rest = iter(ranking)
                first = next(rest)
                self._papers[first].setdefault(unit, []).append((rest, voters))
                self.votes[first] += voters * unit

    def move(self, source, revalue=None):
        """Move the papers of a candidate who no longer continues.

        :param revalue: the new value of a paper by its value so far; unchanged if None
        :return: ``({candidate: value received}, value exhausted)``
        """
        continuing = self.continuing
        piles, self._papers[source] = self._papers[source], {}
        received = {}
        exhausted = 0
        for value, papers in piles.items():
            worth = revalue(value) if revalue else value
            parcels = {}
            for paper in papers:
                for candidate in paper[0]:
                    if continuing[candidate]:
                        if candidate in parcels:
                            parcels[candidate].append(paper)
                        else:
                            parcels[candidate] = [paper]
                        break
                else:
                    exhausted += paper[1] * worth
            for candidate, parcel in parcels.items():
                moved = sum(paper[1] for paper in parcel) * worth
                received[candidate] = received.get(candidate, 0) + moved
                self._papers[candidate].setdefault(worth, []).extend(parcel)
        for candidate, moved in received.items():
            self.votes[candidate] += moved
        self.exhausted += exhausted
        return received, exhausted
