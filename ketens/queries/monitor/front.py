"""The first page of the province's monitor: one sentence, a map, totals, tables."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dorpen.register.models import Village
from ketens.domain.codes import RESIDENTS_PREFIX
from ketens.domain.drawn_map import DrawnMap, MapPlace, draw_map
from ketens.domain.measures import STREET, Measure, Scope, ScopeKind
from ketens.models import ChainStatus
from ketens.queries.chains import ChainCard, list_chains
from ketens.queries.coverage import Coverage, get_coverage
from ketens.queries.figures import Figure, build_figure, provenance_url
from ketens.queries.flows import AccountSum, get_paid_in, sum_accounts
from ketens.queries.outlines import list_outlines
from ketens.queries.provenance.parts import say_day
from ketens.queries.wording import say, say_number
from winkelstraat.ledger.domain import Unit


@dataclass(frozen=True, slots=True)
class VillageRow:
    """A village with a running chain or with goods handed over."""

    name: str
    municipality: str
    chains: tuple[str, ...]
    goods_text: str
    emission_text: str
    goods_url: str
    emission_url: str


@dataclass(frozen=True, slots=True)
class ChainRow:
    """A chain with what it moved."""

    card: ChainCard
    goods_text: str
    emission_text: str
    goods_url: str
    emission_url: str


@dataclass(frozen=True, slots=True)
class Monitor:
    """Everything on the page."""

    sentence: str
    since: date | None
    figures: tuple[Figure, ...]
    coverage: Coverage
    map: DrawnMap
    map_text: str
    villages: tuple[VillageRow, ...]
    chains: tuple[ChainRow, ...]


def get_monitor(*, since: date | None = None) -> Monitor:
    """Return the monitor over everything since a day; seven queries."""
    coverage = get_coverage(STREET, since)
    arrived = sum_accounts(prefix=RESIDENTS_PREFIX, since=since)
    moved = sum_accounts(prefix="chain:", since=since)
    cards = list_chains()
    villages = list(Village.objects.select_related("municipality"))
    running: dict[int, list[str]] = defaultdict(list)
    for card in cards:
        for village_id in card.village_ids if card.status == ChainStatus.RUNNING else ():
            running[village_id].append(card.name)
    by_village = amounts_by_village(arrived)
    figures = street_figures(arrived, get_paid_in(since), coverage, since)
    marked = [row for row in villages if row.pk in running or row.pk in by_village]
    return Monitor(
        sentence=say_first_sentence(figures[0], coverage, len(by_village), since),
        since=since,
        figures=figures,
        coverage=coverage,
        map=draw_villages(villages, running),
        map_text=say_map(villages, running),
        villages=tuple(
            build_village(row, running.get(row.pk, []), by_village.get(row.pk), since)
            for row in marked
        ),
        chains=tuple(build_chain(card, moved, since) for card in cards),
    )


def amounts_by_village(arrived: list[AccountSum]) -> dict[int, dict[Unit, int]]:
    """Return what reached the residents of each village, by unit."""
    found: dict[int, dict[Unit, int]] = defaultdict(dict)
    for row in arrived:
        found[int(row.code.split(":")[1])][row.unit] = row.debits - row.credits
    return dict(found)


def street_figures(
    arrived: list[AccountSum], paid_cents: int, coverage: Coverage, since: date | None
) -> tuple[Figure, ...]:
    """Return the five figures of the street; work in tens of hours only."""
    sums: dict[Unit, int] = {Unit.CENTS: paid_cents}
    for row in arrived:
        sums[row.unit] = sums.get(row.unit, 0) + row.debits - row.credits
    return tuple(build_figure(STREET, measure, sums, coverage, since) for measure in Measure)


def say_first_sentence(
    goods: Figure, coverage: Coverage, village_count: int, since: date | None
) -> str:
    """Return what happened in one sentence."""
    first = since or coverage.first_day
    if first is None or not coverage.lines:
        return _("Nothing has been handed over yet. As soon as it is, you can read it here.")
    sentence = ngettext(
        "Since %(day)s %(goods)s went to residents, in %(count)s village.",
        "Since %(day)s %(goods)s went to residents, in %(count)s villages.",
        village_count,
    )
    words = {"day": say_day(first), "goods": goods.value_text, "count": say_number(village_count)}
    return sentence % words


def draw_villages(villages: list[Village], running: dict[int, list[str]]) -> DrawnMap:
    """Return the map: every village a dot, those with a running chain larger and named."""
    places = (
        MapPlace(
            village.pk,
            village.name,
            village.latitude,
            village.longitude,
            len(running[village.pk]) if village.pk in running else None,
        )
        for village in villages
    )
    return draw_map(places, list_outlines())


def say_map(villages: list[Village], running: dict[int, list[str]]) -> str:
    """Return the map in words."""
    named = [
        f"{village.name}: {say_number(len(running[village.pk]))}"
        for village in villages
        if village.pk in running
    ]
    if not named:
        return _("No village has a chain yet.")
    return _("Running chains per village. %(list)s.") % {"list": ", ".join(named)}


def build_village(
    village: Village, chains: list[str], amounts: dict[Unit, int] | None, since: date | None
) -> VillageRow:
    """Return a village as its row shows it; what was booked without a measure is unknown."""
    scope = Scope(ScopeKind.VILLAGE, village.pk)
    if amounts is None:
        goods_text = emission_text = _("nothing booked")
    else:
        goods_text = say(Measure.GOODS, amounts.get(Unit.GRAMS))
        emission_text = say(Measure.EMISSION, amounts.get(Unit.MG_CO2E))
    return VillageRow(
        name=village.name,
        municipality=village.municipality.name,
        chains=tuple(chains),
        goods_text=goods_text,
        emission_text=emission_text,
        goods_url=provenance_url(scope, Measure.GOODS, since),
        emission_url=provenance_url(scope, Measure.EMISSION, since),
    )


def build_chain(card: ChainCard, moved: list[AccountSum], since: date | None) -> ChainRow:
    """Return a chain with what left its counter and what its legs emitted."""
    counter = f"chain:{card.chain_id}:counter"
    legs = f"chain:{card.chain_id}:leg:"
    goods = [row.credits for row in moved if row.code == counter]
    emission = [
        row.credits - row.debits
        for row in moved
        if row.code.startswith(legs) and row.unit is Unit.MG_CO2E
    ]
    scope = Scope(ScopeKind.CHAIN, card.chain_id)
    return ChainRow(
        card=card,
        goods_text=say(Measure.GOODS, sum(goods) if goods else None),
        emission_text=say(Measure.EMISSION, sum(emission) if emission else None),
        goods_url=provenance_url(scope, Measure.GOODS, since),
        emission_url=provenance_url(scope, Measure.EMISSION, since),
    )
