"""From facts at the finest grain to the months that are kept, at every coarser one.

Kept are: a place with everything, by chain, and by product group; and for the province
by chain and product group together.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

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


@dataclass(slots=True)
class _Sums:
    """Parts while they are being added."""

    numbers: dict[str, int] = field(default_factory=dict)
    families: dict[str, dict[str, int]] = field(default_factory=dict)

    def add(self, part: str, key: str, amount: int) -> None:
        """Add one amount."""
        told = self.families.setdefault(part, {}) if key else self.numbers
        name = key or part
        told[name] = told.get(name, 0) + amount

    def add_all(self, other: "_Sums") -> None:
        """Add other sums."""
        add_each(self.numbers, other.numbers)
        for part, family in other.families.items():
            add_each(self.families.setdefault(part, {}), family)


def add_each(told: dict[str, int], more: Mapping[str, int]) -> None:
    """Add amounts by name."""
    for name, amount in more.items():
        told[name] = told.get(name, 0) + amount


def fold(facts: Iterable[Fact], municipalities: Mapping[int, int]) -> dict[Cell, Parts]:
    """Add facts up into the rows of a month; `municipalities` by village.

    First each grain by itself, then every grain into its rows: there are far fewer grains.
    """
    grains: dict[Grain, _Sums] = {}
    for fact in facts:
        grains.setdefault(fact.grain, _Sums()).add(fact.part, fact.key, fact.amount)
    cells: dict[Cell, _Sums] = {}
    for grain, sums in grains.items():
        for cell in cells_of(grain, municipalities[grain.village]):
            cells.setdefault(cell, _Sums()).add_all(sums)
    return {cell: Parts(sums.numbers, sums.families) for cell, sums in cells.items()}
