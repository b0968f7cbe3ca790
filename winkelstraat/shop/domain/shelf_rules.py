"""Propose where a thing belongs from its name, and what usually holds there.

Dutch words grow at the front: a "roggebrood" is a "brood". So a rule's word fits the end
of a word in the name, or the whole of it, and the longest word that fits decides.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

SHORTEST_END = 4


@dataclass(frozen=True, slots=True)
class ShelfRule:
    """A category with what usually holds for what stands there."""

    slug: str
    vat: str
    withdrawal: str
    unit: str
    spoils: bool
    words: tuple[str, ...]
    alcohol: str = "none"


def propose_shelf(title: str, rules: Iterable[ShelfRule]) -> ShelfRule | None:
    """Return the rule that fits a name best, or None when nothing points anywhere.

    Among words of one length the one that stands first in the name decides.
    """
    name = " ".join(re.findall(r"\w+", title.casefold()))
    best: tuple[int, int, ShelfRule] | None = None
    for rule in rules:
        for word in rule.words:
            place = _find(word, name)
            if place is not None and (best is None or (len(word), -place) > best[:2]):
                best = (len(word), -place, rule)
    return best[2] if best else None


def _find(word: str, name: str) -> int | None:
    """Return where a word stands in a name; only a longer word may be the end of another."""
    # A plain look first: there are hundreds of words, and a spreadsheet has thousands of names.
    if word not in name:
        return None
    front = "" if len(word) >= SHORTEST_END else r"\b"
    found = re.search(rf"{front}{re.escape(word)}\b", name)
    return found.start() if found else None
