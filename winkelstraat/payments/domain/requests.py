"""What the shop asks payments to collect."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from winkelstraat.payments.domain.splitting import SplitError, split_part
from winkelstraat.payments.domain.vat import VatGroup


@dataclass(frozen=True, slots=True)
class PartRequest:
    """One shop's part; the VAT groups add up to the gross."""

    enterprise_id: int
    seller_order_ref: str
    gross_cents: int
    vat_groups: tuple[VatGroup, ...]
    commission_basis_points: int = 0

    def as_json(self) -> dict[str, Any]:
        """Return the part as it is frozen in the snapshot, with its share worked out."""
        share = split_part(self.gross_cents, self.commission_basis_points)
        return {
            "enterprise_id": self.enterprise_id,
            "seller_order_ref": self.seller_order_ref,
            "gross_cents": self.gross_cents,
            "commission_basis_points": self.commission_basis_points,
            "fee_cents": share.fee_cents,
            "transfer_cents": share.transfer_cents,
            "vat_groups": [group.as_json() for group in self.vat_groups],
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
        return sum(part.gross_cents for part in self.parts)

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
        split_part(part.gross_cents, part.commission_basis_points)
        if sum(group.gross_cents for group in part.vat_groups) != part.gross_cents:
            raise SplitError(f"The VAT groups of {part.seller_order_ref} miss its gross.")
        if any(group.net_cents + group.vat_cents != group.gross_cents for group in part.vat_groups):
            raise SplitError(f"A VAT group of {part.seller_order_ref} does not add up.")
