"""What the shop asks payments to collect."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from winkelstraat.payments.domain.lines import LineKind, PartLine, deposit_of
from winkelstraat.payments.domain.splitting import Share, SplitError, split_part
from winkelstraat.payments.domain.vat import VatGroup


@dataclass(frozen=True, slots=True)
class PartRequest:
    """One shop's part: its turnover (gross), the VAT in it, and the lines that make it.

    `platform_discount_cents` is what the platform pays of it in the buyer's place. Lines
    may be left out; then nothing can be given back by line.
    """

    enterprise_id: int
    seller_order_ref: str
    gross_cents: int
    vat_groups: tuple[VatGroup, ...]
    commission_basis_points: int = 0
    platform_discount_cents: int = 0
    lines: tuple[PartLine, ...] = ()

    @property
    def paid_cents(self) -> int:
        """Return what the buyer pays for this part."""
        return self.gross_cents - self.platform_discount_cents

    def share(self) -> Share:
        """Return the fee and what the shop is due (ALL-05).

        :raises SplitError: when the part is impossible.
        """
        return split_part(
            self.gross_cents,
            self.commission_basis_points,
            platform_discount_cents=self.platform_discount_cents,
            deposit_cents=deposit_of(self.lines),
        )

    def as_json(self) -> dict[str, Any]:
        """Return the part as it is frozen in the snapshot, with its share worked out."""
        share = self.share()
        return {
            "enterprise_id": self.enterprise_id,
            "seller_order_ref": self.seller_order_ref,
            "gross_cents": self.gross_cents,
            "platform_discount_cents": self.platform_discount_cents,
            "paid_cents": self.paid_cents,
            "commission_basis_points": self.commission_basis_points,
            "fee_cents": share.fee_cents,
            "transfer_cents": share.transfer_cents,
            "top_up_cents": share.top_up_cents,
            "vat_groups": [group.as_json() for group in self.vat_groups],
            "lines": [line.as_json() for line in self.lines],
        }


@dataclass(frozen=True, slots=True)
class PaymentRequest:
    """One payment for one purchase over one or more shops.

    `return_url` and `cancel_url` are paths or addresses of this site, where the buyer
    goes after paying and after giving up.
    """

    purchase_ref: UUID
    description: str
    parts: tuple[PartRequest, ...]
    return_url: str
    cancel_url: str
    expires_at: datetime

    @property
    def amount_cents(self) -> int:
        """Return the total that the buyer pays."""
        return sum(part.paid_cents for part in self.parts)

    def as_json(self) -> dict[str, Any]:
        """Return the immutable snapshot of this request."""
        return {
            "purchase_ref": str(self.purchase_ref),
            "description": self.description,
            "amount_cents": self.amount_cents,
            "parts": [part.as_json() for part in self.parts],
        }


def check_request(request: PaymentRequest) -> None:
    """Refuse a request that does not add up, before anything is written (SEC-15).

    :raises SplitError: saying which part is wrong.
    """
    if not request.parts:
        raise SplitError("A payment has at least one shop.")
    names = [part.seller_order_ref for part in request.parts]
    if len(set(names)) != len(names):
        raise SplitError("A seller order stands twice in one payment.")
    for part in request.parts:
        part.share()
        _check_vat(part)
        _check_lines(part)


def _check_vat(part: PartRequest) -> None:
    if sum(group.gross_cents for group in part.vat_groups) != part.gross_cents:
        raise SplitError(f"The VAT groups of {part.seller_order_ref} miss its gross.")
    if any(group.net_cents + group.vat_cents != group.gross_cents for group in part.vat_groups):
        raise SplitError(f"A VAT group of {part.seller_order_ref} does not add up.")


def _check_lines(part: PartRequest) -> None:
    if not part.lines:
        return
    if len({line.line_ref for line in part.lines}) != len(part.lines):
        raise SplitError(f"A line stands twice in {part.seller_order_ref}.")
    for line in part.lines:
        if line.quantity <= 0 or line.shop_discount_cents < 0 or line.platform_discount_cents < 0:
            raise SplitError(f"Line {line.line_ref} of {part.seller_order_ref} is impossible.")
        if line.paid_cents < 0:
            raise SplitError(f"More is taken off {line.title} than it costs.")
        if line.kind is LineKind.DEPOSIT and line.paid_cents != line.price_cents:
            raise SplitError("No discount is taken from a deposit.")
    if sum(line.gross_cents for line in part.lines) != part.gross_cents:
        raise SplitError(f"The lines of {part.seller_order_ref} miss its gross.")
    if sum(line.platform_discount_cents for line in part.lines) != part.platform_discount_cents:
        raise SplitError(f"The discounts of {part.seller_order_ref} miss their sum.")
