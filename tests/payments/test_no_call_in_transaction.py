"""No call to the provider while a transaction is open: locks never wait for a network (PAY-17)."""

import contextlib
import inspect
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import transaction

from winkelstraat.payments import gateway

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 23, tzinfo=UTC)
EXAMPLES: dict[str, Any] = {
    "params": {"amount": 100, "currency": "eur"},
    "since": NOW,
    "timeout": (1, 1),
    "metadata": {},
    "refresh_url": "/a/",
    "return_url": "/b/",
}
# These speak to nobody.
SILENT = {"refuse_in_transaction", "verify_signature"}
CALLS = sorted(
    name
    for name in gateway.__all__
    if inspect.isfunction(getattr(gateway, name)) and name not in SILENT
)


def call(name: str) -> Any:
    function = getattr(gateway, name)
    given = {
        parameter.name: EXAMPLES.get(parameter.name, "x")
        for parameter in inspect.signature(function).parameters.values()
        if parameter.default is inspect.Parameter.empty
    }
    answer = function(**given)
    return list(answer) if isinstance(answer, Iterator) else answer


@pytest.mark.parametrize("name", CALLS)
def test_every_call_is_refused_inside_a_transaction(sandbox: Any, name: str) -> None:
    with pytest.raises(gateway.ProviderCallInTransaction), transaction.atomic():
        call(name)
    assert sandbox.list_requests() == []


@pytest.mark.parametrize("name", CALLS)
def test_and_goes_out_where_there_is_none(sandbox: Any, name: str) -> None:
    before = len(sandbox.call("GET", "requests"))
    with contextlib.suppress(gateway.GatewayError):
        call(name)
    assert len(sandbox.call("GET", "requests")) > before


def test_the_list_is_not_empty_and_knows_the_writing_calls() -> None:
    assert {
        "create_refund",
        "create_transfer",
        "create_reversal",
        "open_checkout",
        "create_account",
    } <= set(CALLS)
