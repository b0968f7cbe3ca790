"""Read whole quarters of kept months, row by row, for a release and for comparing."""

from collections.abc import Iterable
from datetime import date

from ketens.domain.monitor import Parts, PlaceKind, add_parts
from ketens.domain.monitor.folding import Cell
from ketens.models import MonitorMonth

CHUNK = 2_000


def read_kept(months: Iterable[date]) -> dict[Cell, Parts]:
    """Return the parts of every kept row over some months; one query."""
    found: dict[Cell, Parts] = {}
    rows = MonitorMonth.objects.filter(month__in=list(months)).values_list(
        "place_kind", "place", "chain_id", "product_group", "numbers", "families"
    )
    for kind, place, chain, group, numbers, families in rows.iterator(chunk_size=CHUNK):
        cell = Cell(PlaceKind(kind), place, chain, group)
        parts = Parts(numbers, families)
        found[cell] = add_parts([found[cell], parts]) if cell in found else parts
    return found
