"""System checks: a wrong key or version must stop the start, not a buyer (PAY-06, PAY-31)."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.urls import reverse

from winkelstraat.payments import gateway
from winkelstraat.payments.gateway import SDK_API_VERSION


@register()
def check_api_version(**_options: Any) -> Sequence[CheckMessage]:
    """Compare the API version of the settings with the one that the SDK was made for."""
    if settings.STRIPE_API_VERSION == SDK_API_VERSION:
        return []
    return [
        Error(
            f"STRIPE_API_VERSION is {settings.STRIPE_API_VERSION}, the SDK speaks"
            f" {SDK_API_VERSION}.",
            id="payments.E001",
        )
    ]


@register()
def check_key(**_options: Any) -> Sequence[CheckMessage]:
    """Refuse an unrestricted live key, and a key whose mode differs from the settings."""
    key = settings.STRIPE_SECRET_KEY
    if key.startswith("sk_live_"):
        return [Error("Use a restricted live key (rk_live_...).", id="payments.E002")]
    if key and key.startswith("rk_live_") != settings.STRIPE_LIVE_MODE:
        return [Error("The key and STRIPE_LIVE_MODE disagree.", id="payments.E003")]
    return []


@register()
def check_webhook_secrets(**_options: Any) -> Sequence[CheckMessage]:
    """Refuse to take real money while one of the three kinds of reports cannot be verified."""
    if not settings.STRIPE_LIVE_MODE:
        return []
    return [
        Error(f"{name} is empty: those reports would all be refused.", id="payments.E004")
        for name in (
            "STRIPE_WEBHOOK_SECRETS",
            "STRIPE_CONNECT_WEBHOOK_SECRETS",
            "STRIPE_THIN_WEBHOOK_SECRETS",
        )
        if not getattr(settings, name)
    ]


@register(deploy=True)
def check_endpoints(**_options: Any) -> Sequence[CheckMessage]:
    """Ask the provider whether our endpoints exist and speak our version (PAY-31).

    It needs the network, so only a deployment asks for it: STRIPE_CHECK_ENDPOINTS.
    """
    if not settings.STRIPE_CHECK_ENDPOINTS:
        return []
    try:
        found = gateway.list_endpoints()
    except gateway.GatewayError as error:
        return [Error(f"The provider does not answer: {error}", id="payments.E005")]
    wanted = {f"{settings.SITE_ADDRESS}{reverse(f'payments:{n}')}" for n in ("webhook", "connect")}
    missing = [
        Error(f"The provider has no endpoint {url}.", id="payments.E006")
        for url in sorted(wanted - {endpoint.url for endpoint in found})
    ]
    return missing + [
        Error(
            f"{endpoint.url} speaks {endpoint.api_version}, we speak"
            f" {settings.STRIPE_API_VERSION}.",
            id="payments.E007",
        )
        for endpoint in found
        if endpoint.url in wanted and endpoint.api_version != settings.STRIPE_API_VERSION
    ]
