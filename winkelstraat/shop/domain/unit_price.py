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


class OddContent(ValueError):
    """Contents that cannot be: `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Content:
    """What is in one of the goods: `pieces` times `net_quantity`, all in `net_unit`.

    Of food in a liquid `drained_quantity` says how much is left of one piece without it;
    only that counts for the price (Directive 98/6/EC art. 3, Regulation (EU) 1169/2011
    annex IX 5).

    :raises OddContent: `pieces`, `drained_without_measure` or `drained_above_net`.
    """

    net_quantity: Decimal
    net_unit: str
    pieces: int = 1
    drained_quantity: Decimal | None = None

    def __post_init__(self) -> None:
        if self.pieces < 1:
            raise OddContent("pieces")
        if self.drained_quantity is None:
            return
        if self.net_unit not in COMPARED:
            raise OddContent("drained_without_measure")
        if not 0 < self.drained_quantity <= self.net_quantity:
            raise OddContent("drained_above_net")

    @property
    def counted(self) -> Decimal:
        """Return what the price per kilo or litre is reckoned over."""
        return self.pieces * (
            self.net_quantity if self.drained_quantity is None else self.drained_quantity
        )


@dataclass(frozen=True)
class UnitPrice:
    """Cents for one `per` (kg or l)."""

    cents: int
    per: str


def unit_price(*, price_cents: int, content: Content) -> UnitPrice | None:
    """Return the price per kilo or litre, or None for what is sold by piece, bunch or hour."""
    compared = COMPARED.get(content.net_unit)
    if compared is None or content.counted <= 0:
        return None
    per, factor = compared
    return UnitPrice(round_half_up(price_cents / (Fraction(content.counted) * factor)), per)
