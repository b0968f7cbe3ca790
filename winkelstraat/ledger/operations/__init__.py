"""What can be done to the books: post, reverse, close."""

from winkelstraat.ledger.domain import Balance, ConflictingTransfer, Posting, Unit
from winkelstraat.ledger.operations.periods import close_period
from winkelstraat.ledger.operations.transfers import post_transfers, reverse_transfer

__all__ = [
    "Balance",
    "ConflictingTransfer",
    "Posting",
    "Unit",
    "close_period",
    "post_transfers",
    "reverse_transfer",
]
