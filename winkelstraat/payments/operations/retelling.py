"""Tell payments of the past, for demo data: the same steps, without a provider.

The reports that a provider would have given are made up here and go through the same
finaliser and the same books. Never possible where real money moves.
"""

from datetime import datetime

from django.conf import settings

from winkelstraat.payments.domain.settlement import CheckoutReport
from winkelstraat.payments.domain.states import PaymentState
from winkelstraat.payments.models import (
    PAST_SESSION,
    CommandKind,
    CommandState,
    Payment,
    PaymentCommand,
)
from winkelstraat.payments.operations.errands.transfers import retold_transfer
from winkelstraat.payments.operations.sending import record_answer
from winkelstraat.payments.operations.settling import settle_payment


class NotWithRealMoney(RuntimeError):
    """Raised when a past payment is told in an environment where real money moves."""


def retell_payment(*, payment_id: int, now: datetime, method: str = "ideal") -> PaymentState:
    """Let an open payment be paid at a past moment; return its state.

    :raises NotWithRealMoney: in live mode.
    """
    _refuse_live()
    payment = Payment.objects.get(pk=payment_id)
    command = payment.commands.get(kind=CommandKind.OPEN_CHECKOUT)
    name = payment.reference.hex
    report = CheckoutReport(
        session_id=f"{PAST_SESSION}{name}",
        session_status="complete",
        payment_status="paid",
        currency=payment.currency,
        livemode=False,
        intent_id=f"pi_past_{name}",
        intent_status="succeeded",
        amount_received=payment.amount_cents,
        charge_id=f"py_past_{name}",
        method=method,
        metadata=command.params["metadata"],
    )
    record_answer(command_id=command.pk, payment_id=payment_id, answer=report, now=now)
    return settle_payment(
        payment_id=payment_id, purchase_ref=payment.purchase_ref, report=report, now=now
    )


def retell_transfers(*, seller_order_ref: str, now: datetime) -> int:
    """Let the released transfers of a seller order arrive at a past moment; return how many.

    Call it in the transaction that released them, so that no worker is woken for them.

    :raises NotWithRealMoney: in live mode.
    """
    _refuse_live()
    commands = PaymentCommand.objects.filter(
        kind=CommandKind.TRANSFER,
        state=CommandState.QUEUED,
        transfer__part__seller_order_ref=seller_order_ref,
        payment__session_id__startswith=PAST_SESSION,
    ).select_related("payment")
    for command in commands:
        record_answer(
            command_id=command.pk,
            payment_id=command.payment_id,
            answer=retold_transfer(command),
            now=now,
        )
    return len(commands)


def _refuse_live() -> None:
    if settings.STRIPE_LIVE_MODE:
        raise NotWithRealMoney("Payments of the past can only be told with test money.")
