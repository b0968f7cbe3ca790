"""Open a payment: freeze what is to be paid and queue the pay page (PAY-08, PAY-17)."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings

from winkelstraat.payments.domain.requests import PaymentRequest, check_request
from winkelstraat.payments.domain.states import OPEN_STATES
from winkelstraat.payments.models import (
    NOTHING_TO_PAY,
    CommandKind,
    Payment,
    PaymentCommand,
    PaymentPart,
)
from winkelstraat.payments.operations.settling import mark_paid
from winkelstraat.payments.operations.transferring import key_prefix

# The provider keeps a pay page open for at least half an hour; one minute more
# leaves time to ask for it. We close it ourselves when the hold on the goods lapses.
SHORTEST_PAY_PAGE = timedelta(minutes=31)

# The buyer's own request opens the pay page; only if it did not, the sweeper does.
WEB_GOES_FIRST = timedelta(minutes=1)


class PurchaseAlreadyPaid(Exception):
    """Raised when a purchase that was paid is to be paid again."""


def open_payment(*, request: PaymentRequest, now: datetime) -> Payment:
    """Write the payment, its parts and the command for its pay page.

    Call it inside the transaction that places the purchase. A purchase whose payment is
    still open gets that payment back; one whose payment ended gets a next attempt.

    Where vouchers of the platform cover everything, nothing is asked of the provider: the
    payment is paid at once and its shops wait for top-ups only (W43).

    :raises SplitError: when the request does not add up.
    :raises PurchaseAlreadyPaid: when the money is already there.
    """
    check_request(request)
    earlier = list(
        Payment.objects.select_for_update()
        .filter(purchase_ref=request.purchase_ref)
        .order_by("attempt")
    )
    for payment in earlier:
        if payment.state in OPEN_STATES:
            return payment
        if payment.paid_at is not None:
            raise PurchaseAlreadyPaid(str(request.purchase_ref))
    payment = Payment.objects.create(
        purchase_ref=request.purchase_ref,
        attempt=len(earlier) + 1,
        description=request.description[:120],
        amount_cents=request.amount_cents,
        method="" if request.amount_cents else NOTHING_TO_PAY,
        provider_fee_cents=None if request.amount_cents else 0,
        livemode=settings.STRIPE_LIVE_MODE,
        snapshot=request.as_json(),
        return_url=request.return_url,
        cancel_url=request.cancel_url,
        opened_at=now,
        expires_at=request.expires_at,
    )
    _write_parts(payment)
    if not payment.amount_cents:
        mark_paid(payment, now)
        return payment
    PaymentCommand.objects.create(
        kind=CommandKind.OPEN_CHECKOUT,
        key=f"{key_prefix()}:order:{payment.purchase_ref}:pay:{payment.attempt}",
        payment=payment,
        params=checkout_params(payment),
        created_at=now,
        next_attempt_at=now + WEB_GOES_FIRST,
    )
    return payment


def _write_parts(payment: Payment) -> None:
    PaymentPart.objects.bulk_create(
        PaymentPart(payment=payment, sequence=number, **part)
        for number, part in enumerate(payment.snapshot["parts"], start=1)
    )


def checkout_params(payment: Payment) -> dict[str, Any]:
    """Return what the provider is told, complete and unchanging, so that a retry is equal.

    One line per payment keeps what people bought out of the provider's books (PRV-02).
    """
    metadata = {
        "platform": settings.PAYMENTS_PLATFORM,
        "purchase": str(payment.purchase_ref),
        "payment": str(payment.reference),
    }
    closes_at = max(payment.expires_at, payment.opened_at + SHORTEST_PAY_PAGE)
    back = f"{settings.SITE_ADDRESS}/betalen/terug/{payment.reference}/"
    return {
        "mode": "payment",
        "ui_mode": "hosted_page",
        "locale": "nl",
        "client_reference_id": str(payment.reference),
        "expires_at": int(closes_at.timestamp()),
        "success_url": back,
        "cancel_url": f"{back}?gestopt=1",
        "metadata": metadata,
        "line_items": [
            {
                "quantity": 1,
                "price_data": {
                    "currency": payment.currency,
                    "unit_amount": payment.amount_cents,
                    "product_data": {"name": payment.description},
                },
            }
        ],
        "payment_intent_data": {
            "transfer_group": payment.transfer_group,
            "metadata": metadata,
        },
    }
