"""The figures of a year in tables, a map and a line over the quarters, each with a sentence."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from decimal import Decimal
from functools import partial
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ketens.domain.monitor import MEASURES, Guard, MeasureGroup, MonitorMeasure
from ketens.domain.monitor import PROVINCE as WHOLE
from ketens.domain.pictures import Level, Region, TimePoint, draw_areas, draw_timeline
from ketens.domain.signals.watching import COUNT
from ketens.domain.targets import PROVINCE, aim
from ketens.domain.yearly import Known, YearFigure, list_quarters
from ketens.models import Baseline
from ketens.queries.monitor_pages.words import say_label
from ketens.queries.outlines import list_municipalities
from ketens.queries.steering.agenda import say_quarter
from ketens.queries.steering.amounts import say_amount
from ketens.queries.steering.baseline_amounts import get_frozen_amount
from ketens.queries.steering.report.reading import (
    Told,
    list_public_measures,
    say_figure,
    say_interval,
    say_share,
)
from ketens.queries.targets import StandingTarget
from ketens.queries.wording import say_number

GROUPS = {
    MeasureGroup.WASTE: gettext_lazy("Food that was left over"),
    MeasureGroup.CLIMATE: gettext_lazy("Climate"),
    MeasureGroup.TRANSPORT: gettext_lazy("Transport"),
    MeasureGroup.WORK: gettext_lazy("Work"),
    MeasureGroup.ECONOMY: gettext_lazy("Local economy"),
    MeasureGroup.VILLAGES: gettext_lazy("Chains and villages"),
}
MAPPED = ("emission_mg_co2e_per_kg", "goods_g")
LINED = ("emission_mg_co2e_per_kg", "food_waste_g", "goods_g")


def build_results(told: Told, baseline: Baseline | None) -> list[dict[str, Any]]:
    """Return every public measure by what it is about; a group without measures is left out."""
    found = []
    for group, title in GROUPS.items():
        rows = [
            build_row(measure, told, baseline)
            for measure in list_public_measures()
            if measure.group is group
        ]
        if rows:
            found.append({"title": str(title), "rows": rows})
    return found


def build_row(measure: MonitorMeasure, told: Told, baseline: Baseline | None) -> dict[str, Any]:
    """Return one measure: its four quarters, the year, and how well it is known."""
    year = told.province.get(measure.code)
    if year is None:
        return {
            "label": say_label(measure),
            "quarters": ["–" for _quarter in told.quarters],
            "year": "–",
            "interval": "",
            "known": "",
            "primary": "",
            "since": "",
        }
    return {
        "label": say_label(measure),
        "quarters": [
            say_figure(measure, one)
            for first, one in zip(list_quarters(told.year), year.quarters, strict=True)
            if first in told.quarters
        ],
        "year": say_figure(measure, year.whole),
        "interval": say_interval(measure, year.whole),
        "known": say_share(year.whole.coverage_permille),
        "primary": say_share(year.whole.primary_permille),
        "since": say_since(measure, year, told, baseline),
    }


def say_since(
    measure: MonitorMeasure, year: YearFigure, told: Told, baseline: Baseline | None
) -> str:
    """Return the change since the baseline, per day or of a level; never of people or money.

    How many took part grows with the length of a stretch, so that is not compared either.
    """
    is_free = measure.guard is Guard.NONE and measure.unit != COUNT
    if baseline is None or told.first_day is None or year.whole.value is None or not is_free:
        return ""
    before = get_frozen_amount(measure, WHOLE, baseline, told.first_day)
    after = Decimal(year.whole.value)
    if measure.adds_up:
        after = after / told.counted_days if told.counted_days else Decimal(0)
    return say_change(after / before - 1) if before else ""


def say_change(change: Decimal) -> str:
    """Return a part as a percentage with its sign."""
    percent = change * 100
    sign = "+" if percent > 0 else "−" if percent < 0 else ""
    return f"{sign}{say_number(abs(percent))}%"


def build_map(told: Told) -> dict[str, Any] | None:
    """Return the municipalities on a map with their table; None without a known figure."""
    for code in MAPPED:
        places = told.municipalities.get(code, {})
        if any(year.whole.value is not None for year in places.values()):
            return draw_map(MEASURES[code], places)
    return None


def draw_map(measure: MonitorMeasure, places: Mapping[str, YearFigure]) -> dict[str, Any]:
    """Return the map of one measure."""
    regions, rows = [], []
    for outline in list_municipalities():
        if outline.code == PROVINCE:
            continue
        name, year = outline.name, places.get(outline.code)
        value = year.whole.value if year else None
        text = say_figure(measure, year.whole) if year else _("unknown")
        regions.append(Region(outline.code, name, outline.rings, outline.label, value, text))
        interval = say_interval(measure, year.whole) if year else ""
        rows.append((value, name, text, interval))
    drawn = draw_areas(regions)
    ranks = {region.name: region.rank for region in drawn.regions}
    rows.sort(key=lambda row: (row[0] is None, -(row[0] or 0), row[1]))
    known = [row for row in rows if row[0] is not None]
    return {
        "title": say_label(measure),
        "picture": asdict(drawn),
        "legend": [
            {"step": one.step, "text": say_class(measure, one.low, one.high)}
            for one in drawn.legend
        ],
        "rows": [
            {"rank": ranks[name] or "", "name": name, "text": text, "interval": interval}
            for _value, name, text, interval in rows
        ],
        "sentence": say_map(measure, known, len(rows)),
    }


def say_class(measure: MonitorMeasure, low: int, high: int) -> str:
    """Return a class of the legend in words."""
    ends = (say_amount(measure.unit, low), say_amount(measure.unit, high))
    return ends[0] if low == high else " – ".join(ends)


def say_map(measure: MonitorMeasure, known: list[tuple[Any, ...]], whole: int) -> str:
    """Return what the map shows: the highest, the lowest, and of how many nothing is known."""
    label = say_label(measure)
    words = {
        "what": label[:1].lower() + label[1:],
        "highest": known[0][1],
        "high": known[0][2],
        "lowest": known[-1][1],
        "low": known[-1][2],
        "known": len(known),
        "whole": whole,
    }
    if len(known) == 1:
        return _("%(what)s is known of one municipality: %(highest)s, %(high)s.") % words
    return (
        _(
            "%(what)s is highest in %(highest)s (%(high)s) and lowest in %(lowest)s (%(low)s);"
            " it is known of %(known)s of the %(whole)s municipalities."
        )
        % words
    )


def build_lines(told: Told, targets: Sequence[StandingTarget]) -> list[dict[str, Any]]:
    """Return a line over the quarters for what steers most, with its targets across."""
    lines = []
    for code in LINED:
        year, measure = told.province.get(code), MEASURES[code]
        if year is None or all(one.known is not Known.YES for one in year.quarters):
            continue
        # On an axis the unit must fit; what it is per kilo stands in the title.
        say = partial(say_amount, measure.unit.removesuffix("/kg"))
        points = [
            TimePoint(say_quarter(first), one.value, one.low, one.high)
            for first, one in zip(list_quarters(told.year), year.quarters, strict=True)
        ]
        levels = list_levels(measure, targets) if not measure.adds_up else []
        lines.append(
            {
                "key": code,
                "title": say_label(measure),
                "picture": asdict(draw_timeline(points, levels=levels, say=say))
                if sum(one.known is Known.YES for one in year.quarters) > 1
                else None,
                "sentence": say_line(measure, year),
                "rows": [
                    {
                        "name": point.label,
                        "text": say_figure(measure, one),
                        "interval": say_interval(measure, one),
                        "known": say_share(one.coverage_permille),
                    }
                    for point, one in zip(points, year.quarters, strict=True)
                ],
            }
        )
    return lines


def list_levels(measure: MonitorMeasure, targets: Sequence[StandingTarget]) -> list[Level]:
    """Return the baseline and the targets of the province as lines across a picture."""
    levels = []
    for target in targets:
        if target.measure != measure.code or target.place != PROVINCE:
            continue
        amount = aim(target.value, target.basis, target.baseline_amount)
        if amount is not None:
            text = _("target for %(year)s") % {"year": target.year}
            levels.append(Level(int(amount), text, "target"))
        if target.baseline_amount is not None and not levels[1:]:
            levels.append(Level(int(target.baseline_amount), _("baseline"), "baseline"))
    return levels


def say_line(measure: MonitorMeasure, year: YearFigure) -> str:
    """Return what a line shows: how many quarters are known, and the first and the last."""
    known = [one for one in year.quarters if one.known is Known.YES]
    words = {
        "first": say_figure(measure, known[0]),
        "last": say_figure(measure, known[-1]),
        "known": len(known),
    }
    if len(known) == 1:
        return _("One quarter is known: %(last)s. A line needs two.") % words
    return _("Over %(known)s quarters it went from %(first)s to %(last)s.") % words
