"""Let time pass until nothing moves any more, and count whether every promise was kept."""

from collections import Counter
from datetime import datetime, timedelta
from typing import Any

import requests
from django.db.models import Count, Sum
from django.utils import timezone
from oscar.apps.partner.models import StockRecord

from tests.bench.chaos.world import World
from tests.journeys.street import Street
from winkelstraat.bridges import sweeping
from winkelstraat.ledger.domain import Unit
from winkelstraat.ledger.queries import get_balance
from winkelstraat.payments.models import (
    CommandState,
    PaperSeries,
    Payment,
    PaymentCommand,
    Refund,
    RefundState,
    ShopTransfer,
    TransferState,
    WebhookEvent,
)
from winkelstraat.payments.operations import backfill, reconcile_payments, sweep_payments
from winkelstraat.shop.models import Purchase, SellerOrderLine
from winkelstraat.shop.models.purchases import PurchaseStatus

LATER = timedelta(days=10)
ROUNDS = 60
ENDED = {PurchaseStatus.PAID, PurchaseStatus.EXPIRED, PurchaseStatus.CANCELLED}


def let_time_pass(street: Street) -> int:
    """Let ten days pass on every clock and sweep until nothing is left to do.

    What goes out then has a bank to wait for, so the last days pass once more.
    """
    rounds = 0
    now = timezone.now()
    for _time in range(2):
        requests.post(
            f"{street.sandbox_address}/admin/clock",
            json={"seconds": LATER.total_seconds()},
            timeout=60,
        )
        now += LATER
        backfill(since=now - 3 * LATER, now=now)
        for number in range(1, ROUNDS + 1):
            rounds += 1
            if not sweep_everything(now + timedelta(hours=2 * number)):
                break
    return rounds


def sweep_everything(now: datetime) -> int:
    """Run every sweeper once, as the clock of the worker does; return what they took up."""
    return (
        sweep_payments(now=now)
        + sweeping.sweep_holds(now=now)
        + sweeping.sweep_mails(now=now)
        + sweeping.sweep_notices(now=now)
        + sweeping.sweep_bookings(now=now)
        + sweeping.sweep_refund_mails(now=now)
    )


def find_broken_promises(street: Street, world: World) -> dict[str, Any]:
    """Return the counts of the end, and every promise that was not kept, in words."""
    broken = [
        *unfinished_purchases(),
        *wrong_stock(world),
        *wrong_mails(street),
        *unfinished_commands(),
        *unfinished_transfers(),
        *unfinished_refunds(),
        *wrong_papers(),
        *wrong_books(),
    ]
    counts = dict(Counter(Purchase.objects.values_list("status", flat=True)))
    payments = dict(Counter(Payment.objects.values_list("state", flat=True)))
    reports = dict(Counter(WebhookEvent.objects.values_list("state", flat=True)))
    refunds = dict(Counter(Refund.objects.values_list("state", flat=True)))
    return {
        "statuses": counts,
        "payments": payments,
        "refunds": refunds,
        "reports": reports,
        "broken": broken,
    }


def unfinished_purchases() -> list[str]:
    """Name purchases that are still on their way."""
    return [
        f"{purchase.number} is {purchase.status}"
        for purchase in Purchase.objects.exclude(status__in=ENDED)
    ]


def wrong_stock(world: World) -> list[str]:
    """Name stock that is below nothing, still held, or not what was sold."""
    sold = dict(
        SellerOrderLine.objects.filter(seller_order__purchase__status=PurchaseStatus.PAID)
        .values("listing__product__stockrecords")
        .annotate(units=Sum("quantity"))
        .values_list("listing__product__stockrecords", "units")
    )
    found = []
    for record in StockRecord.objects.filter(pk__in=world.stock):
        left = world.stock[record.pk] - sold.get(record.pk, 0)
        if record.num_in_stock != left or record.num_in_stock < 0 or record.num_allocated:
            found.append(
                f"stock {record.pk}: {record.num_in_stock} (held {record.num_allocated}),"
                f" should be {left}"
            )
    return found


def wrong_mails(street: Street) -> list[str]:
    """Name buyers with more or fewer confirmations than purchases they paid."""
    paid = dict(
        Purchase.objects.filter(paid_at__isnull=False)
        .values("buyer_email")
        .annotate(count=Count("pk"))
        .values_list("buyer_email", "count")
    )
    sent: Counter[str] = Counter()
    names = Counter(
        str(mail["Message-ID"]) + "|" + str(mail["To"]) for mail in street.mails_to("@")
    )
    for name in names:
        if not name.startswith("<refund."):
            sent[name.split("|")[1]] += 1
    return [
        f"{buyer}: {sent[buyer]} mails for {count} purchases"
        for buyer, count in paid.items()
        if sent[buyer] != count
    ]


def unfinished_transfers() -> list[str]:
    """Name money that did not reach its shop."""
    ended = [TransferState.SENT, TransferState.CANCELLED]
    return [
        f"transfer of {one.part} is {one.state}"
        for one in ShopTransfer.objects.exclude(state__in=ended).select_related("part")
    ]


def unfinished_refunds() -> list[str]:
    """Name refunds that did not end, and buyers who were told too often or never."""
    moving = Refund.objects.filter(state__in=[RefundState.QUEUED, RefundState.PENDING])
    return [f"refund {one.reference} is {one.state}" for one in moving] + [
        f"of refund {one.reference} nobody was told" for one in Refund.objects.filter(told_at=None)
    ]


def wrong_papers() -> list[str]:
    """Name series with a gap."""
    found = []
    for series in PaperSeries.objects.all():
        places = list(series.papers.order_by("place").values_list("place", flat=True))
        if places != list(range(1, series.last_place + 1)):
            found.append(f"series {series} has {places}")
    return found


def wrong_books() -> list[str]:
    """Name what the ledger and the provider do not agree on, to the cent."""
    now = timezone.now() + 2 * LATER
    result = reconcile_payments(since=now - 4 * LATER, now=now)
    found = [finding.say() for finding in result.findings]
    if result.difference_cents:
        found.append(f"the balance differs by {result.difference_cents} cents")
    owed = get_balance(unit=Unit.CENTS, account="platform:refundable")
    waiting = Refund.objects.filter(state__in=[RefundState.FAILED, RefundState.CANCELLED])
    if owed.credits - owed.debits > sum(waiting.values_list("amount_cents", flat=True)):
        found.append(f"more is owed to buyers than came back: {owed.credits - owed.debits}")
    return found


def unfinished_commands() -> list[str]:
    """Name commands that were never answered."""
    left = PaymentCommand.objects.exclude(state__in=[CommandState.DONE, CommandState.DROPPED])
    return [f"{command.key} is {command.state}: {command.last_error}" for command in left]
