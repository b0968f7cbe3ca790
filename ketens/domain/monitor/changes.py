"""How a figure moved from one stretch to another, and whether that is more than the margin."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Reading:
    """An amount over some days, with its 95% interval where there is one."""

    value: int
    days: int
    low: int | None = None
    high: int | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """What is more (or less, below nought) than was to be expected from before.

    `percent` is None when there was nothing before; `is_sure` tells whether both 95%
    intervals lie apart (IMPACT rule: a comparison is claimed from 95% on).
    """

    difference: int
    percent: Decimal | None
    is_sure: bool


def change_between(before: Reading, after: Reading, *, adds_up: bool) -> Change:
    """Compare two stretches; what adds up is compared per day, an average as it is."""
    ratio = Decimal(after.days) / before.days if adds_up else Decimal(1)
    expected = before.value * ratio
    difference = after.value - expected
    return Change(
        difference=int(difference.quantize(Decimal(1), rounding=ROUND_HALF_UP)),
        percent=difference * HUNDRED / expected if expected else None,
        is_sure=_is_apart(before, after, ratio),
    )


def _is_apart(before: Reading, after: Reading, ratio: Decimal) -> bool:
    ends = (before.low, before.high, after.low, after.high)
    if all(end is None for end in ends):
        return True
    low, high = _ends(before)
    after_low, after_high = _ends(after)
    return after_low > high * ratio or after_high < low * ratio


def _ends(one: Reading) -> tuple[int, int]:
    return (
        one.value if one.low is None else one.low,
        one.value if one.high is None else one.high,
    )
