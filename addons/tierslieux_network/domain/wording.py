"""What changed between two texts, word by word."""

import re
from difflib import SequenceMatcher

KEPT = "kept"
REMOVED = "removed"
ADDED = "added"


def differences(before, after):
    """``[(kept | removed | added, text), …]``; kept and added parts make ``after``.

    >>> differences("quinze jours", "huit jours")
    [('removed', 'quinze'), ('added', 'huit'), ('kept', ' jours')]
    """
    old, new = (re.findall(r"\s+|[^\s]+", text) for text in (before, after))
    parts = []
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for kind, start, end, new_start, new_end in matcher.get_opcodes():
        if kind == "equal":
            parts.append((KEPT, "".join(old[start:end])))
            continue
        if end > start:
            parts.append((REMOVED, "".join(old[start:end])))
        if new_end > new_start:
            parts.append((ADDED, "".join(new[new_start:new_end])))
    return parts
