"""Everything that payments can tell; other domains import from here."""

from winkelstraat.payments.queries.money_desk import MoneyDesk, get_money_desk
from winkelstraat.payments.queries.papers import (
    BookRow,
    PaperRow,
    find_buyer_paper,
    find_shop_paper,
    get_paper_xml,
    iterate_book,
    list_papers,
    list_purchase_papers,
)
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
from winkelstraat.payments.queries.story import (
    PaymentStory,
    find_payments,
    get_last_reconciliation,
    get_story,
)
from winkelstraat.payments.queries.turnover import Turnover, sum_turnover
from winkelstraat.payments.queries.vat_rates import UnknownVatClass, get_vat_rate, list_vat_rates

__all__ = [
    "BookRow",
    "MoneyDesk",
    "PaperRow",
    "PaymentStatus",
    "PaymentStory",
    "RefundStatus",
    "Turnover",
    "UnknownVatClass",
    "can_receive_money",
    "find_buyer_paper",
    "find_payments",
    "find_shop_paper",
    "get_last_reconciliation",
    "get_money_desk",
    "get_paper_xml",
    "get_payment_state",
    "get_refund_state",
    "get_refundable_part",
    "get_refundables",
    "get_story",
    "get_vat_rate",
    "is_to_be_sent",
    "iterate_book",
    "list_given_back",
    "list_papers",
    "list_purchase_papers",
    "list_refunds",
    "list_untold_refunds",
    "list_vat_rates",
    "preview_refund",
    "sum_turnover",
]
