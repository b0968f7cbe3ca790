"""Take VAT out of prices that include it.

Prices are gross; VAT is computed once per shop, invoice and rate (TAX-03). The Union
sets no rounding rule (CJEU C-484/06 Ahold), so Dutch arithmetic rounding is used, and
what is shown per line is shared out by largest remainder so that lines add up.
"""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from fractions import Fraction

from winkelstraat.common.allocation import allocate
from winkelstraat.common.money import round_half_up

WHOLE = 10_000


@dataclass(frozen=True, slots=True)
class VatLine:
    """Goods or delivery at one rate, in cents including VAT."""

    gross_cents: int
    rate_basis_points: int


@dataclass(frozen=True, slots=True)
class VatGroup:
    """Everything that one shop charges at one rate on one invoice."""

    rate_basis_points: int
    gross_cents: int
    net_cents: int
    vat_cents: int

    def as_json(self) -> dict[str, int]:
        """Return the group as it is stored in snapshots."""
        return asdict(self)


def split_inclusive(gross_cents: int, rate_basis_points: int) -> tuple[int, int]:
    """Return (net, VAT) in cents of an amount that includes VAT at this rate.

    :raises ValueError: when the rate is negative.
    """
    if rate_basis_points < 0:
        raise ValueError("A VAT rate is not negative.")
    vat_cents = round_half_up(exact_vat(gross_cents, rate_basis_points))
    return gross_cents - vat_cents, vat_cents


def exact_vat(gross_cents: int, rate_basis_points: int) -> Fraction:
    """Return the VAT inside a gross amount before rounding."""
    return Fraction(gross_cents * rate_basis_points, WHOLE + rate_basis_points)


def group_by_rate(lines: Iterable[VatLine]) -> tuple[VatGroup, ...]:
    """Return one group per rate, lowest rate first; VAT is rounded once per group (TAX-03)."""
    gross_by_rate: dict[int, int] = {}
    for line in lines:
        rate = line.rate_basis_points
        gross_by_rate[rate] = gross_by_rate.get(rate, 0) + line.gross_cents
    return tuple(
        VatGroup(rate, gross, *split_inclusive(gross, rate))
        for rate, gross in sorted(gross_by_rate.items())
    )


def line_vat(lines: Sequence[VatLine]) -> list[int]:
    """Return the VAT to show beside each line, in cents, adding up to the groups' VAT.

    Within a rate the exact VAT of a line is in proportion to its gross, so the group's
    VAT is shared by gross with largest remainder (TAX-03).
    """
    shown = [0] * len(lines)
    for group in group_by_rate(lines):
        places = [
            place
            for place, line in enumerate(lines)
            if line.rate_basis_points == group.rate_basis_points
        ]
        shares = allocate(group.vat_cents, [lines[place].gross_cents for place in places])
        for place, share in zip(places, shares, strict=True):
            shown[place] = share
    return shown


def apportion_delivery(delivery_cents: int, goods: Iterable[VatLine]) -> list[VatLine]:
    """Share a shop's delivery charge over the rates of the goods that it brings.

    Delivery by the supplier follows the goods; with several rates it is split in
    proportion to the considerations without VAT (Toelichting Tabel I par. 4.5; TAX-04).
    """
    groups = group_by_rate(goods)
    if delivery_cents == 0 or not groups:
        return []
    shares = allocate(delivery_cents, [group.net_cents for group in groups])
    return [
        VatLine(share, group.rate_basis_points)
        for share, group in zip(shares, groups, strict=True)
        if share
    ]


def seller_vat_groups(goods: Sequence[VatLine], delivery_cents: int = 0) -> tuple[VatGroup, ...]:
    """Return the VAT groups of one shop's part: its goods and its delivery together."""
    return group_by_rate([*goods, *apportion_delivery(delivery_cents, goods)])
