"""Released figures of a year: of the province and of its municipalities, as told last."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Min
from django.utils.translation import gettext as _

from dorpen.register.models import Municipality
from ketens.domain.monitor import MEASURES, MonitorMeasure, PlaceKind
from ketens.domain.yearly import (
    Known,
    QuarterFigure,
    YearFigure,
    add_year,
    list_quarters,
    quarter_days,
)
from ketens.models import CoverageDay, FigureRelease, ReleasedFigure
from ketens.queries.steering.amounts import say_amount
from ketens.queries.steering.signals import say_permille


@dataclass(frozen=True, slots=True)
class Told:
    """Everything that was released of a year, by measure; municipalities by their code."""

    year: int
    releases: tuple[FigureRelease, ...]
    province: Mapping[str, YearFigure]
    municipalities: Mapping[str, Mapping[str, YearFigure]]
    names: Mapping[str, str]
    counted_days: int
    first_day: date | None

    @property
    def quarters(self) -> list[date]:
        """The first days of the released quarters, oldest first."""
        return [row.quarter for row in self.releases]


def list_public_measures() -> tuple[MonitorMeasure, ...]:
    """Return the measures that a report tells, in the order of the registry."""
    return tuple(row for row in MEASURES.values() if row.is_public)


def read_told(year: int) -> Told:
    """Return what was released of a year; four queries."""
    quarters = list_quarters(year)
    releases = tuple(FigureRelease.objects.filter(quarter__in=quarters).order_by("quarter"))
    places = {
        pk: (code, name)
        for pk, code, name in Municipality.objects.values_list("pk", "code", "name")
    }
    province: dict[str, dict[date, QuarterFigure]] = defaultdict(dict)
    municipalities: dict[str, dict[str, dict[date, QuarterFigure]]] = defaultdict(
        lambda: defaultdict(dict)
    )
    rows = ReleasedFigure.objects.filter(
        of_quarter__in=quarters,
        place_kind__in=(PlaceKind.PROVINCE.value, PlaceKind.MUNICIPALITY.value),
        chain=None,
        product_group="",
    ).order_by("release__quarter", "pk")
    for row in rows.iterator():
        if row.place is None:
            province[row.measure][row.of_quarter] = as_figure(row)
        elif row.place in places:
            code = places[row.place][0]
            municipalities[row.measure][code][row.of_quarter] = as_figure(row)
    first = CoverageDay.objects.aggregate(first=Min("day"))["first"]
    adds_up = {row.code: row.adds_up for row in MEASURES.values()}
    return Told(
        year=year,
        releases=releases,
        province={
            code: add_year(year, told, adds_up=adds_up[code])
            for code, told in province.items()
            if code in adds_up
        },
        municipalities={
            code: {
                place: add_year(year, told, adds_up=adds_up[code]) for place, told in lines.items()
            }
            for code, lines in municipalities.items()
            if code in adds_up
        },
        names=dict(places.values()),
        counted_days=count_days([row.quarter for row in releases], first),
        first_day=first,
    )


def count_days(quarters: list[date], first: date | None) -> int:
    """Return the days of some quarters since the first sale of the street."""
    if first is None:
        return 0
    days = 0
    for quarter in quarters:
        late = max(0, (first - quarter).days)
        days += max(0, quarter_days(quarter) - late)
    return days


def as_figure(row: ReleasedFigure) -> QuarterFigure:
    """Return a released row; withheld and unknown are told apart."""
    if row.withheld:
        return QuarterFigure(Known.WITHHELD)
    if row.value is None:
        return QuarterFigure(Known.UNKNOWN, coverage_permille=row.coverage_permille)
    return QuarterFigure(
        Known.YES, row.value, row.low, row.high, row.coverage_permille, row.primary_permille
    )


def say_figure(measure: MonitorMeasure, figure: QuarterFigure) -> str:
    """Return a figure in words; what cannot be read says why."""
    if figure.known is Known.UNKNOWN:
        return _("unknown")
    if figure.known is Known.WITHHELD:
        return _("not shown")
    if figure.known is Known.NOT_RELEASED:
        return "–"
    return say_amount(measure.unit, figure.value)


def say_interval(measure: MonitorMeasure, figure: QuarterFigure) -> str:
    """Return an interval in words; empty without one."""
    if figure.low is None or figure.high is None:
        return ""
    low, high = say_amount(measure.unit, figure.low), say_amount(measure.unit, figure.high)
    return _("%(low)s to %(high)s") % {"low": low, "high": high}


def say_share(permille: int | None) -> str:
    """Return thousandths as a percentage, empty when nothing can be said."""
    return "" if permille is None else say_permille(str(permille))
