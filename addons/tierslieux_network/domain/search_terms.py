"""The form in which texts and queries are compared: no accents, no case."""

import re
import unicodedata

_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "’": " ", "'": " "})
_NOT_WORD = re.compile(r"[^a-z0-9+#]+")


def normalise(text):
    """``"L'Établi, fablab à Écully"`` → ``"l etabli fablab a ecully"``."""
    text = (text or "").casefold().translate(_LIGATURES)
    text = unicodedata.normalize("NFKD", text)
    text = "".join(char for char in text if not unicodedata.combining(char))
    return _NOT_WORD.sub(" ", text).strip()


def searchable(*texts):
    """One normalised text out of several, empty ones left out."""
    return " ".join(filter(None, map(normalise, texts)))


# Little words that say nothing of what is looked for.
_STOP_WORDS = frozenset(
    "a au aux avec chez d dans de des du en et l la le les ou par pour sur un"
    " une".split()
)


def query_words(text, limit=6):
    """The words of a query that a text must hold, normalised, without little words.

    ``"Un atelier à Villeurbanne"`` → ``["atelier", "villeurbanne"]``; a query made of
    little words alone keeps them.
    """
    words = list(dict.fromkeys(normalise(text).split()))
    return ([word for word in words if word not in _STOP_WORDS] or words)[:limit]
