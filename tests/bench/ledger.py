"""Post a million random transfers, verify them, and print how fast that went.

Run by hand: ``python -m tests.bench.ledger [transfers]``. It works on a fresh clone of
the migrated test database, which is dropped afterwards.
"""

import os
import random
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "winkelstraat.settings.test")
django.setup()

from django.core.management import call_command  # noqa: E402

from tests.database import (  # noqa: E402
    make_template,
    migration_digests,
    run_sql,
    using_database,
)
from winkelstraat.ledger.operations import (  # noqa: E402
    Posting,
    Unit,
    close_period,
    post_transfers,
    reverse_transfer,
)
from winkelstraat.ledger.queries import get_balance  # noqa: E402

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
FIRST_DAY = date(2026, 8, 25)
DAYS = 90
BATCH = 10_000
ACCOUNTS = 2_000
SEED = 7


def main(transfers: int) -> None:
    """Post, close two months, post what came late, reverse some, verify; print rates."""
    with scratch_database():
        chance = random.Random(SEED)
        ids: list[int] = []
        with timed("posted", transfers):
            for start in range(0, transfers, BATCH):
                ids += post(chance, start, min(BATCH, transfers - start))
        ends = (date(2026, 9, 30), date(2026, 10, 31))
        with timed("periods closed", len(Unit) * len(ends)):
            for unit in Unit:
                for until in ends:
                    close_period(unit=unit, until=until, now=NOW)
        late = max(1, transfers // 1000)
        with timed("posted late", late):
            post(chance, transfers, late)
        back = ids[:: max(1, transfers // 1000)]
        with timed("reversed, one at a time", len(back)):
            for transfer_id in back:
                reverse_transfer(transfer_id=transfer_id, reason="bench", now=NOW)
        measure_balances(chance)
        with timed("verified", transfers + late + len(back)):
            call_command("verify_ledger")


def post(chance: random.Random, start: int, count: int) -> list[int]:
    """Post `count` random transfers in one go and return their ids."""
    units = list(Unit)
    postings = []
    for number in range(start, start + count):
        debit, credit = chance.sample(range(ACCOUNTS), 2)
        postings.append(
            Posting(
                unit=chance.choice(units),
                debit=f"bench:{debit}",
                credit=f"bench:{credit}",
                amount=chance.randint(1, 1_000_000),
                source=f"bench:{number // 4}",
                reason=f"step:{number % 4}",
                activity_date=FIRST_DAY + timedelta(days=chance.randrange(DAYS)),
            )
        )
    return post_transfers(postings=postings, now=NOW)


def measure_balances(chance: random.Random) -> None:
    """Ask for a thousand balances at random dates."""
    with timed("balances at a date", 1000):
        for _ in range(1000):
            get_balance(
                unit=chance.choice(list(Unit)),
                account=f"bench:{chance.randrange(ACCOUNTS)}",
                at=FIRST_DAY + timedelta(days=chance.randrange(DAYS)),
            )


@contextmanager
def timed(what: str, count: int) -> Iterator[None]:
    """Print how long the block took and how much that is a second."""
    started = time.perf_counter()
    yield
    seconds = time.perf_counter() - started
    print(f"{count:>9,} {what}: {seconds:7.2f} s, {count / seconds:>10,.0f} a second", flush=True)


@contextmanager
def scratch_database() -> Iterator[None]:
    """Work on a clone of the migrated template and drop it at the end."""
    name = f"bench_{os.getpid()}"
    template = make_template(migration_digests())
    run_sql(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    try:
        with using_database(name):
            yield
    finally:
        run_sql(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
