"""What a next list of factors changes, before anybody loads it.

A list is compared with the one that is loaded: new, changed and gone keys, and values
that are possible but doubtful. A doubtful value is not refused; a person looks at it
and says why it is right, and that answer is kept with the set.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from ketens.domain.factors import FactorListRefused, FactorValue

LARGEST_JUMP = Decimal(2)
# Far above every printed value of 2025 and 2026 (kg CO2e per unit).
LARGEST_PLAUSIBLE = {
    "kgCO2e/tkm": Decimal(5),
    "kgCO2e/vkm": Decimal(5),
    "kgCO2e/pkm": Decimal(1),
    "kgCO2e/kWh": Decimal(2),
    "kgCO2e/liter": Decimal(5),
    "kgCO2e/Nm3": Decimal(5),
    "kgCO2e/GJ": Decimal(150),
    "kWh/vkm": Decimal(3),
    "dimensionless": Decimal(10),
}
LARGEST_FOOD = Decimal(120)


@dataclass(frozen=True, slots=True)
class FactorChange:
    """One key whose value differs between two lists, in the factor's unit."""

    key: str
    before: Decimal
    after: Decimal
    unit: str


@dataclass(frozen=True, slots=True)
class FactorDifference:
    """What a next list brings, changes and leaves out, and what in it is doubtful."""

    new: tuple[FactorValue, ...]
    changed: tuple[FactorChange, ...]
    gone: tuple[str, ...]
    out_of_range: tuple[FactorChange, ...]

    @property
    def is_empty(self) -> bool:
        """Whether both lists say the same."""
        return not (self.new or self.changed or self.gone)


def compare_factors(
    before: Iterable[FactorValue], after: Iterable[FactorValue]
) -> FactorDifference:
    """Compare the loaded list with the next one, by key.

    :raises FactorListRefused: when a key is written in another unit than it was.
    """
    old = {factor.key: factor for factor in before}
    new = {factor.key: factor for factor in after}
    for key in old.keys() & new.keys():
        if old[key].unit != new[key].unit:
            raise FactorListRefused(
                f"{key}: {old[key].unit} became {new[key].unit}",
                "other_unit",
                {"key": key, "before": old[key].unit, "after": new[key].unit},
            )
    changes = {
        key: FactorChange(key, old[key].value, new[key].value, new[key].unit)
        for key in new
        if key in old and old[key].value != new[key].value
    }
    doubtful = [change for change in changes.values() if jumps(change)]
    doubtful += [
        FactorChange(key, factor.value, factor.value, factor.unit)
        for key, factor in new.items()
        if key not in old and is_implausible(factor)
    ]
    return FactorDifference(
        new=tuple(factor for key, factor in new.items() if key not in old),
        changed=tuple(changes.values()),
        gone=tuple(key for key in old if key not in new),
        out_of_range=tuple(doubtful),
    )


def jumps(change: FactorChange) -> bool:
    """Tell whether a value more than doubled, more than halved, or left zero."""
    if not change.before or not change.after:
        return True
    ratio = change.after / change.before
    return ratio > LARGEST_JUMP or ratio < 1 / LARGEST_JUMP


def is_implausible(factor: FactorValue) -> bool:
    """Tell whether a value is larger than any that was ever printed for its unit.

    A list in units of another kind, as litres of water, has no range that we know.
    """
    if factor.scope == "gwp100":
        return False
    others = LARGEST_FOOD if factor.unit.startswith("kgCO2e") else factor.value
    return factor.value > LARGEST_PLAUSIBLE.get(factor.unit, others)
