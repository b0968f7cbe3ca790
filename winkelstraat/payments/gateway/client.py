"""Speak to Stripe: one client per address and key, and its errors turned into our own.

A call is refused inside an open transaction: the network may take half a minute, and
locks must not wait for it (PAY-17). Retries belong to the outbox, so the SDK makes none
of its own (PAY-18).
"""

from collections.abc import Callable
from functools import lru_cache
from typing import Any, TypeVar

import stripe
from django.conf import settings
from django.db import connection

from winkelstraat.payments import breaker

stripe.enable_telemetry = False

Answer = TypeVar("Answer")
SDK_API_VERSION: str = stripe.api_version

WEB_TIMEOUT_S = (3, 10)
WORKER_TIMEOUT_S = (5, 30)
UNKNOWN_OBJECT = "resource_missing"


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


def ask(work: Callable[[], Answer], *, writes: bool = False) -> Answer:
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


def whole(expandable: Any) -> Any:
    """Return an expanded object, or None when there is none or only its id."""
    return None if isinstance(expandable, str) else expandable


def name_of(expandable: Any) -> str:
    """Return the id of an object that may be expanded, absent, or its id already."""
    return expandable if isinstance(expandable, str) else getattr(expandable, "id", "")
