"""The page of one municipality, village or chain: its figures, and one of them in full."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from django.urls import reverse
from django.utils.translation import gettext as _

from ketens.domain.monitor import PROVINCE, MonitorMeasure, Place, PlaceKind
from ketens.domain.periods import Period
from ketens.queries.monitor_pages.addresses import Addresses
from ketens.queries.monitor_pages.cells import Cell, Cells, Patch
from ketens.queries.monitor_pages.mapping import VillagePicture, build_village_picture
from ketens.queries.monitor_pages.measuring import bars_of_groups
from ketens.queries.monitor_pages.naming import Naming, read_naming
from ketens.queries.monitor_pages.overview import shown_measures
from ketens.queries.monitor_pages.places import Places, read_places
from ketens.queries.monitor_pages.since import join, say_in_period
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
from ketens.queries.monitor_pages.words import say_label, say_margin, say_sure


@dataclass(frozen=True, slots=True)
class Crumb:
    """A step back up."""

    name: str
    url: str


@dataclass(frozen=True, slots=True)
class PlacePage:
    """Everything on the page of a place or a chain; `focus` is the measure told in full."""

    source: Source
    kind: str
    name: str
    crumbs: tuple[Crumb, ...]
    focus: str
    focus_slug: str
    sentence: str
    how_sure: str
    cards: tuple[MonitorCard, ...]
    line: LinePicture
    chains: BarPicture | None
    groups: BarPicture | None
    map: VillagePicture | None = None
    villages: BarPicture | None = None
    own_url: str = ""


@dataclass(frozen=True, slots=True)
class Ground:
    """What a page is about, and everything that was read for it."""

    kind: str
    name: str
    slug: str
    cell: Cell
    source: Source
    period: Period
    focus: MonitorMeasure
    places: Places
    names: Naming

    @property
    def addresses(self) -> Addresses:
        """Where links of the page lead."""
        return Addresses(self.source.is_live, self.period.key)

    @property
    def measures(self) -> tuple[MonitorMeasure, ...]:
        """The measures that the page has; rungs stand on their own pages."""
        return tuple(
            row
            for row in shown_measures(is_live=self.source.is_live)
            if not row.code.startswith("left_over_rung")
            and (self.cell.chain is None or row.is_by_chain)
        )

    def url_of(self, measure: MonitorMeasure) -> str:
        """Return the page of the same subject about another measure."""
        if self.kind == "municipality":
            return self.addresses.municipality(self.slug, measure)
        if self.kind == "village":
            return self.addresses.village(self.slug, measure)
        return self.addresses.chain(self.slug, measure)


def get_municipality_page(slug: str, source: Source, focus: MonitorMeasure) -> PlacePage | None:
    """Return a municipality's page, None when there is none; three queries."""
    places, names = read_places(), read_naming()
    row = next((one for one in places.municipalities.values() if one.slug == slug), None)
    if row is None or source.chosen is None:
        return None
    period, cell = source.chosen, Cell(Place(PlaceKind.MUNICIPALITY, row.id))
    ground = Ground("municipality", row.name, slug, cell, source, period, focus, places, names)
    villages = Patch((focus,), PlaceKind.VILLAGE, period.first, period.last_month)
    cells = source.read((*patches_of(ground), villages))
    told = {
        one.id: cells.tell(focus, Cell(Place(PlaceKind.VILLAGE, one.id)), period)
        for one in places.villages_in(row.id)
    }
    page = build_page(ground, cells)
    if all(one.value is None for one in told.values()):
        return page
    return replace(
        page,
        map=build_village_picture(focus, places, row, told),
        villages=bars_of_villages(ground, told),
    )


def get_village_page(slug: str, source: Source, focus: MonitorMeasure) -> PlacePage | None:
    """Return a village's page, None when there is none; three queries."""
    places, names = read_places(), read_naming()
    row = next((one for one in places.villages.values() if one.slug == slug), None)
    if row is None or source.chosen is None:
        return None
    cell = Cell(Place(PlaceKind.VILLAGE, row.id))
    ground = Ground("village", row.name, slug, cell, source, source.chosen, focus, places, names)
    above = places.municipalities[row.municipality_id]
    page = build_page(ground, source.read(patches_of(ground)))
    crumb = Crumb(above.name, ground.addresses.municipality(above.slug, focus))
    return replace(page, crumbs=(*page.crumbs, crumb), own_url=f"/dorpen/{slug}/")


def get_chain_page(slug: str, source: Source, focus: MonitorMeasure) -> PlacePage | None:
    """Return a chain's page, None when there is none; three queries."""
    places, names = read_places(), read_naming()
    row = next((one for one in names.chains.values() if one.slug == slug), None)
    if row is None or source.chosen is None:
        return None
    period, cell = source.chosen, Cell(PROVINCE, row.id)
    ground = Ground("chain", row.name, slug, cell, source, period, focus, places, names)
    ends = (period.first, period.last_month)
    more = (
        Patch((focus,), PlaceKind.MUNICIPALITY, *ends, chain=row.id),
        Patch((focus,), PlaceKind.PROVINCE, *ends, chain=row.id, is_each_group=True),
    )
    cells = source.read((*patches_of(ground), *more))
    return replace(
        build_page(ground, cells),
        villages=bars_of_chain_places(ground, cells),
        own_url=reverse("ketens:chain", args=[slug]),
    )


def patches_of(ground: Ground) -> tuple[Patch, ...]:
    """Return what every page is made of: a line, all figures, and the focus told apart."""
    cell, period, source, focus = ground.cell, ground.period, ground.source, ground.focus
    kind, place = cell.place.kind, cell.place.id
    ends = (period.first, period.last_month)
    whole = (min(source.first_month, ends[0]), max(source.last_month, ends[1]))
    patches = [
        Patch((focus,), kind, *whole, place=place, chain=cell.chain),
        Patch(ground.measures, kind, *ends, place=place, chain=cell.chain),
    ]
    if cell.chain is None and focus.is_by_chain:
        patches.append(Patch((focus,), kind, *ends, place=place, is_each_chain=True))
    if cell.chain is None and focus.is_by_group:
        patches.append(Patch((focus,), kind, *ends, place=place, is_each_group=True))
    return tuple(patches)


def build_page(ground: Ground, cells: Cells) -> PlacePage:
    """Return the page of cells that were read."""
    source, focus, period = ground.source, ground.focus, ground.period
    told = cells.tell(focus, ground.cell, period)
    return PlacePage(
        source=source,
        kind=ground.kind,
        name=ground.name,
        crumbs=(Crumb(_("Drenthe"), ground.addresses.measure(focus)),),
        focus=say_label(focus),
        focus_slug=focus.slug,
        sentence=say_in_period(focus, told, period),
        how_sure=join(say_margin(focus, told), say_sure(told)),
        cards=list_cards(ground, cells),
        line=build_line(
            focus,
            [(one, cells.tell(focus, ground.cell, one)) for one in source.line],
            title=_("%(label)s over time") % {"label": say_label(focus)},
            today=source.today,
        ),
        chains=bars_of_place_chains(ground, cells),
        groups=bars_of_groups(
            focus, cells, ground.names, period, Cell(ground.cell.place, ground.cell.chain)
        ),
    )


def list_cards(ground: Ground, cells: Cells) -> tuple[MonitorCard, ...]:
    """Return every figure of the subject, those that are known first."""
    cards = (
        build_card(row, cells.tell(row, ground.cell, ground.period), None, (), ground.url_of(row))
        for row in ground.measures
    )
    return tuple(sorted(cards, key=lambda card: card.is_unknown))


def bars_of_place_chains(ground: Ground, cells: Cells) -> BarPicture | None:
    """Return the focus by chain, None when nothing is told apart so."""
    if ground.cell.chain is not None:
        return None
    village = ground.slug if ground.kind == "village" else ""
    chains = ground.names.chains
    entries = [
        (
            chains[cell.chain].name,
            ground.addresses.chain(chains[cell.chain].slug, ground.focus, village),
            cells.tell(ground.focus, cell, ground.period),
        )
        for cell in cells.cells()
        if cell.chain in chains and cell.chain and cell.place == ground.cell.place
        if not cell.group
    ]
    if not entries:
        return None
    return build_bars(ground.focus, entries, title=_("By chain"), column=_("Chain"), what="chain")


def bars_of_villages(ground: Ground, told: Mapping[int, Told]) -> BarPicture:
    """Return the focus by village: those of which something is told, the others by name."""
    entries: Iterable[tuple[str, str, Told]] = (
        (
            ground.places.villages[pk].name,
            ground.addresses.village(ground.places.villages[pk].slug, ground.focus),
            one,
        )
        for pk, one in told.items()
    )
    return build_bars(
        ground.focus, entries, title=_("By village"), column=_("Village"), what="village"
    )


def bars_of_chain_places(ground: Ground, cells: Cells) -> BarPicture | None:
    """Return the focus of a chain by municipality, None when nothing is told apart so."""
    entries = [
        (
            ground.places.municipalities[cell.place.id or 0].name,
            "",
            cells.tell(ground.focus, cell, ground.period),
        )
        for cell in cells.cells()
        if cell.place.kind is PlaceKind.MUNICIPALITY and cell.chain == ground.cell.chain
    ]
    if not entries:
        return None
    return build_bars(
        ground.focus,
        entries,
        title=_("By municipality"),
        column=_("Municipality"),
        what="municipality",
    )
