"""Until when a buyer may withdraw from a contract made at a distance (art. 6:230o BW).

Fourteen days after he received the last goods; the day of receipt does not count. A
period that ends on a Saturday, a Sunday or a public holiday ends with the next working
day (Regulation 1182/71 art. 3(4)). Who was never told of his right has a year more
(art. 6:230o(2) BW). Good Friday and 5 May count as holidays, in the buyer's favour
(art. 3 Algemene termijnenwet).
"""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from functools import lru_cache

import holidays

from winkelstraat.shop.domain.hours import LOCAL

PERIOD = timedelta(days=14)
MONTHS_WITHOUT_NOTICE = 12
REFUND_WITHIN = timedelta(days=14)
REMIND_AFTER = timedelta(days=10)
NEVER = frozenset({"perishable", "custom_made", "periodical"})
UNTIL_RECEIVED = frozenset({"service_done", "mixed"})
LAST_SECOND = time(23, 59, 59)
SATURDAY = 6


def deadline_for(received: Iterable[datetime | None], *, informed: bool = True) -> datetime | None:
    """Return the last moment to withdraw, local time, from when each of the goods arrived.

    None means that something was not received yet, or nobody knows when: then the buyer
    may withdraw at any time.
    """
    moments = list(received)
    if not moments or any(moment is None for moment in moments):
        return None
    last = max(moment for moment in moments if moment is not None)
    day = last.astimezone(LOCAL).date() + PERIOD
    if not informed:
        day = _months_later(day, MONTHS_WITHOUT_NOTICE)
    return datetime.combine(next_working_day(day), LAST_SECOND, LOCAL)


def may_withdraw(withdrawal_class: str, *, was_received: bool) -> bool:
    """Tell whether a line can be withdrawn from (art. 6:230p BW).

    What spoils, was made for one buyer, or is a loose paper never can. Work and what was
    mixed can until they were handed over. What is sealed can: whether the seal is whole is
    seen when it comes back.
    """
    if withdrawal_class in NEVER:
        return False
    return not (was_received and withdrawal_class in UNTIL_RECEIVED)


def is_in_time(stated_at: datetime, deadline: datetime | None) -> bool:
    """Tell whether a statement was made in time; the whole last second counts."""
    return deadline is None or stated_at < deadline + timedelta(seconds=1)


def next_working_day(day: date) -> date:
    """Return this day, or the first one after it that is no weekend and no holiday."""
    while day.isoweekday() >= SATURDAY or day in _holidays(day.year):
        day += timedelta(days=1)
    return day


def refund_due_on(stated_at: datetime) -> date:
    """Return the last day to pay everything back (art. 6:230r(1) BW)."""
    return stated_at.astimezone(LOCAL).date() + REFUND_WITHIN


def may_wait(
    today: date, due_on: date, *, was_received: bool, is_returned: bool, is_sent: bool
) -> bool:
    """Tell whether the shop may still keep the money of a withdrawal.

    Until the last day it may; after it only while the goods are not back and the buyer did
    not show that he sent them (art. 6:230r(4) BW). Goods that were never handed over are
    not waited for.
    """
    if not was_received:
        return False
    if today < due_on:
        return True
    return not (is_returned or is_sent)


def _months_later(day: date, months: int) -> date:
    years, month = divmod(day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(day.year + years, month + 1, last)
        except ValueError:
            continue
    raise AssertionError("Every month has 28 days.")


@lru_cache(maxsize=32)
def _holidays(year: int) -> frozenset[date]:
    found = holidays.country_holidays("NL", years=year, categories=("public", "optional"))
    return frozenset(found)
