"""Book the euros of payments: what came in, whose it is, and what went out.

The accounts of the provider follow its balance: they move when it did something, never
when we only mean to.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.utils import timezone

from winkelstraat.ledger.domain import Unit
from winkelstraat.ledger.operations import Posting, post_transfers
from winkelstraat.payments.models import Payment, PaymentPart, ShopTransfer

# Together these follow the provider's balance. What buyers pay in arrives at the first;
# what comes in another way, from shops, banks and top-ups, at the second.
CLEARING = "stripe:clearing"
RETURNS = "stripe:returns"
# Demo history, which the provider never knew, stays out of what is held against it.
PAST_CLEARING = "stripe:clearing:past"
COMMISSION = "platform:commission"
DISCOUNTS = "platform:discounts"
REFUNDABLE = "platform:refundable"


def shop_account(enterprise_id: int) -> str:
    """Return the ledger account of what the platform owes a shop."""
    return f"shop:{enterprise_id}:payable"


def book_success(payment: Payment, parts: Sequence[PaymentPart], now: datetime) -> None:
    """Book a paid payment: each shop's share is owed to it, the fees are the platform's.

    What the platform pays in the buyer's place goes from its discounts to the shop.
    """
    moves: list[Move] = []
    clearing = clearing_of(payment)
    for part in parts:
        linked = part.transfer_cents - part.top_up_cents
        shop = shop_account(part.enterprise_id)
        ref = part.seller_order_ref
        moves += [
            (clearing, shop, linked, f"payable:{ref}"),
            (clearing, COMMISSION, part.paid_cents - linked, f"commission:{ref}"),
            (DISCOUNTS, shop, part.top_up_cents, f"top-up:{ref}"),
            (
                DISCOUNTS,
                COMMISSION,
                part.platform_discount_cents - part.top_up_cents,
                f"commission-on-discount:{ref}",
            ),
        ]
    move(payment_source(payment), moves, now=now, memo=payment.description)


def book_refundable(payment: Payment, now: datetime) -> None:
    """Book money that came in but belongs to the buyer, because nothing can be delivered."""
    moves = [(clearing_of(payment), REFUNDABLE, payment.received_cents, "refundable")]
    move(payment_source(payment), moves, now=now, memo=payment.state_reason)


def book_transfer(transfer: ShopTransfer, now: datetime) -> None:
    """Book money that left for a shop."""
    part = transfer.part
    shop = shop_account(part.enterprise_id)
    reason = f"transfer:{part.seller_order_ref}:{transfer.sequence}"
    move(
        payment_source(part.payment),
        [(shop, clearing_of(part.payment), transfer.amount_cents, reason)],
        now=now,
        memo=transfer.external_id,
    )


def clearing_of(payment: Payment) -> str:
    """Return the account that follows the provider's balance for a payment."""
    return PAST_CLEARING if payment.is_retold else CLEARING


def returns_of(payment: Payment) -> str:
    """Return the account at which money of a payment comes back from shops and banks."""
    return PAST_CLEARING if payment.is_retold else RETURNS


def payment_source(payment: Payment) -> str:
    """Return the name under which a payment's own movements stand in the ledger."""
    return f"payment:{payment.reference}"


Move = tuple[str, str, int, str]


def move(source: str, moves: Iterable[Move], *, now: datetime, memo: str = "") -> None:
    """Book each (debit, credit, cents, reason) of one source; a sum below zero is turned."""
    postings = [
        Posting(
            unit=Unit.CENTS,
            debit=debit if cents > 0 else credit,
            credit=credit if cents > 0 else debit,
            amount=abs(cents),
            source=source,
            reason=reason,
            activity_date=timezone.localdate(now),
            memo=memo,
        )
        for debit, credit, cents, reason in moves
        if cents
    ]
    post_transfers(postings=postings, now=now)
