"""What the rules of use of a collective mark must say: article R715-2 of the French
code of intellectual property, https://www.legifrance.gouv.fr (eight parts)."""

PARTS = (
    "holder",
    "object",
    "representatives",
    "affiliation",
    "representation",
    "goods",
    "users",
    "conditions",
)


def missing(texts):
    """The parts that say nothing, in the order of the code.

    :param texts: ``{part: text or None}``
    """
    return [part for part in PARTS if not (texts.get(part) or "").strip()]
