"""Book what the provider keeps of each payment, when it tells (PAY-24).

The platform bears it; shops' transfers never wait for it and never change by it.
"""

from datetime import datetime

from django.db import transaction

from winkelstraat.payments import gateway
from winkelstraat.payments.models import Payment
from winkelstraat.payments.operations.booking import CLEARING, move, payment_source

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
        moves = [(FEES, CLEARING, fee_cents, "provider-fee")]
        move(payment_source(payment), moves, now=now, memo=payment.charge_id)
    return True
