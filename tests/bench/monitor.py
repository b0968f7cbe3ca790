"""Refresh the monitor's months from ten million transfers, and read figures from them.

Run by hand: ``python -m tests.bench.monitor [orders [shops]]``; thirty-four transfers an order.
It works on a fresh clone of the migrated test database, which is dropped afterwards.
"""

import sys
import time
from collections.abc import Callable
from datetime import date
from statistics import median

from tests.bench.ledger import scratch_database, timed

from tests.bench.monitor_street import NOW, Size, write_street  # isort: skip

from django.db import connection

from ketens.domain.monitor import Place, PlaceKind, Slice
from ketens.models import MonitorMonth
from ketens.operations.figure_releases import release_figures
from ketens.operations.monitor import count_differing, refresh_months
from ketens.queries.monitor import (
    get_figure,
    iterate_released,
    list_by_chain,
    list_by_group,
    list_by_month,
    list_by_place,
    list_releases,
)
from ketens.queries.monitor.stale import list_stale_months
from winkelstraat.ledger.operations import Unit, close_period

REPEATS = 7
FIRST, LAST, YEAR = date(2024, 1, 1), date(2026, 11, 1), date(2025, 12, 1)
QUARTER = date(2026, 7, 1)
WHOLE = {"first_month": FIRST, "last_month": LAST}
DIRECT = """
SELECT sum(amount) FROM ledger_transfer transfer
JOIN ledger_account debit ON debit.id = transfer.debit_id
JOIN ledger_ledger ledger ON ledger.id = transfer.ledger_id
WHERE ledger.unit = 'mg_co2e' AND debit.code LIKE 'village:%'
"""


def main(orders: int, shops: int) -> None:
    """Write a street, refresh, read, release; print what each takes."""
    with scratch_database():
        started = time.perf_counter()
        transfers = write_street(Size(orders=orders, shops=shops))
        print(f"{transfers:,} transfers in {time.perf_counter() - started:.0f} s", flush=True)
        with timed("stale months found", 1):
            stale = list_stale_months()
        with timed("months refreshed", len(stale)):
            refresh_months(now=NOW)
        print(f"          {MonitorMonth.objects.count():,} rows kept", flush=True)
        with timed("running month refreshed", 1):
            refresh_months(now=NOW, months=[LAST])
        with timed("months compared with the books", 1):
            print(f"          differing: {count_differing(LAST)}")
        measure(get_place())
        release()


def get_place() -> Place:
    """Return a village in the middle."""
    row = MonitorMonth.objects.filter(place_kind="village").order_by("place").first()
    return Place(PlaceKind.VILLAGE, row.place if row else 1)


def measure(village: Place) -> None:
    """Time every reading against adding up the transfers themselves."""
    with connection.cursor() as cursor:
        direct = clock(lambda: (cursor.execute(DIRECT), cursor.fetchall()), repeats=1)
    print(f"{direct * 1000:9.1f} ms  adding up every transfer (the baseline)")
    emission, shops = "emission_mg_co2e", "active_enterprises"
    villages, municipalities = PlaceKind.VILLAGE, PlaceKind.MUNICIPALITY
    year = {"first_month": YEAR, "last_month": LAST}
    readings: dict[str, Callable[[], object]] = {
        "emission of the province, 35 months": lambda: get_figure(Slice(emission, FIRST, LAST)),
        "enterprises of the province, 35 months": lambda: get_figure(Slice(shops, FIRST, LAST)),
        "emission of a village, a year": lambda: get_figure(Slice(emission, YEAR, LAST, village)),
        "emission by village, a year": lambda: list_by_place(emission, villages, **year),
        "emission by village, a quarter": lambda: list_by_place(
            emission, villages, first_month=QUARTER, last_month=date(2026, 9, 1)
        ),
        "turnover by village, 35 months": lambda: list_by_place(
            "turnover_cents", villages, **WHOLE
        ),
        "emission by municipality, 35 months": lambda: list_by_place(
            emission, municipalities, **WHOLE
        ),
        "emission by month, 35 months": lambda: list_by_month(Slice(emission, FIRST, LAST)),
        "emission by chain, 35 months": lambda: list_by_chain(emission, **WHOLE),
        "goods by group, 35 months": lambda: list_by_group("goods_g", **WHOLE),
    }
    for name, read in readings.items():
        seconds = clock(read)
        print(f"{seconds * 1000:9.1f} ms  {name}: {direct / seconds:,.0f} times faster", flush=True)


def release() -> None:
    """Close the books, release a quarter and read it whole."""
    with timed("ledgers closed", len(Unit)):
        for unit in Unit:
            close_period(unit=unit, until=date(2026, 9, 30), now=NOW)
    with timed("quarter released", 1):
        release_figures(quarter=QUARTER, user=None, now=NOW)
    with timed("released rows read", list_releases()[0].figures):
        for _row in iterate_released(quarter=QUARTER):
            pass


def clock(work: Callable[[], object], repeats: int = REPEATS) -> float:
    """Return the median seconds that some work takes."""
    seconds = []
    for _repeat in range(repeats):
        started = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - started)
    return median(seconds)


if __name__ == "__main__":
    numbers = [int(text) for text in sys.argv[1:]]
    main(*(numbers + [300_000, 5_000][len(numbers) :]))
