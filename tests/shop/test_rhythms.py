"""When a shop takes orders, and on which day they are handed over (acceptance cases 1 to 7)."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from winkelstraat.shop.domain.hours import LOCAL
from winkelstraat.shop.domain.rhythms import (
    OrderWindow,
    Rhythm,
    Slot,
    is_working_day,
    named_window,
    next_opening,
)

TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY = range(2, 7)
EVERY_DAY = frozenset(range(1, 8))


def at(year: int, month: int, day: int, hour: int = 10, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=LOCAL)


def test_case_1_after_the_list_went_out_it_is_the_week_after() -> None:
    rhythm = Rhythm(pickup_weekday=FRIDAY, list_weekday=TUESDAY)
    assert rhythm.pickup_day(at(2018, 7, 25)) == date(2018, 8, 3)


@pytest.mark.parametrize(
    ("ordered_on", "pickup_day"),
    [
        *((day, date(2022, 8, 31)) for day in (24, 25, 26)),
        *((day, date(2022, 9, 7)) for day in (27, 28, 29, 30, 31)),
    ],
)
def test_case_2_the_day_of_the_list_is_too_late(ordered_on: int, pickup_day: date) -> None:
    rhythm = Rhythm(pickup_weekday=WEDNESDAY, list_weekday=SATURDAY)
    assert rhythm.days_between == 4
    assert rhythm.pickup_day(at(2022, 8, ordered_on)) == pickup_day


def test_case_3_the_stretch_that_belongs_to_a_day_of_handing_over() -> None:
    window = Rhythm(pickup_weekday=THURSDAY, list_weekday=SATURDAY).window(date(2023, 1, 12))
    assert (window.first_day, window.last_day) == (date(2022, 12, 31), date(2023, 1, 6))


@pytest.mark.parametrize(
    ("now", "working_days_only", "days"),
    [
        (at(2019, 7, 29, 8), True, [date(2019, 7, 29), date(2019, 7, 30)]),
        (at(2019, 7, 29, 13), True, [date(2019, 7, 30), date(2019, 7, 31)]),
        (at(2019, 10, 25, 19), False, [date(2019, 10, 26), date(2019, 10, 27)]),
        (at(2019, 10, 25, 19), True, [date(2019, 10, 28), date(2019, 10, 29)]),
    ],
)
def test_case_4_the_next_days_of_a_slot(
    now: datetime, working_days_only: bool, days: list[date]
) -> None:
    slot = Slot(EVERY_DAY, time(11), time(12), working_days_only)
    assert slot.next_days(after=now, most=2) == days


def test_case_5_a_public_holiday_is_no_working_day() -> None:
    french = Slot(EVERY_DAY, time(11), time(12), working_days_only=True, country="FR")
    assert french.next_days(after=at(2019, 8, 14, 13), most=2) == [
        date(2019, 8, 16),
        date(2019, 8, 19),
    ]
    dutch = Slot(EVERY_DAY, time(11), time(12), working_days_only=True)
    assert dutch.next_days(after=at(2027, 4, 26, 13), most=2) == [
        date(2027, 4, 28),
        date(2027, 4, 29),
    ]
    assert not is_working_day(date(2027, 4, 27))


@pytest.mark.parametrize(
    ("hour", "minute", "is_open"),
    [(8, 59, False), (9, 0, True), (16, 59, True), (17, 0, True), (17, 1, False)],
)
def test_case_7_a_stretch_as_people_name_it(hour: int, minute: int, is_open: bool) -> None:
    window = named_window(at(2022, 9, 19, 9), at(2022, 9, 19, 17))
    assert window.takes(at(2022, 9, 19, hour, minute)) is is_open


def test_case_7_before_it_opens_a_shop_says_when() -> None:
    windows = [named_window(at(2022, 9, 19, 9), at(2022, 9, 19, 17))]
    assert next_opening(windows, at=at(2022, 9, 19, 8, 59)) == at(2022, 9, 19, 9)
    assert next_opening(windows, at=at(2022, 9, 19, 12)) == at(2022, 9, 19, 12)
    assert next_opening(windows, at=at(2022, 9, 19, 17, 1)) is None


def test_a_list_may_be_closed_in_the_middle_of_a_day() -> None:
    rhythm = Rhythm(FRIDAY, TUESDAY, time(17))
    assert rhythm.pickup_day(at(2026, 11, 24, 16, 59)) == date(2026, 11, 27)
    assert rhythm.pickup_day(at(2026, 11, 24, 17)) == date(2026, 12, 4)
    assert rhythm.last_close(at(2026, 11, 24, 17)) == at(2026, 11, 24, 17)


def test_a_list_on_the_day_itself_closes_as_that_day_begins() -> None:
    rhythm = Rhythm(FRIDAY, FRIDAY)
    assert rhythm.pickup_day(at(2026, 11, 26, 23, 59)) == date(2026, 11, 27)
    assert rhythm.pickup_day(at(2026, 11, 27, 0)) == date(2026, 12, 4)


@given(
    pickup=st.integers(1, 7),
    closing=st.integers(1, 7),
    hour=st.integers(0, 23),
    ordered=st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1)),
)
def test_every_order_falls_in_the_stretch_of_its_own_day(
    pickup: int, closing: int, hour: int, ordered: datetime
) -> None:
    rhythm, moment = Rhythm(pickup, closing, time(hour)), ordered.replace(tzinfo=LOCAL)
    day = rhythm.pickup_day(moment)
    assert day.isoweekday() == pickup
    assert rhythm.window(day).takes(moment)
    assert rhythm.window(day).closes_at == rhythm.window(day + timedelta(days=7)).opens_at
    assert rhythm.last_close(moment) <= moment


def test_a_stretch_takes_its_first_moment_and_not_its_last() -> None:
    window = OrderWindow(at(2026, 11, 24, 9), at(2026, 11, 24, 17))
    assert window.takes(window.opens_at)
    assert not window.takes(window.closes_at)
