"""Book the euros of payments: what came in, whose it is, and what went out."""

from collections.abc import Sequence
from datetime import datetime

from django.utils import timezone

from winkelstraat.ledger.domain import Unit
from winkelstraat.ledger.operations import Posting, post_transfers
from winkelstraat.payments.models import Payment, PaymentPart, ShopTransfer

CLEARING = "stripe:clearing"
COMMISSION = "platform:commission"


def shop_account(enterprise_id: int) -> str:
    """Return the ledger account of what the platform owes a shop."""
    return f"shop:{enterprise_id}:payable"


def book_success(payment: Payment, parts: Sequence[PaymentPart], now: datetime) -> None:
    """Book a paid payment: each shop's share is owed to it, the fees are the platform's."""
    postings = []
    for part in parts:
        shares = (
            (shop_account(part.enterprise_id), part.transfer_cents, "payable"),
            (COMMISSION, part.fee_cents, "commission"),
        )
        postings += [
            Posting(
                unit=Unit.CENTS,
                debit=CLEARING,
                credit=account,
                amount=amount,
                source=f"payment:{payment.reference}",
                reason=f"{name}:{part.seller_order_ref}",
                activity_date=timezone.localdate(now),
                memo=payment.description,
            )
            for account, amount, name in shares
            if amount
        ]
    post_transfers(postings=postings, now=now)


def book_refundable(payment: Payment, now: datetime) -> None:
    """Book money that came in but belongs to the buyer, because nothing can be delivered."""
    posting = Posting(
        unit=Unit.CENTS,
        debit=CLEARING,
        credit="platform:refundable",
        amount=payment.amount_cents,
        source=f"payment:{payment.reference}",
        reason="refundable",
        activity_date=timezone.localdate(now),
        memo=payment.state_reason,
    )
    post_transfers(postings=[posting], now=now)


def book_transfer(transfer: ShopTransfer, now: datetime) -> None:
    """Book money that left for a shop."""
    part = transfer.part
    posting = Posting(
        unit=Unit.CENTS,
        debit=shop_account(part.enterprise_id),
        credit=CLEARING,
        amount=transfer.amount_cents,
        source=f"payment:{part.payment.reference}",
        reason=f"transfer:{part.seller_order_ref}:{transfer.sequence}",
        activity_date=timezone.localdate(now),
        memo=transfer.external_id,
    )
    post_transfers(postings=[posting], now=now)
