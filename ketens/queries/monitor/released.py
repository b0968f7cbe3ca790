"""What the public reads: figures of releases, with everything hidden that must be."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from ketens.domain.monitor import MEASURES, PlaceKind
from ketens.domain.monitor.folding import Cell
from ketens.domain.monitor.guarding import Figure
from ketens.domain.monitor.telling import Digest, Told
from ketens.models import FigureRelease, ReleasedFigure

CHUNK = 2_000


@dataclass(frozen=True, slots=True)
class Release:
    """One quarter as it was released; `digest` is the SHA-256 of all its rows."""

    quarter: date
    digest: str
    method_version: str
    factor_sets: tuple[str, ...]
    released_at: datetime
    figures: int
    corrections: int


@dataclass(frozen=True, slots=True)
class ReleasedRow:
    """One released figure; `chain` is a slug. Without a value it is withheld or unknown.

    In a correction `of_quarter` lies before `quarter`, the release that tells it.
    """

    quarter: date
    of_quarter: date
    measure: str
    unit: str
    place_kind: PlaceKind
    place: int | None
    chain: str
    product_group: str
    value: int | None
    low: int | None
    high: int | None
    coverage_permille: int | None
    primary_permille: int | None
    withheld: str

    @property
    def is_correction(self) -> bool:
        """Whether it tells an earlier quarter again, after late bookings."""
        return self.of_quarter != self.quarter


def list_releases() -> tuple[Release, ...]:
    """Return every release, the newest first; one query."""
    return tuple(build_release(row) for row in counted(FigureRelease.objects.order_by("-quarter")))


def get_release(quarter: date) -> Release | None:
    """Return the release of a quarter by its first day; one query."""
    row = counted(FigureRelease.objects.filter(quarter=quarter)).first()
    return build_release(row) if row else None


def counted(rows: QuerySet[FigureRelease]) -> QuerySet[FigureRelease]:
    """Return releases with the number of their figures and corrections."""
    late = ~Q(figures__of_quarter=F("quarter"))
    return rows.annotate(
        figure_count=Count("figures"), correction_count=Count("figures", filter=late)
    )


def list_released(
    *,
    quarter: date | None = None,
    measure: str | None = None,
    place_kind: PlaceKind | None = None,
) -> tuple[ReleasedRow, ...]:
    """Return released figures in a fixed order; one query."""
    return tuple(iterate_released(quarter=quarter, measure=measure, place_kind=place_kind))


def iterate_released(
    *,
    quarter: date | None = None,
    measure: str | None = None,
    place_kind: PlaceKind | None = None,
) -> Iterator[ReleasedRow]:
    """Yield released figures in a fixed order, in constant memory."""
    rows = ReleasedFigure.objects.order_by("release__quarter", "pk")
    if quarter is not None:
        rows = rows.filter(release__quarter=quarter)
    if measure is not None:
        rows = rows.filter(measure=measure)
    if place_kind is not None:
        rows = rows.filter(place_kind=place_kind.value)
    told = rows.values_list(
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
    for row in told.iterator(chunk_size=CHUNK):
        yield build_row(row)


def build_row(told: tuple[Any, ...]) -> ReleasedRow:
    """Return a released figure from its columns."""
    first, of_quarter, code, kind, place, chain, *rest = told
    unit = MEASURES[code].unit if code in MEASURES else ""
    return ReleasedRow(first, of_quarter, code, unit, PlaceKind(kind), place, chain or "", *rest)


def build_release(row: Any) -> Release:
    """Return a release with its two counts."""
    return Release(
        quarter=row.quarter,
        digest=row.digest,
        method_version=row.method_version,
        factor_sets=tuple(row.factor_sets),
        released_at=row.released_at,
        figures=row.figure_count,
        corrections=row.correction_count,
    )


def list_withheld_figures() -> set[Figure]:
    """Return every figure that some release withheld; one query."""
    rows = ReleasedFigure.objects.exclude(withheld="").values_list(
        "measure", "place_kind", "place", "chain_id", "product_group"
    )
    return {
        (code, Cell(PlaceKind(kind), place, chain, group))
        for code, kind, place, chain, group in rows.distinct().iterator()
    }


def list_told_figures(quarter: date) -> dict[Figure, Told]:
    """Return what was told last of each figure of a quarter; one query."""
    rows = ReleasedFigure.objects.filter(of_quarter=quarter).order_by("release__quarter", "pk")
    return {(row.measure, cell_of(row)): told_of(row) for row in rows.iterator()}


def digest_release(quarter: date) -> str:
    """Return the digest of what stands in a release, to be compared with the one it carries."""
    digest = Digest()
    rows = ReleasedFigure.objects.filter(release__quarter=quarter).order_by("pk")
    for row in rows.iterator(chunk_size=CHUNK):
        digest.add(row.of_quarter, told_of(row))
    return digest.text


def cell_of(row: ReleasedFigure) -> Cell:
    """Return where a released figure belongs."""
    return Cell(PlaceKind(row.place_kind), row.place, row.chain_id, row.product_group)


def told_of(row: ReleasedFigure) -> Told:
    """Return a released figure as it was told."""
    return Told(
        row.measure,
        cell_of(row),
        row.value,
        row.low,
        row.high,
        row.coverage_permille,
        row.primary_permille,
        row.withheld,
    )
