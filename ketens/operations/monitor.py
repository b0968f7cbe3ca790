"""Keep the months of the monitor: add up what the books say, in the worker, never on a page."""

from collections.abc import Callable, Iterable
from datetime import date, datetime

from django.db import connection, transaction

from dorpen.register.models import Village
from ketens.domain.monitor import Parts
from ketens.domain.monitor.folding import Cell, fold
from ketens.domain.work import months_later
from ketens.models import MonitorMonth
from ketens.operations.product_groups import learn_groups
from ketens.operations.rollups import ALONE, LOCK
from ketens.queries.monitor.facts import read_facts
from ketens.queries.monitor.kept import read_kept
from ketens.queries.monitor.stale import list_stale_months

PIECE = 2_000


def refresh_months(*, now: datetime, months: Iterable[date] | None = None) -> list[date]:
    """Add the given months up again, or those that are behind the books; return them.

    Each month is one transaction that no booking can slip into. The same again changes
    nothing but the moment of refreshing.
    """
    wanted = sorted({month.replace(day=1) for month in months or ()})
    if months is None:
        wanted = list(list_stale_months())
    for month in wanted:
        refresh_month(month, now=now)
    return wanted


@transaction.atomic
def refresh_month(month: date, *, now: datetime) -> None:
    """Add one month up again from the books."""
    with connection.cursor() as cursor:
        cursor.execute(ALONE, [LOCK])
    learn_groups(month)
    rows = sum_month(month)
    MonitorMonth.objects.filter(month=month).delete()
    MonitorMonth.objects.bulk_create(
        (
            MonitorMonth(
                month=month,
                place_kind=cell.place_kind.value,
                place=cell.place,
                chain_id=cell.chain,
                product_group=cell.product_group,
                numbers=parts.numbers,
                families=parts.families,
                refreshed_at=now,
            )
            for cell, parts in rows.items()
        ),
        batch_size=PIECE,
    )


def refresh_all(*, now: datetime, say: Callable[[str], object]) -> None:
    """Add every month up again that the books or the kept rows know of, saying how far it is."""
    kept = set(MonitorMonth.objects.values_list("month", flat=True).distinct())
    months = sorted(kept | set(list_stale_months()))
    for number, month in enumerate(months, start=1):
        refresh_month(month, now=now)
        say(f"{number} of {len(months)} months of the monitor")


def count_month_differences() -> dict[str, int]:
    """Return how many kept rows are not what the books say, and how many months wait.

    A month in which something was booked since it was added up waits for the night; the
    others must be exact.
    """
    stale = set(list_stale_months())
    kept = set(MonitorMonth.objects.values_list("month", flat=True).distinct())
    differ = sum(count_differing(month) for month in sorted(kept - stale))
    return {"months": differ, "months_waiting": len(stale)}


def count_differing(month: date) -> int:
    """Return how many rows of a month are missing, too many, or hold another number."""
    kept, told = read_kept([month]), sum_month(month)
    return sum(kept.get(cell) != told.get(cell) for cell in {*kept, *told})


def sum_month(month: date) -> dict[Cell, Parts]:
    """Return what the books say of a month, by kept row."""
    municipalities = dict(Village.objects.values_list("pk", "municipality_id"))
    return fold(read_facts(month, months_later(month, 1)), municipalities)
