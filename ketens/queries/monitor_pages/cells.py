"""Blocks of figures for one page, read in one query each: live from kept months, or released.

A page asks for patches: some measures, for some places, told apart by chain or product
group or not, over some months. Live patches come as parts that add up exactly; released
ones as figures of quarters, of which the newest telling counts.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol

from django.db import connection
from django.db.models import Q

from ketens.domain.monitor import (
    MEASURES,
    PROVINCE,
    MonitorMeasure,
    Parts,
    Place,
    PlaceKind,
    Slice,
    add_parts,
)
from ketens.domain.monitor.measures import Factors
from ketens.domain.periods import Period
from ketens.models import ReleasedFigure
from ketens.queries.monitor.factors import read_factors
from ketens.queries.monitor.figures import build_figure
from ketens.queries.monitor_pages.told import NOT_TOLD, Told, add_told, tell_live

ONE = "place_kind = %(kind{n})s AND month BETWEEN %(first{n})s AND %(last{n})s"
READ_PATCH = """
SELECT place_kind, place, chain_id, product_group, month, part, '' AS key,
    (numbers->>part)::bigint AS amount
FROM ketens_monitormonth, unnest(%(numbers{n})s::text[]) AS part
WHERE {where} AND numbers ? part
UNION ALL
SELECT place_kind, place, chain_id, product_group, month, part, member.key, member.value::bigint
FROM ketens_monitormonth, unnest(%(families{n})s::text[]) AS part,
    jsonb_each_text(families->part) AS member
WHERE {where} AND families ? part
"""


@dataclass(frozen=True, slots=True)
class Cell:
    """What one figure is of: a place, and one chain or product group or all of them."""

    place: Place = PROVINCE
    chain: int | None = None
    group: str = ""


WHOLE = Cell()


@dataclass(frozen=True, slots=True)
class Patch:
    """A block of cells that a page needs."""

    measures: tuple[MonitorMeasure, ...]
    kind: PlaceKind
    first_month: date
    last_month: date
    place: int | None = None
    chain: int | None = None
    is_each_chain: bool = False
    is_each_group: bool = False


class Cells(Protocol):
    """Figures of a page, wherever they come from."""

    def tell(self, measure: MonitorMeasure, cell: Cell, period: Period) -> Told:
        """Return one figure."""

    def cells(self) -> Iterator[Cell]:
        """Yield every cell of which something is told."""


@dataclass(frozen=True, slots=True)
class LiveCells:
    """Parts by cell and month."""

    parts: dict[Cell, dict[date, Parts]]
    factors: dict[str, tuple[Factors, tuple[str, ...]]] = field(default_factory=dict)

    def tell(self, measure: MonitorMeasure, cell: Cell, period: Period) -> Told:
        """Return a figure over the months of a period; a cell without any is unknown."""
        months = self.parts.get(cell, {})
        told = [one for month, one in months.items() if period.first <= month <= period.last_month]
        asked = Slice(measure.code, period.first, period.last_month, cell.place, cell.chain)
        if measure.code not in self.factors:
            self.factors[measure.code] = read_factors(measure)
        parts = add_parts(told)
        return tell_live(build_figure(asked, measure, parts, self.factors[measure.code]))

    def cells(self) -> Iterator[Cell]:
        """Yield every cell that has a month."""
        return iter(self.parts)


@dataclass(frozen=True, slots=True)
class ReleasedCells:
    """Released figures by measure, cell and quarter."""

    told: dict[tuple[str, Cell], dict[date, Told]]
    quarters: frozenset[date] = field(default_factory=frozenset)

    def tell(self, measure: MonitorMeasure, cell: Cell, period: Period) -> Told:
        """Return a figure of a quarter, or the sum of a year's released quarters."""
        released = [quarter for quarter in period.quarters if quarter in self.quarters]
        rows = self.told.get((measure.code, cell), {})
        if len(released) > 1 and not measure.adds_up:
            return Told(withheld="not_summed")
        return add_told(rows.get(quarter, NOT_TOLD) for quarter in released)

    def cells(self) -> Iterator[Cell]:
        """Yield every cell that is told of, once."""
        return iter(dict.fromkeys(cell for _measure, cell in self.told))


def read_live(patches: Sequence[Patch]) -> LiveCells:
    """Return live cells; one query over kept months."""
    numbers: dict[tuple[Cell, date], dict[str, int]] = {}
    families: dict[tuple[Cell, date], dict[str, dict[str, int]]] = {}
    for kind, place, chain, group, month, part, key, amount in ask_live(patches):
        where = (Cell(Place(PlaceKind(kind), place), chain, group), month)
        told = numbers.setdefault(where, {})
        if key:
            families.setdefault(where, {}).setdefault(part, {})[key] = amount
        else:
            told[part] = amount
    found: dict[Cell, dict[date, Parts]] = {}
    for (cell, month), told in numbers.items():
        found.setdefault(cell, {})[month] = Parts(told, families.get((cell, month), {}))
    return LiveCells(found)


def ask_live(patches: Sequence[Patch]) -> list[tuple[Any, ...]]:
    """Return the numbers of patches, row by row; a cell in two patches comes once."""
    statements: list[str] = []
    words: dict[str, Any] = {}
    for number, patch in enumerate(patches):
        where, more = condition(patch, number)
        statements.append(READ_PATCH.format(n=number, where=where))
        words |= more
        words[f"numbers{number}"] = unique(row.needed_numbers for row in patch.measures)
        words[f"families{number}"] = unique(row.families for row in patch.measures)
    with connection.cursor() as cursor:
        # The statements are texts of this module; what is asked goes as parameters.
        cursor.execute(" UNION ".join(f"({one})" for one in statements), words)
        return list(cursor.fetchall())


def condition(patch: Patch, number: int) -> tuple[str, dict[str, Any]]:
    """Return the WHERE of a patch and its parameters."""
    tests = [ONE.format(n=number)]
    words: dict[str, Any] = {
        f"kind{number}": patch.kind.value,
        f"first{number}": patch.first_month,
        f"last{number}": patch.last_month,
    }
    if patch.place is not None:
        tests.append(f"place = %(place{number})s")
        words[f"place{number}"] = patch.place
    if patch.is_each_chain:
        tests.append("chain_id IS NOT NULL")
    elif patch.chain is not None:
        tests.append(f"chain_id = %(chain{number})s")
        words[f"chain{number}"] = patch.chain
    else:
        tests.append("chain_id IS NULL")
    tests.append("product_group <> ''" if patch.is_each_group else "product_group = ''")
    return " AND ".join(tests), words


def unique(names: Iterable[Iterable[str]]) -> list[str]:
    """Return every name once, in order."""
    return list(dict.fromkeys(name for several in names for name in several))


def read_released(patches: Sequence[Patch], quarters: Iterable[date]) -> ReleasedCells:
    """Return released cells; one query. The newest telling of a quarter counts."""
    wanted = Q(pk__in=())
    for patch in patches:
        wanted |= released_condition(patch)
    rows: Any = (
        ReleasedFigure.objects.filter(wanted, of_quarter__in=list(quarters))
        .order_by("release__quarter", "pk")
        .values_list(
            "measure",
            "place_kind",
            "place",
            "chain_id",
            "product_group",
            "of_quarter",
            "value",
            "low",
            "high",
            "coverage_permille",
            "primary_permille",
            "withheld",
        )
    )
    found: dict[tuple[str, Cell], dict[date, Told]] = {}
    for code, kind, place, chain, group, quarter, *told in rows:
        if code in MEASURES and MEASURES[code].is_public:
            cell = Cell(Place(PlaceKind(kind), place), chain, group)
            found.setdefault((code, cell), {})[quarter] = Told(*told)
    return ReleasedCells(found, frozenset(quarters))


def released_condition(patch: Patch) -> Q:
    """Return which released figures are in a patch."""
    wanted = Q(
        measure__in=[row.code for row in patch.measures],
        place_kind=patch.kind.value,
        of_quarter__gte=patch.first_month,
        of_quarter__lte=patch.last_month,
    )
    if patch.place is not None:
        wanted &= Q(place=patch.place)
    if patch.is_each_chain:
        wanted &= Q(chain__isnull=False)
    elif patch.chain is not None:
        wanted &= Q(chain=patch.chain)
    else:
        wanted &= Q(chain__isnull=True)
    return wanted & (~Q(product_group="") if patch.is_each_group else Q(product_group=""))
