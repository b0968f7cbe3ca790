"""What a measure was over the months of a baseline, so that a target can be held against it."""

from datetime import date
from decimal import Decimal

from django.db.models import Min

from dorpen.register.models import Municipality
from ketens.domain.monitor import PROVINCE as WHOLE
from ketens.domain.monitor import MonitorMeasure, Place, PlaceKind, Slice, measure_of
from ketens.domain.signals import count_days
from ketens.domain.signals.series import LEAST_DAYS
from ketens.domain.targets import PROVINCE
from ketens.domain.work import months_later
from ketens.models import Baseline, CoverageDay
from ketens.queries.baselines import STREET, may_be_told
from ketens.queries.monitor.figures import get_figure, list_by_month


def get_baseline_amount(measure: str, place: str, baseline: Baseline) -> Decimal | None:
    """Return an amount per day, or a level; None when nothing is known of those days.

    What the baseline froze goes first. An older baseline froze no measures: then months
    count of which a fortnight lies within it, divided by the days that were counted.
    Targets are read by anybody, so what may not be told of a baseline is not known here.
    """
    first = CoverageDay.objects.aggregate(first=Min("day"))["first"]
    if first is None:
        return None
    row, ground = measure_of(measure), find_place(place)
    if not may_be_told(row, scope_of(ground), baseline.figures):
        return None
    frozen = get_frozen_amount(row, ground, baseline, first)
    if frozen is not None:
        return frozen
    months = list_months(baseline, first)
    if not months:
        return None
    asked = Slice(measure, months[0][0], months[-1][0], ground)
    if not row.adds_up:
        value = get_figure(asked).value
        return None if value is None else Decimal(value)
    values = [line.figure.value for line in list_by_month(asked)]
    told = [value for value in values if value is not None]
    if not told:
        return None
    return Decimal(sum(told)) / sum(days for _month, days in months)


def get_frozen_amount(
    measure: MonitorMeasure, ground: Place, baseline: Baseline, first_day: date
) -> Decimal | None:
    """Return what a baseline froze of a measure: per day since the first sale, or a level."""
    amount = baseline.figures.get(scope_of(ground), {}).get(measure.code)
    if amount is None:
        return None
    days = (baseline.last_day - max(first_day, baseline.first_day)).days + 1
    if not measure.adds_up:
        return Decimal(amount)
    return Decimal(amount) / days if days > 0 else None


def scope_of(ground: Place) -> str:
    """Return the name of a place in a baseline."""
    return STREET if ground.id is None else f"{ground.kind.value}:{ground.id}"


def list_months(baseline: Baseline, first_day: date) -> list[tuple[date, int]]:
    """Return the months of a baseline that count, each with its counted days."""
    begin, after = max(first_day, baseline.first_day), months_later(baseline.last_day, 1)
    months, month = [], begin.replace(day=1)
    while month <= baseline.last_day:
        within = count_days(month, first_day=begin, today=next_day(baseline.last_day))
        if within >= LEAST_DAYS:
            months.append((month, count_days(month, first_day=first_day, today=after)))
        month = months_later(month, 1)
    return months


def next_day(day: date) -> date:
    """Return the day after."""
    return date.fromordinal(day.toordinal() + 1)


def find_place(code: str) -> Place:
    """Return the province, or a municipality by its code.

    :raises Municipality.DoesNotExist: when no municipality has the code.
    """
    if code == PROVINCE:
        return WHOLE
    return Place(PlaceKind.MUNICIPALITY, Municipality.objects.get(code=code).pk)
