"""The first page of the monitor: a sentence, a map, figures, lines, and the flow of it all."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from ketens.domain.monitor import MEASURES, PROVINCE, MonitorMeasure, Place, PlaceKind
from ketens.domain.periods import Period, PeriodKind
from ketens.domain.targets import PROVINCE as PROVINCE_CODE
from ketens.queries.monitor_pages.addresses import Addresses
from ketens.queries.monitor_pages.cells import WHOLE, Cell, Cells, Patch
from ketens.queries.monitor_pages.flowing import ChainsFlow, build_flow, flow_patches
from ketens.queries.monitor_pages.mapping import AreaPicture, build_area_picture
from ketens.queries.monitor_pages.naming import read_naming
from ketens.queries.monitor_pages.places import Places, read_places
from ketens.queries.monitor_pages.sharing import SharesPicture, build_rungs
from ketens.queries.monitor_pages.since import Since, tell_since
from ketens.queries.monitor_pages.source import Source
from ketens.queries.monitor_pages.telling import (
    BarPicture,
    LinePicture,
    MonitorCard,
    build_bars,
    build_card,
    build_line,
)
from ketens.queries.monitor_pages.words import say_label
from ketens.queries.monitor_pages.yardsticks import Yardsticks, get_yardsticks, list_levels

HEADLINE = MEASURES["food_waste_g"]
CHAINS = MEASURES["active_chains"]
LINES = ("food_waste_g", "rescued_g", "emission_mg_co2e", "mass_weighted_distance")


@dataclass(frozen=True, slots=True)
class Overview:
    """Everything on the page."""

    source: Source
    since: Since
    area: AreaPicture
    municipalities: BarPicture
    cards: tuple[MonitorCard, ...]
    lines: tuple[LinePicture, ...]
    rungs: SharesPicture | None
    flow: ChainsFlow | None


def shown_measures(*, is_live: bool) -> tuple[MonitorMeasure, ...]:
    """Return the measures that a page may show: nothing about people is live."""
    return tuple(
        row
        for row in MEASURES.values()
        if (row.is_public and not is_live) or (is_live and not row.is_about_people)
    )


def get_overview(source: Source, today: date) -> Overview | None:
    """Return the first page, None as long as there is nothing to show; five queries."""
    if source.chosen is None:
        return None
    period, places = source.chosen, read_places()
    names = read_naming()
    cells = source.read(list_patches(source, period))
    yardsticks = get_yardsticks(HEADLINE, PROVINCE, PROVINCE_CODE)
    addresses = Addresses(source.is_live, period.key)
    return Overview(
        source=source,
        since=tell_since(HEADLINE, source, cells, yardsticks, today),
        area=draw_map_of(HEADLINE, cells, places, period, addresses),
        municipalities=bars_of_municipalities(HEADLINE, cells, places, period, addresses),
        cards=list_cards(source, cells, period, addresses),
        lines=list_lines(source, cells, yardsticks),
        rungs=build_rungs(cells, period),
        flow=build_flow(cells, names, places, period),
    )


def list_patches(source: Source, period: Period) -> tuple[Patch, ...]:
    """Return what the page is made of."""
    shown = shown_measures(is_live=source.is_live)
    lines = tuple(MEASURES[code] for code in LINES)
    ends = (period.first, period.last_month)
    return (
        Patch(lines, PlaceKind.PROVINCE, source.first_month, source.last_month),
        Patch(shown, PlaceKind.PROVINCE, *ends),
        Patch((HEADLINE,), PlaceKind.MUNICIPALITY, *ends),
        Patch((CHAINS,), PlaceKind.VILLAGE, *ends),
        *flow_patches(period),
    )


def weights_of_villages(cells: Cells, period: Period) -> dict[int, int]:
    """Return how many chains were active in each village."""
    villages = [cell for cell in cells.cells() if cell.place.kind is PlaceKind.VILLAGE]
    return {
        cell.place.id or 0: cells.tell(CHAINS, cell, period).value or 0
        for cell in villages
        if cell.chain is None and not cell.group
    }


def draw_map_of(
    measure: MonitorMeasure, cells: Cells, places: Places, period: Period, addresses: Addresses
) -> AreaPicture:
    """Return the map of a measure."""
    told = {
        pk: cells.tell(measure, Cell(Place(PlaceKind.MUNICIPALITY, pk)), period)
        for pk in places.municipalities
    }
    weights = weights_of_villages(cells, newest_quarter(period))
    return build_area_picture(
        measure, places, told, weights, lambda slug: addresses.municipality(slug, measure)
    )


def newest_quarter(period: Period) -> Period:
    """Return the period itself, or the last quarter of a year: active chains do not add up."""
    if period.kind is PeriodKind.YEAR:
        return Period(period.quarters[-1], PeriodKind.QUARTER)
    return period


def bars_of_municipalities(
    measure: MonitorMeasure, cells: Cells, places: Places, period: Period, addresses: Addresses
) -> BarPicture:
    """Return the table beside the map."""
    return build_bars(
        measure,
        (
            (
                row.name,
                addresses.municipality(row.slug, measure),
                cells.tell(measure, Cell(Place(PlaceKind.MUNICIPALITY, row.id)), period),
            )
            for row in places.municipalities.values()
        ),
        title=_("%(label)s by municipality") % {"label": say_label(measure)},
        column=_("Municipality"),
        what="municipality",
    )


def list_cards(
    source: Source, cells: Cells, period: Period, addresses: Addresses
) -> tuple[MonitorCard, ...]:
    """Return every measure of the whole province in the period."""
    return tuple(
        build_card(
            measure,
            cells.tell(measure, WHOLE, period),
            None,
            (),
            addresses.measure(measure),
        )
        for measure in shown_measures(is_live=source.is_live)
        if not measure.code.startswith("left_over_rung")
    )


def list_lines(source: Source, cells: Cells, yardsticks: Yardsticks) -> tuple[LinePicture, ...]:
    """Return a few measures over time."""
    lines: Sequence[MonitorMeasure] = [MEASURES[code] for code in LINES]
    levels = list_levels(yardsticks, HEADLINE, source.line[-1])
    return tuple(
        build_line(
            measure,
            [(one, cells.tell(measure, WHOLE, one)) for one in source.line],
            levels=levels if measure is HEADLINE else (),
            today=source.today,
        )
        for measure in lines
    )
