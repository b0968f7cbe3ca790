"""Release the figures of a quarter to the public: once, late, and with small ones withheld.

What came in after a release is told in the next one, as a correction beside the first row.
"""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import date, datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction

from dorpen.register.models import Village
from ketens.domain.booking import METHOD_VERSION
from ketens.domain.disclosure import PUBLIC, RELEASE_DELAY_DAYS
from ketens.domain.monitor import MEASURES, MonitorMeasure
from ketens.domain.monitor.guarding import Cells, find_withheld
from ketens.domain.monitor.parts import SET_END
from ketens.domain.monitor.telling import Digest, Told, tell_cells
from ketens.domain.work import months_later
from ketens.models import FigureRelease, ReleasedFigure
from ketens.operations.monitor import refresh_months
from ketens.operations.releases import AlreadyReleased, QuarterNotOver, release_quarter
from ketens.queries.monitor.factors import read_factors
from ketens.queries.monitor.kept import read_kept
from ketens.queries.monitor.released import list_told_figures, list_withheld_figures
from ketens.queries.monitor.released_work import tell_work
from winkelstraat.accounts.models import Audited
from winkelstraat.accounts.operations import Thing, record
from winkelstraat.ledger.queries import get_closed_until

PIECE = 2_000


class PeriodStillOpen(Exception):
    """Something may still be booked on a day of the quarter, so its ledgers close first."""


def release_figures(*, quarter: date, user: Any, now: datetime) -> FigureRelease:
    """Write what the public may read of a quarter, and corrections of earlier ones.

    :raises QuarterNotOver: before thirty days after its end.
    :raises PeriodStillOpen: while a ledger is open on one of its days.
    :raises AlreadyReleased: the second time.
    """
    first = date(quarter.year, (quarter.month - 1) // 3 * 3 + 1, 1)
    after = months_later(first, 3)
    if now.date() < after + timedelta(days=RELEASE_DELAY_DAYS):
        raise QuarterNotOver(f"{first:%Y-%m}")
    closed = get_closed_until()
    if closed is None or closed < after - timedelta(days=1):
        raise PeriodStillOpen(f"{first:%Y-%m}")
    if FigureRelease.objects.filter(quarter=first).exists():
        raise AlreadyReleased(f"{first:%Y-%m}")
    with suppress(AlreadyReleased):
        release_quarter(quarter=first, user=user, now=now)
    refresh_months(now=now)
    try:
        with transaction.atomic():
            return write_release(first, user=user, now=now)
    except IntegrityError as error:
        raise AlreadyReleased(f"{first:%Y-%m}") from error


def write_release(first: date, *, user: Any, now: datetime) -> FigureRelease:
    """Write a release and its rows; the digest is over the rows in their order."""
    cells = read_kept(months_of(first))
    told = [(first, one) for one in (*tell_quarter(cells), *tell_work(first))]
    for earlier in FigureRelease.objects.filter(quarter__lt=first).order_by("quarter"):
        told += [(earlier.quarter, one) for one in tell_corrections(earlier.quarter)]
    digest = Digest()
    for of_quarter, one in told:
        digest.add(of_quarter, one)
    release = FigureRelease.objects.create(
        quarter=first,
        method_version=METHOD_VERSION,
        factor_sets=sorted(list_factor_sets(cells)),
        digest=digest.text,
        released_by=user,
        released_at=now,
    )
    rows = (build_row(release, of_quarter, one) for of_quarter, one in told)
    ReleasedFigure.objects.bulk_create(rows, batch_size=PIECE)
    about = Thing("release", release.pk, f"figures {first:%Y-%m}")
    record(action=Audited.RELEASED, about=about, by=user)
    return release


def tell_quarter(cells: Cells) -> Iterator[Told]:
    """Yield every public figure of a quarter's cells."""
    measures = list_public()
    municipalities = dict(Village.objects.values_list("pk", "municipality_id"))
    withheld = find_withheld(
        cells, measures, municipalities, PUBLIC, earlier=list_withheld_figures()
    )
    factors = {row.factor_list: read_factors(row)[0] for row in measures if row.factor_list}
    return tell_cells(cells, measures, withheld, factors)


def tell_corrections(quarter: date) -> Iterator[Told]:
    """Yield the figures of a released quarter that became another since they were told.

    Guarded figures are never corrected: the difference would be the late sale of one shop.
    """
    before = list_told_figures(quarter)
    free = {measure.code for measure in list_public() if not measure.guard}
    now_told = {(one.measure, one.cell): one for one in tell_quarter(read_kept(months_of(quarter)))}
    for figure in [*now_told, *(one for one in before if one not in now_told)]:
        # What was told and is not counted any more became unknown.
        told = now_told.get(figure, Told(*figure))
        if figure[0] in free and before.get(figure, Told(*figure)) != told:
            yield told


def list_public() -> list[MonitorMeasure]:
    """Return the measures that the public may read."""
    return [row for row in MEASURES.values() if row.is_public]


def months_of(first: date) -> list[date]:
    """Return the three months of a quarter."""
    return [months_later(first, step) for step in range(3)]


def list_factor_sets(cells: Cells) -> set[str]:
    """Return the factor sets that the figures of a quarter rest on."""
    keys: Iterable[str] = (
        key
        for parts in cells.values()
        for family in parts.families.values()
        for key in family
        if SET_END in key
    )
    multiplied = (read_factors(row)[1] for row in list_public() if row.factor_list)
    return {key.split(SET_END)[0] for key in keys} | {
        name for names in multiplied for name in names
    }


def build_row(release: FigureRelease, of_quarter: date, told: Told) -> ReleasedFigure:
    """Return a released row, not yet written."""
    cell = told.cell
    return ReleasedFigure(
        release=release,
        of_quarter=of_quarter,
        measure=told.measure,
        place_kind=cell.place_kind.value,
        place=cell.place,
        chain_id=cell.chain,
        product_group=cell.product_group,
        value=told.value,
        low=told.low,
        high=told.high,
        coverage_permille=told.coverage_permille,
        primary_permille=told.primary_permille,
        withheld=told.withheld,
    )
