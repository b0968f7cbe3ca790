"""The five rules. None is about people or about the turnover of one shop.

A rule says nothing when a number that it needs is unknown: a signal rests on what was
counted, never on a guess.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise

from ketens.domain.signals.series import Month, Series
from ketens.domain.signals.student import probability_above
from ketens.domain.targets import Better, Line, is_as_good

STREAK = 3
MARGIN = Decimal("0.10")
COVERAGE_FALL_PERMILLE = 50
SILENT_DAYS = 28
LEAST_PROBABILITY = Decimal("0.95")
# Right after a baseline nobody has moved yet, and that is no lag.
LEAST_LAG = Decimal("0.10")


class Rule(StrEnum):
    """What a signal says."""

    RISE = "rise"
    BEHIND = "behind"
    COVERAGE = "coverage"
    SILENCE = "silence"
    WASTE = "waste"


class Trend(StrEnum):
    """Which way a number went."""

    UP = "up"
    DOWN = "down"


@dataclass(frozen=True, slots=True)
class RuleText:
    """A rule's version and its threshold, as numbers that the page of a signal shows."""

    version: int
    thresholds: Mapping[str, str]


RULES: Mapping[Rule, RuleText] = {
    Rule.RISE: RuleText(1, {"months": str(STREAK), "margin": str(MARGIN)}),
    Rule.BEHIND: RuleText(1, {"lag": str(LEAST_LAG)}),
    Rule.COVERAGE: RuleText(
        1, {"months": str(STREAK), "fall_permille": str(COVERAGE_FALL_PERMILLE)}
    ),
    Rule.SILENCE: RuleText(1, {"days": str(SILENT_DAYS)}),
    Rule.WASTE: RuleText(1, {"probability": str(LEAST_PROBABILITY)}),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule found, the day up to which it looked, and every number behind it."""

    rule: Rule
    trend: Trend
    on: date
    months: tuple[Month, ...]
    numbers: Mapping[str, str]


def find_rise(series: Series) -> Finding | None:
    """Find a number that got worse month after month, further than its interval.

    The last three months must each be worse than the one before, and the last must lie
    beyond the first: outside its interval where there is one, else by a tenth.
    """
    months = list(series.months)[-STREAK:]
    rates = known([series.rate(month) for month in months])
    if len(rates) < STREAK or not is_streak(rates, series.better):
        return None
    first, last = months[0], months[-1]
    limit, reached = beyond(series, first, last)
    if limit is None or reached is None or is_as_good(reached, limit, series.better):
        return None
    return Finding(
        Rule.RISE,
        Trend.UP if rates[-1] > rates[0] else Trend.DOWN,
        last.last_day,
        tuple(months),
        {
            "first": say(rates[0]),
            "last": say(rates[-1]),
            "limit": say(limit),
            "reached": say(reached),
        },
    )


def beyond(series: Series, first: Month, last: Month) -> tuple[Decimal | None, Decimal | None]:
    """Return the limit and what must lie beyond it: the near ends of two intervals."""
    lower = series.better is Better.LOWER
    limit = series.high(first) if lower else series.low(first)
    reached = series.low(last) if lower else series.high(last)
    if limit is not None and reached is not None:
        return limit, reached
    rate = series.rate(first)
    if rate is None:
        return None, None
    return rate * (1 + MARGIN if lower else 1 - MARGIN), series.rate(last)


def find_behind(series: Series, line: Line) -> Finding | None:
    """Find that the newest month lies on the wrong side of the straight line to a target.

    Line and series are amounts per day. Where there is an interval, all of it must lie on
    the wrong side, by at least a tenth of the whole way from baseline to target.
    """
    if not series.months:
        return None
    month = series.months[-1]
    lower = series.better is Better.LOWER
    rate = series.rate(month)
    near = (series.low(month) if lower else series.high(month)) or rate
    expected = line.at(month.last_day)
    if rate is None or near is None or is_as_good(near, expected, series.better):
        return None
    if abs(near - expected) < LEAST_LAG * abs(line.last - line.first):
        return None
    return Finding(
        Rule.BEHIND,
        Trend.UP if rate > expected else Trend.DOWN,
        month.last_day,
        (month,),
        {
            "rate": say(rate),
            "near": say(near),
            "expected": say(expected),
            "line_from": line.first_day.isoformat(),
            "line_first": say(line.first),
            "line_until": line.last_day.isoformat(),
            "line_last": say(line.last),
        },
    )


def find_coverage_fall(series: Series) -> Finding | None:
    """Find that less and less is known: three months on end, five points in all."""
    months = list(series.months)[-STREAK:]
    shares = known([as_decimal(month.coverage_permille) for month in months])
    if len(shares) < STREAK or not is_streak(shares, Better.HIGHER):
        return None
    if shares[0] - shares[-1] < COVERAGE_FALL_PERMILLE:
        return None
    return Finding(
        Rule.COVERAGE,
        Trend.DOWN,
        months[-1].last_day,
        tuple(months),
        {"first": say(shares[0]), "last": say(shares[-1])},
    )


def find_silence(days: Sequence[date], *, today: date) -> Finding | None:
    """Find a chain that handed over nothing for four weeks and did so before.

    The signal is of the day on which the four weeks were over, so the same silence is one.
    """
    if not days:
        return None
    last = max(days)
    silent = (today - last).days
    if silent < SILENT_DAYS:
        return None
    numbers = {"last_day": last.isoformat(), "silent_days": str(silent)}
    began = last + timedelta(days=SILENT_DAYS)
    return Finding(Rule.SILENCE, Trend.DOWN, began, (), numbers)


def find_waste_rise(series: Series) -> Finding | None:
    """Find a share of waste that is above its own past with 95% certainty."""
    months = [month for month in series.months if month.amount is not None]
    if not months or months[-1] is not series.months[-1]:
        return None
    *past, last = [month.amount for month in months if month.amount is not None]
    chance = probability_above(last, past)
    if chance is None or chance < LEAST_PROBABILITY:
        return None
    numbers = {
        "share": say(last),
        "past": say(sum(past, Decimal(0)) / len(past)),
        "probability": str(chance),
    }
    return Finding(Rule.WASTE, Trend.UP, months[-1].last_day, tuple(months), numbers)


def is_streak(values: Sequence[Decimal], better: Better) -> bool:
    """Tell whether each value is worse than the one before."""
    return all(not is_as_good(later, earlier, better) for earlier, later in pairwise(values))


def known(values: Sequence[Decimal | None]) -> list[Decimal]:
    """Return the values, or none at all when one of them is unknown."""
    found = [value for value in values if value is not None]
    return found if len(found) == len(values) else []


def as_decimal(value: int | None) -> Decimal | None:
    """Return a whole number as a decimal, unknown as unknown."""
    return None if value is None else Decimal(value)


def say(value: Decimal) -> str:
    """Return a number as it is kept: at most six decimals, no exponent."""
    return f"{value.quantize(Decimal('0.000001')).normalize():f}"
