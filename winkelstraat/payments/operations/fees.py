"""Book what the provider keeps of each payment, when it tells (PAY-24).

The platform bears it; shops' transfers never wait for it and never change by it.
"""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from winkelstraat.ledger.domain import Unit
from winkelstraat.ledger.operations import Posting, post_transfers
from winkelstraat.payments import gateway
from winkelstraat.payments.models import Payment
from winkelstraat.payments.operations.booking import CLEARING

FEES = "platform:fees"


def book_fee(*, payment_id: int, now: datetime) -> bool:
    """Fetch and book the provider's fee, once; False while the provider does not know it.

    Call it outside a transaction.

    :raises GatewayError: when the provider does not answer; nothing changed then.
    """
    payment = Payment.objects.get(pk=payment_id)
    if payment.provider_fee_cents is not None:
        return True
    if not payment.charge_id or payment.is_retold:
        return _write_fee(payment_id, 0, now)
    movement = gateway.find_fee(payment.charge_id)
    return movement is not None and _write_fee(payment_id, movement.fee_cents, now)


@transaction.atomic
def _write_fee(payment_id: int, fee_cents: int, now: datetime) -> bool:
    payment = Payment.objects.select_for_update().get(pk=payment_id)
    if payment.provider_fee_cents is None:
        payment.provider_fee_cents = fee_cents
        payment.save(update_fields=["provider_fee_cents"])
        if fee_cents:
            post_transfers(postings=[_posting(payment, fee_cents, now)], now=now)
    return True


def _posting(payment: Payment, fee_cents: int, now: datetime) -> Posting:
    return Posting(
        unit=Unit.CENTS,
        debit=FEES,
        credit=CLEARING,
        amount=fee_cents,
        source=f"payment:{payment.reference}",
        reason="provider-fee",
        activity_date=timezone.localdate(now),
        memo=payment.charge_id,
    )
