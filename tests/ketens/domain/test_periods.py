"""Periods in addresses: read as written, and refused when they are none."""

from datetime import date

import pytest

from ketens.domain.periods import NotAPeriod, month_of, quarter_of, read_period, year_of


@pytest.mark.parametrize(
    ("text", "first", "last", "days"),
    [
        ("2026-07", date(2026, 7, 1), date(2026, 7, 31), 31),
        ("2026-K3", date(2026, 7, 1), date(2026, 9, 30), 92),
        ("2026-k1", date(2026, 1, 1), date(2026, 3, 31), 90),
        ("2028", date(2028, 1, 1), date(2028, 12, 31), 366),
    ],
)
def test_a_period_is_read_with_its_days(text: str, first: date, last: date, days: int) -> None:
    found = read_period(text)
    assert (found.first, found.last_day, found.days) == (first, last, days)
    assert read_period(found.key) == found


@pytest.mark.parametrize("text", ["", "2026-13", "2026-K5", "1926", "2026-7", "juli", "2026-K3-1"])
def test_anything_else_is_no_period(text: str) -> None:
    with pytest.raises(NotAPeriod):
        read_period(text)


def test_a_year_has_four_quarters_and_a_month_lies_in_one() -> None:
    assert [day.month for day in read_period("2026").quarters] == [1, 4, 7, 10]
    assert month_of(date(2026, 8, 9)).quarters == (date(2026, 7, 1),)
    assert quarter_of(date(2026, 12, 31)).key == "2026-K4"
    assert year_of(date(2026, 12, 31)).key == "2026"
