"""Everything that payments does; other domains import from here."""

from winkelstraat.payments.domain.requests import PartRequest, PaymentRequest
from winkelstraat.payments.operations.opening import open_payment

__all__ = ["PartRequest", "PaymentRequest", "open_payment"]
