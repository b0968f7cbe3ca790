"""What happens after what: the one list of who reacts to which event (ADR 0007)."""

from winkelstraat.bridges import handlers
from winkelstraat.common.announcer import subscribe
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

REACTIONS = (
    # A payment came in: the purchase is paid, or its goods are gone and it is refunded.
    (PaymentSucceeded, handlers.confirm_purchase),
    # Nobody paid: the stock goes back and the basket is open again.
    (PaymentFailed, handlers.expire_purchase),
    (PaymentExpired, handlers.expire_purchase),
    # Money goes back: what is given back whole need not be packed, and the buyer hears it.
    (RefundMade, handlers.cancel_given_back),
    (RefundMade, handlers.mail_refund),
    (RefundMade, handlers.note_settled),
    # A shop's bank sent money back: the shop looks at its account number.
    (PayoutFailed, handlers.mail_failed_payout),
    # Papers are issued in the same transaction, so that numbers have no gaps.
    (PurchasePaid, handlers.issue_invoices),
    (RefundMade, handlers.issue_credit_notes),
    # A purchase is paid: the buyer gets one mail with all of it.
    (PurchasePaid, handlers.mail_purchase),
    # And each shop one about its own part.
    (PurchasePaid, handlers.tell_shops),
    # Goods are handed over: the shop gets its money and the chains get their sale.
    (SellerOrderCollected, handlers.release_transfers),
    (SellerOrderCollected, handlers.book_chain),
    # All of what had to go has a place: the chains write the batch.
    (SurplusSettled, handlers.book_surplus),
    # A buyer changed his mind: he gets his proof and the shop its notice.
    (ContractWithdrawn, handlers.mail_withdrawal),
    # An order was taken by telephone: the buyer gets it in writing, with a link to pay.
    (PhoneOrderTaken, handlers.mail_phone_order),
    # A shop cannot deliver: the buyer is asked whether he wants something else.
    (SubstitutionProposed, handlers.mail_proposal),
)


def connect() -> None:
    """Subscribe every reaction, in the order of the list."""
    for event, handler in REACTIONS:
        subscribe(event, handler)
