"""How the monitor speaks: amounts, margins, periods, why something is not shown."""

from decimal import Decimal

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from ketens.domain.monitor import MonitorMeasure
from ketens.domain.periods import Period, PeriodKind
from ketens.queries.monitor_pages.told import Told
from ketens.queries.wording import (
    UNKNOWN,
    say_emission,
    say_grams,
    say_metres,
    say_number,
)
from winkelstraat.common.money import format_cents

TONNE_G = 1_000_000
WITHHELD: dict[str, Promise] = {
    "few_people": gettext_lazy("not shown: too few people"),
    "few_employers": gettext_lazy("not shown: too few employers"),
    "few_enterprises": gettext_lazy("not shown: too few enterprises"),
    "dominance": gettext_lazy("not shown: one enterprise makes up most of it"),
    "small_ground": gettext_lazy("not shown: the place is too small"),
    "small_denominator": gettext_lazy("not shown: too few people"),
    "computable": gettext_lazy("not shown: another number would follow from it"),
    "not_released": gettext_lazy("not published for now"),
    "not_summed": gettext_lazy("choose a quarter: this does not add up over a year"),
}
ORDINALS: dict[int, Promise] = {
    1: gettext_lazy("first"),
    2: gettext_lazy("second"),
    3: gettext_lazy("third"),
    4: gettext_lazy("fourth"),
}


def say_label(measure: MonitorMeasure) -> str:
    """Return the name of a measure in the reader's language."""
    return measure.label_nl if (get_language() or "nl").startswith("nl") else measure.label_en


def say_meaning(measure: MonitorMeasure) -> str:
    """Return what a measure counts in the reader's language."""
    return measure.meaning_nl if (get_language() or "nl").startswith("nl") else measure.meaning_en


def say_amount(unit: str, value: int | None) -> str:
    """Return an amount in the unit that a person can picture; a new unit is said as it is."""
    if value is None:
        return str(UNKNOWN)
    if unit == "g":
        return say_mass(value)
    if unit == "mg CO2e":
        return say_carbon(value)
    if unit == "mg CO2e/kg":
        return _("%(amount)s per kilo") % {"amount": say_carbon(value)}
    if unit == "m":
        return say_metres(value)
    if unit == "min":
        return _("%(hours)s hours") % {"hours": say_number((value + 30) // 60)}
    if unit == "cents":
        return say_money(value)
    return say_number(value) if unit in ("count", "jobs") else f"{say_number(value)} {unit}"


def say_mass(grams: int) -> str:
    """Return grams, kilos or, from one tonne on, tonnes."""
    if grams < TONNE_G:
        return say_grams(grams)
    return _("%(tonnes)s tonnes") % {"tonnes": say_number(Decimal(grams) / TONNE_G, 1)}


def say_carbon(milligrams: int) -> str:
    """Return grams, kilos or, from one tonne on, tonnes of CO2e."""
    if milligrams < TONNE_G * 1000:
        return say_emission(milligrams)
    return _("%(tonnes)s tonnes CO₂e") % {
        "tonnes": say_number(Decimal(milligrams) / TONNE_G / 1000, 1)
    }


def say_money(cents: int) -> str:
    """Return euros; from a thousand on without the cents."""
    return format_cents(cents) if cents < 100_000 else f"€ {say_number((cents + 50) // 100)}"


def base_of(unit: str) -> int:
    """Return in which multiples an axis is round: minutes are read as hours."""
    return 60 if unit == "min" else 1


def say_told(measure: MonitorMeasure, told: Told) -> str:
    """Return a figure in words, or why it is not shown."""
    if told.value is None:
        return (
            str(WITHHELD.get(told.withheld, WITHHELD["not_released"]))
            if told.withheld
            else str(UNKNOWN)
        )
    return say_amount(measure.unit, told.value)


def say_margin(measure: MonitorMeasure, told: Told) -> str:
    """Return the 95% interval in words; empty without one."""
    if told.value is None or told.low is None or told.high is None:
        return ""
    words = {
        "low": say_amount(measure.unit, told.low),
        "high": say_amount(measure.unit, told.high),
    }
    return _("95%% sure between %(low)s and %(high)s") % words


def say_sure(told: Told) -> str:
    """Return how much a figure covers and how much of it was measured."""
    if told.value is None:
        return ""
    parts = []
    if told.coverage_permille is not None:
        share = {"share": say_permille(told.coverage_permille)}
        parts.append(_("known for %(share)s") % share)
    if told.primary_permille is not None:
        parts.append(_("%(share)s of it measured") % {"share": say_permille(told.primary_permille)})
    return ", ".join(parts)


def say_permille(permille: int) -> str:
    """Return a share in whole percents, never 100 when something is missing."""
    return f"{say_number(permille // 10)}%"


def say_period(period: Period) -> str:
    """Return a period in words."""
    if period.kind is PeriodKind.MONTH:
        return date_format(period.first, "F Y")
    if period.kind is PeriodKind.QUARTER:
        words = {"number": ORDINALS[period.quarter], "year": f"{period.first:%Y}"}
        return _("the %(number)s quarter of %(year)s") % words
    return f"{period.first:%Y}"


def say_short(period: Period) -> str:
    """Return a period as it stands along an axis."""
    if period.kind is PeriodKind.MONTH:
        return date_format(period.first, "M Y")
    if period.kind is PeriodKind.QUARTER:
        words = {"number": period.quarter, "year": f"{period.first:%Y}"}
        return _("Q%(number)s %(year)s") % words
    return f"{period.first:%Y}"


def say_count_of(count: int, what: str) -> str:
    """Return how many places, chains or groups there are."""
    sentences = {
        "municipality": ngettext("%(count)s municipality", "%(count)s municipalities", count),
        "village": ngettext("%(count)s village", "%(count)s villages", count),
        "chain": ngettext("%(count)s chain", "%(count)s chains", count),
        "group": ngettext("%(count)s product group", "%(count)s product groups", count),
    }
    return sentences[what] % {"count": say_number(count)}
