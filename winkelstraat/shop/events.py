"""What the shop tells the other domains."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class PurchasePlaced:
    """A buyer ordered; nothing is paid yet and the stock is held."""

    purchase_id: int
    at: datetime


@dataclass(frozen=True, slots=True)
class PurchasePaid:
    """The money is there; shops can pack."""

    purchase_id: int
    at: datetime


@dataclass(frozen=True, slots=True)
class PurchaseExpired:
    """Nobody paid in time; the stock is given back and the basket is open again."""

    purchase_id: int
    at: datetime


@dataclass(frozen=True, slots=True)
class SellerOrderReady:
    """A shop packed its part."""

    seller_order_id: int
    at: datetime


@dataclass(frozen=True, slots=True)
class SellerOrderCollected:
    """A part was handed to the buyer."""

    seller_order_id: int
    at: datetime


@dataclass(frozen=True, slots=True)
class ContractWithdrawn:
    """A buyer stated that he withdraws from goods of one shop."""

    withdrawal_id: int
    at: datetime


@dataclass(frozen=True, slots=True)
class ImportWaits:
    """A spreadsheet waits for the worker: to be read, carried out or undone."""

    run_id: int
    at: datetime


@dataclass(frozen=True, slots=True)
class SurplusSettled:
    """All of what had to go is sold or has a place; nothing of it is unaccounted for."""

    surplus_id: int
    at: datetime


@dataclass(frozen=True, slots=True)
class SubstitutionProposed:
    """A shop cannot deliver something and proposes something else."""

    substitution_id: int
    at: datetime


@dataclass(frozen=True, slots=True)
class PhoneOrderTaken:
    """A shop took an order by telephone; its buyer pays by link or at the counter."""

    purchase_id: int
    at: datetime
