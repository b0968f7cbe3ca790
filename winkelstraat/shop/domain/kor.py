"""The small business scheme: no VAT up to € 20.000 a calendar year (KOR, art. 25 Wet OB).

The scheme ends as soon as the limit is passed. Only what was sold on the street is known
here, so a warning comes early and a silence proves nothing.
"""

from datetime import date
from enum import StrEnum

LIMIT_CENTS = 2_000_000
WARN_AT_PERCENT = 80


class KorStand(StrEnum):
    """How far a shop is on its way to the limit."""

    FINE = "fine"
    NEAR = "near"
    OVER = "over"


def in_scheme(first: date | None, last: date | None, day: date) -> bool:
    """Tell whether a shop charges no VAT on a day."""
    return bool(first and first <= day and (last is None or day <= last))


def kor_stand(turnover_cents: int) -> KorStand:
    """Return where a turnover stands; the limit itself is still within it."""
    if turnover_cents > LIMIT_CENTS:
        return KorStand.OVER
    if turnover_cents * 100 >= LIMIT_CENTS * WARN_AT_PERCENT:
        return KorStand.NEAR
    return KorStand.FINE
