"""Split one payment over its shops without losing a cent (ALL-04, ALL-05).

A shop's commission is a contract of its own: it is rounded per shop, never taken from
the total of the payment. What is not transferred to a shop stays with the platform.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from winkelstraat.common.allocation import allocate
from winkelstraat.common.money import round_half_up

WHOLE = 10_000


class SplitError(ValueError):
    """Raised when the parts of a payment cannot be what the shops and the buyer agreed on."""


@dataclass(frozen=True, slots=True)
class Share:
    """What becomes of one shop's part, in cents: gross = fee + transfer.

    Of the transfer, `top_up_cents` cannot come from the buyer's charge, because the
    platform pays a discount in his place; it comes from the platform's balance (PAY-15).
    """

    gross_cents: int
    fee_cents: int
    transfer_cents: int
    top_up_cents: int = 0

    @property
    def linked_cents(self) -> int:
        """Return the part of the transfer that draws on the buyer's charge (PAY-14)."""
        return self.transfer_cents - self.top_up_cents


def commission_cents(gross_cents: int, basis_points: int) -> int:
    """Return the platform's fee (including VAT) on one shop's part after discounts (ALL-05)."""
    return round_half_up(Fraction(gross_cents * basis_points, WHOLE))


def split_part(
    gross_cents: int,
    commission_basis_points: int,
    *,
    platform_discount_cents: int = 0,
    deposit_cents: int = 0,
) -> Share:
    """Return the fee and the transfer of one shop's part.

    No commission is taken from a deposit (PRI-04); it is taken from what the platform
    pays in the buyer's place (TAX-05).

    :raises SplitError: when the part is not positive, or the commission, the deposit or
        the discount exceeds it.
    """
    if gross_cents <= 0:
        raise SplitError("A shop's part of a payment is more than nothing.")
    if not 0 <= commission_basis_points <= WHOLE:
        raise SplitError("A commission lies between nothing and everything.")
    if not 0 <= deposit_cents <= gross_cents:
        raise SplitError("A deposit is not more than the part it belongs to.")
    if not 0 <= platform_discount_cents <= gross_cents - deposit_cents:
        raise SplitError("A discount is not more than what it is taken from.")
    fee_cents = commission_cents(gross_cents - deposit_cents, commission_basis_points)
    due_cents = gross_cents - fee_cents
    paid_cents = gross_cents - platform_discount_cents
    return Share(gross_cents, fee_cents, due_cents, max(0, due_cents - paid_cents))


def split_payment(parts: Sequence[tuple[int, int]]) -> tuple[Share, ...]:
    """Return a share for each (gross cents, commission basis points), in the same order.

    :raises SplitError: when there is no part, or one of them is impossible.
    """
    if not parts:
        raise SplitError("A payment has at least one shop.")
    return tuple(split_part(gross, basis_points) for gross, basis_points in parts)


def share_discount(discount_cents: int, gross_cents: Sequence[int]) -> list[int]:
    """Share a discount on the whole basket over its parts, none below zero (ALL-04, ALL-08)."""
    return allocate(discount_cents, list(gross_cents), caps=list(gross_cents))
