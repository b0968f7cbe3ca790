"""Book what goes back: who gives it up, and when it really left or came (PAY-19, PAY-20)."""

from collections.abc import Sequence
from datetime import datetime

from winkelstraat.payments.domain.giving_back import GivenBack
from winkelstraat.payments.models import Refund, TransferReversal
from winkelstraat.payments.operations.booking import (
    COMMISSION,
    DISCOUNTS,
    REFUNDABLE,
    Move,
    clearing_of,
    move,
    returns_of,
    shop_account,
)

GOODWILL = "platform:goodwill"
UNEXPLAINED = "platform:unexplained"
DISPUTED = "platform:disputed"
BANK = "platform:bank"


def debt_account(enterprise_id: int) -> str:
    """Return the ledger account of what a shop owes the platform (PAY-20)."""
    return f"shop:{enterprise_id}:debt"


def refund_source(refund: Refund) -> str:
    """Return the name under which a refund's movements stand in the ledger."""
    return f"refund:{refund.reference}"


def book_decision(
    refund: Refund,
    given: Sequence[tuple[int, GivenBack]],
    *,
    bearer: str,
    now: datetime,
) -> None:
    """Book who gives up what, for (enterprise, its part): the mirror of a payment's success.

    The difference between what the buyer gets and what the goods were worth to him is the
    bearer's: goodwill of the platform, or money that a bank took before.
    """
    moves: list[Move] = []
    for enterprise_id, part in given:
        shop, ref = shop_account(enterprise_id), part.seller_order_ref
        linked = part.back_cents - part.top_up_cents
        value = part.gross_cents - part.discount_cents
        moves += [
            (shop, REFUNDABLE, linked, f"goods:{ref}"),
            (COMMISSION, REFUNDABLE, value - linked, f"commission:{ref}"),
            (shop, DISCOUNTS, part.top_up_cents, f"top-up:{ref}"),
            (
                COMMISSION,
                DISCOUNTS,
                part.discount_cents - part.top_up_cents,
                f"commission-on-discount:{ref}",
            ),
            (bearer, REFUNDABLE, part.goodwill_cents, f"borne:{ref}"),
        ]
    move(refund_source(refund), moves, now=now, memo=refund.reason)


def book_sent(refund: Refund, now: datetime) -> None:
    """Book that the provider took the money out of the platform's balance."""
    moves = [(REFUNDABLE, clearing_of(refund.payment), refund.amount_cents, "sent")]
    move(refund_source(refund), moves, now=now, memo=refund.external_id)


def book_returned(refund: Refund, now: datetime) -> None:
    """Book that the buyer's bank sent the money back: it is owed to him again."""
    moves = [(returns_of(refund.payment), REFUNDABLE, refund.amount_cents, "returned")]
    move(refund_source(refund), moves, now=now, memo=refund.failure_reason)


def book_paid_outside(refund: Refund, now: datetime) -> None:
    """Book that staff paid the buyer from the platform's bank account (PAY-21)."""
    moves = [(REFUNDABLE, BANK, refund.amount_cents, "paid-outside")]
    move(refund_source(refund), moves, now=now, memo=refund.reason)


def book_unexplained(refund: Refund, bearer: str, now: datetime) -> None:
    """Book a refund that somebody made at the provider; the bearer stays short for now."""
    moves = [(bearer, clearing_of(refund.payment), refund.amount_cents, "sent")]
    move(refund_source(refund), moves, now=now, memo=refund.external_id)


def book_reversal(reversal: TransferReversal, *, was_owed: bool, now: datetime) -> None:
    """Book that money came back from a shop."""
    enterprise_id = reversal.transfer.part.enterprise_id
    shop = debt_account(enterprise_id) if was_owed else shop_account(enterprise_id)
    refund = reversal.refund_part.refund
    returns = returns_of(refund.payment)
    moves = [(returns, shop, reversal.amount_cents, f"reversal:{reversal.pk}")]
    source = refund_source(refund)
    move(source, moves, now=now, memo=reversal.external_id)


def book_debt(reversal: TransferReversal, now: datetime) -> None:
    """Book that a shop owes what it could not return."""
    enterprise_id = reversal.transfer.part.enterprise_id
    moves = [
        (
            debt_account(enterprise_id),
            shop_account(enterprise_id),
            reversal.amount_cents,
            f"debt:{reversal.pk}",
        )
    ]
    move(refund_source(reversal.refund_part.refund), moves, now=now)


def book_as_goodwill(refund: Refund, account: str, now: datetime) -> None:
    """Book that the platform bears what stood on an account to be explained."""
    moves = [(GOODWILL, account, refund.amount_cents, "borne")]
    move(refund_source(refund), moves, now=now, memo=refund.asked_by)
