"""What should be reached by when, and whether a figure is on its way there.

Between a baseline and a target runs a straight line: nobody promised another path, so
no other is assumed. A target that is a change is a percentage of its baseline, per day,
so that stretches of another length compare.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

PROVINCE = "PV22"
YEARS = (2028, 2030)
HUNDRED = Decimal(100)


class Better(StrEnum):
    """Which way a figure should go."""

    LOWER = "lower"
    HIGHER = "higher"


class Basis(StrEnum):
    """What the value of a target is counted in."""

    AMOUNT = "amount"
    CHANGE = "change"


class Standing(StrEnum):
    """How a figure stands to the line that leads to its target."""

    REACHED = "reached"
    ON_COURSE = "on_course"
    BEHIND = "behind"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Line:
    """The straight line from what was to what should be; days and amounts of its ends."""

    first_day: date
    first: Decimal
    last_day: date
    last: Decimal

    def at(self, day: date) -> Decimal:
        """Return the amount on a day; before it begins and after it ends it lies flat."""
        length = (self.last_day - self.first_day).days
        if length <= 0 or day >= self.last_day:
            return self.last
        gone = max(0, (day - self.first_day).days)
        return self.first + (self.last - self.first) * gone / length


def aim(value: Decimal, basis: Basis, baseline: Decimal | None) -> Decimal | None:
    """Return the amount to reach, None when it is a change of an unknown baseline."""
    if basis is Basis.AMOUNT:
        return value
    return None if baseline is None else baseline * (1 + value / HUNDRED)


def is_as_good(amount: Decimal, than: Decimal, better: Better) -> bool:
    """Tell whether an amount is at least as good as another."""
    return amount <= than if better is Better.LOWER else amount >= than


def judge(amount: Decimal | None, line: Line | None, on: date, better: Better) -> Standing:
    """Return how an amount on a day stands to the line; what is unknown stays unknown."""
    if amount is None or line is None:
        return Standing.UNKNOWN
    if is_as_good(amount, line.last, better):
        return Standing.REACHED
    return Standing.ON_COURSE if is_as_good(amount, line.at(on), better) else Standing.BEHIND
