"""The rules behind signals, with worked numbers; and what never may give a signal."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import t as student

from ketens.domain.signals import (
    Month,
    Rule,
    Series,
    Trend,
    count_days,
    counted_months,
    find_behind,
    find_coverage_fall,
    find_rise,
    find_silence,
    find_waste_rise,
    probability_above,
)
from ketens.domain.signals.student import student_cdf
from ketens.domain.targets import Better, Line
from ketens.domain.work import months_later

SEPTEMBER = date(2026, 9, 1)


def series(*amounts: object, better: Better = Better.LOWER, days: int = 30) -> Series:
    return Series(
        [
            Month(months_later(SEPTEMBER, number), days, None if one is None else Decimal(one))
            for number, one in enumerate(amounts)
        ],
        better,
    )


def with_interval(plain: Series, share: Decimal) -> Series:
    return replace(
        plain,
        months=[
            replace(one, low=one.amount * (1 - share), high=one.amount * (1 + share))
            for one in plain.months
            if one.amount is not None
        ],
    )


def test_three_months_that_rise_by_a_tenth_are_a_signal():
    found = find_rise(series(3000, 3150, 3360))
    assert found is not None
    assert (found.rule, found.trend, found.on) == (Rule.RISE, Trend.UP, date(2026, 11, 30))
    assert found.numbers == {"first": "100", "last": "112", "limit": "110", "reached": "112"}


@pytest.mark.parametrize(
    "amounts",
    [(3000, 3360), (3000, 3150, 3290), (3000, 3400, 3360), (3000, None, 3360), (3360, 3150, 3000)],
)
def test_two_months_a_small_rise_a_dip_a_gap_and_a_fall_are_none(amounts: tuple[int | None, ...]):
    assert find_rise(series(*amounts)) is None


def test_where_more_is_better_a_fall_is_the_signal():
    found = find_rise(series(3000, 2800, 2600, better=Better.HIGHER))
    assert found is not None
    assert found.trend is Trend.DOWN
    assert find_rise(series(2600, 2800, 3000, better=Better.HIGHER)) is None


def test_an_interval_must_be_left_altogether():
    rising = series(3000, 4000, 5000)
    assert find_rise(with_interval(rising, Decimal("0.3"))) is None
    narrow = find_rise(with_interval(rising, Decimal("0.2")))
    assert narrow is not None
    assert narrow.numbers["limit"] == "120"
    assert narrow.numbers["reached"] == "133.333333"


def test_a_short_month_is_no_fall():
    months = [
        Month(date(2027, 1, 1), 31, Decimal(3100)),
        Month(date(2027, 2, 1), 28, Decimal(2800)),
        Month(date(2027, 3, 1), 31, Decimal(3100)),
    ]
    assert find_rise(Series(months, Better.LOWER)) is None
    assert find_rise(Series(months, Better.HIGHER)) is None


def test_months_count_from_a_fortnight_on_and_today_is_not_over():
    first, today = date(2026, 8, 18), date(2026, 11, 15)
    assert count_days(date(2026, 8, 1), first_day=first, today=today) == 14
    assert count_days(date(2026, 11, 1), first_day=first, today=today) == 14
    assert [days for _month, days in counted_months(first_day=first, today=today)] == [
        14,
        30,
        31,
        14,
    ]
    assert len(counted_months(first_day=date(2026, 8, 19), today=date(2026, 11, 14))) == 2


def test_behind_the_line_is_a_signal_and_on_it_is_none():
    line = Line(date(2026, 11, 29), Decimal(100), date(2028, 11, 28), Decimal(50))
    halfway = Month(date(2027, 11, 1), 29, Decimal(29 * 80))
    found = find_behind(Series([halfway], Better.LOWER), line)
    assert found is not None
    assert (found.trend, found.numbers["rate"]) == (Trend.UP, "80")
    assert found.numbers["expected"] == "75"
    # A tenth of the way from 100 to 50 is 5.
    for rate in (75, Decimal("79.9")):
        near = replace(halfway, amount=29 * Decimal(rate))
        assert find_behind(Series([near], Better.LOWER), line) is None
    unsure = replace(halfway, low=Decimal(29 * 70), high=Decimal(29 * 82))
    assert find_behind(Series([unsure], Better.LOWER), line) is None
    unknown = replace(halfway, amount=None)
    assert find_behind(Series([unknown], Better.LOWER), line) is None
    assert find_behind(Series([], Better.LOWER), line) is None


def covered(*shares: int | None) -> Series:
    plain = series(*[1] * len(shares))
    months = [
        replace(one, coverage_permille=share)
        for one, share in zip(plain.months, shares, strict=True)
    ]
    return replace(plain, months=months)


def test_coverage_that_falls_three_months_by_five_points_is_a_signal():
    found = find_coverage_fall(covered(900, 880, 850))
    assert found is not None
    assert found.numbers == {"first": "900", "last": "850"}
    for shares in [(900, 880, 851), (900, 900, 800), (900, None, 800), (900, 800)]:
        assert find_coverage_fall(covered(*shares)) is None


def test_a_chain_is_silent_after_four_weeks_and_only_when_it_spoke():
    days = [date(2026, 10, 1), date(2026, 10, 31)]
    found = find_silence(days, today=date(2026, 11, 28))
    assert found is not None
    assert found.numbers == {"last_day": "2026-10-31", "silent_days": "28"}
    assert find_silence(days, today=date(2026, 11, 27)) is None
    later = find_silence(days, today=date(2027, 1, 15))
    assert later is not None
    assert later.on == found.on == date(2026, 11, 28)
    assert find_silence([], today=date(2026, 11, 28)) is None


def shares(*values: str) -> Series:
    return replace(series(*values), is_level=True)


def test_waste_above_its_own_past_needs_ninety_five_percent():
    """Past 5.0%, 5.2%, 4.9%: spread 5%, two degrees; 5.9% is t 2.76 and 6.2% is t 3.62."""
    assert find_waste_rise(shares("0.050", "0.052", "0.049", "0.059")) is None
    found = find_waste_rise(shares("0.050", "0.052", "0.049", "0.062"))
    assert found is not None
    assert found.numbers["share"] == "0.062"
    assert found.numbers["past"] == "0.050333"
    assert Decimal(found.numbers["probability"]) == Decimal("0.9657")


def test_waste_without_a_past_or_of_nothing_says_nothing():
    assert find_waste_rise(shares("0.05", "0.50")) is None
    assert find_waste_rise(shares("0", "0.05", "0.50")) is None
    assert find_waste_rise(shares()) is None
    unknown_now = replace(series("0.05", "0.05", None), is_level=True)
    assert find_waste_rise(unknown_now) is None


@given(st.floats(-50, 50), st.integers(1, 30))
def test_the_closed_form_is_students_distribution(statistic: float, degrees: int):
    assert student_cdf(statistic, degrees) == pytest.approx(student.cdf(statistic, degrees))


@given(
    st.integers(1, 10**9),
    st.lists(st.integers(14, 31), min_size=1, max_size=13),
    st.sampled_from(Better),
)
def test_a_flat_series_never_gives_a_signal(rate: int, days: list[int], better: Better):
    months = [
        Month(months_later(SEPTEMBER, number), count, Decimal(rate * count), coverage_permille=700)
        for number, count in enumerate(days)
    ]
    flat = Series(months, better)
    assert find_rise(flat) is None
    assert find_coverage_fall(flat) is None
    assert (
        find_behind(flat, Line(SEPTEMBER, Decimal(rate), date(2030, 1, 1), Decimal(rate))) is None
    )
    assert (
        find_waste_rise(
            replace(
                flat,
                is_level=True,
                months=[replace(month, amount=Decimal(rate)) for month in months],
            )
        )
        is None
    )


@given(
    st.lists(st.integers(1, 10**6), min_size=3, max_size=8),
    st.integers(1, 10**6),
)
def test_more_waste_is_never_less_of_a_signal(past: list[int], extra: int):
    before, now = [Decimal(one) for one in past[:-1]], Decimal(past[-1])
    first, second = probability_above(now, before), probability_above(now + extra, before)
    assert first is not None
    assert second is not None
    assert second >= first


@given(st.integers(1, 10**6), st.integers(1, 10**6), st.integers(1, 10**6), st.integers(0, 10**6))
def test_a_higher_last_month_keeps_the_signal(first: int, step: int, last: int, extra: int):
    rising = (first, first + step, first + step + first // 10 + last)
    assert find_rise(series(*rising)) is not None
    assert find_rise(series(*rising[:-1], rising[-1] + extra)) is not None
