"""Which known words a mistyped one may stand for, by the trigrams they share.

Words are normalised (see ``search_terms``). The measure is that of PostgreSQL's
pg_trgm: trigrams of the word with two spaces before it and one after; shared ones over
all.
"""

LEAST = 0.25  # two letters swapped in a word of six leave 3 trigrams out of 11
SPREAD = 0.1  # how much less alike than the best one a word may be


def vocabulary(texts):
    """``{word: its trigrams}`` of some texts, to be kept and asked many times."""
    return {word: trigrams(word) for text in texts for word in text.split()}


def trigrams(word):
    padded = f"  {word} "
    return frozenset(padded[i : i + 3] for i in range(len(padded) - 2))


def meant(word, known):
    """The known words that ``word`` may stand for: itself when a known word holds it;
    otherwise the most alike, the best first; none when nothing is alike.

    :param known: what ``vocabulary`` returns
    """
    if any(word in other for other in known):
        return [word]
    mine = trigrams(word)
    alike = sorted(
        (-len(mine & theirs) / len(mine | theirs), other)
        for other, theirs in known.items()
        if len(mine & theirs) >= LEAST * len(mine | theirs)
    )
    return [other for likeness, other in alike if likeness <= alike[0][0] + SPREAD]
