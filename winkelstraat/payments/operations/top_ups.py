"""Pay shops what the platform promised in the buyer's place (PAY-15).

This money comes from the platform's own balance, so that is looked at first. What one
payment needs goes out whole or not at all; too little stops nothing else, is told to
staff, and is tried again every round.
"""

import logging
from collections import defaultdict
from datetime import datetime

from django.db import transaction

from winkelstraat.payments import gateway
from winkelstraat.payments.models import ShopTransfer, TransferState
from winkelstraat.payments.operations.transferring import queue_transfers

alarm = logging.getLogger("winkelstraat.alarm")


def send_top_ups(*, now: datetime, limit: int = 200) -> int:
    """Queue the top-ups that the platform's balance covers; return how many.

    Call it outside a transaction.

    :raises GatewayError: when the balance cannot be fetched; nothing changed then.
    """
    waiting = ShopTransfer.objects.filter(state=TransferState.NEEDS_BALANCE)
    by_payment: dict[int, list[ShopTransfer]] = defaultdict(list)
    for transfer in waiting.select_related("part").order_by("released_at", "pk")[:limit]:
        by_payment[transfer.part.payment_id].append(transfer)
    if not by_payment:
        return 0
    left = gateway.fetch_balance().available_cents
    queued = 0
    for payment_id, transfers in by_payment.items():
        needed = sum(transfer.amount_cents for transfer in transfers)
        if needed > left:
            alarm.error(
                "Payment %s: top-ups of %s cents wait; the balance has %s.",
                payment_id,
                needed,
                left,
            )
            continue
        left -= needed
        queued += _queue_all(transfers, now)
    return queued


@transaction.atomic
def _queue_all(transfers: list[ShopTransfer], now: datetime) -> int:
    keys = [transfer.pk for transfer in transfers]
    return queue_transfers(ShopTransfer.objects.filter(pk__in=keys), now)
