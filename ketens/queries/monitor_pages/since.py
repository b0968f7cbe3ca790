"""The first sentence: what changed since the baseline, and how sure that is."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from ketens.domain.monitor import PROVINCE, MonitorMeasure, Place
from ketens.domain.monitor.changes import Change, Reading, change_between
from ketens.domain.periods import Period
from ketens.queries.monitor_pages.cells import Cell, Cells
from ketens.queries.monitor_pages.source import Source
from ketens.queries.monitor_pages.told import Told, add_told
from ketens.queries.monitor_pages.words import (
    say_amount,
    say_label,
    say_margin,
    say_period,
    say_sure,
    say_told,
)
from ketens.queries.monitor_pages.yardsticks import BaselineAmount, Yardsticks

FOOD_WASTE = "food_waste_g"


@dataclass(frozen=True, slots=True)
class Since:
    """A sentence for everybody, and one that says how sure it is."""

    sentence: str
    how_sure: str


def tell_since(
    measure: MonitorMeasure,
    source: Source,
    cells: Cells,
    yardsticks: Yardsticks,
    today: date,
    place: Place = PROVINCE,
) -> Since:
    """Return what changed since the baseline; without one, what the chosen period says."""
    baseline = yardsticks.baseline
    cell = Cell(place)
    after = [
        (one, cells.tell(measure, cell, one))
        for one in source.line
        if baseline and one.first > baseline.last_day and one.last_day <= today
    ]
    told = [(one, row) for one, row in after if row.value is not None]
    if baseline is None or baseline.value is None or not told:
        return tell_period(measure, source, cells, cell)
    whole = add_told(row for _one, row in told)
    days = sum(one.days for one, _row in told)
    change = change_between(
        Reading(baseline.value, baseline.days),
        Reading(whole.value or 0, days, whole.low, whole.high),
        adds_up=measure.adds_up,
    )
    return Since(
        sentence=say_since(measure, change), how_sure=say_how_sure(measure, baseline, whole)
    )


def say_since(measure: MonitorMeasure, change: Change) -> str:
    """Return the change since the baseline in one sentence."""
    words = {
        "amount": say_amount(measure.unit, abs(change.difference)),
        "label": say_label(measure),
    }
    if not change.is_sure:
        return _("Since the baseline we cannot be sure that %(label)s changed.") % words
    if measure.code == FOOD_WASTE and change.difference <= 0:
        return _("Since the baseline %(amount)s less food was lost.") % words
    if measure.code == FOOD_WASTE:
        return _("Since the baseline %(amount)s more food was lost.") % words
    if change.difference <= 0:
        return _("%(label)s: %(amount)s less since the baseline.") % words
    return _("%(label)s: %(amount)s more since the baseline.") % words


def say_how_sure(measure: MonitorMeasure, baseline: BaselineAmount, whole: Told) -> str:
    """Return with what was compared, and how much of it is known."""
    words = {
        "title": baseline.title,
        "before": say_amount(measure.unit, baseline.value),
        "days": baseline.days,
        "amount": say_told(measure, whole),
    }
    compared = _(
        "Compared per day with “%(title)s”: %(before)s in %(days)s days. Since then %(amount)s."
    )
    return join(compared % words, say_margin(measure, whole), say_sure(whole))


def tell_period(measure: MonitorMeasure, source: Source, cells: Cells, cell: Cell) -> Since:
    """Return what the chosen period says, when there is no baseline to compare with."""
    period = source.chosen
    told = cells.tell(measure, cell, period) if period else Told()
    return Since(
        sentence=say_in_period(measure, told, period) if period else "",
        how_sure=join(
            say_margin(measure, told),
            say_sure(told),
            _("There is no baseline for this yet, so we do not compare."),
        ),
    )


def say_in_period(measure: MonitorMeasure, told: Told, period: Period) -> str:
    """Return a figure of a period in one sentence."""
    words = {
        "period": say_period(period),
        "amount": say_told(measure, told),
        "label": say_label(measure),
    }
    if told.value is None:
        return _("%(label)s in %(period)s: %(amount)s.") % words
    if measure.code == FOOD_WASTE:
        return _("In %(period)s %(amount)s of food was lost.") % words
    return _("%(label)s in %(period)s: %(amount)s.") % words


def join(*parts: str) -> str:
    """Return parts of a text as sentences."""
    texts = [part if part.endswith(".") else f"{part}." for part in parts if part]
    return " ".join(text[0].upper() + text[1:] for text in texts)
