"""Hold stock for a purchase, consume it when paid, give it back when not.

Rows are always locked in the order of their keys, so two purchases never wait for each
other in a ring. The update itself asks again whether there is enough: a lock that
somebody forgets cannot sell what is not there (ASVS 5.0 2.3.4).

Who edits a listing locks its row first and the stock after it; who buys locks the stock
and then only refers to the listing. A reference waits for a lock of the whole row, and the
two would wait for each other: so a listing is locked without its key (`no_key`).
"""

from collections.abc import Mapping

from django.db.models import F
from oscar.apps.partner.models import StockRecord


def lock_stock(stockrecord_ids: list[int]) -> None:
    """Lock these stock records until the end of the transaction, lowest key first."""
    list(
        StockRecord.objects.select_for_update()
        .filter(pk__in=stockrecord_ids)
        .order_by("pk")
        .values_list("pk", flat=True)
    )


def hold_stock(quantities: Mapping[int, int]) -> int | None:
    """Hold `quantities` per stock record; return None, or the record that has too few.

    Call it in a transaction that is rolled back when something is returned.
    """
    lock_stock(sorted(quantities))
    for record, quantity in sorted(quantities.items()):
        held = StockRecord.objects.filter(
            pk=record, num_in_stock__gte=F("num_allocated") + quantity
        ).update(num_allocated=F("num_allocated") + quantity)
        if not held:
            return record
    return None


def consume_stock(quantities: Mapping[int, int]) -> None:
    """Take held stock off the shelf: it is sold."""
    lock_stock(sorted(quantities))
    for record, quantity in sorted(quantities.items()):
        StockRecord.objects.filter(pk=record).update(
            num_in_stock=F("num_in_stock") - quantity,
            num_allocated=F("num_allocated") - quantity,
        )


def release_stock(quantities: Mapping[int, int]) -> None:
    """Give held stock back: it can be sold again."""
    lock_stock(sorted(quantities))
    for record, quantity in sorted(quantities.items()):
        StockRecord.objects.filter(pk=record).update(num_allocated=F("num_allocated") - quantity)
