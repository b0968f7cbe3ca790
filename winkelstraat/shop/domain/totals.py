"""What one shop's part of a purchase costs, and the VAT in it (docs/pricing.md)."""

from collections.abc import Sequence
from dataclasses import dataclass

from winkelstraat.payments.domain.lines import LineKind, PartLine, vat_groups_of
from winkelstraat.payments.domain.vat import VatGroup


@dataclass(frozen=True)
class PartTotals:
    """One shop's part in cents; goods before any discount."""

    goods_cents: int
    delivery_cents: int
    deposit_cents: int
    shop_discount_cents: int
    platform_discount_cents: int
    vat_groups: tuple[VatGroup, ...]

    @property
    def gross_cents(self) -> int:
        """The shop's turnover: what the platform pays of it is in it (TAX-05)."""
        return (
            self.goods_cents + self.delivery_cents + self.deposit_cents - self.shop_discount_cents
        )

    @property
    def total_cents(self) -> int:
        """What the buyer pays for this part."""
        return self.gross_cents - self.platform_discount_cents

    @property
    def vat_cents(self) -> int:
        """The VAT in it."""
        return sum(group.vat_cents for group in self.vat_groups)


def total_part(lines: Sequence[PartLine]) -> PartTotals:
    """Add up one shop's lines and take the VAT per rate from the sums (TAX-03)."""
    sums = {kind: sum(line.price_cents for line in lines if line.kind is kind) for kind in LineKind}
    return PartTotals(
        goods_cents=sums[LineKind.GOODS],
        delivery_cents=sums[LineKind.DELIVERY],
        deposit_cents=sums[LineKind.DEPOSIT],
        shop_discount_cents=sum(line.shop_discount_cents for line in lines),
        platform_discount_cents=sum(line.platform_discount_cents for line in lines),
        vat_groups=vat_groups_of(lines),
    )
