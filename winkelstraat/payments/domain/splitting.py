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
    """What becomes of one shop's part: gross = fee + transfer, in cents."""

    gross_cents: int
    fee_cents: int
    transfer_cents: int


def commission_cents(gross_cents: int, basis_points: int) -> int:
    """Return the platform's fee (including VAT) on one shop's part after discounts (ALL-05)."""
    return round_half_up(Fraction(gross_cents * basis_points, WHOLE))


def split_part(gross_cents: int, commission_basis_points: int) -> Share:
    """Return the fee and the transfer of one shop's part.

    :raises SplitError: when the part is not positive or the commission exceeds it.
    """
    if gross_cents <= 0:
        raise SplitError("A shop's part of a payment is more than nothing.")
    if not 0 <= commission_basis_points <= WHOLE:
        raise SplitError("A commission lies between nothing and everything.")
    fee_cents = commission_cents(gross_cents, commission_basis_points)
    return Share(gross_cents, fee_cents, gross_cents - fee_cents)


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
