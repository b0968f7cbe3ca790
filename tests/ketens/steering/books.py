"""Months of bread in the books, with what was left over, to find signals in."""

from datetime import UTC, date, datetime

from ketens.domain.batches import Counted, Entry
from ketens.models import Batch, GroupedProduct, ProductGroup
from ketens.operations import book_sale
from ketens.operations.batches import BatchDraft, Count, count_entry, open_batch
from ketens.operations.monitor import refresh_months
from tests.ketens.street import BREAD, BreadChain, build_bread_chain, build_sale, line_of_bread

NOW = datetime(2026, 12, 1, 3, tzinfo=UTC)
SEPTEMBER, OCTOBER, NOVEMBER = date(2026, 9, 1), date(2026, 10, 1), date(2026, 11, 1)
MONTHS = (SEPTEMBER, OCTOBER, NOVEMBER)


def open_bread_batch(bread: BreadChain) -> Batch:
    return open_batch(
        chain=bread.chain,
        member=bread.members["bakery"],
        draft=BatchDraft("w1", "brood", SEPTEMBER),
        user=None,
        now=NOW,
    )


def waste(batch: Batch, month: date, grams: int) -> None:
    """Count bread that was composted on the fifth of a month."""
    counted = Counted(Entry.RESIDUAL, grams, 7)
    count = Count(counted, "weighed", month.replace(day=5))
    count_entry(batch=batch, count=count, user=None, now=NOW)


def sell(bread: BreadChain, month: date, *, mass_g: int = 1_600, day: int = 1) -> None:
    """Sell bread on a day of a month."""
    sale = build_sale(
        bread,
        line_of_bread(mass_g),
        source=f"seller_order:{month:%m}{day}",
        day=month.replace(day=day),
    )
    book_sale(sale=sale, now=NOW)


def three_months(*grams: int, sold_g: int = 16_000) -> BreadChain:
    """Sell the same every month and waste what is given; the months are kept."""
    bread = build_bread_chain()
    batch = open_bread_batch(bread)
    group = ProductGroup.objects.create(code="brood", name="Brood")
    for product_ref in (BREAD, f"batch:{batch.pk}"):
        GroupedProduct.objects.create(product_ref=product_ref, group=group)
    count = Count(Counted(Entry.IN, 900_000), "weighed", SEPTEMBER)
    count_entry(batch=batch, count=count, user=None, now=NOW)
    for month, lost in zip(MONTHS, grams, strict=True):
        sell(bread, month, mass_g=sold_g, day=1 if month == SEPTEMBER else 20)
        if lost:
            waste(batch, month, lost)
    refresh_months(now=NOW)
    return bread
