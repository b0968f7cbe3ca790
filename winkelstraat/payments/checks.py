"""System checks: a wrong key or version must stop the start, not a buyer (PAY-06, PAY-31)."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register

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
