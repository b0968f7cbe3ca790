"""From facts at the finest grain to the months that are kept, at every coarser one.

Kept are: a place with everything, by chain, and by product group; and for the province
by chain and product group together.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from ketens.domain.monitor.parts import Parts
from ketens.domain.monitor.slices import PlaceKind


@dataclass(frozen=True, slots=True)
class Grain:
    """Where a fact belongs. A fact of no group cannot be told apart by chain or group."""

    village: int
    chain: int | None = None
    group: str | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """A whole number of one part; `key` names the member of a family."""

    grain: Grain
    part: str
    amount: int
    key: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """One kept row of a month."""

    place_kind: PlaceKind
    place: int | None
    chain: int | None
    product_group: str


def cells_of(grain: Grain, municipality: int) -> Iterator[Cell]:
    """Yield every kept row in which a fact of this grain is added."""
    places = (
        (PlaceKind.VILLAGE, grain.village),
        (PlaceKind.MUNICIPALITY, municipality),
        (PlaceKind.PROVINCE, None),
    )
    for kind, place in places:
        yield Cell(kind, place, None, "")
        if grain.group is None:
            continue
        yield Cell(kind, place, None, grain.group)
        if grain.chain is not None:
            yield Cell(kind, place, grain.chain, "")
    if grain.group is not None and grain.chain is not None:
        yield Cell(PlaceKind.PROVINCE, None, grain.chain, grain.group)


def fold(facts: Iterable[Fact], municipalities: Mapping[int, int]) -> dict[Cell, Parts]:
    """Add facts up into the rows of a month; `municipalities` by village."""
    numbers: dict[Cell, dict[str, int]] = {}
    families: dict[Cell, dict[str, dict[str, int]]] = {}
    cells: dict[Grain, tuple[Cell, ...]] = {}
    for fact in facts:
        grain = fact.grain
        if grain not in cells:
            cells[grain] = tuple(cells_of(grain, municipalities[grain.village]))
        for cell in cells[grain]:
            told = numbers.setdefault(cell, {})
            if fact.key:
                told = families.setdefault(cell, {}).setdefault(fact.part, {})
            name = fact.key or fact.part
            told[name] = told.get(name, 0) + fact.amount
    return {cell: Parts(told, families.get(cell, {})) for cell, told in numbers.items()}
