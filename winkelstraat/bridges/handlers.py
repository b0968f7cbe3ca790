"""One reaction each: call the other domain now, or wake a task after commit.

Handlers run in the transaction of the domain that tells (see `common.announcer`). What
may take long or can fail by itself is a task. A task that never starts, because the
broker or the worker died, is found by the sweepers in `bridges.sweeping`.
"""

from django.db import transaction

from winkelstraat.bridges import tasks
from winkelstraat.payments import operations as payments
from winkelstraat.payments import queries as payment_queries
from winkelstraat.payments.events import (
    PaymentExpired,
    PaymentFailed,
    PaymentSucceeded,
    PayoutFailed,
    RefundMade,
)
from winkelstraat.shop.events import (
    ContractWithdrawn,
    PhoneOrderTaken,
    PurchasePaid,
    SellerOrderCollected,
    SubstitutionProposed,
    SurplusSettled,
)
from winkelstraat.shop.operations import orders, withdrawal_settling
from winkelstraat.shop.queries.buyers import get_buyer
from winkelstraat.shop.queries.hand_over import get_seller_order_ref, list_parts


def confirm_purchase(event: PaymentSucceeded) -> None:
    """Mark the purchase as paid; when its goods are gone, the buyer gets his money back."""
    if not orders.confirm_purchase(purchase_ref=event.purchase_ref, now=event.at):
        payments.ask_refund(payment_id=event.payment_id, reason="the goods are no longer held")


def expire_purchase(event: PaymentFailed | PaymentExpired) -> None:
    """Give the stock back and open the basket again."""
    orders.expire_purchase(purchase_ref=event.purchase_ref, now=event.at)


def cancel_given_back(event: RefundMade) -> None:
    """Take the parts off the shops' lists of which nothing is left."""
    refs = payment_queries.list_given_back(event.purchase_ref)
    orders.cancel_given_back(numbers=refs, now=event.at)


def note_settled(event: RefundMade) -> None:
    """Close the withdrawals of which everything was given back."""
    withdrawal_settling.note_settled(purchase_ref=event.purchase_ref, now=event.at)


def mail_refund(event: RefundMade) -> None:
    """Tell the buyer of his refund as soon as it is committed."""
    transaction.on_commit(lambda: tasks.mail_refund.delay(event.refund_id), robust=True)


def mail_failed_payout(event: PayoutFailed) -> None:
    """Tell the shop as soon as it is committed."""
    transaction.on_commit(lambda: tasks.mail_failed_payout.delay(event.payout_id), robust=True)


def issue_invoices(event: PurchasePaid) -> None:
    """Let each shop's invoice be issued in its name (TAX-07)."""
    buyer = get_buyer(event.purchase_id)
    status = payment_queries.get_payment_state(buyer.purchase_ref)
    if status is None:
        return
    payments.issue_invoices(
        payment_id=status.payment_id,
        buyer=payments.Party(
            name=buyer.name,
            address=buyer.address,
            postcode=buyer.postcode,
            place=buyer.place,
            company_number=buyer.company_number,
            email=buyer.email,
        ),
        kor_shops=buyer.kor_shops,
        now=event.at,
    )


def issue_credit_notes(event: RefundMade) -> None:
    """Let what is given back be credited to each shop's invoice (TAX-08)."""
    payments.issue_credit_notes(refund_id=event.refund_id, now=event.at)


def mail_purchase(event: PurchasePaid) -> None:
    """Confirm the purchase by mail as soon as it is committed."""
    transaction.on_commit(lambda: tasks.mail_purchase.delay(event.purchase_id), robust=True)


def tell_shops(event: PurchasePaid) -> None:
    """Tell the shops what they have to pack as soon as it is committed."""
    for part in list_parts(event.purchase_id):
        transaction.on_commit(lambda part=part: tasks.tell_shop.delay(part), robust=True)  # type: ignore[misc]


def release_transfers(event: SellerOrderCollected) -> None:
    """Let the shop have its money; payments' own worker sends it."""
    ref = get_seller_order_ref(event.seller_order_id)
    payments.release_transfers(seller_order_ref=ref, now=event.at)


def book_chain(event: SellerOrderCollected) -> None:
    """Book the sale in the chains as soon as the hand-over is committed."""
    transaction.on_commit(lambda: tasks.book_chain.delay(event.seller_order_id), robust=True)


def book_surplus(event: SurplusSettled) -> None:
    """Book what became of a surplus as soon as its last piece is committed."""
    transaction.on_commit(lambda: tasks.book_surplus.delay(event.surplus_id), robust=True)


def mail_withdrawal(event: ContractWithdrawn) -> None:
    """Send the buyer his proof and the shop its notice as soon as it is committed."""
    transaction.on_commit(lambda: tasks.mail_withdrawal.delay(event.withdrawal_id), robust=True)


def mail_proposal(event: SubstitutionProposed) -> None:
    """Ask the buyer as soon as it is committed."""
    transaction.on_commit(lambda: tasks.mail_proposal.delay(event.substitution_id), robust=True)


def mail_phone_order(event: PhoneOrderTaken) -> None:
    """Write to the buyer as soon as it is committed."""
    transaction.on_commit(lambda: tasks.mail_phone_order.delay(event.purchase_id), robust=True)
