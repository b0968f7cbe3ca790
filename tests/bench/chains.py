"""Book sales with their chain, and read the monitor's totals over many transfers.

Run by hand: ``python -m tests.bench.chains [transfers [sales]]``. It works on a fresh clone
of the migrated test database, which is dropped afterwards. The transfers are written by
the database itself, past its triggers; what they sum to is then kept as the triggers would.
"""

import sys
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import partial
from statistics import median

from tests.bench.ledger import scratch_database, timed

from tests.ketens.street import BreadChain, build_bread_chain, build_sale  # isort: skip

from django.db import connection

from ketens.domain.measures import STREET, Scope, ScopeKind
from ketens.operations import book_sale
from ketens.operations.rollups import count_differences, rebuild_rollups
from ketens.queries.chains import get_chain
from ketens.queries.coverage import get_coverage
from ketens.queries.figures import get_sums
from ketens.queries.monitor_pages.overview import get_overview
from ketens.queries.monitor_pages.source import get_live
from winkelstraat.bridges.demo.helping_hands import Hand
from winkelstraat.ledger.operations import Unit, close_period

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
FIRST_DAY = date(2024, 1, 1)
DAYS = 1_050
VILLAGES, CHAINS, LEGS = 219, 100, 5
REPEATS = 7
WORKERS = 2

PLACES = """
INSERT INTO register_village (code, name, slug, municipality_id, latitude, longitude, source,
    licence)
SELECT 'B' || n, 'Dorp ' || n, 'dorp-' || n, (SELECT min(id) FROM register_municipality),
    52.9, 6.6, 'bench', 'none' FROM generate_series(1, %(villages)s) n;
INSERT INTO ketens_chain (slug, name, summary, story, status, started_on)
SELECT 'keten-' || n, 'Keten ' || n, '', '', 'running', %(first)s
FROM generate_series(1, %(chains)s) n;
INSERT INTO ledger_account (ledger_id, code)
SELECT ledger.id, 'village:' || village.id || ':residents'
FROM ledger_ledger ledger, register_village village WHERE ledger.unit IN ('grams', 'mg_co2e')
ON CONFLICT DO NOTHING;
INSERT INTO ledger_account (ledger_id, code)
SELECT ledger.id, 'chain:' || chain.id || ':leg:' || n
FROM ledger_ledger ledger, ketens_chain chain, generate_series(1, %(legs)s) n
WHERE ledger.unit IN ('grams', 'mg_co2e')
ON CONFLICT DO NOTHING;
"""
# A village buys from five chains; which, follows from its number.
TRANSFERS = """
WITH villages AS (
    SELECT id, ledger_id, row_number() OVER (PARTITION BY ledger_id ORDER BY id) AS n
    FROM ledger_account WHERE code LIKE 'village:%%'
), legs AS (
    SELECT id, ledger_id, row_number() OVER (PARTITION BY ledger_id ORDER BY id) AS n
    FROM ledger_account WHERE code LIKE 'chain:%%:leg:%%'
), ledgers AS (
    SELECT id, row_number() OVER (ORDER BY id) AS n FROM ledger_ledger
    WHERE unit IN ('grams', 'mg_co2e')
)
INSERT INTO ledger_transfer (ledger_id, debit_id, credit_id, amount, source, reason,
    activity_date, booked_date, booked_at, memo, digest)
SELECT ledgers.id, villages.id, legs.id, 1 + number %% 997, 'bench:' || number / 15,
    'step:' || number %% 15,
    day, day, %(now)s, '', ''
FROM generate_series(%(after)s + 1, %(until)s) series(number)
CROSS JOIN LATERAL (SELECT (%(first)s::date + (number::bigint * 7919 %% %(days)s)::int) AS day,
    1 + (number / 15) %% %(villages)s AS village) told
JOIN ledgers ON ledgers.n = 1 + number %% 2
JOIN villages ON villages.ledger_id = ledgers.id AND villages.n = village
JOIN legs ON legs.ledger_id = ledgers.id
    AND legs.n = 1 + (village * 5 + number %% 5 * 5 + number %% 5) %% (%(chains)s * %(legs)s)
"""
DAY_SUMS = """
INSERT INTO ledger_accountday (account_id, date, debits, credits)
SELECT account_id, booked_date, sum(debits), sum(credits) FROM (
    SELECT debit_id AS account_id, booked_date, amount AS debits, 0 AS credits
    FROM ledger_transfer WHERE source LIKE 'bench:%%'
    UNION ALL
    SELECT credit_id, booked_date, 0, amount FROM ledger_transfer WHERE source LIKE 'bench:%%'
) moved GROUP BY 1, 2
ON CONFLICT (account_id, date) DO UPDATE SET
    debits = ledger_accountday.debits + excluded.debits,
    credits = ledger_accountday.credits + excluded.credits
"""
DIRECT = """
SELECT ledger.unit, sum(amount) FROM ledger_transfer transfer
JOIN ledger_account debit ON debit.id = transfer.debit_id
JOIN ledger_ledger ledger ON ledger.id = transfer.ledger_id
WHERE debit.code LIKE 'village:%%' GROUP BY 1
"""
PIECE = 500_000


def main(transfers: int, sales: int) -> None:
    """Book, fill, rebuild, close and read; print rates, and readings against a direct sum."""
    with scratch_database():
        bread = build_bread_chain()
        book_sale(sale=build_sale(bread, source="warm"), now=NOW)
        with timed(f"sales booked with their chain by {WORKERS} workers", sales):
            hands = [
                Hand(partial(book, bread, range(one, sales, WORKERS))) for one in range(WORKERS)
            ]
            for hand in hands:
                hand.result()
        fill(transfers)
        with timed("transfers summed into rollups again", transfers):
            rebuild_rollups(say=lambda line: None)
        print(f"          differences: {count_differences()}", flush=True)
        close_months()
        measure(bread.chain.pk, bread.chain.slug)


def book(bread: BreadChain, numbers: range) -> int:
    """Book sales one by one, as a worker does; return how many."""
    for number in numbers:
        book_sale(sale=build_sale(bread, source=f"bench:{number}"), now=NOW)
    return len(numbers)


def fill(transfers: int) -> None:
    """Write transfers of three years between the villages and the chains."""
    words = {
        "villages": VILLAGES,
        "chains": CHAINS,
        "legs": LEGS,
        "first": FIRST_DAY,
        "days": DAYS,
        "now": NOW,
    }
    with connection.cursor() as cursor, timed("transfers written", transfers):
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(PLACES, words)
        for after in range(0, transfers, PIECE):
            until = min(after + PIECE, transfers)
            cursor.execute(TRANSFERS, {**words, "after": after, "until": until})
        cursor.execute(DAY_SUMS, {})
        cursor.execute("SET session_replication_role = origin")
        cursor.execute("ANALYZE")


def close_months() -> None:
    """Close every month but the last, as the treasurer does."""
    for unit in (Unit.GRAMS, Unit.MG_CO2E):
        until = FIRST_DAY.replace(day=1)
        while until < date(2026, 10, 1):
            after = (until + timedelta(days=32)).replace(day=1)
            close_period(unit=unit, until=after - timedelta(days=1), now=NOW)
            until = after


def measure(chain_id: int, slug: str) -> None:
    """Time every reading against adding up the transfers themselves."""
    with connection.cursor() as cursor:
        direct = clock(lambda: (cursor.execute(DIRECT, {}), cursor.fetchall()), repeats=1)
    print(f"{direct * 1000:9.1f} ms  adding up every transfer (the baseline)")
    chain = Scope(ScopeKind.CHAIN, chain_id)
    readings: dict[str, Callable[[], object]] = {
        "totals of the street": lambda: get_sums(STREET, None),
        "totals of the street, since 1 October": lambda: get_sums(STREET, date(2026, 10, 1)),
        "coverage of the street": lambda: get_coverage(STREET),
        "totals of a chain": lambda: get_sums(chain, None),
        "the page of a chain": lambda: get_chain(slug, today=date(2026, 11, 23)),
        "the whole monitor": lambda: get_overview(get_live(today=date.today()), date.today()),
    }
    for name, read in readings.items():
        seconds = clock(read)
        print(f"{seconds * 1000:9.1f} ms  {name}: {direct / seconds:,.0f} times faster", flush=True)


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
    main(*(numbers + [10_000_000, 2_000][len(numbers) :]))
