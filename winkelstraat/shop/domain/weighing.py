"""What goes back when something weighs less than was paid for (PAY-19, docs/pricing.md).

Heavier never costs more: the buyer agreed to the estimate and to nothing else. A weight
that is more than twice or less than half the estimate is asked about first, because grams
and kilos are easily exchanged.
"""

from decimal import Decimal
from fractions import Fraction

from winkelstraat.common.money import round_half_up

ODD_FACTOR = 2
HEAVIEST_G = 1_000_000


class ImpossibleWeight(ValueError):
    """Nothing weighs nothing, less than nothing, or more than a tonne."""


class OddWeight(ValueError):
    """The weight is far from the estimate; `weighed_g` and `estimated_g` say how far."""

    def __init__(self, weighed_g: int, estimated_g: int, line_cents: int = 0) -> None:
        super().__init__(f"{weighed_g} g is far from {estimated_g} g.")
        self.weighed_g = weighed_g
        self.estimated_g = estimated_g
        self.line_cents = line_cents


def check_weight(weighed_g: int, estimated_g: int, *, is_confirmed: bool) -> None:
    """Refuse a weight that cannot be, or that is odd and was not confirmed.

    :raises ImpossibleWeight: when it is not between a gram and a tonne.
    :raises OddWeight: when it should be asked about.
    """
    if not 0 < weighed_g <= HEAVIEST_G:
        raise ImpossibleWeight(weighed_g)
    is_odd = weighed_g > estimated_g * ODD_FACTOR or weighed_g * ODD_FACTOR < estimated_g
    if is_odd and not is_confirmed:
        raise OddWeight(weighed_g, estimated_g)


def price_by_weight_cents(line_cents: int, weighed_g: Decimal, estimated_g: int) -> int:
    """Return what a line costs by the scales: the price of the estimate, in proportion."""
    return round_half_up(Fraction(line_cents) * Fraction(weighed_g) / estimated_g)


def loose_units(weighed_g: int, one_g: int) -> int:
    """Return how many of the smallest amount the scales show, for stock in grams or kilos."""
    return round_half_up(Fraction(weighed_g, one_g))


def give_back_cents(paid_cents: int, weighed_g: int, estimated_g: int) -> int:
    """Return what of the paid cents goes back; nothing when it weighs as much or more."""
    if weighed_g >= estimated_g:
        return 0
    return paid_cents - round_half_up(Fraction(paid_cents * weighed_g, estimated_g))
