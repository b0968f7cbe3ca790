"""What a month is kept as: whole numbers that add up, alone or in families by a key.

A family tells the same thing apart: grams by rung, milligrams by factor, cents by
enterprise. Adding two months adds every number and every member of every family.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

Family = Mapping[str, int]

# A key that tells by which factor something was found: ``<set>|<factor>/<quality>``.
SET_END = "|"


@dataclass(frozen=True, slots=True)
class Amount:
    """A whole number in the measure's unit, with the 95% interval where there is one.

    `covered_permille` is told by a measure that multiplies with factors: over which share
    of the weight it found one. Others leave it out and have a share of parts.
    """

    value: int
    low: int | None = None
    high: int | None = None
    covered_permille: int | None = None


@dataclass(frozen=True, slots=True)
class Share:
    """A part over a whole, both names of parts: how much is known, or measured."""

    part: str
    whole: str


@dataclass(frozen=True, slots=True)
class Parts:
    """The numbers of a stretch of time; one that is absent is nought."""

    numbers: Mapping[str, int] = field(default_factory=dict)
    families: Mapping[str, Family] = field(default_factory=dict)

    def __getitem__(self, name: str) -> int:
        return self.numbers.get(name, 0)

    def family(self, name: str) -> Family:
        """Return a family by key; empty when nothing of it was counted."""
        return self.families.get(name, {})

    def count(self, name: str) -> int:
        """Return how many members of a family are not nought."""
        return sum(1 for amount in self.family(name).values() if amount)

    def coverage(self, share: Share | None, amount: Amount | None) -> int | None:
        """Return how much an amount covers: as it says itself, or a share of parts."""
        if amount is not None and amount.covered_permille is not None:
            return amount.covered_permille
        return self.permille(share)

    def permille(self, share: Share | None) -> int | None:
        """Return a share in thousandths, rounded down; None without a whole."""
        if share is None or self[share.whole] <= 0:
            return None
        return min(1000, self[share.part] * 1000 // self[share.whole])


def add_parts(several: Iterable[Parts]) -> Parts:
    """Add stretches of time up; their order does not matter."""
    numbers: dict[str, int] = {}
    families: dict[str, dict[str, int]] = {}
    for one in several:
        for name, amount in one.numbers.items():
            numbers[name] = numbers.get(name, 0) + amount
        for name, family in one.families.items():
            added = families.setdefault(name, {})
            for key, amount in family.items():
                added[key] = added.get(key, 0) + amount
    return Parts(numbers, families)
