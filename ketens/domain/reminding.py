"""When somebody who did not fill in the questions is reminded: kindly, and twice at most."""

from datetime import date, timedelta

MOST_REMINDERS = 2
REST_DAYS = 7
LAST_DAYS = 5


def is_reminder_due(
    *,
    days: tuple[date, date],
    mailed_on: date,
    reminders: int,
    reminded_on: date | None,
    today: date,
) -> bool:
    """Tell whether a reminder goes out today.

    The first one after a week, or after a third of a round that is shorter than three weeks;
    the second in the last five days, and never within the same rest of the first.
    """
    first_day, last_day = days
    if not first_day <= today <= last_day or reminders >= MOST_REMINDERS:
        return False
    length = (last_day - first_day).days + 1
    rest = timedelta(days=max(1, min(REST_DAYS, length // 3)))
    if reminders == 0:
        return today >= mailed_on + rest
    return reminded_on is not None and today >= max(
        reminded_on + rest, last_day - timedelta(days=LAST_DAYS - 1)
    )
