"""Everything that payments does; other domains import from here."""

from winkelstraat.payments.domain.giving_back import RefundRefused
from winkelstraat.payments.domain.lines import LineKind, PartLine, delivery_lines, vat_groups_of
from winkelstraat.payments.domain.papers import Party
from winkelstraat.payments.domain.refund_wishes import RefundWish
from winkelstraat.payments.domain.requests import PartRequest, PaymentRequest
from winkelstraat.payments.gateway import GatewayError, ProviderUnavailable
from winkelstraat.payments.operations.backfilling import Caught, backfill
from winkelstraat.payments.operations.dac7 import mail_dac7_copies, make_dac7_report
from winkelstraat.payments.operations.disputing import follow_disputes
from winkelstraat.payments.operations.fees import book_fee
from winkelstraat.payments.operations.inbox import (
    MalformedReport,
    process_webhook,
    receive_webhook,
)
from winkelstraat.payments.operations.onboarding import (
    begin_onboarding,
    refresh_account,
    refresh_shop,
)
from winkelstraat.payments.operations.opening import PurchaseAlreadyPaid, open_payment
from winkelstraat.payments.operations.outside_refunds import resolve_outside, take_in_refunds
from winkelstraat.payments.operations.paper_pdf import PdfNotPossible, get_pdf
from winkelstraat.payments.operations.papers import (
    issue_commission_invoice,
    issue_credit_notes,
    issue_invoices,
    issue_month,
)
from winkelstraat.payments.operations.payouts import (
    mark_failure_told,
    take_in_payout,
    take_in_payouts,
)
from winkelstraat.payments.operations.quarantine import (
    NotSetApart,
    StillDoesNotMatch,
    accept_payment,
    send_back_payment,
)
from winkelstraat.payments.operations.reconciling import (
    Finding,
    Reconciliation,
    reconcile_payments,
)
from winkelstraat.payments.operations.refund_states import (
    NothingReturned,
    follow_refund,
    pay_outside,
)
from winkelstraat.payments.operations.refunding import refund
from winkelstraat.payments.operations.retelling import (
    NotWithRealMoney,
    retell_payment,
    retell_transfers,
)
from winkelstraat.payments.operations.sending import (
    PaymentsUnavailable,
    record_answer,
    send_command,
    start_checkout,
)
from winkelstraat.payments.operations.settling import (
    SharesAlreadyBooked,
    ask_refund,
    close_payment,
    finalise_payment,
    settle_payment,
)
from winkelstraat.payments.operations.sweeping import sweep_payments
from winkelstraat.payments.operations.telling import ToTell, take_refund_to_tell
from winkelstraat.payments.operations.top_ups import send_top_ups
from winkelstraat.payments.operations.transferring import (
    connect_account,
    release_due_transfers,
    release_transfers,
)

__all__ = [
    "Caught",
    "Finding",
    "GatewayError",
    "LineKind",
    "MalformedReport",
    "NotSetApart",
    "NotWithRealMoney",
    "NothingReturned",
    "PartLine",
    "PartRequest",
    "Party",
    "PaymentRequest",
    "PaymentsUnavailable",
    "PdfNotPossible",
    "ProviderUnavailable",
    "PurchaseAlreadyPaid",
    "Reconciliation",
    "RefundRefused",
    "RefundWish",
    "SharesAlreadyBooked",
    "StillDoesNotMatch",
    "ToTell",
    "accept_payment",
    "ask_refund",
    "backfill",
    "begin_onboarding",
    "book_fee",
    "close_payment",
    "connect_account",
    "delivery_lines",
    "finalise_payment",
    "follow_disputes",
    "follow_refund",
    "get_pdf",
    "issue_commission_invoice",
    "issue_credit_notes",
    "issue_invoices",
    "issue_month",
    "mail_dac7_copies",
    "make_dac7_report",
    "mark_failure_told",
    "open_payment",
    "pay_outside",
    "process_webhook",
    "receive_webhook",
    "reconcile_payments",
    "record_answer",
    "refresh_account",
    "refresh_shop",
    "refund",
    "release_due_transfers",
    "release_transfers",
    "resolve_outside",
    "retell_payment",
    "retell_transfers",
    "send_back_payment",
    "send_command",
    "send_top_ups",
    "settle_payment",
    "start_checkout",
    "sweep_payments",
    "take_in_payout",
    "take_in_payouts",
    "take_in_refunds",
    "take_refund_to_tell",
    "vat_groups_of",
]
