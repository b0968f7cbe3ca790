"""The page of one measure: map, time line, by place, chain and group, targets, definition."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from ketens.domain.monitor import PROVINCE, MonitorMeasure, Place, PlaceKind
from ketens.domain.periods import Period
from ketens.domain.targets import PROVINCE as PROVINCE_CODE
from ketens.queries.monitor_pages.addresses import Addresses
from ketens.queries.monitor_pages.cells import WHOLE, Cell, Cells, Patch
from ketens.queries.monitor_pages.goals import SdgRow, list_sdg_rows
from ketens.queries.monitor_pages.mapping import AreaPicture
from ketens.queries.monitor_pages.naming import Naming, read_naming
from ketens.queries.monitor_pages.overview import (
    CHAINS,
    bars_of_municipalities,
    draw_map_of,
)
from ketens.queries.monitor_pages.places import Places, read_places
from ketens.queries.monitor_pages.sharing import (
    RUNG_MEASURES,
    SharesPicture,
    build_rungs,
    needs_rungs,
)
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
from ketens.queries.monitor_pages.told import Told
from ketens.queries.monitor_pages.words import say_label, say_meaning
from ketens.queries.monitor_pages.yardsticks import (
    TargetRow,
    get_yardsticks,
    list_levels,
    list_target_rows,
)


@dataclass(frozen=True, slots=True)
class Multiple:
    """A small time line of one municipality, on the scale of its neighbours."""

    id: str
    name: str
    url: str
    line: LinePicture


@dataclass(frozen=True, slots=True)
class MeasurePage:
    """Everything on the page of a measure."""

    source: Source
    code: str
    label: str
    meaning: str
    since: Since
    card: MonitorCard
    area: AreaPicture | None
    municipalities: BarPicture | None
    line: LinePicture
    multiples: tuple[Multiple, ...]
    rungs: SharesPicture | None
    chains: BarPicture | None
    groups: BarPicture | None
    targets: tuple[TargetRow, ...]
    baseline_text: str
    sdg: tuple[SdgRow, ...]
    is_about_people: bool


def get_measure_page(measure: MonitorMeasure, source: Source, today: date) -> MeasurePage | None:
    """Return the page, None as long as there is nothing to show; five queries."""
    if source.chosen is None:
        return None
    period, places, names = source.chosen, read_places(), read_naming()
    cells = source.read(list_patches(measure, source, period))
    yardsticks = get_yardsticks(measure, PROVINCE, PROVINCE_CODE)
    addresses = Addresses(source.is_live, period.key)
    told = cells.tell(measure, WHOLE, period)
    has_places = has_municipalities(measure, cells)
    return MeasurePage(
        source=source,
        code=measure.code,
        label=say_label(measure),
        meaning=say_meaning(measure),
        since=tell_since(measure, source, cells, yardsticks, today),
        card=build_card(measure, told, *stretch_before(measure, source, cells), ""),
        area=draw_map_of(measure, cells, places, period, addresses) if has_places else None,
        municipalities=bars_of_municipalities(measure, cells, places, period, addresses)
        if has_places
        else None,
        line=build_line(
            measure,
            [(one, cells.tell(measure, WHOLE, one)) for one in source.line],
            levels=list_levels(yardsticks, measure, source.line[-1]),
            title=_("%(label)s over time") % {"label": say_label(measure)},
            today=source.today,
        ),
        multiples=list_multiples(measure, source, cells, places, addresses),
        rungs=build_rungs(cells, period) if needs_rungs(measure) else None,
        chains=bars_of_chains(measure, cells, names, period, addresses),
        groups=bars_of_groups(measure, cells, names, period),
        targets=list_target_rows(yardsticks, measure, told.value, period),
        baseline_text=yardsticks.baseline.title if yardsticks.baseline else "",
        sdg=list_sdg_rows(measure),
        is_about_people=measure.is_about_people,
    )


def list_patches(measure: MonitorMeasure, source: Source, period: Period) -> tuple[Patch, ...]:
    """Return what the page is made of."""
    one, whole = (measure,), (source.first_month, source.last_month)
    ends = (period.first, period.last_month)
    patches = [
        Patch(one, PlaceKind.PROVINCE, min(whole[0], ends[0]), max(whole[1], ends[1])),
        Patch(one, PlaceKind.MUNICIPALITY, min(whole[0], ends[0]), max(whole[1], ends[1])),
        Patch((CHAINS,), PlaceKind.VILLAGE, *ends),
    ]
    if needs_rungs(measure):
        patches.append(Patch(tuple(RUNG_MEASURES.values()), PlaceKind.PROVINCE, *ends))
    if measure.is_by_chain:
        patches.append(Patch(one, PlaceKind.PROVINCE, *ends, is_each_chain=True))
    if measure.is_by_group:
        patches.append(Patch(one, PlaceKind.PROVINCE, *ends, is_each_group=True))
    return tuple(patches)


def stretch_before(
    measure: MonitorMeasure, source: Source, cells: Cells
) -> tuple[Told | None, tuple[Period, ...]]:
    """Return the figure of the stretch before the chosen one, with both stretches."""
    period = source.chosen
    if period is None or period not in source.line or period == source.line[0]:
        return None, ()
    earlier = source.line[source.line.index(period) - 1]
    return cells.tell(measure, WHOLE, earlier), (earlier, period)


def has_municipalities(measure: MonitorMeasure, cells: Cells) -> bool:
    """Tell whether anything is told by municipality; some measures are of the province only."""
    return any(
        cell.place.kind is PlaceKind.MUNICIPALITY and cell.chain is None for cell in cells.cells()
    )


def list_multiples(
    measure: MonitorMeasure, source: Source, cells: Cells, places: Places, addresses: Addresses
) -> tuple[Multiple, ...]:
    """Return a small time line for each municipality that has at least two known stretches."""
    found = []
    for row in sorted(places.municipalities.values(), key=lambda row: row.name):
        cell = Cell(Place(PlaceKind.MUNICIPALITY, row.id))
        told = [(one, cells.tell(measure, cell, one)) for one in source.line]
        if sum(one.value is not None for _period, one in told) >= 2:
            line = build_line(measure, told, title=row.name, today=source.today)
            found.append(
                Multiple(
                    f"line-{row.slug}", row.name, addresses.municipality(row.slug, measure), line
                )
            )
    return tuple(found)


def bars_of_chains(
    measure: MonitorMeasure,
    cells: Cells,
    names: Naming,
    period: Period,
    addresses: Addresses,
) -> BarPicture | None:
    """Return a measure by chain, None when nothing is told apart so."""
    entries = [
        (
            names.chain(cell.chain),
            addresses.chain(names.chains[cell.chain].slug, measure),
            cells.tell(measure, cell, period),
        )
        for cell in cells.cells()
        if cell.chain in names.chains and not cell.group and cell.place == PROVINCE and cell.chain
    ]
    if not entries:
        return None
    return build_bars(measure, entries, title=_("By chain"), column=_("Chain"), what="chain")


def bars_of_groups(
    measure: MonitorMeasure,
    cells: Cells,
    names: Naming,
    period: Period,
    ground: Cell = WHOLE,
) -> BarPicture | None:
    """Return a measure by product group within a cell, None when nothing is told apart so."""
    entries = [
        (names.group(cell.group), "", cells.tell(measure, cell, period))
        for cell in cells.cells()
        if cell.group and cell.chain == ground.chain and cell.place == ground.place
    ]
    if not entries:
        return None
    return build_bars(
        measure, entries, title=_("By product group"), column=_("Product group"), what="group"
    )
