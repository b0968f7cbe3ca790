"""Leftovers of the bread chain that a baker wrote down."""

from datetime import UTC, date, datetime

from ketens.domain.batches import Counted, Entry
from ketens.operations.batches import BatchDraft, Count, count_entry, open_batch
from tests.ketens.street import BreadChain

DIGESTED = 6


def count_waste(
    bread: BreadChain, grams: int, *, day: date, code: str, rung: int = DIGESTED
) -> None:
    """Write down a batch of ten kilos of which some bread was left over and weighed."""
    now = datetime(day.year, day.month, day.day, 18, tzinfo=UTC)
    batch = open_batch(
        chain=bread.chain,
        member=bread.members["bakery"],
        draft=BatchDraft(code, "Roggebrood", day),
        user=None,
        now=now,
    )
    for counted in (Counted(Entry.IN, 10_000), Counted(Entry.RESIDUAL, grams, rung)):
        count_entry(batch=batch, count=Count(counted, "weighed", day), user=None, now=now)
