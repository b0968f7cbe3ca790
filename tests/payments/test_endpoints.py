"""Each kind of report that we subscribe to is taken in at its own endpoint (PAY-25, PAY-26)."""

import json
from typing import Any
from uuid import uuid4

import pytest
from django.core.checks import run_checks
from django.test import Client
from django.utils import timezone

from tests.sandbox import SECRETS, sign
from winkelstraat.payments import operations
from winkelstraat.payments.checks import check_endpoints, check_webhook_secrets
from winkelstraat.payments.models import WebhookEvent

pytestmark = pytest.mark.django_db

PATHS = {
    "platform": "/betalen/webhook/",
    "connect": "/betalen/webhook/winkels/",
    "thin": "/betalen/webhook/dun/",
}
PLATFORM = [
    "checkout.session.completed",
    "checkout.session.async_payment_succeeded",
    "checkout.session.async_payment_failed",
    "checkout.session.expired",
    "payment_intent.succeeded",
    "payment_intent.payment_failed",
    "payment_intent.processing",
    "payment_intent.canceled",
    "charge.updated",
    "charge.refunded",
    "refund.created",
    "refund.updated",
    "refund.failed",
    "charge.dispute.created",
    "charge.dispute.updated",
    "charge.dispute.closed",
    "charge.dispute.funds_withdrawn",
    "charge.dispute.funds_reinstated",
    "transfer.created",
    "transfer.updated",
    "transfer.reversed",
    "something.new",
]
CONNECT = [
    "account.updated",
    "capability.updated",
    "account.application.deauthorized",
    "account.external_account.updated",
    "payout.paid",
    "payout.failed",
    "balance.available",
    "something.new",
]
THIN = [
    "v2.core.account[configuration.recipient].capability_status_updated",
    "v2.core.account[requirements].updated",
    "v2.core.account.closed",
    "v2.something.new",
]
ALL = [
    (endpoint, kind)
    for endpoint, kinds in (("platform", PLATFORM), ("connect", CONNECT), ("thin", THIN))
    for kind in kinds
]


def report(endpoint: str, kind: str) -> str:
    event: dict[str, Any] = {"id": f"evt_{uuid4().hex}", "type": kind, "livemode": False}
    if endpoint == "thin":
        event |= {
            "object": "v2.core.event",
            "created": timezone.now().isoformat(),
            "related_object": {"id": "acct_nobody", "type": "v2.core.account"},
        }
    else:
        event |= {
            "object": "event",
            "created": int(timezone.now().timestamp()),
            "account": "acct_nobody" if endpoint == "connect" else None,
            "data": {"object": {"id": "x_1", "object": kind.split(".")[0]}},
        }
    return json.dumps(event)


def post(client: Client, endpoint: str, body: str, secret: str) -> int:
    return client.post(
        PATHS[endpoint],
        body,
        content_type="application/json",
        headers={"Stripe-Signature": sign(body, secret=secret)},
    ).status_code


@pytest.mark.parametrize(("endpoint", "kind"), ALL)
def test_every_kind_is_stored_and_what_is_not_ours_is_ignored(
    client: Client, endpoint: str, kind: str
) -> None:
    body = report(endpoint, kind)
    assert [post(client, endpoint, body, SECRETS[endpoint]) for _time in range(2)] == [200, 200]
    event = WebhookEvent.objects.get()
    assert (event.endpoint, event.type) == (endpoint, kind)
    operations.process_webhook(webhook_id=event.pk, now=timezone.now())
    event.refresh_from_db()
    assert event.state == "ignored"


@pytest.mark.parametrize("endpoint", list(PATHS))
@pytest.mark.parametrize("other", list(PATHS))
def test_each_endpoint_takes_only_its_own_secret(client: Client, endpoint: str, other: str) -> None:
    status = post(client, endpoint, report(endpoint, "something.new"), SECRETS[other])
    assert status == (200 if other == endpoint else 400)
    assert WebhookEvent.objects.exists() == (other == endpoint)


@pytest.mark.parametrize("endpoint", list(PATHS))
def test_an_old_secret_lives_beside_a_new_one_until_it_is_removed(
    client: Client, endpoint: str, settings: Any
) -> None:
    name = {
        "platform": "STRIPE_WEBHOOK_SECRETS",
        "connect": "STRIPE_CONNECT_WEBHOOK_SECRETS",
        "thin": "STRIPE_THIN_WEBHOOK_SECRETS",
    }[endpoint]
    setattr(settings, name, ["whsec_new", "whsec_old"])
    for secret in ("whsec_new", "whsec_old"):
        assert post(client, endpoint, report(endpoint, "a.b"), secret) == 200
    setattr(settings, name, ["whsec_new"])
    assert post(client, endpoint, report(endpoint, "a.b"), "whsec_old") == 400


@pytest.mark.parametrize("endpoint", list(PATHS))
@pytest.mark.parametrize("body", ["", "[]", "{}", '{"id": 1}', "geen json"])
def test_what_is_no_event_is_refused(client: Client, endpoint: str, body: str) -> None:
    assert post(client, endpoint, body, SECRETS[endpoint]) == 400
    assert not WebhookEvent.objects.exists()


def test_real_money_needs_every_secret(settings: Any) -> None:
    assert check_webhook_secrets() == []
    settings.STRIPE_LIVE_MODE = True
    assert check_webhook_secrets() == []
    settings.STRIPE_THIN_WEBHOOK_SECRETS = []
    assert [error.id for error in check_webhook_secrets()] == ["payments.E004"]


def test_the_check_of_a_deployment_compares_the_endpoints_version(
    empty_sandbox: Any, settings: Any
) -> None:
    settings.STRIPE_CHECK_ENDPOINTS = True
    settings.SITE_ADDRESS = "http://straat.example"
    assert {error.id for error in check_endpoints()} == {"payments.E006"}
    settings.STRIPE_CHECK_ENDPOINTS = False
    assert check_endpoints() == []
    assert not [one for one in run_checks() if (one.id or "").startswith("payments.")]
