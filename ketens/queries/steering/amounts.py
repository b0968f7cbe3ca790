"""How amounts of the monitor's measures are said, by their unit."""

from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ketens.domain.monitor import MEASURES
from ketens.queries.monitor_pages import words
from ketens.queries.wording import UNKNOWN, say_number, trim

COUNTED = ("count", "jobs")


def say_amount(unit: str, value: Decimal | int | None) -> str:
    """Return an amount as the monitor's pages say it; a part of a count keeps one decimal."""
    if value is not None and unit in COUNTED and value != int(value):
        return trim(round(Decimal(value), 1))
    return words.say_amount(unit, None if value is None else int(value))


def say_rate(unit: str, value: Decimal | None, *, adds_up: bool) -> str:
    """Return an amount per day, or a level as it is."""
    if value is None:
        return str(UNKNOWN)
    if not adds_up:
        return say_amount(unit, value)
    return _("%(amount)s a day") % {"amount": say_amount(unit, value)}


def say_days(days: int) -> str:
    """Return a number of days."""
    return ngettext("%(days)s day", "%(days)s days", days) % {"days": say_number(days)}


def label_of(code: str) -> str:
    """Return what a measure is called in the reader's language; its code when unknown."""
    measure = MEASURES.get(code)
    return words.say_label(measure) if measure else code
