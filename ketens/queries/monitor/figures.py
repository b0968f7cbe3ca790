"""Live figures of the monitor: over any place, chain, product group and months.

Staff read these. The public reads releases (`released`), where small numbers are hidden.
Each function takes one query over kept months; names of places or chains take one more,
and so do the factors of a measure that multiplies.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from dorpen.register.models import Municipality, Village
from ketens.domain.monitor import (
    PROVINCE,
    UNKNOWN_GROUP,
    MonitorMeasure,
    Parts,
    Place,
    PlaceKind,
    Slice,
    check_slice,
    measure_of,
)
from ketens.domain.monitor.measures import Factors
from ketens.domain.monitor.parts import SET_END
from ketens.domain.work import months_later
from ketens.models import Chain, ProductGroup
from ketens.queries.monitor.factors import read_factors
from ketens.queries.monitor.reading import Ground, read_parts

NOTHING = Parts()


@dataclass(frozen=True, slots=True)
class MonitorFigure:
    """One figure that is never alone; a None value is unknown.

    `factor_sets` names what it was multiplied with; whole numbers in `unit`.
    """

    slice: Slice
    unit: str
    value: int | None
    low: int | None
    high: int | None
    coverage_permille: int | None
    primary_permille: int | None
    factor_sets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A figure of one place, month, chain or group, with what that is called.

    `key` is its code: the CBS or BAG code, the month as 2026-07, the chain's slug, or the
    code of the group.
    """

    key: str
    name: str
    figure: MonitorFigure


def get_figure(asked: Slice) -> MonitorFigure:
    """Return one figure.

    :raises NoSuchMeasure: for an unknown measure.
    :raises SliceRefused: for what is not kept, or is about people.
    """
    measure = measure_of(asked.measure)
    check_slice(asked, measure)
    found = read_parts(ground_of(asked), measure)
    return build_figure(asked, measure, found.get("", NOTHING), read_factors(measure))


def list_by_place(
    measure: str,
    kind: PlaceKind,
    *,
    first_month: date,
    last_month: date,
    chain: int | None = None,
    product_group: str = "",
) -> tuple[FigureRow, ...]:
    """Return a measure for every village or municipality, also where nothing was booked.

    :raises SliceRefused: as `get_figure`.
    """
    row = measure_of(measure)
    places: Mapping[int, tuple[str, str]] = list_places(kind)
    asked = {
        place: Slice(measure, first_month, last_month, Place(kind, place), chain, product_group)
        for place in places
    }
    for one in asked.values():
        check_slice(one, row)
    ground = Ground(
        kind,
        first_month,
        last_month,
        is_every_place=True,
        chain=chain,
        product_group=product_group,
    )
    found, factors = read_parts(ground, row, by="place"), read_factors(row)
    return tuple(
        FigureRow(*places[place], build_figure(one, row, found.get(str(place), NOTHING), factors))
        for place, one in asked.items()
    )


def list_by_month(asked: Slice) -> tuple[FigureRow, ...]:
    """Return a figure for each month of a slice, also the months in which nothing was booked.

    :raises SliceRefused: as `get_figure`.
    """
    measure = measure_of(asked.measure)
    check_slice(asked, measure)
    found, factors = read_parts(ground_of(asked), measure, by="month"), read_factors(measure)
    rows = []
    month = asked.first_month
    while month <= asked.last_month:
        one = Slice(asked.measure, month, month, asked.place, asked.chain, asked.product_group)
        parts = found.get(month.isoformat(), NOTHING)
        key = f"{month:%Y-%m}"
        rows.append(FigureRow(key, key, build_figure(one, measure, parts, factors)))
        month = months_later(month, 1)
    return tuple(rows)


def list_by_chain(
    measure: str, *, first_month: date, last_month: date, place: Place = PROVINCE
) -> tuple[FigureRow, ...]:
    """Return a measure for every chain that did something there.

    :raises SliceRefused: as `get_figure`.
    """
    row = measure_of(measure)
    check_slice(Slice(measure, first_month, last_month, place, chain=0), row)
    ground = Ground(place.kind, first_month, last_month, place.id, is_every_chain=True)
    found, factors = read_parts(ground, row, by="chain"), read_factors(row)
    chains = Chain.objects.filter(pk__in=found).order_by("name").values_list("pk", "slug", "name")
    return tuple(
        FigureRow(
            slug,
            name,
            build_figure(
                Slice(measure, first_month, last_month, place, chain=pk),
                row,
                found[str(pk)],
                factors,
            ),
        )
        for pk, slug, name in chains
    )


def list_by_group(
    measure: str,
    *,
    first_month: date,
    last_month: date,
    place: Place = PROVINCE,
    chain: int | None = None,
) -> tuple[FigureRow, ...]:
    """Return a measure for every product group of which something moved.

    What has no group stands last, with the code ``onbekend``.

    :raises SliceRefused: as `get_figure`.
    """
    row = measure_of(measure)
    check_slice(Slice(measure, first_month, last_month, place, chain, UNKNOWN_GROUP), row)
    ground = Ground(place.kind, first_month, last_month, place.id, chain=chain, is_every_group=True)
    found, factors = read_parts(ground, row, by="group"), read_factors(row)
    names = dict(ProductGroup.objects.filter(pk__in=found).values_list("code", "name"))
    names |= {UNKNOWN_GROUP: UNKNOWN_GROUP} if UNKNOWN_GROUP in found else {}
    return tuple(
        FigureRow(
            code,
            name,
            build_figure(
                Slice(measure, first_month, last_month, place, chain, code),
                row,
                found[code],
                factors,
            ),
        )
        for code, name in names.items()
    )


def build_figure(
    asked: Slice, measure: MonitorMeasure, parts: Parts, factors: tuple[Factors, tuple[str, ...]]
) -> MonitorFigure:
    """Return the figure of added parts."""
    values, multiplied_with = factors
    amount = measure.compute(parts, values)
    return MonitorFigure(
        slice=asked,
        unit=measure.unit,
        value=amount.value if amount else None,
        low=amount.low if amount else None,
        high=amount.high if amount else None,
        coverage_permille=parts.coverage(measure.coverage, amount),
        primary_permille=parts.permille(measure.primary),
        factor_sets=multiplied_with or sets_named_in(measure, parts),
    )


def sets_named_in(measure: MonitorMeasure, parts: Parts) -> tuple[str, ...]:
    """Return the factor sets that bookings used, from families whose keys name them."""
    keys = (key for family in measure.families for key in parts.family(family))
    return tuple(sorted({key.split(SET_END)[0] for key in keys if SET_END in key}))


def ground_of(asked: Slice) -> Ground:
    """Return the kept rows of one slice."""
    return Ground(
        asked.place.kind,
        asked.first_month,
        asked.last_month,
        asked.place.id,
        chain=asked.chain,
        product_group=asked.product_group,
    )


def list_places(kind: PlaceKind) -> dict[int, tuple[str, str]]:
    """Return the official code and name of every place of a kind, by its number."""
    if kind is PlaceKind.VILLAGE:
        rows = Village.objects.values_list("pk", "code", "name", "slug")
        return {pk: (code or slug, name) for pk, code, name, slug in rows}
    found = Municipality.objects.values_list("pk", "code", "name")
    return {pk: (code, name) for pk, code, name in found}
