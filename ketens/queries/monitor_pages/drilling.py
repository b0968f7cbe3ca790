"""The last step down, for staff: the single weighings or sales that a live figure is made of."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from ketens.domain.batches import SURPLUS_ORIGIN, Entry
from ketens.domain.monitor import PROVINCE, MonitorMeasure, Place, PlaceKind
from ketens.domain.monitor.measures import MeasureGroup
from ketens.domain.periods import Period
from ketens.domain.waste import Rung, is_food_waste
from ketens.models import BatchEntry, BookedLine, Calculation, Weighing
from ketens.queries.batches import say_kind, say_rung
from ketens.queries.monitor_pages.addresses import Addresses
from ketens.queries.monitor_pages.cells import Cell, Patch
from ketens.queries.monitor_pages.naming import ChainName, read_naming
from ketens.queries.monitor_pages.places import VillagePlace, read_places
from ketens.queries.monitor_pages.placing import Crumb
from ketens.queries.monitor_pages.since import join
from ketens.queries.monitor_pages.source import Source
from ketens.queries.monitor_pages.words import say_label, say_margin, say_sure, say_told
from ketens.queries.wording import UNKNOWN, say_emission, say_grams

MOST_ROWS = 100


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One weighing or sale: the day, what it was, how much, and the page that tells how."""

    day: date
    what: str
    who: str
    amount_text: str
    how: str
    url: str


@dataclass(frozen=True, slots=True)
class SourcesPage:
    """The figure of one chain in one village, or everywhere, and what it is made of."""

    source: Source
    label: str
    chain: str
    chain_url: str
    village: str
    crumbs: tuple[Crumb, ...]
    value_text: str
    how_sure: str
    rows: tuple[SourceRow, ...]
    is_cut: bool


def get_sources_page(
    measure: MonitorMeasure, chain_slug: str, source: Source, village_slug: str = ""
) -> SourcesPage | None:
    """Return what a live figure is made of, None when there is no such chain or village."""
    places, names = read_places(), read_naming()
    chain = next((row for row in names.chains.values() if row.slug == chain_slug), None)
    village = next((row for row in places.villages.values() if row.slug == village_slug), None)
    is_there = chain is not None and (village is not None or not village_slug)
    if chain is None or not is_there or source.chosen is None:
        return None
    period, addresses = source.chosen, Addresses(True, source.chosen.key)
    place = Place(PlaceKind.VILLAGE, village.id) if village else PROVINCE
    patch = Patch(
        (measure,), place.kind, period.first, period.last_month, place=place.id, chain=chain.id
    )
    told = source.read((patch,)).tell(measure, Cell(place, chain.id), period)
    crumbs = [Crumb(_("Drenthe"), addresses.measure(measure))]
    if village is not None:
        above = places.municipalities[village.municipality_id]
        crumbs.append(Crumb(above.name, addresses.municipality(above.slug, measure)))
        crumbs.append(Crumb(village.name, addresses.village(village.slug, measure)))
    rows = list_rows(measure, chain, village, period)
    return SourcesPage(
        source=source,
        label=say_label(measure),
        chain=chain.name,
        chain_url=reverse("ketens:chain", args=[chain.slug]),
        village=village.name if village else "",
        crumbs=tuple(crumbs),
        value_text=say_told(measure, told),
        how_sure=join(say_margin(measure, told), say_sure(told)),
        rows=tuple(rows[:MOST_ROWS]),
        is_cut=len(rows) > MOST_ROWS,
    )


def list_rows(
    measure: MonitorMeasure, chain: ChainName, village: VillagePlace | None, period: Period
) -> list[SourceRow]:
    """Return the newest counts or sales behind a figure, one more than a page shows."""
    if measure.group is MeasureGroup.WASTE:
        return list_counts(measure, chain, village, period)
    return list_sales(chain, village, period)


def list_counts(
    measure: MonitorMeasure, chain: ChainName, village: VillagePlace | None, period: Period
) -> list[SourceRow]:
    """Return single counts of batches; one query."""
    rows = (
        BatchEntry.objects.filter(
            batch__chain=chain.id,
            activity_date__range=(period.first, period.last_day),
            takes_back__isnull=True,
            taken_back_by__isnull=True,
        )
        .select_related("batch__member__enterprise")
        .order_by("-activity_date", "-pk")
    )
    if village is not None:
        rows = rows.filter(batch__member__enterprise__village=village.id)
    return [build_count(row) for row in counting_for(measure, rows)[: MOST_ROWS + 1]]


def counting_for(measure: MonitorMeasure, rows: QuerySet[BatchEntry]) -> QuerySet[BatchEntry]:
    """Return the counts that make up a measure: by rung, or sold because it had to go."""
    if measure.code == "sold_as_surplus_g":
        return rows.filter(kind=Entry.SOLD.value, origin__startswith=SURPLUS_ORIGIN)
    rows = rows.filter(kind=Entry.RESIDUAL.value)
    if measure.code == "rescued_g":
        rungs = range(int(Rung.HUMAN_FOOD), int(Rung.ANIMAL_FEED) + 1)
        return rows.filter(origin__startswith=SURPLUS_ORIGIN, rung__in=list(rungs))
    if measure.code == "food_waste_g":
        return rows.filter(rung__in=[int(rung) for rung in Rung if is_food_waste(rung)])
    for rung in Rung:
        if measure.code == f"left_over_rung_{int(rung)}_g":
            return rows.filter(rung=int(rung))
    return rows


def build_count(row: BatchEntry) -> SourceRow:
    """Return a single count as a row."""
    where = say_rung(row.rung) if row.rung else say_kind(Entry(row.kind))
    return SourceRow(
        day=row.activity_date,
        what=f"{row.batch.what}: {where}",
        who=row.batch.member.enterprise.trade_name,
        amount_text=say_grams(row.mass_g),
        how=str(Weighing(row.weighing).label),
        url=reverse("ketens:provenance", args=[row.public_id]),
    )


def list_sales(chain: ChainName, village: VillagePlace | None, period: Period) -> list[SourceRow]:
    """Return single sold lines with the calculation behind each; two queries."""
    newest = Calculation.objects.filter(superseded_by__isnull=True).order_by("pk")
    rows = (
        BookedLine.objects.filter(
            chain=chain.id,
            booking__activity_date__range=(period.first, period.last_day),
        )
        .select_related("booking__enterprise")
        .prefetch_related(Prefetch("calculations", newest))
        .order_by("-booking__activity_date", "-pk")
    )
    if village is not None:
        rows = rows.filter(booking__village=village.id)
    return [build_sale(row) for row in rows[: MOST_ROWS + 1]]


def build_sale(row: BookedLine) -> SourceRow:
    """Return a sold line as a row; who bought it is not in the books."""
    calculations = list(row.calculations.all())
    emission = row.emission_mg_co2e
    url = reverse("ketens:provenance", args=[calculations[0].public_id]) if calculations else ""
    return SourceRow(
        day=row.booking.activity_date,
        what=_("one sold line"),
        who=row.booking.enterprise.trade_name,
        amount_text=str(UNKNOWN) if row.mass_g is None else say_grams(row.mass_g),
        how=str(UNKNOWN) if emission is None else say_emission(emission),
        url=url,
    )
