"""The only package that speaks to Stripe; in and out go our own plain types."""

from winkelstraat.payments.gateway.accounts import (
    create_account,
    fetch_account,
    fetch_payout,
    list_payouts,
    open_account_link,
)
from winkelstraat.payments.gateway.balance import (
    BalanceReport,
    MovementReport,
    fetch_balance,
    find_fee,
    list_movements,
)
from winkelstraat.payments.gateway.checkout import (
    expire_checkout,
    fetch_checkout,
    find_checkout,
    open_checkout,
)
from winkelstraat.payments.gateway.client import (
    SDK_API_VERSION,
    UNKNOWN_OBJECT,
    WEB_TIMEOUT_S,
    WORKER_TIMEOUT_S,
    GatewayError,
    KeyReused,
    ProviderCallInTransaction,
    ProviderFailed,
    ProviderRefused,
    ProviderUnavailable,
    refuse_in_transaction,
)
from winkelstraat.payments.gateway.endpoints import list_endpoints
from winkelstraat.payments.gateway.events import list_checkouts, list_events
from winkelstraat.payments.gateway.facts import ProviderFacts, fetch_facts
from winkelstraat.payments.gateway.refunds import (
    create_refund,
    fetch_refund,
    find_refund,
    list_disputes,
    list_refunds,
)
from winkelstraat.payments.gateway.signatures import InvalidSignature, verify_signature
from winkelstraat.payments.gateway.transfers import (
    create_reversal,
    create_transfer,
    find_reversal,
    find_transfer,
)

__all__ = [
    "SDK_API_VERSION",
    "UNKNOWN_OBJECT",
    "WEB_TIMEOUT_S",
    "WORKER_TIMEOUT_S",
    "BalanceReport",
    "GatewayError",
    "InvalidSignature",
    "KeyReused",
    "MovementReport",
    "ProviderCallInTransaction",
    "ProviderFacts",
    "ProviderFailed",
    "ProviderRefused",
    "ProviderUnavailable",
    "create_account",
    "create_refund",
    "create_reversal",
    "create_transfer",
    "expire_checkout",
    "fetch_account",
    "fetch_balance",
    "fetch_checkout",
    "fetch_facts",
    "fetch_payout",
    "fetch_refund",
    "find_checkout",
    "find_fee",
    "find_refund",
    "find_reversal",
    "find_transfer",
    "list_checkouts",
    "list_disputes",
    "list_endpoints",
    "list_events",
    "list_movements",
    "list_payouts",
    "list_refunds",
    "open_account_link",
    "open_checkout",
    "refuse_in_transaction",
    "verify_signature",
]
