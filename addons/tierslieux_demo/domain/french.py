"""Small matters of French grammar: places after a preposition, dates, web names."""

import re
import unicodedata

_ASPIRATED = {"Hem"}
_CONTRACTED = {"le ": ("du ", "au "), "les ": ("des ", "aux ")}


def of(place):
    """``Gerland`` → ``de Gerland``, ``le Vieux-Lille`` → ``du Vieux-Lille``."""
    for article, (contracted, _at) in _CONTRACTED.items():
        if place.startswith(article):
            return contracted + place.removeprefix(article)
    if place not in _ASPIRATED and web_name(place[0]) in "aeiouyh":
        return f"d'{place}"
    return f"de {place}"


def at(place):
    """``Gerland`` → ``à Gerland``, ``les Pentes`` → ``aux Pentes``."""
    for article, (_of, contracted) in _CONTRACTED.items():
        if place.startswith(article):
            return contracted + place.removeprefix(article)
    return f"à {place}"


def typographic(text):
    """Apostrophes and spaces as a French printer sets them."""
    text = text.replace("'", "’")
    return re.sub(
        r" ([:;!?»])|(«) ",
        lambda m: f"\N{NO-BREAK SPACE}{m[1]}" if m[1] else f"{m[2]}\N{NO-BREAK SPACE}",
        text,
    )


def web_name(text):
    """``L'Établi d'Écully`` → ``l-etabli-d-ecully``."""
    text = text.lower().replace("œ", "oe").replace("æ", "ae")
    text = unicodedata.normalize("NFKD", text)
    text = "".join(char for char in text if not unicodedata.combining(char))
    return re.sub(r"[^a-z0-9]+", "-", text).strip("-")
