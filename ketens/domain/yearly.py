"""Figures of a year from its released quarters: what adds up is added, what does not is told apart.

A figure of a year is known when every released quarter is; one unknown quarter makes the sum
unknown, and one that is withheld withholds the sum, or a reader could subtract.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

QUARTERS = (1, 4, 7, 10)


class Known(StrEnum):
    """Whether a figure can be read."""

    YES = "yes"
    UNKNOWN = "unknown"
    WITHHELD = "withheld"
    NOT_RELEASED = "not_released"


@dataclass(frozen=True, slots=True)
class QuarterFigure:
    """A released figure, as it was told last."""

    known: Known
    value: int | None = None
    low: int | None = None
    high: int | None = None
    coverage_permille: int | None = None
    primary_permille: int | None = None


NOT_RELEASED = QuarterFigure(Known.NOT_RELEASED)


@dataclass(frozen=True, slots=True)
class YearFigure:
    """A measure over the released quarters of a year, and each of its four quarters.

    `days` is how many days the released quarters have; coverage and primary share are the
    lowest of them, because a year is known no better than its least known quarter.
    """

    whole: QuarterFigure
    quarters: tuple[QuarterFigure, ...]
    days: int


def list_quarters(year: int) -> tuple[date, ...]:
    """Return the first day of each quarter of a year."""
    return tuple(date(year, month, 1) for month in QUARTERS)


def add_year(year: int, told: Mapping[date, QuarterFigure], *, adds_up: bool) -> YearFigure:
    """Return a year from its released quarters.

    What does not add up, an average or a count of who took part, is that of the last one.
    """
    quarters = tuple(told.get(first, NOT_RELEASED) for first in list_quarters(year))
    released = [one for one in quarters if one.known is not Known.NOT_RELEASED]
    days = sum(
        quarter_days(first)
        for first, one in zip(list_quarters(year), quarters, strict=True)
        if one.known is not Known.NOT_RELEASED
    )
    if not released:
        return YearFigure(NOT_RELEASED, quarters, 0)
    return YearFigure(add(released) if adds_up else released[-1], quarters, days)


def add(figures: Sequence[QuarterFigure]) -> QuarterFigure:
    """Return the sum; its interval is the sum of the ends, because factors err together."""
    for known in (Known.WITHHELD, Known.UNKNOWN):
        if any(one.known is known for one in figures):
            return QuarterFigure(known)
    lows = [one.low for one in figures if one.low is not None]
    highs = [one.high for one in figures if one.high is not None]
    has_all = len(lows) == len(highs) == len(figures)
    return QuarterFigure(
        Known.YES,
        sum(one.value for one in figures if one.value is not None),
        sum(lows) if has_all else None,
        sum(highs) if has_all else None,
        lowest([one.coverage_permille for one in figures]),
        lowest([one.primary_permille for one in figures]),
    )


def lowest(shares: Sequence[int | None]) -> int | None:
    """Return the lowest share; unknown when one of them is."""
    told = [share for share in shares if share is not None]
    return min(told) if told and len(told) == len(shares) else None


def quarter_days(first: date) -> int:
    """Return how many days a quarter has."""
    following = date(first.year + first.month // 10, (first.month + 2) % 12 + 1, 1)
    return (following - first).days
