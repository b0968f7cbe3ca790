"""What goes through all chains together: from product group, over chain, to where it went."""

from collections import defaultdict
from dataclasses import dataclass

from django.utils.translation import gettext as _

from ketens.domain.flow import FlowEdge, FlowNode, FlowPicture, draw_across, draw_down
from ketens.domain.monitor import MEASURES, MonitorMeasure, PlaceKind
from ketens.domain.periods import Period
from ketens.domain.waste import Rung
from ketens.queries.batches import say_rung
from ketens.queries.monitor_pages.cells import Cell, Cells, Patch
from ketens.queries.monitor_pages.naming import Naming
from ketens.queries.monitor_pages.places import Places
from ketens.queries.monitor_pages.words import say_mass

GOODS = MEASURES["goods_g"]
RUNGS = {rung: MEASURES[f"left_over_rung_{int(rung)}_g"] for rung in Rung}
FLOW_MEASURES = (GOODS, *RUNGS.values())
MOST_ENDS = 7


@dataclass(frozen=True, slots=True)
class FlowRow:
    """One band of the picture in words."""

    tail: str
    head: str
    text: str


@dataclass(frozen=True, slots=True)
class ChainsFlow:
    """The picture across and down, its sentence, and its table."""

    across: FlowPicture
    down: FlowPicture
    sentence: str
    text: str
    rows: tuple[FlowRow, ...]


Sums = dict[tuple[str, str], int]


def flow_patches(period: Period) -> tuple[Patch, ...]:
    """Return what the picture is made of."""
    ends = (period.first, period.last_month)
    return (
        Patch(FLOW_MEASURES, PlaceKind.PROVINCE, *ends, is_each_chain=True),
        Patch(FLOW_MEASURES, PlaceKind.PROVINCE, *ends, is_each_chain=True, is_each_group=True),
        Patch((GOODS,), PlaceKind.MUNICIPALITY, *ends, is_each_chain=True),
    )


def build_flow(cells: Cells, names: Naming, places: Places, period: Period) -> ChainsFlow | None:
    """Return the flow of a period, None when nothing of it is told."""
    incoming: Sums = defaultdict(int)
    outgoing: Sums = defaultdict(int)
    for cell in cells.cells():
        chain = names.chain(cell.chain)
        if not chain:
            continue
        for tail, head, grams in bands_of(cell, cells, (names, places), period):
            (incoming if head == chain else outgoing)[tail, head] += grams
    edges = [*shorten(incoming, 0).items(), *shorten(outgoing, 1).items()]
    edges = [(ends, grams) for ends, grams in edges if grams]
    if not edges:
        return None
    return draw(edges)


def bands_of(
    cell: Cell, cells: Cells, words: tuple[Naming, Places], period: Period
) -> list[tuple[str, str, int]]:
    """Return what a cell adds to the picture, as (from, to, grams)."""
    names, places = words
    chain = names.chain(cell.chain)

    def grams(measure: MonitorMeasure) -> int:
        return cells.tell(measure, cell, period).value or 0

    if cell.group:
        return [(names.group(cell.group), chain, sum(grams(measure) for measure in FLOW_MEASURES))]
    if cell.place.kind is PlaceKind.MUNICIPALITY:
        place = places.municipalities[cell.place.id or 0].name
        return [(chain, _("residents of %(place)s") % {"place": place}, grams(GOODS))]
    return [(chain, say_rung(int(rung)), grams(measure)) for rung, measure in RUNGS.items()]


def shorten(sums: Sums, side: int) -> Sums:
    """Put the smallest ends of one side together, so that names stay readable."""
    totals: dict[str, int] = defaultdict(int)
    for ends, grams in sums.items():
        totals[ends[side]] += grams
    kept = set(sorted(totals, key=lambda name: -totals[name])[:MOST_ENDS])
    found: Sums = defaultdict(int)
    for ends, grams in sums.items():
        name = ends[side] if ends[side] in kept else (_("the rest"), _("elsewhere"))[side]
        found[(name, ends[1]) if side == 0 else (ends[0], name)] += grams
    return found


def draw(edges: list[tuple[tuple[str, str], int]]) -> ChainsFlow:
    """Return the picture of bands, with what it shows in words."""
    edges = sorted(edges, key=lambda row: -row[1])
    names = list(dict.fromkeys(name for ends, _grams in edges for name in ends))
    keys = {name: number for number, name in enumerate(names)}
    nodes = [FlowNode(keys[name], name) for name in names]
    bands = [
        FlowEdge(keys[tail], keys[head], grams, say_mass(grams)) for (tail, head), grams in edges
    ]
    rows = tuple(FlowRow(tail, head, say_mass(grams)) for (tail, head), grams in edges)
    return ChainsFlow(
        across=draw_across(nodes, bands),
        down=draw_down(nodes, bands),
        sentence=say_flow(edges),
        text=". ".join(f"{row.tail} → {row.head}: {row.text}" for row in rows),
        rows=rows,
    )


def say_flow(edges: list[tuple[tuple[str, str], int]]) -> str:
    """Return how much reached people and what the largest band is."""
    heads = {head for (_tail, head), _grams in edges} - {tail for (tail, _head), _ in edges}
    out = [(ends, grams) for ends, grams in edges if ends[1] in heads]
    total = sum(grams for _ends, grams in out)
    if not out:
        return ""
    (tail, head), grams = out[0]
    words = {"total": say_mass(total), "tail": tail, "head": head, "grams": say_mass(grams)}
    return (
        _("%(total)s went through the chains. The widest band is %(tail)s to %(head)s: %(grams)s.")
        % words
    )
