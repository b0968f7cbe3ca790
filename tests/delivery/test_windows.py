"""The first pick-up moment after the goods are ready."""

from datetime import datetime, time

import pytest

from winkelstraat.delivery.domain.windows import (
    LOCAL,
    Moment,
    WeeklyWindow,
    list_moments,
    next_window,
)

TUESDAY = WeeklyWindow(2, time(16), time(18))
FRIDAY = WeeklyWindow(5, time(10), time(12))


def at(day: int, hour: int, month: int = 11) -> datetime:
    """A local moment in 2026."""
    return datetime(2026, month, day, hour, tzinfo=LOCAL)


@pytest.mark.parametrize(
    ("not_before", "start"),
    [
        (at(23, 12), at(24, 16)),
        (at(24, 16), at(24, 16)),
        (at(24, 17), at(27, 10)),
        (at(27, 11), at(1, 16, month=12)),
    ],
)
def test_the_first_window_that_opens_after_the_moment(
    not_before: datetime, start: datetime
) -> None:
    found = next_window([FRIDAY, TUESDAY], not_before=not_before)
    assert found is not None
    assert found.start == start


def test_a_window_stays_at_its_hour_when_the_clocks_change() -> None:
    found = next_window([WeeklyWindow(7, time(10), time(12))], not_before=at(24, 12, month=10))
    assert found == Moment(at(25, 10, month=10), at(25, 12, month=10))
    assert found.start.utcoffset().total_seconds() == 3600  # type: ignore[union-attr]


def test_without_windows_there_is_no_moment() -> None:
    assert next_window([], not_before=at(23, 12)) is None


def test_moments_come_in_order() -> None:
    found = list_moments([FRIDAY, TUESDAY], not_before=at(23, 12), most=3)
    assert [moment.start for moment in found] == [at(24, 16), at(27, 10), at(1, 16, month=12)]
