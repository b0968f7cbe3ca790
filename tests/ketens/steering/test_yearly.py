"""A year is the sum of its released quarters, and never says more than they do."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ketens.domain.yearly import (
    Known,
    QuarterFigure,
    add_year,
    list_quarters,
    quarter_days,
)

FIRST, SECOND, THIRD, FOURTH = list_quarters(2026)


def known(value: int, coverage: int | None = 900) -> QuarterFigure:
    return QuarterFigure(Known.YES, value, value - 1, value + 2, coverage, 500)


def test_quarters_have_their_days():
    assert [quarter_days(first) for first in list_quarters(2026)] == [90, 91, 92, 92]
    assert quarter_days(date(2028, 1, 1)) == 91


def test_released_quarters_are_added_and_the_least_known_tells_the_coverage():
    year = add_year(2026, {THIRD: known(100), FOURTH: known(50, 700)}, adds_up=True)
    assert year.whole == QuarterFigure(Known.YES, 150, 148, 154, 700, 500)
    assert [one.known for one in year.quarters[:2]] == [Known.NOT_RELEASED] * 2
    assert year.days == 184


def test_what_does_not_add_up_is_that_of_the_last_quarter():
    year = add_year(2026, {THIRD: known(7), FOURTH: known(9)}, adds_up=False)
    assert year.whole.value == 9


@pytest.mark.parametrize("hidden", [Known.UNKNOWN, Known.WITHHELD])
def test_one_quarter_that_is_not_told_makes_the_year_untold(hidden: Known):
    year = add_year(2026, {THIRD: known(100), FOURTH: QuarterFigure(hidden)}, adds_up=True)
    assert year.whole == QuarterFigure(hidden)


def test_withheld_goes_before_unknown_and_nothing_released_is_told_as_such():
    both = {THIRD: QuarterFigure(Known.UNKNOWN), FOURTH: QuarterFigure(Known.WITHHELD)}
    assert add_year(2026, both, adds_up=True).whole.known is Known.WITHHELD
    assert add_year(2026, {}, adds_up=True).whole.known is Known.NOT_RELEASED
    assert add_year(2025, both, adds_up=True).days == 0


@given(st.lists(st.integers(0, 10**12), min_size=1, max_size=4))
def test_a_year_is_the_sum_of_its_quarters(values: list[int]):
    told = {first: known(value) for first, value in zip(list_quarters(2026), values, strict=False)}
    assert add_year(2026, told, adds_up=True).whole.value == sum(values)
