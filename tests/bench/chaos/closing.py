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
from winkelstraat.payments.models import CommandState, Payment, PaymentCommand, WebhookEvent
from winkelstraat.payments.operations import sweep_payments
from winkelstraat.shop.models import Purchase, SellerOrderLine
from winkelstraat.shop.models.purchases import PurchaseStatus

LATER = timedelta(days=10)
ROUNDS = 60
ENDED = {PurchaseStatus.PAID, PurchaseStatus.EXPIRED, PurchaseStatus.CANCELLED}


def let_time_pass(street: Street) -> int:
    """Let ten days pass on every clock and sweep until nothing is left to do."""
    requests.post(
        f"{street.sandbox_address}/admin/clock",
        json={"seconds": LATER.total_seconds()},
        timeout=60,
    )
    now = timezone.now() + LATER
    for number in range(1, ROUNDS + 1):
        if not sweep_everything(now + timedelta(hours=2 * number)):
            return number
    return ROUNDS


def sweep_everything(now: datetime) -> int:
    """Run every sweeper once, as the clock of the worker does; return what they took up."""
    return (
        sweep_payments(now=now)
        + sweeping.sweep_holds(now=now)
        + sweeping.sweep_mails(now=now)
        + sweeping.sweep_notices(now=now)
        + sweeping.sweep_bookings(now=now)
    )


def find_broken_promises(street: Street, world: World) -> dict[str, Any]:
    """Return the counts of the end, and every promise that was not kept, in words."""
    broken = [
        *unfinished_purchases(),
        *wrong_stock(world),
        *wrong_mails(street),
        *unfinished_commands(),
    ]
    counts = dict(Counter(Purchase.objects.values_list("status", flat=True)))
    payments = dict(Counter(Payment.objects.values_list("state", flat=True)))
    reports = dict(Counter(WebhookEvent.objects.values_list("state", flat=True)))
    return {"statuses": counts, "payments": payments, "reports": reports, "broken": broken}


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
    for name in {str(mail["Message-ID"]) + "|" + str(mail["To"]) for mail in street.mails_to("@")}:
        sent[name.split("|")[1]] += 1
    return [
        f"{buyer}: {sent[buyer]} mails for {count} purchases"
        for buyer, count in paid.items()
        if sent[buyer] != count
    ]


def unfinished_commands() -> list[str]:
    """Name commands that were never answered."""
    left = PaymentCommand.objects.exclude(state__in=[CommandState.DONE, CommandState.DROPPED])
    return [f"{command.key} is {command.state}: {command.last_error}" for command in left]
