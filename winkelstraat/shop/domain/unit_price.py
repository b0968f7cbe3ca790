"""The price per kilo or litre beside the selling price (Besluit prijsaanduiding producten)."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from winkelstraat.common.money import round_half_up

# How many of the comparing unit go into one of the sold unit.
COMPARED: dict[str, tuple[str, Fraction]] = {
    "kg": ("kg", Fraction(1)),
    "g": ("kg", Fraction(1, 1000)),
    "l": ("l", Fraction(1)),
    "ml": ("l", Fraction(1, 1000)),
}


@dataclass(frozen=True)
class UnitPrice:
    """Cents for one `per` (kg or l)."""

    cents: int
    per: str


def unit_price(*, price_cents: int, net_quantity: Decimal, net_unit: str) -> UnitPrice | None:
    """Return the price per kilo or litre, or None for what is sold by piece, bunch or hour."""
    compared = COMPARED.get(net_unit)
    if compared is None or net_quantity <= 0:
        return None
    per, factor = compared
    return UnitPrice(round_half_up(price_cents / (Fraction(net_quantity) * factor)), per)
