"""The only module that speaks to Stripe.

Everything goes in and comes out as our own plain types. A call is refused inside an
open transaction: the network may take half a minute, and locks must not wait for it
(PAY-17). Retries belong to the outbox, so the SDK makes none of its own (PAY-18).
"""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from functools import lru_cache
from typing import Any, TypeVar, cast

import stripe
from django.conf import settings
from django.db import connection

from winkelstraat.payments import breaker
from winkelstraat.payments.domain.settlement import CheckoutReport, TransferReport

stripe.enable_telemetry = False

Answer = TypeVar("Answer")
SDK_API_VERSION: str = stripe.api_version

WEB_TIMEOUT_S = (3, 10)
WORKER_TIMEOUT_S = (5, 30)
SIGNATURE_TOLERANCE_S = 300
UNKNOWN_OBJECT = "resource_missing"
EXPAND = ["payment_intent.latest_charge"]


class GatewayError(Exception):
    """A call to the provider that gave no usable answer."""


class ProviderUnavailable(GatewayError):
    """The provider did not answer or is overloaded: try again later with the same key."""


class ProviderFailed(ProviderUnavailable):
    """The provider answered with an error of its own; it may remember that answer (PAY-16)."""


class ProviderRefused(GatewayError):
    """The provider understood and said no; trying again does not help."""

    def __init__(self, message: str, code: str) -> None:
        super().__init__(message)
        self.code = code


class KeyReused(GatewayError):
    """The same key was used for something else: a fault of ours, a person must look."""


class ProviderCallInTransaction(RuntimeError):
    """A call to the provider was tried while the database holds a transaction open."""


class InvalidSignature(Exception):
    """A report that the provider did not sign, or not recently."""


@lru_cache(maxsize=8)
def _client(address: str, key: str, version: str, timeout: tuple[int, int]) -> stripe.StripeClient:
    return stripe.StripeClient(
        key,
        stripe_version=version,
        base_addresses={"api": address} if address else {},
        max_network_retries=0,
        http_client=stripe.RequestsClient(timeout=timeout),
    )


def client(timeout: tuple[int, int] = WORKER_TIMEOUT_S) -> stripe.StripeClient:
    """Return the client for this environment's address, key and API version (PAY-31)."""
    return _client(
        settings.STRIPE_ADDRESS, settings.STRIPE_SECRET_KEY, settings.STRIPE_API_VERSION, timeout
    )


def refuse_in_transaction() -> None:
    """Raise when a transaction of the program, not of a test case, is open.

    :raises ProviderCallInTransaction: always in that case.
    """
    if any(not getattr(block, "_from_testcase", False) for block in connection.atomic_blocks):
        raise ProviderCallInTransaction("Commit first, then speak to the provider.")


def _ask(work: Callable[[], Answer], *, writes: bool = False) -> Answer:
    """Do one call and turn what goes wrong into our own errors.

    Only a write that succeeds closes the breaker: reading may work while writing fails.
    """
    refuse_in_transaction()
    if breaker.is_open():
        raise ProviderUnavailable("The provider failed often and rests for a moment.")
    try:
        answer = work()
    except stripe.APIConnectionError as error:
        breaker.note_failure()
        raise ProviderUnavailable(str(error)) from error
    except stripe.RateLimitError as error:
        raise ProviderUnavailable(str(error)) from error
    except stripe.IdempotencyError as error:
        raise KeyReused(str(error)) from error
    except stripe.APIError as error:
        if error.http_status == 409:
            raise ProviderUnavailable(str(error)) from error
        breaker.note_failure()
        raise ProviderFailed(str(error)) from error
    except stripe.StripeError as error:
        raise ProviderRefused(str(error), error.code or "") from error
    if writes:
        breaker.note_success()
    return answer


def open_checkout(
    params: dict[str, Any], key: str, *, timeout: tuple[int, int] = WORKER_TIMEOUT_S
) -> CheckoutReport:
    """Open a pay page; the same key gives the same page."""
    api = client(timeout).v1.checkout.sessions
    session = _ask(lambda: api.create(cast(Any, params), {"idempotency_key": key}), writes=True)
    return _read_session(session)


def fetch_checkout(
    session_id: str, *, timeout: tuple[int, int] = WORKER_TIMEOUT_S
) -> CheckoutReport:
    """Fetch a pay page with its payment and charge as they are now."""
    api = client(timeout).v1.checkout.sessions
    return _read_session(_ask(lambda: api.retrieve(session_id, {"expand": EXPAND})))


def expire_checkout(
    session_id: str, *, timeout: tuple[int, int] = WORKER_TIMEOUT_S
) -> CheckoutReport:
    """Close a pay page if it is still open, and fetch what it became."""
    api = client(timeout).v1.checkout.sessions
    with suppress(ProviderRefused):
        _ask(lambda: api.expire(session_id))
    return fetch_checkout(session_id, timeout=timeout)


def find_checkout(reference: str, since: datetime) -> CheckoutReport | None:
    """Look for the pay page of a payment among those opened since a moment (PAY-16)."""
    api = client().v1.checkout.sessions
    pages = _ask(
        lambda: list(
            api.list({"created": {"gte": int(since.timestamp())}, "limit": 100}).auto_paging_iter()
        )
    )
    for session in pages:
        if session.client_reference_id == reference:
            return _read_session(session)
    return None


def create_transfer(params: dict[str, Any], key: str) -> TransferReport:
    """Transfer money to a shop; the same key gives the same transfer."""
    api = client().v1.transfers
    transfer = _ask(lambda: api.create(cast(Any, params), {"idempotency_key": key}), writes=True)
    return _read_transfer(transfer)


def find_transfer(group: str, metadata: dict[str, str]) -> TransferReport | None:
    """Look for a transfer of one order by its metadata (PAY-16)."""
    api = client().v1.transfers
    found = _ask(lambda: list(api.list({"transfer_group": group, "limit": 100}).auto_paging_iter()))
    for transfer in found:
        if (transfer.metadata or {}) and transfer.metadata.to_dict() == metadata:
            return _read_transfer(transfer)
    return None


def verify_signature(body: bytes, header: str, secrets: list[str], now: datetime) -> None:
    """Check that the provider signed a report within the last five minutes (PAY-26).

    Several secrets allow rotation. The SDK accepts a moment in the future, so the window
    is checked here, both ways.

    :raises InvalidSignature: when no secret fits, or the moment is too far from `now`.
    """
    try:
        text = body.decode("utf-8")
        fields = dict(pair.split("=", 1) for pair in header.split(","))
        moment = int(fields["t"])
    except (UnicodeDecodeError, ValueError, KeyError):
        raise InvalidSignature("The signature header cannot be read.") from None
    if abs(now.timestamp() - moment) > SIGNATURE_TOLERANCE_S:
        raise InvalidSignature("The signature is too old or from the future.")
    for secret in filter(None, secrets):
        with suppress(stripe.SignatureVerificationError, ValueError):
            stripe.WebhookSignature.verify_header(text, header, secret)
            return
    raise InvalidSignature("No secret fits the signature.")


def _read_session(session: Any) -> CheckoutReport:
    intent = _whole(session.payment_intent)
    charge = _whole(intent.latest_charge) if intent else None
    details = charge.payment_method_details if charge else None
    return CheckoutReport(
        session_id=session.id,
        session_status=session.status or "",
        payment_status=session.payment_status,
        currency=(intent.currency if intent else session.currency) or "",
        livemode=session.livemode,
        url=session.url or "",
        intent_id=_name(session.payment_intent),
        intent_status=intent.status if intent else "",
        amount_received=intent.amount_received if intent else 0,
        amount_refunded=charge.amount_refunded if charge else 0,
        charge_id=_name(intent.latest_charge) if intent else "",
        method=details.type if details else "",
        metadata=(intent or session).metadata.to_dict(),
    )


def _whole(expandable: Any) -> Any:
    """Return an expanded object, or None when there is none or only its id."""
    return None if isinstance(expandable, str) else expandable


def _name(expandable: Any) -> str:
    """Return the id of an object that may be expanded, absent, or its id already."""
    return expandable if isinstance(expandable, str) else getattr(expandable, "id", "")


def _read_transfer(transfer: Any) -> TransferReport:
    return TransferReport(
        transfer_id=transfer.id,
        amount_cents=transfer.amount,
        destination=_name(transfer.destination),
    )
