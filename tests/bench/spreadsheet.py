"""Measure a spreadsheet of 5,000 rows, 40 of them wrong: look over, carry out, undo.

Run by hand: ``python -m tests.bench.spreadsheet [rows]``. It works on a fresh clone of the
migrated test database, which is dropped afterwards, and calls what the worker calls. The
memory is the most that this whole process ever held, Django and all.
"""

import os
import resource
import sys
import threading
from collections import Counter
from collections.abc import Callable
from time import perf_counter
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "winkelstraat.settings.test")
django.setup()

from django.db import connections  # noqa: E402
from django.utils import timezone  # noqa: E402

from tests.bench.catalogue import scratch_database  # noqa: E402
from tests.shop.sheet_of import write_file  # noqa: E402
from tests.shop.street import base_basket  # noqa: E402
from winkelstraat.accounts.models import User  # noqa: E402
from winkelstraat.shop.models import ImportRun, ImportState, SellerProfile  # noqa: E402
from winkelstraat.shop.operations.imports import ask_import, start_import  # noqa: E402
from winkelstraat.shop.queries.sheets_out import list_lines  # noqa: E402

LIMITS = {"look over": 20, "carry out": 60, "undo": 60}
MOST_MEMORY_MB = 300


def main(rows: int) -> None:
    """Print how long each step took and what was held in memory."""
    with scratch_database():
        seller = base_basket().sellers[0]
        author = User.objects.create_user("winkelier@example.nl")
        content, before = write_file(rows), read_shop(seller)
        empty = memory_mb()
        print(f"{rows} rows, {len(content) / 1e6:.1f} MB; {empty:.0f} MB before the first row")
        step("look over", ImportState.READY, lambda: bring(seller, author.pk, content))
        run = ImportRun.objects.get()
        print("  ", dict(Counter(run.rows.values_list("verdict", flat=True))))
        step("carry out", ImportState.DONE, lambda: ask(run, seller, ImportState.APPLYING))
        print("  ", seller.listings.filter(status="published").count(), "on the street")
        step("undo", ImportState.UNDONE, lambda: ask(run, seller, ImportState.UNDOING))
        print("everything as it was:", read_shop(seller) == before)
        print(f"most memory {memory_mb():.0f} MB (limit {MOST_MEMORY_MB})")


def bring(seller: SellerProfile, author_id: int, content: bytes) -> None:
    """Take a file in; the tests' settings let the worker begin at once."""
    start_import(
        seller=seller,
        author_id=author_id,
        file_name="aanbod.xlsx",
        content=content,
        now=timezone.now(),
    )


def ask(run: ImportRun, seller: SellerProfile, state: ImportState) -> None:
    """Ask for a step, as the button does."""
    ask_import(seller=seller, run_id=run.pk, state=state, now=timezone.now())


def step(name: str, wanted: ImportState, work: Callable[[], None]) -> None:
    """Do one step while another looks how far it is; print the time and what was seen."""
    seen: set[int] = set()
    done = threading.Event()

    def look() -> None:
        while not done.wait(0.25):
            seen.update(ImportRun.objects.values_list("done_rows", flat=True))
        connections.close_all()

    watcher = threading.Thread(target=look)
    watcher.start()
    start = perf_counter()
    work()
    taken = perf_counter() - start
    done.set()
    watcher.join()
    state = ImportRun.objects.get().state
    if state != wanted:
        raise RuntimeError(f"{name} ended in {state}")
    print(f"{name:<10}{taken:>7.1f} s (limit {LIMITS[name]} s), progress seen {len(seen)} times")


def memory_mb() -> float:
    """Return the most memory that this process held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def read_shop(seller: SellerProfile) -> list[Any]:
    """Return the shop's whole offer as its own export gives it."""
    return [tuple(line) for line in list_lines(seller)]


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5_000)
