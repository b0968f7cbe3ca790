"""Tell reports that Stripe signed from others (PAY-26)."""

from contextlib import suppress
from datetime import datetime

import stripe

SIGNATURE_TOLERANCE_S = 300


class InvalidSignature(Exception):
    """A report that the provider did not sign, or not recently."""


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
