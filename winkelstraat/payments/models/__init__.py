"""Tables of payments: what was asked, what the provider was told, what it reported."""

from winkelstraat.payments.models.accounts import ShopPaymentAccount, TransfersStatus
from winkelstraat.payments.models.commands import CommandKind, CommandState, PaymentCommand
from winkelstraat.payments.models.dac7 import Dac7Exclusion, Dac7Report
from winkelstraat.payments.models.disputes import Dispute, DisputeState
from winkelstraat.payments.models.papers import PREFIXES, Paper, PaperKind, PaperSeries
from winkelstraat.payments.models.payments import NOTHING_TO_PAY, PAST_SESSION, Payment, PaymentPart
from winkelstraat.payments.models.payouts import Payout, PayoutStatus
from winkelstraat.payments.models.reconciliations import ReconciliationRun
from winkelstraat.payments.models.refunds import (
    Refund,
    RefundKind,
    RefundPart,
    RefundState,
    ReversalState,
    TransferReversal,
)
from winkelstraat.payments.models.transfers import ShopTransfer, TransferState
from winkelstraat.payments.models.webhooks import WebhookEvent, WebhookState

__all__ = [
    "NOTHING_TO_PAY",
    "PAST_SESSION",
    "PREFIXES",
    "CommandKind",
    "CommandState",
    "Dac7Exclusion",
    "Dac7Report",
    "Dispute",
    "DisputeState",
    "Paper",
    "PaperKind",
    "PaperSeries",
    "Payment",
    "PaymentCommand",
    "PaymentPart",
    "Payout",
    "PayoutStatus",
    "ReconciliationRun",
    "Refund",
    "RefundKind",
    "RefundPart",
    "RefundState",
    "ReversalState",
    "ShopPaymentAccount",
    "ShopTransfer",
    "TransferReversal",
    "TransferState",
    "TransfersStatus",
    "WebhookEvent",
    "WebhookState",
]
