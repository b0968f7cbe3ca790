"""Cards that are charged without a pay page, each with a known end, by Stripe's own names."""

from winkelstraat.payments.sandbox import disputes, money
from winkelstraat.payments.sandbox.errors import ApiError
from winkelstraat.payments.sandbox.events import emit
from winkelstraat.payments.sandbox.parameters import Params
from winkelstraat.payments.sandbox.store import Body, Store

CARDS = (
    "pm_card_visa",
    "pm_card_mastercard",
    "pm_card_bypassPending",
    "pm_card_createDispute",
    "pm_card_pendingRefund",
    "pm_card_refundFail",
    "pm_card_visa_chargeDeclined",
    "pm_card_authenticationRequired",
)


def confirm(store: Store, name: str, params: Params) -> Body:
    """Charge a PaymentIntent to one of the known cards.

    :raises ApiError: 402 when the card is declined, 400 when the intent cannot be confirmed.
    """
    intent = money.get(store, name, "payment_intent")
    card = str(params.get("payment_method") or "")
    if intent["status"] not in ("requires_payment_method", "requires_action"):
        raise ApiError(
            400,
            f"You cannot confirm this PaymentIntent because it has already {intent['status']}.",
            code="payment_intent_unexpected_state",
            begun=True,
        )
    if card not in CARDS:
        raise ApiError(400, f"No such PaymentMethod: '{card}'", code="resource_missing")
    if card == "pm_card_visa_chargeDeclined":
        money.refuse(store, intent, "card")
        raise ApiError(
            402, "Your card was declined.", kind="card_error", code="card_declined", begun=True
        )
    if card == "pm_card_authenticationRequired":
        intent |= {"status": "requires_action", "next_action": {"type": "use_stripe_sdk"}}
        emit(store, "payment_intent.requires_action", store.save(intent))
        return intent
    money.succeed(store, intent, "card")
    _carry_out(store, intent, card)
    return money.get(store, name, "payment_intent")


def _carry_out(store: Store, intent: Body, card: str) -> None:
    """Let the charge of a special card become what its name says."""
    charge = intent["latest_charge"]
    if card == "pm_card_bypassPending":
        now = int(store.now())
        store.rows("UPDATE entries SET available_on = ? WHERE source = ?", now, charge)
    elif card == "pm_card_createDispute":
        disputes.begin(store, charge, "fraudulent")
    elif card in ("pm_card_pendingRefund", "pm_card_refundFail"):
        store.set_fact(f"refunds_{charge}", card)
