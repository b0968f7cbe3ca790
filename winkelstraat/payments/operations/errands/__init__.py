"""What each kind of command asks of the provider, and what its answer changes."""

from winkelstraat.payments.models import CommandKind
from winkelstraat.payments.operations.errands import checkouts, refunds, reversals, transfers
from winkelstraat.payments.operations.errands.errand import Errand

ERRANDS: dict[str, Errand] = {
    CommandKind.OPEN_CHECKOUT: checkouts.ERRAND,
    CommandKind.TRANSFER: transfers.ERRAND,
    CommandKind.REFUND: refunds.ERRAND,
    CommandKind.REVERSAL: reversals.ERRAND,
}

__all__ = ["ERRANDS", "Errand"]
