"""Bars beside the rows of a table: an amount with its margin, or shares of a whole."""

from collections.abc import Sequence
from dataclasses import dataclass

FULL = 1000


@dataclass(frozen=True, slots=True)
class BarRow:
    """An amount with its 95% interval; None is not known, and gets no bar."""

    value: int | None
    low: int | None = None
    high: int | None = None


@dataclass(frozen=True, slots=True)
class DrawnBar:
    """A bar in thousandths of the width; a margin runs from `low` over `spread`."""

    width: int | None
    low: int | None = None
    spread: int | None = None


@dataclass(frozen=True, slots=True)
class SharePart:
    """A part of a whole."""

    label: str
    amount: int
    text: str


@dataclass(frozen=True, slots=True)
class DrawnShare:
    """A part as a piece of one bar, in thousandths; `number` says which piece it is."""

    number: int
    label: str
    text: str
    start: int
    width: int
    percent: int


def draw_bars(rows: Sequence[BarRow], *, top: int | None = None) -> tuple[DrawnBar, ...]:
    """Draw bars on one scale from nought to the largest value or end of a margin."""
    ends = [end for row in rows for end in (row.value, row.high) if end is not None]
    full = max([*ends, top or 0, 1])
    return tuple(_bar(row, full) for row in rows)


def _bar(row: BarRow, full: int) -> DrawnBar:
    if row.value is None:
        return DrawnBar(None)
    width = _thousandths(row.value, full)
    if row.low is None or row.high is None:
        return DrawnBar(width)
    low, high = _thousandths(row.low, full), _thousandths(row.high, full)
    return DrawnBar(width, low, max(high - low, 4))


def draw_shares(parts: Sequence[SharePart]) -> tuple[DrawnShare, ...]:
    """Divide one bar over the parts; the pieces fill it to the thousandth.

    Parts of nothing are left out; without any amount there is no bar.
    """
    standing = [part for part in parts if part.amount > 0]
    whole = sum(part.amount for part in standing)
    drawn, before = [], 0
    for number, part in enumerate(standing, 1):
        start, end = before * FULL // whole, (before + part.amount) * FULL // whole
        percent = (200 * part.amount + whole) // (2 * whole)
        drawn.append(DrawnShare(number, part.label, part.text, start, end - start, percent))
        before += part.amount
    return tuple(drawn)


def _thousandths(amount: int, full: int) -> int:
    return max(0, min(FULL, amount * FULL // full))
