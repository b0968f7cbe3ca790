"""The mass balance of a batch and of a link: what goes in comes out somewhere.

in = sold + residual by rung + stock + shrink, within 2% of what went in. Grams, whole.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

TOLERANCE = Decimal("0.02")
LARGEST_BATCH_G = 50_000_000
RUNGS = range(1, 11)
# How the origin of a count begins of goods that had to go for a written reason.
SURPLUS_ORIGIN = "surplus:"


class Entry(StrEnum):
    """What a count of a batch says."""

    IN = "in"
    SOLD = "sold"
    RESIDUAL = "residual"
    STOCK = "stock"
    SHRINK = "shrink"


class ImpossibleCount(ValueError):
    """A count that no batch can have: nothing or less, or more than fifty tonnes."""


class RungMissing(ValueError):
    """A residual without a rung between 1 and 10, or a rung on something else."""


@dataclass(frozen=True, slots=True)
class Counted:
    """Grams of one kind; `rung` is the rung of Moerman of a residual, 1 is best."""

    kind: Entry
    mass_g: int
    rung: int | None = None


@dataclass(frozen=True, slots=True)
class Balance:
    """A batch in grams. `difference_g` is what went in and was not found again."""

    in_g: int
    sold_g: int
    stock_g: int
    shrink_g: int
    residual_g: tuple[tuple[int, int], ...]

    @property
    def out_g(self) -> int:
        """Everything that was found again, in grams."""
        return self.sold_g + self.stock_g + self.shrink_g + sum(g for _, g in self.residual_g)

    @property
    def difference_g(self) -> int:
        """What went in minus what was found again; below zero when more came out."""
        return self.in_g - self.out_g

    @property
    def holds(self) -> bool | None:
        """Whether the difference is within 2% of what went in, None when nothing did yet."""
        return is_within(self.in_g, self.out_g) if self.in_g else None


def check_count(counted: Counted) -> None:
    """Refuse a count that cannot be true.

    :raises ImpossibleCount: when it weighs nothing, less, or above fifty tonnes.
    :raises RungMissing: when a residual has no rung, or something else has one.
    """
    if not 1 <= counted.mass_g <= LARGEST_BATCH_G:
        raise ImpossibleCount(f"{counted.mass_g} g")
    has_rung = counted.rung in RUNGS if counted.rung is not None else False
    if has_rung is not (counted.kind is Entry.RESIDUAL):
        raise RungMissing(f"{counted.kind} on rung {counted.rung}")


def balance_of(entries: Iterable[Counted]) -> Balance:
    """Add up a batch; the order of the entries does not matter."""
    sums: Counter[Entry] = Counter()
    rungs: Counter[int] = Counter()
    for entry in entries:
        check_count(entry)
        sums[entry.kind] += entry.mass_g
        if entry.rung is not None:
            rungs[entry.rung] += entry.mass_g
    return Balance(
        in_g=sums[Entry.IN],
        sold_g=sums[Entry.SOLD],
        stock_g=sums[Entry.STOCK],
        shrink_g=sums[Entry.SHRINK],
        residual_g=tuple(sorted(rungs.items())),
    )


def is_within(in_g: int, out_g: int) -> bool:
    """Tell whether what came out is within 2% of what went in, both in grams."""
    return abs(in_g - out_g) <= TOLERANCE * in_g
