"""Payments and charges: money that comes from a buyer."""

from winkelstraat.payments.sandbox import books, rules
from winkelstraat.payments.sandbox.errors import ApiError, missing
from winkelstraat.payments.sandbox.events import emit
from winkelstraat.payments.sandbox.parameters import Params, whole_number
from winkelstraat.payments.sandbox.store import Body, Store

METHODS = ("ideal", "wero", "bancontact", "card")
# What the SDK's class of a charge knows of each way to pay; of Wero it knows no more yet.
DETAILS: dict[str, Body] = {
    "ideal": {"ideal": {"bank": "asn_bank", "bic": "ASNBNL21", "verified_name": None}},
    "wero": {},
    "bancontact": {"bancontact": {"bank_name": None, "bic": None, "preferred_language": "nl"}},
    "card": {
        "card": {
            "brand": "visa",
            "country": "NL",
            "exp_month": 12,
            "exp_year": 2030,
            "funding": "debit",
            "last4": "4242",
            "network": "visa",
        }
    },
}


def make_intent(store: Store, fields: Body) -> Body:
    """Store a new PaymentIntent that waits for a payment method."""
    intent = {
        "amount_capturable": 0,
        "amount_received": 0,
        "canceled_at": None,
        "cancellation_reason": None,
        "capture_method": "automatic_async",
        "confirmation_method": "automatic",
        "customer": None,
        "description": None,
        "last_payment_error": None,
        "latest_charge": None,
        "metadata": {},
        "next_action": None,
        "on_behalf_of": None,
        "payment_method": None,
        "payment_method_types": list(METHODS),
        "status": "requires_payment_method",
        "transfer_data": None,
        "transfer_group": None,
        **fields,
    }
    return store.add("payment_intent", "pi", intent)


def create_intent(store: Store, params: Params) -> Body:
    """Create a PaymentIntent by the API, without a pay page."""
    amount = whole_number(params, "amount", least=1)
    check_least(store, amount)
    intent = make_intent(
        store,
        {
            "amount": amount,
            "currency": params["currency"],
            "metadata": params.get("metadata", {}),
            "description": params.get("description"),
            "transfer_group": params.get("transfer_group"),
        },
    )
    emit(store, "payment_intent.created", intent)
    return intent


def check_least(store: Store, amount: int) -> None:
    """Refuse an amount that is too small to be charged.

    :raises ApiError: 400 with Stripe's code `amount_too_small`.
    """
    least = int(rules.rule(store, "least_charge"))
    if amount < least:
        raise ApiError(
            400, f"Amount must be at least {least} cents.", code="amount_too_small", param="amount"
        )


def cancel_intent(store: Store, name: str, params: Params) -> Body:
    """Cancel a PaymentIntent that was not paid."""
    intent = get(store, name, "payment_intent")
    if intent["status"] in ("succeeded", "canceled", "processing"):
        raise ApiError(
            400,
            f"You cannot cancel this PaymentIntent because it has a status of {intent['status']}.",
            code="payment_intent_unexpected_state",
            begun=True,
        )
    intent |= {
        "status": "canceled",
        "canceled_at": int(store.now()),
        "cancellation_reason": params.get("cancellation_reason"),
    }
    emit(store, "payment_intent.canceled", store.save(intent))
    return intent


def get(store: Store, name: str, kind: str, account: str | None = None, *, param: str = "") -> Body:
    """Return an object of a kind, of one account when that is given.

    :raises ApiError: 404 when there is none, or 400 when `param` named it.
    """
    found = store.find(name, kind, account=account)
    if found is None:
        raise missing(name, kind, param)
    return found


def charge_fields(amount: int, currency: str, **fields: object) -> Body:
    """Return what every succeeded charge has."""
    return {
        "amount": amount,
        "amount_captured": amount,
        "amount_refunded": 0,
        "balance_transaction": None,
        "billing_details": {"address": None, "email": None, "name": None, "phone": None},
        "captured": True,
        "currency": currency,
        "description": None,
        "disputed": False,
        "failure_code": None,
        "failure_message": None,
        "metadata": {},
        "paid": True,
        "payment_intent": None,
        "payment_method": None,
        "refunded": False,
        "status": "succeeded",
        "transfer_group": None,
        **fields,
    }


def succeed(store: Store, intent: Body, method: str) -> Body:
    """Take the money: one charge, whose balance transaction is not yet known (PAY-24).

    The money is pending in the balance at once; only its entry is shown later.
    """
    amount = intent["amount"]
    card = method == "card"
    charge = store.add(
        "charge",
        "ch" if card else "py",
        charge_fields(
            amount,
            intent["currency"],
            description=intent["description"],
            metadata=intent["metadata"],
            payment_intent=intent["id"],
            payment_method_details={"type": method, **DETAILS[method]},
            transfer_group=intent["transfer_group"],
        ),
    )
    now = int(store.now())
    books.book(
        store,
        books.Entry(
            kind="charge" if card else "payment",
            category="charge",
            amount=amount,
            fee=rules.fee_of(store, method, amount),
            source=charge["id"],
            available_on=now + int(rules.rule(store, "availability_s")),
            description=intent["description"],
            shown=False,
        ),
    )
    intent |= {
        "status": "succeeded",
        "amount_received": amount,
        "latest_charge": charge["id"],
        "next_action": None,
        "last_payment_error": None,
    }
    store.save(intent)
    emit(store, "payment_intent.succeeded", intent)
    emit(store, "charge.succeeded", charge)
    store.plan(store.now() + float(rules.rule(store, "fee_delay_s")), "book_fee", charge["id"])
    return intent


def book_fee(store: Store, charge_id: str) -> None:
    """Let a charge know its balance transaction, and say so (`charge.updated`)."""
    charge = get(store, charge_id, "charge")
    if charge["balance_transaction"] is None:
        charge["balance_transaction"] = books.entry_of(store, charge_id)
        books.show(store, charge_id)
        emit(store, "charge.updated", store.save(charge))


def refuse(store: Store, intent: Body, method: str, *, message: str = "") -> Body:
    """Let the bank say no; the pay page stays open for another try."""
    error = {
        "type": "card_error" if method == "card" else "invalid_request_error",
        "code": "card_declined" if method == "card" else "payment_intent_payment_attempt_failed",
        "message": message or "The payment was declined.",
    }
    if message:
        error["code"] = "payment_intent_authentication_failure"
    if method == "card" and not message:
        intent["latest_charge"] = error["charge"] = _fail_charge(store, intent)
    intent |= {
        "status": "requires_payment_method",
        "last_payment_error": error,
        "next_action": None,
    }
    emit(store, "payment_intent.payment_failed", store.save(intent))
    return intent


def _fail_charge(store: Store, intent: Body) -> str:
    """Keep the failed try as a charge, as Stripe does for a card, and return its id."""
    charge = store.add(
        "charge",
        "ch",
        charge_fields(
            intent["amount"],
            intent["currency"],
            amount_captured=0,
            captured=False,
            description=intent["description"],
            failure_code="card_declined",
            failure_message="The payment was declined.",
            metadata=intent["metadata"],
            paid=False,
            payment_intent=intent["id"],
            payment_method_details={"type": "card", **DETAILS["card"]},
            status="failed",
            transfer_group=intent["transfer_group"],
        ),
    )
    emit(store, "charge.failed", charge)
    name: str = charge["id"]
    return name
