"""What payments tells the other domains."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class PaymentSucceeded:
    """The money is there. Who cannot deliver any more calls `ask_refund` while hearing this."""

    payment_id: int
    purchase_ref: UUID
    at: datetime


@dataclass(frozen=True, slots=True)
class PaymentFailed:
    """The bank said no after the buyer had left the pay page."""

    payment_id: int
    purchase_ref: UUID
    at: datetime


@dataclass(frozen=True, slots=True)
class PaymentExpired:
    """Nobody paid in time, or the buyer gave up; nothing was charged."""

    payment_id: int
    purchase_ref: UUID
    at: datetime


@dataclass(frozen=True, slots=True)
class RefundMade:
    """It was decided that the buyer gets money back; sending it follows."""

    refund_id: int
    payment_id: int
    purchase_ref: UUID
    at: datetime


@dataclass(frozen=True, slots=True)
class PayoutFailed:
    """A shop's bank sent money back: the shop must look at its account number."""

    payout_id: int
    enterprise_id: int
    at: datetime


@dataclass(frozen=True, slots=True)
class CommandQueued:
    """A command stands in the outbox and can be sent after commit."""

    command_id: int


@dataclass(frozen=True, slots=True)
class WebhookStored:
    """A report stands in the inbox and can be processed after commit."""

    webhook_id: int
