"""What must go today: timed steps down in price, and where the rest of it ends.

A step takes a percentage off the regular price, so steps do not pile up. Where the rest
goes is a rung of the ladder of Moerman; 1 is best and 10 is worst.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import pairwise

from winkelstraat.shop.domain.alcohol import check_alcohol_offer, lowest_offer_cents

PERCENTAGES = range(5, 91)
MOST_STEPS = 4
MOST_PIECES = 10_000


class SurplusRefused(ValueError):
    """A clear no; `code` names it for the page that says it in Dutch, `left` is a number."""

    def __init__(self, code: str, left: int = 0) -> None:
        super().__init__(code)
        self.code, self.left = code, left


class Destination(StrEnum):
    """Where what is left goes; the last two are no rung of the ladder."""

    FOOD_BANK = "food_bank"
    NEIGHBOURS = "neighbours"
    PROCESSED = "processed"
    FEED = "feed"
    INDUSTRY = "industry"
    DIGESTION = "digestion"
    COMPOST = "compost"
    BURNED = "burned"
    SHELF = "shelf"
    LOST = "lost"


# The ladder of Moerman, as ketens counts its rungs.
RUNG_OF = {
    Destination.FOOD_BANK: 2,
    Destination.NEIGHBOURS: 2,
    Destination.PROCESSED: 3,
    Destination.FEED: 4,
    Destination.INDUSTRY: 5,
    Destination.DIGESTION: 6,
    Destination.COMPOST: 7,
    Destination.BURNED: 9,
}


@dataclass(frozen=True, slots=True)
class Step:
    """From `starts_at` on, so many percent off the regular price."""

    starts_at: datetime
    percentage: int


def step_price_cents(regular_cents: int, percentage: int, *, is_alcohol: bool = False) -> int:
    """Return the price of a step, rounded down so that what is announced is really off.

    Alcohol never goes below three quarters, so there a quarter off is rounded up.
    """
    cents = max(1, regular_cents * (100 - percentage) // 100)
    if is_alcohol and percentage <= 25:
        return max(cents, lowest_offer_cents(regular_cents))
    return cents


def check_steps(
    steps: Sequence[Step], *, regular_cents: int, pick_up_until: datetime, is_alcohol: bool
) -> None:
    """Refuse steps that cannot be, before anything is written.

    :raises SurplusRefused: for no steps or too many, an impossible percentage, a step that
        does not go further down than the one before, or one after the last pick-up.
    :raises TooCheapAlcohol: for more than a quarter off alcohol.
    """
    if not 1 <= len(steps) <= MOST_STEPS:
        raise SurplusRefused("steps")
    if any(step.percentage not in PERCENTAGES for step in steps):
        raise SurplusRefused("percentage")
    for earlier, later in pairwise(steps):
        if later.starts_at <= earlier.starts_at or later.percentage <= earlier.percentage:
            raise SurplusRefused("order")
    if steps[-1].starts_at >= pick_up_until:
        raise SurplusRefused("too_late")
    if is_alcohol:
        for step in steps:
            price = step_price_cents(regular_cents, step.percentage, is_alcohol=True)
            check_alcohol_offer(price, regular_cents=regular_cents)


def find_step(steps: Sequence[Step], *, at: datetime) -> Step | None:
    """Return the step that holds at a moment, None before the first."""
    return next((step for step in reversed(steps) if step.starts_at <= at), None)


def count_left(pieces: int, *, sold: int | None, placed: int) -> int | None:
    """Return how many still need a place, None while it is not counted what was sold."""
    return None if sold is None else pieces - sold - placed
