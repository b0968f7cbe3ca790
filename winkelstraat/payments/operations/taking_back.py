"""Take a shop's share back: from what did not leave yet, or by a reversal (PAY-19)."""

from datetime import datetime

from django.conf import settings
from django.db.models import Sum

from winkelstraat.common.announcer import announce
from winkelstraat.payments.events import CommandQueued
from winkelstraat.payments.models import (
    CommandKind,
    PaymentCommand,
    RefundPart,
    ReversalState,
    ShopTransfer,
    TransferReversal,
    TransferState,
)
from winkelstraat.payments.operations.transferring import key_prefix

NOT_YET_SENT = (
    TransferState.WAITING,
    TransferState.BLOCKED,
    TransferState.NEEDS_BALANCE,
    TransferState.DISPUTED,
)


class TransferTooSmall(RuntimeError):
    """Raised when more is taken back than was ever transferred: our own books are wrong."""


def take_back(refund_part: RefundPart, now: datetime) -> None:
    """Take what the shop returns from its transfers; the caller holds the payment's lock.

    What the buyer paid comes back from the transfer of his money, what the platform had
    added from the top-up.
    """
    shares = {
        False: refund_part.back_cents - refund_part.top_up_cents,
        True: refund_part.top_up_cents,
    }
    transfers = ShopTransfer.objects.select_for_update().filter(part_id=refund_part.part_id)
    for transfer in transfers.order_by("sequence"):
        cents = shares.pop(transfer.from_balance, 0)
        if cents and transfer.state in NOT_YET_SENT:
            _lower(transfer, cents)
        elif cents:
            _reverse(transfer, cents, refund_part, now)
    if any(shares.values()):
        raise TransferTooSmall(f"{refund_part}: {shares}")


def _lower(transfer: ShopTransfer, cents: int) -> None:
    if cents > transfer.amount_cents:
        raise TransferTooSmall(f"{transfer}: {cents}")
    transfer.amount_cents -= cents
    if not transfer.amount_cents:
        transfer.state = TransferState.CANCELLED
    transfer.save(update_fields=["amount_cents", "state"])


def _reverse(transfer: ShopTransfer, cents: int, refund_part: RefundPart, now: datetime) -> None:
    if cents > transfer.amount_cents - _sum_reversed(transfer):
        raise TransferTooSmall(f"{transfer}: {cents}")
    reversal = TransferReversal.objects.create(
        refund_part=refund_part, transfer=transfer, amount_cents=cents
    )
    payment = transfer.part.payment
    reference = str(refund_part.refund.reference)
    command = PaymentCommand.objects.create(
        kind=CommandKind.REVERSAL,
        key=f"{key_prefix()}:refund:{reference}:reversal:{reversal.pk}",
        payment=payment,
        reversal=reversal,
        params={
            "amount": cents,
            "metadata": {
                "platform": settings.PAYMENTS_PLATFORM,
                "purchase": str(payment.purchase_ref),
                "refund": reference,
                "reversal": str(reversal.pk),
            },
        },
        created_at=now,
        next_attempt_at=now,
    )
    announce(CommandQueued(command.pk))


def _sum_reversed(transfer: ShopTransfer) -> int:
    wanted = transfer.reversals.exclude(state=ReversalState.DROPPED)
    return wanted.aggregate(cents=Sum("amount_cents"))["cents"] or 0
