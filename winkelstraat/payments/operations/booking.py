"""Book the euros of payments: what came in, whose it is, and what went out."""

from collections.abc import Sequence
from datetime import datetime

from django.utils import timezone

from winkelstraat.ledger.domain import Unit
from winkelstraat.ledger.operations import Posting, post_transfers
from winkelstraat.payments.models import Payment, PaymentPart, ShopTransfer

CLEARING = "stripe:clearing"
COMMISSION = "platform:commission"
DISCOUNTS = "platform:discounts"


def shop_account(enterprise_id: int) -> str:
    """Return the ledger account of what the platform owes a shop."""
    return f"shop:{enterprise_id}:payable"


def book_success(payment: Payment, parts: Sequence[PaymentPart], now: datetime) -> None:
    """Book a paid payment: each shop's share is owed to it, the fees are the platform's.

    What the platform pays in the buyer's place goes from its discounts to the shop.
    """
    postings = []
    for part in parts:
        linked = part.transfer_cents - part.top_up_cents
        shop = shop_account(part.enterprise_id)
        moves = (
            (CLEARING, shop, linked, "payable"),
            (CLEARING, COMMISSION, part.paid_cents - linked, "commission"),
            (DISCOUNTS, shop, part.top_up_cents, "top-up"),
            (
                DISCOUNTS,
                COMMISSION,
                part.platform_discount_cents - part.top_up_cents,
                "commission-on-discount",
            ),
        )
        postings += [
            Posting(
                unit=Unit.CENTS,
                debit=debit,
                credit=credit,
                amount=amount,
                source=f"payment:{payment.reference}",
                reason=f"{name}:{part.seller_order_ref}",
                activity_date=timezone.localdate(now),
                memo=payment.description,
            )
            for debit, credit, amount, name in moves
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
