"""The lines of one shop's part: goods, delivery and deposit, with what was taken off.

A discount that the shop gives lowers its turnover and its VAT. A discount that the
platform pays is a consideration from a third party: the buyer pays less, but the shop's
turnover, its VAT and its commission stay (TAX-05). A deposit is no price: no discount
and no commission is taken from it (PRI-04).
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from winkelstraat.payments.domain.vat import VatGroup, VatLine, apportion_delivery, group_by_rate


class LineKind(StrEnum):
    """What a line charges for."""

    GOODS = "goods"
    DELIVERY = "delivery"
    DEPOSIT = "deposit"


@dataclass(frozen=True, slots=True)
class PartLine:
    """One line, in cents including VAT; `line_ref` is unique within its part.

    `amount_text` says how much one is ("800 g"); `price_cents` is the gross before any
    discount of the whole line.
    """

    line_ref: str
    kind: LineKind
    title: str
    quantity: int
    price_cents: int
    rate_basis_points: int
    amount_text: str = ""
    shop_discount_cents: int = 0
    platform_discount_cents: int = 0

    @property
    def gross_cents(self) -> int:
        """Return the shop's turnover of this line: the base of its VAT."""
        return self.price_cents - self.shop_discount_cents

    @property
    def paid_cents(self) -> int:
        """Return what the buyer pays for this line."""
        return self.gross_cents - self.platform_discount_cents

    def paid_for(self, units_before: int, units: int) -> int:
        """Return what was paid for `units` more after `units_before`: all units make the line.

        The units of a line are shared once, by largest remainder (ALL-07), so any order
        of refunds gives back exactly what was paid: 7,93 for three is 2,65, 2,64 and 2,64.
        """
        return self._first(self.paid_cents, units_before + units) - self._first(
            self.paid_cents, units_before
        )

    def gross_for(self, units_before: int, units: int) -> int:
        """Return the turnover of `units` more after `units_before`, shared the same way."""
        return self._first(self.gross_cents, units_before + units) - self._first(
            self.gross_cents, units_before
        )

    def _first(self, whole_cents: int, units: int) -> int:
        """Return what the first so many units have of the whole line."""
        each, left = divmod(whole_cents, self.quantity)
        return each * units + min(units, left)

    def as_json(self) -> dict[str, Any]:
        """Return the line as it is frozen in snapshots."""
        return asdict(self)

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> "PartLine":
        """Return the line that was frozen."""
        return cls(**{**stored, "kind": LineKind(stored["kind"])})


def vat_groups_of(lines: Sequence[PartLine]) -> tuple[VatGroup, ...]:
    """Return one VAT group per rate of a part's lines (TAX-03)."""
    return group_by_rate(VatLine(line.gross_cents, line.rate_basis_points) for line in lines)


def deposit_of(lines: Sequence[PartLine]) -> int:
    """Return the deposit among the lines, in cents."""
    return sum(line.gross_cents for line in lines if line.kind is LineKind.DEPOSIT)


def delivery_lines(
    delivery_cents: int, goods: Sequence[PartLine], title: str
) -> tuple[PartLine, ...]:
    """Return the lines of a shop's delivery charge: one per VAT rate of its goods (TAX-04)."""
    base = [
        VatLine(line.gross_cents, line.rate_basis_points)
        for line in goods
        if line.kind is LineKind.GOODS
    ]
    return tuple(
        PartLine(
            line_ref=f"delivery-{share.rate_basis_points}",
            kind=LineKind.DELIVERY,
            title=title,
            quantity=1,
            price_cents=share.gross_cents,
            rate_basis_points=share.rate_basis_points,
        )
        for share in apportion_delivery(delivery_cents, base)
    )
