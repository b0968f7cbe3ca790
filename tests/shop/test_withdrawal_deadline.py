"""Until when a buyer may withdraw: fourteen days, and never ending on a day off."""

from datetime import date, datetime, timedelta

import pytest

from winkelstraat.shop.domain.hours import LOCAL
from winkelstraat.shop.domain.withdrawal import (
    NEVER,
    UNTIL_RECEIVED,
    deadline_for,
    is_in_time,
    may_withdraw,
    next_working_day,
    refund_due_on,
)
from winkelstraat.shop.models.listings import WithdrawalClass


def at(day: date, hour: int = 15) -> datetime:
    """Return an hour of a day in Drenthe."""
    return datetime(day.year, day.month, day.day, hour, tzinfo=LOCAL)


@pytest.mark.parametrize(
    ("received", "last_day"),
    [
        (date(2026, 11, 25), date(2026, 12, 9)),
        (date(2026, 11, 28), date(2026, 12, 14)),
        (date(2026, 12, 11), date(2026, 12, 28)),
        (date(2026, 12, 18), date(2027, 1, 4)),
        (date(2027, 3, 15), date(2027, 3, 30)),
        (date(2027, 4, 13), date(2027, 4, 28)),
        (date(2027, 4, 21), date(2027, 5, 7)),
    ],
)
def test_w25_the_period_ends_with_a_working_day(received: date, last_day: date) -> None:
    deadline = deadline_for([at(received)])
    assert deadline == datetime(
        last_day.year, last_day.month, last_day.day, 23, 59, 59, tzinfo=LOCAL
    )


def test_w26_the_last_of_the_goods_starts_the_period() -> None:
    assert deadline_for([at(date(2026, 11, 25)), at(date(2026, 11, 24))]) == deadline_for(
        [at(date(2026, 11, 25), 23)]
    )


def test_w26_what_was_not_received_can_always_be_withdrawn() -> None:
    assert deadline_for([at(date(2026, 1, 5)), None]) is None
    assert deadline_for([]) is None
    assert is_in_time(at(date(2029, 1, 1)), None)


@pytest.mark.parametrize(
    ("kind", "before", "after"),
    [
        ("withdrawable", True, True),
        ("sealed_hygiene", True, True),
        ("sealed_media", True, True),
        ("service_done", True, False),
        ("mixed", True, False),
        ("perishable", False, False),
        ("custom_made", False, False),
        ("periodical", False, False),
    ],
)
def test_what_the_law_excepts_and_until_when(kind: str, before: bool, after: bool) -> None:
    assert may_withdraw(kind, was_received=False) == before
    assert may_withdraw(kind, was_received=True) == after


def test_every_kind_that_a_shop_can_choose_is_judged_above() -> None:
    chosen = set(WithdrawalClass.values)
    assert chosen >= NEVER | UNTIL_RECEIVED
    assert chosen - NEVER - UNTIL_RECEIVED == {"withdrawable", "sealed_hygiene", "sealed_media"}


def test_a_buyer_who_was_not_told_has_a_year_more() -> None:
    deadline = deadline_for([at(date(2026, 11, 25))], informed=False)
    assert deadline is not None
    assert deadline.date() == date(2027, 12, 9)
    leap = deadline_for([at(date(2028, 2, 15))], informed=False)
    assert leap is not None
    assert leap.date() == date(2029, 2, 28), "29 February has no next year"


def test_w27_the_whole_last_second_counts() -> None:
    deadline = deadline_for([at(date(2026, 11, 25))])
    assert deadline is not None
    assert is_in_time(deadline - timedelta(seconds=89), deadline)
    assert is_in_time(deadline + timedelta(milliseconds=999), deadline)
    assert not is_in_time(deadline + timedelta(seconds=2), deadline)


def test_the_money_is_due_two_weeks_after_the_statement() -> None:
    assert refund_due_on(at(date(2026, 12, 9), 23)) == date(2026, 12, 23)
    assert next_working_day(date(2026, 12, 24)) == date(2026, 12, 24)
