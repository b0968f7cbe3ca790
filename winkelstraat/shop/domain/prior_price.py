"""What may stand after "van" when a price is lowered (art. 5a Besluit prijsaanduiding).

It is the lowest price of the thirty days before the offer began, never a typed one. An
offer that only goes further down keeps the price from before its first step, for at most
three months. What spoils quickly, and what was on sale for less than thirty days, is
compared with the price directly before.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

LOOK_BACK = timedelta(days=30)
SERIES_LASTS = timedelta(days=91)


@dataclass(frozen=True, slots=True)
class PricePoint:
    """From `at` on the price was this many cents, as an offer or as the regular price."""

    at: datetime
    price_cents: int
    is_offer: bool = False


@dataclass(frozen=True, slots=True)
class PriorPrice:
    """The price to compare with, in cents, and the reduction in whole percent, rounded down."""

    price_cents: int
    percentage: int


def find_prior_price(
    history: Sequence[PricePoint], *, at: datetime, spoils_quickly: bool = False
) -> PriorPrice | None:
    """Return what the price at a moment may be compared with, or None when with nothing.

    `history` is in order of time. Nothing is announced when the price is no offer, or when
    it is not lower than what it must be compared with.
    """
    past = [point for point in history if point.at <= at]
    if not past or not past[-1].is_offer:
        return None
    first = _first_of_series(past, at)
    before = past[:first]
    if not before:
        return None
    compared = _compare_with(before, past[first].at, spoils_quickly=spoils_quickly)
    now = past[-1].price_cents
    if now >= compared:
        return None
    return PriorPrice(compared, (compared - now) * 100 // compared)


def _first_of_series(past: Sequence[PricePoint], at: datetime) -> int:
    """Return the place of the first step of an offer that only went down, if not too old."""
    last = len(past) - 1
    first = last
    while first > 0:
        step, earlier = past[first], past[first - 1]
        if not (earlier.is_offer and earlier.price_cents > step.price_cents):
            break
        first -= 1
    return last if at - past[first].at > SERIES_LASTS else first


def _compare_with(
    before: Sequence[PricePoint], offered_at: datetime, *, spoils_quickly: bool
) -> int:
    since = offered_at - LOOK_BACK
    if spoils_quickly or before[0].at > since:
        return before[-1].price_cents
    in_force = [place for place, point in enumerate(before) if point.at <= since][-1]
    return min(point.price_cents for point in before[in_force:])
