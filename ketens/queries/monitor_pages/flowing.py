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
# How many nodes stand in a column before the rest is put together.
WIDE, NARROW = 7, 2
# A band thinner than this part of the thickest has its amount in the table only.
THINNEST = 14


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
    edges = shorten(incoming, outgoing, WIDE)
    if not edges:
        return None
    rows = tuple(
        FlowRow(tail, head, say_mass(grams))
        for (tail, head), grams in shorten(incoming, outgoing, len(incoming) + len(outgoing))
    )
    few = shorten(incoming, outgoing, NARROW)
    across, down = nodes_and_bands(edges), nodes_and_bands(few, is_narrow=True)
    return ChainsFlow(
        across=draw_across(*across),
        down=draw_down(*down),
        sentence=say_flow(edges),
        text=". ".join(f"{row.tail} → {row.head}: {row.text}" for row in rows),
        rows=rows,
    )


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


def shorten(incoming: Sums, outgoing: Sums, most: int) -> list[tuple[tuple[str, str], int]]:
    """Put the smallest nodes of each column together, so that names stay readable."""
    rests = (_("the rest"), _("other chains"), _("elsewhere"))
    tails = largest(incoming, 0, most)
    chains = largest(outgoing, 0, most) or largest(incoming, 1, most)
    heads = largest(outgoing, 1, most)
    found: Sums = defaultdict(int)
    for (tail, chain), grams in incoming.items():
        found[pick(tail, tails, rests[0]), pick(chain, chains, rests[1])] += grams
    for (chain, head), grams in outgoing.items():
        found[pick(chain, chains, rests[1]), pick(head, heads, rests[2])] += grams
    return sorted(
        ((ends, grams) for ends, grams in found.items() if grams), key=lambda row: -row[1]
    )


def largest(sums: Sums, side: int, most: int) -> set[str]:
    """Return the names of the largest nodes on one side of the bands."""
    totals: dict[str, int] = defaultdict(int)
    for ends, grams in sums.items():
        totals[ends[side]] += grams
    return set(sorted(totals, key=lambda name: (-totals[name], name))[:most])


def pick(name: str, kept: set[str], rest: str) -> str:
    """Return a name that is kept, or what the others are called together."""
    return name if name in kept else rest


def nodes_and_bands(
    edges: list[tuple[tuple[str, str], int]], *, is_narrow: bool = False
) -> tuple[list[FlowNode], list[FlowEdge]]:
    """Return nodes and bands to draw; a thin band says its amount in the table only.

    On a phone the bands that leave chains cross on so little room that none of them does.
    """
    names = list(dict.fromkeys(name for ends, _grams in edges for name in ends))
    keys = {name: number for number, name in enumerate(names)}
    widest = max(grams for _ends, grams in edges)
    heads = {head for (_tail, head), _grams in edges}
    bands = [
        FlowEdge(
            keys[tail],
            keys[head],
            grams,
            say_mass(grams)
            if grams * THINNEST >= widest and not (is_narrow and tail in heads)
            else "",
        )
        for (tail, head), grams in edges
    ]
    return [FlowNode(keys[name], name) for name in names], bands


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
