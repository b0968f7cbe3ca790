"""Released figures as open rows, whole or a page of them; nothing here reads live books."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from ketens.domain.exchange.tables import Value
from ketens.domain.monitor import MEASURES, PlaceKind
from ketens.models import ReleasedFigure
from ketens.queries.open_data.codes import (
    UNITS,
    WHOLE,
    PlaceCodes,
    find_place,
    list_place_codes,
    period_of,
    status_of,
)

CHUNK = 2_000
NUL = "\x00"  # no text in the database holds it, and asking for it is an error there
FIELDS = (
    "pk",
    "release__quarter",
    "of_quarter",
    "measure",
    "place_kind",
    "place",
    "chain__slug",
    "product_group",
    "value",
    "low",
    "high",
    "coverage_permille",
    "primary_permille",
    "withheld",
)
Row = dict[str, Value]


@dataclass(frozen=True, slots=True)
class FigureFilter:
    """Which released figures are asked; None is all of them, ``_T`` the total."""

    quarter: date | None = None
    indicator: str | None = None
    ref_area: str | None = None
    chain: str | None = None
    product_group: str | None = None


@dataclass(frozen=True, slots=True)
class FigurePage:
    """Some rows in a fixed order, and after which number the next page begins."""

    rows: tuple[Row, ...]
    next_after: int | None


def iterate_figures(quarter: date) -> Iterator[Row]:
    """Yield every figure of a release as an open row, in constant memory; three queries."""
    places = list_place_codes()
    rows = choose(FigureFilter(quarter=quarter))
    for row in rows.values_list(*FIELDS).iterator(chunk_size=CHUNK):
        yield build_row(row, places)


def list_figures(asked: FigureFilter, *, limit: int, after: int) -> FigurePage:
    """Return at most `limit` rows after a number; at most four queries."""
    rows = list(choose(asked).filter(pk__gt=after).values_list(*FIELDS)[: limit + 1])
    places = list_place_codes() if rows else {}
    return FigurePage(
        rows=tuple(build_row(row, places) for row in rows[:limit]),
        next_after=rows[limit - 1][0] if len(rows) > limit else None,
    )


def choose(asked: FigureFilter) -> QuerySet[ReleasedFigure]:
    """Return the released figures that are asked, in the order of writing."""
    rows = ReleasedFigure.objects.order_by("pk")
    if any(NUL in (text or "") for text in (asked.ref_area, asked.chain, asked.product_group)):
        return rows.none()
    if asked.quarter is not None:
        rows = rows.filter(release__quarter=asked.quarter)
    if asked.indicator is not None:
        rows = rows.filter(measure=asked.indicator)
    if asked.ref_area is not None:
        place = find_place(asked.ref_area)
        if place is None:
            return rows.none()
        rows = rows.filter(place_kind=place[0].value, place=place[1])
    if asked.chain is not None:
        is_whole = asked.chain == WHOLE
        rows = rows.filter(chain__isnull=True) if is_whole else rows.filter(chain__slug=asked.chain)
    if asked.product_group is not None:
        group = "" if asked.product_group == WHOLE else asked.product_group
        rows = rows.filter(product_group=group)
    return rows


def build_row(told: tuple[Any, ...], places: PlaceCodes) -> Row:
    """Return a released figure with the codes of others."""
    _pk, release, of_quarter, code, kind, place, chain, group, value, low, high, *rest = told
    coverage, primary, withheld = rest
    unit = MEASURES[code].unit if code in MEASURES else ""
    area, name = places[PlaceKind(kind), place]
    status, confidentiality = status_of(value, withheld, is_estimate=low is not None)
    return {
        "release": period_of(release),
        "time_period": period_of(of_quarter),
        "freq": "Q",
        "ref_area": area,
        "ref_area_name": name,
        "indicator": code,
        "chain": chain or WHOLE,
        "product_group": group or WHOLE,
        "unit_measure": UNITS.get(unit, unit),
        "obs_value": value,
        "lower_bound": low,
        "upper_bound": high,
        "coverage_permille": coverage,
        "primary_permille": primary,
        "obs_status": status,
        "conf_status": confidentiality,
        "withheld_because": withheld or None,
    }
