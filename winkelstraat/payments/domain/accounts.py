"""What the provider tells of a shop's account and its payouts, as plain values."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class AccountReport:
    """A shop's account as it stands; `needs` are the provider's words for what is missing."""

    account_id: str
    can_receive: bool
    is_checking: bool
    is_closed: bool
    needs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PayoutReport:
    """Money on its way from a shop's account to its bank, in cents.

    `status` is pending, in_transit, paid, failed or canceled; `transfers` are the names of
    the transfers that it pays out, as far as the provider tells.
    """

    payout_id: str
    amount_cents: int
    status: str
    created_at: datetime
    arrives_on: date
    failure_code: str
    transfers: tuple[str, ...] = ()
