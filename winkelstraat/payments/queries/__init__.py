"""Everything that payments can tell; other domains import from here."""

from winkelstraat.payments.queries.money_desk import MoneyDesk, get_money_desk
from winkelstraat.payments.queries.refundable import (
    get_refundable_part,
    get_refundables,
    preview_refund,
)
from winkelstraat.payments.queries.refunds import (
    RefundStatus,
    get_refund_state,
    list_given_back,
    list_refunds,
    list_untold_refunds,
)
from winkelstraat.payments.queries.states import (
    PaymentStatus,
    can_receive_money,
    get_payment_state,
    is_to_be_sent,
)
from winkelstraat.payments.queries.story import PaymentStory, find_payments, get_story
from winkelstraat.payments.queries.turnover import Turnover, sum_turnover
from winkelstraat.payments.queries.vat_rates import UnknownVatClass, get_vat_rate, list_vat_rates

__all__ = [
    "MoneyDesk",
    "PaymentStatus",
    "PaymentStory",
    "RefundStatus",
    "Turnover",
    "UnknownVatClass",
    "can_receive_money",
    "find_payments",
    "get_money_desk",
    "get_payment_state",
    "get_refund_state",
    "get_refundable_part",
    "get_refundables",
    "get_story",
    "get_vat_rate",
    "is_to_be_sent",
    "list_given_back",
    "list_refunds",
    "list_untold_refunds",
    "list_vat_rates",
    "preview_refund",
    "sum_turnover",
]
