"""Opening hours in local time, holidays and the change of the clocks."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from winkelstraat.shop.domain.hours import Holiday, OpenStretch, is_open, next_open

HERE = ZoneInfo("Europe/Amsterdam")
WEEK = [OpenStretch(2, time(9), time(12)), OpenStretch(2, time(13), time(17))]
AWAY = Holiday(date(2026, 11, 2), date(2026, 11, 8))


def at(day: int, hour: int, *, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=HERE)


def test_a_shop_is_open_within_its_stretches() -> None:
    moments = {hour: is_open(WEEK, at=at(3, hour), holiday=None) for hour in (8, 9, 12, 13, 17)}

    assert moments == {8: False, 9: True, 12: False, 13: True, 17: False}
    assert not is_open(WEEK, at=at(4, 10), holiday=None)


def test_a_shop_on_holiday_is_closed() -> None:
    assert not is_open(WEEK, at=at(3, 10), holiday=AWAY)
    assert is_open(WEEK, at=at(10, 10), holiday=AWAY)


def test_the_next_moment_is_now_when_the_shop_is_open() -> None:
    assert next_open(WEEK, not_before=at(3, 10), holiday=None) == at(3, 10)
    assert next_open(WEEK, not_before=at(3, 12), holiday=None) == at(3, 13)
    assert next_open(WEEK, not_before=at(3, 17), holiday=None) == at(10, 9)
    assert next_open(WEEK, not_before=at(1, 8), holiday=AWAY) == at(10, 9)


def test_nine_stays_nine_when_the_clocks_change() -> None:
    before = at(20, 18, month=10)

    assert next_open(WEEK, not_before=before, holiday=None) == at(27, 9, month=10)


def test_a_shop_without_hours_has_no_moment() -> None:
    assert next_open([], not_before=at(3, 10), holiday=None) is None
