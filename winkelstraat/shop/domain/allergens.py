"""The fourteen allergens of Regulation (EU) 1169/2011, annex II, as three-state answers."""

from collections.abc import Mapping
from enum import StrEnum

ALLERGENS = (
    "gluten",
    "crustaceans",
    "eggs",
    "fish",
    "peanuts",
    "soy",
    "milk",
    "nuts",
    "celery",
    "mustard",
    "sesame",
    "sulphites",
    "lupin",
    "molluscs",
)


class Presence(StrEnum):
    """What is known of one allergen."""

    CONTAINS = "contains"
    TRACES = "traces"
    NONE = "none"


def complete_declaration(
    *, contains: list[str] | None = None, traces: list[str] | None = None
) -> dict[str, str]:
    """Return an answer for all fourteen, with `none` for those that are not named.

    :raises ValueError: for a name that is no allergen.
    """
    named = dict.fromkeys(traces or [], Presence.TRACES)
    named |= dict.fromkeys(contains or [], Presence.CONTAINS)
    unknown = named.keys() - set(ALLERGENS)
    if unknown:
        raise ValueError(f"Not an allergen: {', '.join(sorted(unknown))}")
    return {name: named.get(name, Presence.NONE).value for name in ALLERGENS}


def is_complete(declaration: Mapping[str, str]) -> bool:
    """Tell whether every allergen has one of the three answers; an unknown one blocks."""
    return all(declaration.get(name) in set(Presence) for name in ALLERGENS)
