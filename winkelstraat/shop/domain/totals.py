"""What one shop's part of a purchase costs, and the VAT in it (docs/pricing.md)."""

from collections.abc import Sequence
from dataclasses import dataclass

from winkelstraat.payments.domain.vat import VatGroup, VatLine, seller_vat_groups


@dataclass(frozen=True)
class PricedLine:
    """Some of one listing; cents with VAT, rate in basis points."""

    price_cents: int
    quantity: int
    rate_basis_points: int

    @property
    def line_cents(self) -> int:
        """Price times quantity."""
        return self.price_cents * self.quantity


@dataclass(frozen=True)
class PartTotals:
    """One shop's part in cents."""

    goods_cents: int
    delivery_cents: int
    vat_groups: tuple[VatGroup, ...]

    @property
    def total_cents(self) -> int:
        """What the buyer pays for this part."""
        return self.goods_cents + self.delivery_cents

    @property
    def vat_cents(self) -> int:
        """The VAT in it."""
        return sum(group.vat_cents for group in self.vat_groups)


def total_part(lines: Sequence[PricedLine], *, delivery_cents: int = 0) -> PartTotals:
    """Add up one shop's lines and take the VAT per rate from the sums."""
    goods = [VatLine(line.line_cents, line.rate_basis_points) for line in lines]
    return PartTotals(
        goods_cents=sum(line.line_cents for line in lines),
        delivery_cents=delivery_cents,
        vat_groups=seller_vat_groups(goods, delivery_cents),
    )
