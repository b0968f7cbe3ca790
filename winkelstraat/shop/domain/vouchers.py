"""What a voucher takes off, line by line (docs/pricing.md).

The weights are the lines as they stand after earlier discounts, the shares come by largest
remainder and never exceed their line (ALL-02, ALL-04, ALL-08). Nothing is taken from a
deposit or from delivery. Of alcohol at most a quarter may go off (art. 2a Alcoholwet); a
line for which that would be too much is left out and the rest is shared again.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from fractions import Fraction

from winkelstraat.common.allocation import allocate
from winkelstraat.common.money import round_half_up

WHOLE = 10_000
MOST_OFF_ALCOHOL = Fraction(1, 4)


class FundedBy(StrEnum):
    """Who bears a discount: it decides whether the shop's turnover falls (TAX-05)."""

    SHOP = "shop"
    PLATFORM = "platform"


class VoucherProblem(StrEnum):
    """Why a voucher takes nothing off now."""

    UNKNOWN = "unknown"
    NOT_YET = "not_yet"
    OVER = "over"
    USED_UP = "used_up"
    OTHER_SHOP = "other_shop"
    BELOW_MINIMUM = "below_minimum"
    NOTHING_ELIGIBLE = "nothing_eligible"


@dataclass(frozen=True, slots=True)
class VoucherTerms:
    """What a voucher promises: an amount in cents or a percentage in basis points.

    Without `seller_id` it holds at every shop; `uses_left` None is without limit.
    """

    voucher_id: int
    code: str
    funded_by: FundedBy
    valid_from: datetime
    valid_until: datetime
    amount_cents: int | None = None
    percentage_basis_points: int | None = None
    minimum_cents: int = 0
    seller_id: int | None = None
    uses_left: int | None = None


@dataclass(frozen=True, slots=True)
class Discountable:
    """One line of goods in cents; `regular_cents` is what alcohol is measured by."""

    seller_id: int
    line_cents: int
    is_alcohol: bool = False
    regular_cents: int = 0


def find_problem(
    terms: VoucherTerms, lines: Sequence[Discountable], *, now: datetime
) -> VoucherProblem | None:
    """Return why the voucher takes nothing off, or None when it does."""
    here = [line for line in lines if _is_for(terms, line)]
    if now < terms.valid_from:
        return VoucherProblem.NOT_YET
    if now >= terms.valid_until:
        return VoucherProblem.OVER
    if terms.uses_left is not None and terms.uses_left <= 0:
        return VoucherProblem.USED_UP
    if not here:
        return VoucherProblem.OTHER_SHOP
    if sum(line.line_cents for line in here) < terms.minimum_cents:
        return VoucherProblem.BELOW_MINIMUM
    return None if any(share_voucher(terms, lines)) else VoucherProblem.NOTHING_ELIGIBLE


def share_voucher(terms: VoucherTerms, lines: Sequence[Discountable]) -> list[int]:
    """Return what comes off each line, in the order of the lines, in cents."""
    shares = [0] * len(lines)
    places = [place for place, line in enumerate(lines) if _is_for(terms, line)]
    while places:
        amounts = [lines[place].line_cents for place in places]
        found = allocate(_worth(terms, sum(amounts)), amounts, amounts)
        too_much = {
            place
            for place, share in zip(places, found, strict=True)
            if lines[place].is_alcohol and not _may_go_off(lines[place], share)
        }
        if not too_much:
            for place, share in zip(places, found, strict=True):
                shares[place] = share
            break
        places = [place for place in places if place not in too_much]
    return shares


def _is_for(terms: VoucherTerms, line: Discountable) -> bool:
    return terms.seller_id is None or terms.seller_id == line.seller_id


def _worth(terms: VoucherTerms, base_cents: int) -> int:
    if terms.amount_cents is not None:
        return min(terms.amount_cents, base_cents)
    return round_half_up(Fraction(base_cents * (terms.percentage_basis_points or 0), WHOLE))


def _may_go_off(line: Discountable, share_cents: int) -> bool:
    regular = max(line.regular_cents, line.line_cents)
    return regular - (line.line_cents - share_cents) <= regular * MOST_OFF_ALCOHOL
