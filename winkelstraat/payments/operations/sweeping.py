"""Find what a crash, a lost report or a silent provider left behind, and finish it."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from django.db.models import Q

from winkelstraat.payments.domain.states import OPEN_STATES, PaymentState
from winkelstraat.payments.gateway import GatewayError
from winkelstraat.payments.models import (
    CommandState,
    Payment,
    PaymentCommand,
    Refund,
    RefundState,
    WebhookEvent,
    WebhookState,
)
from winkelstraat.payments.operations.fees import book_fee
from winkelstraat.payments.operations.inbox import process_webhook
from winkelstraat.payments.operations.refund_states import follow_refund
from winkelstraat.payments.operations.sending import send_command
from winkelstraat.payments.operations.settling import close_payment, finalise_payment
from winkelstraat.payments.operations.top_ups import send_top_ups
from winkelstraat.payments.operations.transferring import release_due_transfers

log = logging.getLogger(__name__)

BATCH = 50
REPORTS_REST = timedelta(seconds=30)
ASK_AGAIN_AFTER = timedelta(minutes=3)
FEES_COME_LATER = timedelta(minutes=1)
REFUNDS_REST = timedelta(hours=1)


def sweep_payments(*, now: datetime) -> int:
    """Finish what can be finished now; return how many things were taken up.

    Commands that are due go out again, reports that were not worked off are, open
    payments are asked after, those whose time is over are closed, and shops whose wait
    is over get their money.
    """
    done = release_due_transfers(now=now)
    done += _try_count(partial(send_top_ups, now=now))
    reports = WebhookEvent.objects.filter(
        state=WebhookState.RECEIVED, received_at__lte=now - REPORTS_REST
    ).order_by("received_at")
    commands = PaymentCommand.objects.filter(
        state=CommandState.QUEUED, next_attempt_at__lte=now
    ).order_by("next_attempt_at")
    overdue = Payment.objects.filter(state__in=OPEN_STATES, expires_at__lte=now)
    silent = Payment.objects.filter(
        state__in=OPEN_STATES, expires_at__gt=now, opened_at__lte=now - ASK_AGAIN_AFTER
    ).exclude(session_id="")
    unknown = Payment.objects.filter(provider_fee_cents__isnull=True).filter(
        Q(paid_at__lte=now - FEES_COME_LATER) | Q(state=PaymentState.QUARANTINED)
    )
    on_their_way = Refund.objects.filter(state=RefundState.PENDING, sent_at__lte=now - REFUNDS_REST)
    for event in reports[:BATCH]:
        done += _try(partial(process_webhook, webhook_id=event.pk, now=now))
    for payment in overdue.order_by("expires_at")[:BATCH]:
        done += _try(partial(close_payment, purchase_ref=payment.purchase_ref, now=now))
    for command in commands[:BATCH]:
        done += _try(partial(send_command, command_id=command.pk, now=now))
    for payment in silent.order_by("opened_at")[:BATCH]:
        done += _try(partial(finalise_payment, payment_id=payment.pk, now=now))
    for payment in unknown.order_by("pk")[:BATCH]:
        done += _try(partial(book_fee, payment_id=payment.pk, now=now))
    for refund in on_their_way.order_by("sent_at")[:BATCH]:
        done += _try(partial(_arrived, refund.pk, now))
    return done


def _arrived(refund_id: int, now: datetime) -> bool:
    return follow_refund(refund_id=refund_id, now=now) != RefundState.PENDING


def _try_count(work: Callable[[], int]) -> int:
    """Do something that counts for itself; what is not answered waits for the next round."""
    try:
        return work()
    except GatewayError as error:
        log.warning("Left for the next round: %s", error)
        return 0


def _try(work: Callable[[], object]) -> int:
    """Do one thing; what the provider does not answer waits for the next round."""
    try:
        done = work()
    except GatewayError as error:
        log.warning("Left for the next round: %s", error)
        return 0
    return 0 if done is False else 1
