"""Everything that payments can tell; other domains import from here."""

from winkelstraat.payments.queries.states import (
    PaymentStatus,
    can_receive_money,
    get_payment_state,
    is_to_be_sent,
)
from winkelstraat.payments.queries.turnover import Turnover, sum_turnover
from winkelstraat.payments.queries.vat_rates import UnknownVatClass, get_vat_rate, list_vat_rates

__all__ = [
    "PaymentStatus",
    "Turnover",
    "UnknownVatClass",
    "can_receive_money",
    "get_payment_state",
    "get_vat_rate",
    "is_to_be_sent",
    "list_vat_rates",
    "sum_turnover",
]
