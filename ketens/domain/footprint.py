"""The footprint of sold food: a database up to the stages that the chain measures itself.

A product without an approved food is left out and its weight is told: coverage by mass
goes with every total. Databases are never mixed, and a database whose stages are not
known apart is used whole, without the chain's own stages on top (double counting).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

MG_PER_KG = 1_000_000
G_PER_KG = 1000

# The stage of each database that enters a chain's footprint, and whether the chain's
# own transport is added to it. Agribalyse knows the farm apart; RIVM has one value.
STAGE_OF = {"agribalyse": "farm", "rivm": "consumed"}
ADDS_OWN_STAGES = {"agribalyse": True, "rivm": False}


class MixedDatabases(ValueError):
    """Two databases in one total: they draw other boundaries, so the sum means nothing."""


@dataclass(frozen=True, slots=True)
class FoodLine:
    """A product's sold grams with its factor in kg CO2e per kg, None without a food."""

    product_ref: str
    mass_g: int
    database: str
    kg_co2e_per_kg: Decimal | None


@dataclass(frozen=True, slots=True)
class Footprint:
    """What the sold food emitted in mg CO2e, over which share of its weight."""

    database_mg: int | None
    own_mg: int | None
    covered_g: int
    total_g: int

    @property
    def total_mg(self) -> int | None:
        """Database plus own stages, None when nothing is covered."""
        if self.database_mg is None:
            return None
        return self.database_mg + (self.own_mg or 0)

    @property
    def coverage_permille(self) -> int | None:
        """The share of the weight that has a food, rounded down, None without any weight."""
        return self.covered_g * 1000 // self.total_g if self.total_g else None


def footprint_of(lines: Iterable[FoodLine], own_mg: int | None) -> Footprint:
    """Add up a footprint; `own_mg` is what the chain's own stages emitted, in mg CO2e.

    :raises MixedDatabases: when lines name more than one database.
    """
    lines = list(lines)
    covered = [line for line in lines if line.kg_co2e_per_kg is not None]
    databases = {line.database for line in covered}
    if len(databases) > 1:
        raise MixedDatabases(", ".join(sorted(databases)))
    exact = sum(
        (Decimal(line.mass_g) / G_PER_KG * (line.kg_co2e_per_kg or 0) for line in covered),
        Decimal(0),
    )
    adds_own = all(ADDS_OWN_STAGES[name] for name in databases)
    rounded = int((exact * MG_PER_KG).quantize(Decimal(1), rounding=ROUND_HALF_UP))
    return Footprint(
        database_mg=rounded if covered else None,
        own_mg=own_mg if adds_own else None,
        covered_g=sum(line.mass_g for line in covered),
        total_g=sum(line.mass_g for line in lines),
    )
