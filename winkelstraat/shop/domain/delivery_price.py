"""What bringing costs: a fixed part, and a part by weight (PEERS case 20)."""

from collections.abc import Iterable
from fractions import Fraction

from winkelstraat.common.money import round_half_up


def delivery_cents(
    base_cents: int, per_kg_cents: int, masses: Iterable[tuple[int | None, int]]
) -> int:
    """Return what bringing costs in cents; `masses` are grams of one and how many.

    What has no weight adds nothing.
    """
    mass_g = sum((one or 0) * quantity for one, quantity in masses)
    return base_cents + by_weight_cents(per_kg_cents, mass_g)


def by_weight_cents(per_kg_cents: int, mass_g: int) -> int:
    """Return the part of a weight, rounded to the cent."""
    return round_half_up(Fraction(per_kg_cents * mass_g, 1000))
