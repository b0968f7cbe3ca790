"""A worker that is killed (signal 9) between two domains leaves nothing lost and nothing double.

A real Celery worker with its clock works on a database of its own, with the file broker.
The test holds a lock that the worker needs, waits until the worker stands still in the
middle of its transaction, kills it, and starts another.
"""

import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from tests.bridges.street import BUYER
from tests.database import make_template, migration_digests, run_sql
from tests.journeys.street import Street
from winkelstraat.settings.embedded import start_server
from winkelstraat.settings.environment import DATA_DIR

pytestmark = [pytest.mark.race, pytest.mark.xdist_group("crash")]

BUY_AND_COLLECT = """
from django.utils import timezone
from tests.bridges.street import buy
bought = buy(now=timezone.now())
bought.pay(now=timezone.now())
bought.collect(now=timezone.now())
"""
LOCKS = {
    "mail": "SELECT id FROM shop_purchase FOR UPDATE",
    "booking": "LOCK TABLE ketens_salebooking IN SHARE ROW EXCLUSIVE MODE",
}
HAND_OVERS = "SELECT count(*) FROM shop_sellerorder WHERE status = 'collected'"
BOOKINGS = "SELECT count(*) FROM ketens_salebooking"
MARKS = "SELECT count(*) FROM shop_sellerorder WHERE chain_booked_at IS NOT NULL"
GRAMS = "SELECT amount FROM ledger_transfer WHERE source LIKE 'seller_order:%%'"
STANDS_STILL = """
SELECT count(*) FROM pg_stat_activity
WHERE datname = current_database() AND wait_event_type = 'Lock'
"""


@pytest.fixture
def street(tmp_path: Path, django_db_blocker: pytest.FixtureRequest) -> Iterator[Street]:
    """An empty street: a database of its own, no process running yet."""
    name = f"crash_{os.getpid()}"
    with django_db_blocker.unblock():
        template = make_template(migration_digests())
        run_sql(
            f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)',
            f'CREATE DATABASE "{name}" TEMPLATE "{template}"',
        )
    street = Street(tmp_path, start_server(DATA_DIR / "test").get_uri(database=name))
    try:
        yield street
    finally:
        street.stop()
        with django_db_blocker.unblock():
            run_sql(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def wait_until(question: Callable[[], bool], street: Street, *, seconds: float = 40) -> None:
    """Wait until something is true, and show the worker's log when it stays false."""
    ends_at = time.monotonic() + seconds
    while not question():
        assert street.processes["worker"].poll() is None, street_log(street)
        assert time.monotonic() < ends_at, street_log(street)
        time.sleep(0.1)


def street_log(street: Street) -> str:
    """Return the last lines that the worker wrote."""
    return (street.folder / "worker.log").read_text()[-4000:]


def count(street: Street, sql: str) -> int:
    """Return the number that a statement counts."""
    return int(street.rows(sql)[0][0])


@pytest.mark.parametrize("moment", ["mail", "booking"])
def test_killed_on_the_way_from_shop_to_chains(street: Street, moment: str) -> None:
    street.manage("shell", "--verbosity", "0", "-c", BUY_AND_COLLECT)
    assert (count(street, HAND_OVERS), count(street, BOOKINGS)) == (1, 0)

    with psycopg.connect(street.database_url) as held:
        held.execute(LOCKS[moment])  # type: ignore[call-overload]
        street.start_worker()
        wait_until(lambda: count(street, STANDS_STILL) > 0, street)
        street.kill("worker")
    assert (count(street, BOOKINGS), count(street, MARKS), street.rows(GRAMS)) == (0, 0, [])
    assert len(street.mails_to(BUYER)) == (1 if moment == "booking" else 0)

    street.start_worker()
    wait_until(lambda: count(street, MARKS) == 1 and bool(street.mails_to(BUYER)), street)
    assert count(street, BOOKINGS) == 1
    assert street.rows(GRAMS) == [(1600,)]
    assert len(street.mails_to(BUYER)) == 1
    street.kill("worker")
    assert "The ledger is right" in street.manage("verify_ledger")
