"""Take in refunds that somebody made at the provider itself (PAY-21).

The money is gone whatever we think of it, so it is booked at once. Who bears it is asked
of staff; only when everything was given back there is nothing to ask, and every shop
returns its share.
"""

import logging
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Sum

from winkelstraat.accounts.models import Audited
from winkelstraat.accounts.operations import Thing, record
from winkelstraat.payments import gateway
from winkelstraat.payments.domain.refund_wishes import give_without_cash
from winkelstraat.payments.domain.reports import RefundReport
from winkelstraat.payments.domain.states import PaymentState
from winkelstraat.payments.models import Payment, Refund, RefundKind, RefundState
from winkelstraat.payments.operations.booking import REFUNDABLE, move
from winkelstraat.payments.operations.refund_books import (
    UNEXPLAINED,
    book_as_goodwill,
    book_unexplained,
    refund_source,
)
from winkelstraat.payments.operations.refund_states import STATES, write_report
from winkelstraat.payments.operations.refunding import write_refund
from winkelstraat.payments.queries.refundable import get_refundables

alarm = logging.getLogger("winkelstraat.alarm")

HAS_MONEY = (PaymentState.PAID, PaymentState.NEEDS_REFUND, PaymentState.QUARANTINED)


def take_in_refunds(*, payment_id: int, now: datetime) -> int:
    """Fetch every refund of a payment and bring ours up to date; return how many were new.

    Call it outside a transaction.

    :raises GatewayError: when the provider does not answer; nothing changed then.
    """
    payment = Payment.objects.get(pk=payment_id)
    if payment.state not in HAS_MONEY or not payment.intent_id or payment.is_retold:
        return 0
    reports = gateway.list_refunds(payment.intent_id)
    return _write_reports(payment_id, reports, now)


@transaction.atomic
def _write_reports(payment_id: int, reports: Sequence[RefundReport], now: datetime) -> int:
    payment = Payment.objects.select_for_update().get(pk=payment_id)
    known = {refund.external_id: refund for refund in payment.refunds.select_for_update()}
    ours = {str(refund.reference): refund for refund in known.values()}
    ours |= {str(refund.reference): refund for refund in payment.refunds.filter(external_id="")}
    new = 0
    for report in reports:
        refund = known.get(report.refund_id) or ours.get(report.reference)
        if refund is not None:
            write_report(refund, report, now)
        elif payment.state != PaymentState.QUARANTINED:
            _import(payment, report, now)
            new += 1
    return new


def _import(payment: Payment, report: RefundReport, now: datetime) -> None:
    """Book a refund we did not know; of a payment that was owed back, it was the buyer's."""
    owed = payment.state == PaymentState.NEEDS_REFUND
    refund = Refund.objects.create(
        payment=payment,
        key=f"outside:{report.refund_id}",
        kind=RefundKind.EXTERNAL,
        amount_cents=report.amount_cents,
        is_open=not owed,
        state=RefundState.PENDING,
        external_id=report.refund_id,
        created_at=report.created_at,
        sent_at=report.created_at,
    )
    book_unexplained(refund, REFUNDABLE if owed else UNEXPLAINED, now)
    if STATES.get(report.status) != RefundState.PENDING:
        write_report(refund, report, now)
    alarm.error(
        "Payment %s: %s cents were refunded outside the street (%s).",
        payment.reference,
        report.amount_cents,
        report.refund_id,
    )
    if not owed and _is_everything(payment):
        for waiting in payment.refunds.filter(is_open=True):
            _share_over_shops(waiting, now)


def _is_everything(payment: Payment) -> bool:
    """Tell whether nothing of the payment is left with us."""
    gone = payment.refunds.exclude(state__in=(RefundState.FAILED, RefundState.CANCELLED))
    return (gone.aggregate(cents=Sum("amount_cents"))["cents"] or 0) >= payment.received_cents


@transaction.atomic
def resolve_outside(*, refund_id: int, shops_bear: bool, asked_by: str, now: datetime) -> None:
    """Let staff say who bears an outside refund: the shops by their share, or the platform.

    Resolving twice is once.
    """
    payment_id = Refund.objects.values_list("payment_id", flat=True).get(pk=refund_id)
    Payment.objects.select_for_update().get(pk=payment_id)
    refund = Refund.objects.select_for_update().get(pk=refund_id)
    if not refund.is_open:
        return
    refund.asked_by = asked_by[:150]
    about = Thing("refund", refund.pk, refund.payment.description)
    changes = {"borne_by": ("", "shops" if shops_bear else "street")}
    record(action=Audited.REFUND_SETTLED, about=about, changes=changes)
    if shops_bear:
        _share_over_shops(refund, now)
        return
    refund.is_open = False
    refund.save(update_fields=["is_open", "asked_by"])
    book_as_goodwill(refund, UNEXPLAINED, now)


def _share_over_shops(refund: Refund, now: datetime) -> None:
    """Let every shop return its share of money that the buyer has already.

    What was undone before, for a refund that could no longer be sent, was owed to him.
    """
    parts = get_refundables(refund.payment_id)
    shared = min(refund.amount_cents, sum(part.value_left for part in parts))
    refund.is_open = False
    refund.save(update_fields=["is_open", "asked_by"])
    if shared:
        write_refund(refund, give_without_cash(parts, shared), bearer=UNEXPLAINED, now=now)
    owed = [(REFUNDABLE, UNEXPLAINED, refund.amount_cents - shared, "owed-before")]
    move(refund_source(refund), owed, now=now)
