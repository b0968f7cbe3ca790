"""Where the payment of a purchase stands."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from winkelstraat.payments.domain.states import ENDED_STATES, OPEN_STATES, PaymentState
from winkelstraat.payments.models import (
    CommandState,
    Payment,
    PaymentCommand,
    ShopPaymentAccount,
    TransfersStatus,
)


@dataclass(frozen=True, slots=True)
class PaymentStatus:
    """One payment as pages show it; `can_pay` means that the pay page may still be used."""

    payment_id: int
    reference: UUID
    purchase_ref: UUID
    state: PaymentState
    description: str
    amount_cents: int
    method: str
    expires_at: datetime
    paid_at: datetime | None
    can_pay: bool
    is_pending: bool
    is_ended: bool
    needs_a_person: bool
    return_url: str


def get_payment_state(purchase_ref: UUID) -> PaymentStatus | None:
    """Return the latest attempt to pay a purchase, or None when there was none."""
    payment = Payment.objects.filter(purchase_ref=purchase_ref).order_by("-attempt").first()
    if payment is None:
        return None
    state = PaymentState(payment.state)
    return PaymentStatus(
        payment_id=payment.pk,
        reference=payment.reference,
        purchase_ref=payment.purchase_ref,
        state=state,
        description=payment.description,
        amount_cents=payment.amount_cents,
        method=payment.method,
        expires_at=payment.expires_at,
        paid_at=payment.paid_at,
        can_pay=state == PaymentState.CREATED,
        is_pending=state in OPEN_STATES,
        is_ended=state in ENDED_STATES,
        needs_a_person=state in (PaymentState.QUARANTINED, PaymentState.NEEDS_REFUND),
        return_url=payment.return_url,
    )


def can_receive_money(enterprise_id: int, *, livemode: bool) -> bool:
    """Tell whether a shop's account may receive transfers now (PAY-05)."""
    return ShopPaymentAccount.objects.filter(
        enterprise_id=enterprise_id, livemode=livemode, transfers_status=TransfersStatus.ACTIVE
    ).exists()


def is_to_be_sent(command_id: int) -> bool:
    """Tell whether a command in the outbox still has to go out."""
    return PaymentCommand.objects.filter(pk=command_id, state=CommandState.QUEUED).exists()
