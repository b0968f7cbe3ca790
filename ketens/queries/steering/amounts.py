"""How amounts of the monitor's measures are said, by their unit."""

from collections.abc import Callable
from decimal import Decimal

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from ketens.domain.monitor import MEASURES, MonitorMeasure
from ketens.queries.wording import (
    UNKNOWN,
    say_emission,
    say_grams,
    say_metres,
    say_number,
    say_work,
    trim,
)
from winkelstraat.common.money import format_cents


def say_per_kilo(milligrams: int) -> str:
    """Return grams of CO2 equivalent per kilo."""
    return _("%(emission)s per kilo") % {"emission": say_emission(milligrams)}


SAY: dict[str, Callable[[int], str]] = {
    "g": say_grams,
    "mg CO2e": say_emission,
    "mg CO2e/kg": say_per_kilo,
    "m": say_metres,
    "min": say_work,
    "cents": format_cents,
}


def say_amount(unit: str, value: Decimal | int | None) -> str:
    """Return an amount in the unit that a person can picture; unknown stays unknown."""
    if value is None:
        return str(UNKNOWN)
    speak = SAY.get(unit)
    if speak is None:
        return say_number(value) if value == int(value) else trim(Decimal(value))
    return speak(int(value))


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
    return name_of(measure) if measure else code


def name_of(measure: MonitorMeasure) -> str:
    """Return what a measure is called in the reader's language."""
    return measure.label_en if get_language() == "en" else measure.label_nl
