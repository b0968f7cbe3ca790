"""Terms that are counted in working days of the Netherlands."""

from datetime import date, timedelta

from winkelstraat.shop.domain.withdrawal import next_working_day


def working_days_after(day: date, count: int) -> date:
    """Return the day that lies so many working days after another, the first not counted."""
    for _number in range(count):
        day = next_working_day(day + timedelta(days=1))
    return day
