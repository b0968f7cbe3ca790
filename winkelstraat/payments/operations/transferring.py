"""Send shops their money: when the goods are handed over, or a week later (PAY-14).

A transfer draws on the charge of its own payment, so it can never be paid with another
buyer's money. A shop that cannot receive money keeps its claim: the transfer is blocked
and the order stays paid (PAY-05).
"""

import logging
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from winkelstraat.common.announcer import announce
from winkelstraat.payments.domain.states import PaymentState
from winkelstraat.payments.events import CommandQueued
from winkelstraat.payments.models import (
    CommandKind,
    CommandState,
    Payment,
    PaymentCommand,
    PaymentPart,
    ShopPaymentAccount,
    ShopTransfer,
    TransfersStatus,
    TransferState,
)

alarm = logging.getLogger("winkelstraat.alarm")

UNSENT = (TransferState.WAITING, TransferState.BLOCKED)
HELD = (*UNSENT, TransferState.NEEDS_BALANCE)


def key_prefix() -> str:
    """Return the start of every idempotency key of this installation (PAY-16)."""
    return f"mkt:{'live' if settings.STRIPE_LIVE_MODE else 'test'}"


def plan_transfers(payment: Payment, parts: Sequence[PaymentPart], now: datetime) -> None:
    """Write down what each shop will receive, and release it at once if policy says so."""
    due_at = now + timedelta(days=settings.PAYMENTS_TRANSFER_AT_LATEST_DAYS)
    ShopTransfer.objects.bulk_create(
        ShopTransfer(
            part=part,
            sequence=sequence,
            amount_cents=amount_cents,
            from_balance=from_balance,
            due_at=due_at,
        )
        for part in parts
        for sequence, from_balance, amount_cents in (
            (1, False, part.transfer_cents - part.top_up_cents),
            (2, True, part.top_up_cents),
        )
        if amount_cents
    )
    if settings.PAYMENTS_TRANSFER_ON == "payment":
        _release(ShopTransfer.objects.filter(part__payment=payment, state__in=UNSENT), now)


@transaction.atomic
def release_transfers(*, seller_order_ref: str, now: datetime) -> int:
    """Send the shop its part after hand-over; return how many transfers were queued."""
    return _release(
        ShopTransfer.objects.filter(part__seller_order_ref=seller_order_ref, state__in=UNSENT), now
    )


@transaction.atomic
def release_due_transfers(*, now: datetime, limit: int = 100) -> int:
    """Send what waited long enough without a hand-over; return how many were queued."""
    due = ShopTransfer.objects.filter(state=TransferState.WAITING, due_at__lte=now)
    return _release(due.order_by("pk")[:limit], now)


def _release(wanted: Iterable[ShopTransfer], now: datetime) -> int:
    """Queue what the charge pays; what the platform pays waits for its balance (PAY-15)."""
    return queue_transfers(wanted, now, balance_was_seen=False)


def queue_transfers(
    wanted: Iterable[ShopTransfer], now: datetime, *, balance_was_seen: bool = True
) -> int:
    """Queue transfers of paid payments to shops that can receive money; return how many."""
    keys = [transfer.pk for transfer in wanted]
    transfers = list(
        ShopTransfer.objects.select_for_update(of=("self",))
        .select_related("part__payment")
        .filter(pk__in=keys, state__in=HELD, part__payment__state=PaymentState.PAID)
        .order_by("pk")
    )
    accounts = {
        account.enterprise_id: account
        for account in ShopPaymentAccount.objects.filter(
            enterprise_id__in=[transfer.part.enterprise_id for transfer in transfers],
            livemode=settings.STRIPE_LIVE_MODE,
        )
    }
    queued = 0
    for transfer in transfers:
        account = accounts.get(transfer.part.enterprise_id)
        transfer.released_at = transfer.released_at or now
        if account is None or account.transfers_status != TransfersStatus.ACTIVE:
            _block(transfer)
        elif transfer.from_balance and not (balance_was_seen or transfer.part.payment.is_retold):
            transfer.state = TransferState.NEEDS_BALANCE
            transfer.save(update_fields=["state", "released_at"])
        else:
            _queue(transfer, account, now)
            queued += 1
    return queued


def _block(transfer: ShopTransfer) -> None:
    if transfer.state != TransferState.BLOCKED:
        alarm.error("Shop %s cannot receive money now.", transfer.part.enterprise_id)
    transfer.state = TransferState.BLOCKED
    transfer.save(update_fields=["state", "released_at"])


def _queue(transfer: ShopTransfer, account: ShopPaymentAccount, now: datetime) -> None:
    """Queue the command; one that the provider refused before goes out under a new key."""
    transfer.state = TransferState.QUEUED
    transfer.destination = account.external_id
    transfer.save(update_fields=["state", "destination", "released_at"])
    part = transfer.part
    command, is_new = PaymentCommand.objects.get_or_create(
        transfer=transfer,
        defaults={
            "kind": CommandKind.TRANSFER,
            "key": f"{key_prefix()}:order:{part.payment.purchase_ref}"
            f":suborder:{part.seller_order_ref}:transfer:{transfer.sequence}",
            "payment": part.payment,
            "params": transfer_params(transfer),
            "created_at": now,
            "next_attempt_at": now,
        },
    )
    if not is_new:
        command.generation += 1
        command.params = transfer_params(transfer)
        command.state = CommandState.QUEUED
        command.attempts = 0
        command.first_sent_at = None
        command.server_failed = False
        command.next_attempt_at = now
        command.save()
    announce(CommandQueued(command.pk))


def transfer_params(transfer: ShopTransfer) -> dict[str, Any]:
    """Return what the provider is told about a transfer; metadata holds ids only (PRV-02)."""
    part = transfer.part
    source = {} if transfer.from_balance else {"source_transaction": part.payment.charge_id}
    return {
        "amount": transfer.amount_cents,
        "currency": part.payment.currency,
        "destination": transfer.destination,
        **source,
        "transfer_group": part.payment.transfer_group,
        "metadata": {
            "platform": settings.PAYMENTS_PLATFORM,
            "purchase": str(part.payment.purchase_ref),
            "seller_order": part.seller_order_ref,
            "transfer": str(transfer.sequence),
        },
    }


@transaction.atomic
def connect_account(
    *, enterprise_id: int, external_id: str, transfers_status: str, now: datetime
) -> ShopPaymentAccount:
    """Record a shop's account at the provider and what it may do now.

    Transfers that were blocked because the shop could not receive money go out (W46).
    """
    account, _is_new = ShopPaymentAccount.objects.update_or_create(
        enterprise_id=enterprise_id,
        livemode=settings.STRIPE_LIVE_MODE,
        defaults={"external_id": external_id, "transfers_status": transfers_status},
        create_defaults={
            "external_id": external_id,
            "transfers_status": transfers_status,
            "connected_at": now,
        },
    )
    if transfers_status == TransfersStatus.ACTIVE:
        blocked = Q(part__enterprise_id=enterprise_id, state=TransferState.BLOCKED)
        _release(ShopTransfer.objects.filter(blocked), now)
    return account
