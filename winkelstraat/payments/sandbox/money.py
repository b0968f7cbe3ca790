"""Payments, charges, transfers and the balance: the rules that move money."""

from typing import Any

from winkelstraat.payments.sandbox.errors import ApiError, missing
from winkelstraat.payments.sandbox.parameters import Params, whole_number
from winkelstraat.payments.sandbox.store import DAY_S, Body, Store
from winkelstraat.payments.sandbox.webhooks import emit

METHODS = ("ideal", "wero", "card")
SETTLED_AFTER_S = 2 * DAY_S


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
    intent = make_intent(
        store,
        {
            "amount": whole_number(params, "amount", least=1),
            "currency": params["currency"],
            "metadata": params.get("metadata", {}),
            "description": params.get("description"),
            "transfer_group": params.get("transfer_group"),
        },
    )
    emit(store, "payment_intent.created", intent)
    return intent


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


def get(store: Store, name: str, kind: str) -> Body:
    """Return an object of a kind.

    :raises ApiError: 404 when there is none.
    """
    found = store.find(name, kind)
    if found is None:
        raise missing(name, kind)
    return found


def succeed(store: Store, intent: Body, method: str) -> Body:
    """Take the money: one charge, whose balance transaction is not yet known (PAY-24)."""
    charge = store.add(
        "charge",
        "py" if method != "card" else "ch",
        {
            "amount": intent["amount"],
            "amount_captured": intent["amount"],
            "amount_refunded": 0,
            "balance_transaction": None,
            "captured": True,
            "currency": intent["currency"],
            "description": intent["description"],
            "disputed": False,
            "failure_code": None,
            "failure_message": None,
            "metadata": intent["metadata"],
            "paid": True,
            "payment_intent": intent["id"],
            "payment_method": None,
            "payment_method_details": {"type": method, method: {}},
            "refunded": False,
            "status": "succeeded",
            "transfer_group": intent["transfer_group"],
        },
    )
    intent |= {
        "status": "succeeded",
        "amount_received": intent["amount"],
        "latest_charge": charge["id"],
        "last_payment_error": None,
    }
    store.save(intent)
    emit(store, "payment_intent.succeeded", intent)
    emit(store, "charge.succeeded", charge)
    store.set_fact(f"settle_{charge['id']}", repr(store.now() + 1))
    return intent


def book_fees(store: Store) -> None:
    """Give charges their balance transaction a little later, and say so (`charge.updated`)."""
    for name, due in store.rows(
        "SELECT name, value FROM facts WHERE name LIKE 'settle\\_%' ESCAPE '\\'"
    ):
        if float(due) > store.now():
            continue
        with store.transaction():
            charge = get(store, name.removeprefix("settle_"), "charge")
            charge["balance_transaction"] = store.new_id("txn")
            emit(store, "charge.updated", store.save(charge))
            store.rows("DELETE FROM facts WHERE name = ?", name)


def refuse(store: Store, intent: Body, method: str) -> Body:
    """Let the bank say no; the pay page stays open for another try."""
    error = {
        "type": "card_error" if method == "card" else "invalid_request_error",
        "code": "card_declined" if method == "card" else "payment_intent_payment_attempt_failed",
        "message": "The payment was declined.",
    }
    intent |= {"status": "requires_payment_method", "last_payment_error": error}
    emit(store, "payment_intent.payment_failed", store.save(intent))
    return intent


def create_transfer(store: Store, params: Params) -> Body:
    """Move money to a connected account, out of one charge or out of the balance."""
    amount = whole_number(params, "amount", least=1)
    destination = str(params["destination"])
    _check_destination(store, destination)
    source = params.get("source_transaction")
    group = params.get("transfer_group")
    if source is not None:
        charge = get(store, str(source), "charge")
        sent = _already_sent(store, str(source))
        if sent + amount > charge["amount"]:
            raise ApiError(
                400,
                f"The transfers of {source} would exceed its amount: {sent} + {amount}"
                f" > {charge['amount']}.",
                code="transfer_source_balance_parameters_mismatch",
                begun=True,
            )
        group = group or charge["transfer_group"]
    elif amount > balance_amounts(store)[0]:
        raise ApiError(
            400, "You have insufficient available funds.", code="balance_insufficient", begun=True
        )
    transfer = store.add(
        "transfer",
        "tr",
        {
            "amount": amount,
            "amount_reversed": 0,
            "balance_transaction": store.new_id("txn"),
            "currency": params["currency"],
            "description": params.get("description"),
            "destination": destination,
            "metadata": params.get("metadata", {}),
            "reversals": {"object": "list", "data": [], "has_more": False, "url": "/v1/transfers"},
            "reversed": False,
            "source_transaction": source,
            "source_type": "card",
            "transfer_group": group,
        },
    )
    emit(store, "transfer.created", transfer)
    return transfer


def _already_sent(store: Store, charge_id: str) -> int:
    sql = (
        "SELECT COALESCE(SUM(json_extract(body, '$.amount')), 0) FROM objects"
        " WHERE kind = 'transfer' AND json_extract(body, '$.source_transaction') = ?"
    )
    return int(store.rows(sql, charge_id)[0][0])


def _check_destination(store: Store, destination: str) -> None:
    """Accept any account name until the console says that it cannot receive transfers."""
    if not destination.startswith("acct_"):
        raise missing(destination, "destination")
    if (store.fact(f"account_{destination}") or "active") != "active":
        raise ApiError(
            400,
            "Your destination account needs to have at least one of the following capabilities"
            " enabled: transfers.",
            code="insufficient_capabilities_for_transfer",
            begun=True,
        )


def balance_amounts(store: Store) -> tuple[int, int]:
    """Return (available, pending) cents of the platform."""
    available = pending = 0
    young: set[str] = set()
    for charge in store.list("charge"):
        if charge["created"] + SETTLED_AFTER_S > store.now():
            pending += charge["amount"]
            young.add(charge["id"])
        else:
            available += charge["amount"]
    for transfer in store.list("transfer"):
        if transfer["source_transaction"] in young:
            pending -= transfer["amount"]
        else:
            available -= transfer["amount"]
    return available, pending


def balance(store: Store) -> Body:
    """Return the platform's balance as Stripe shows it."""
    available, pending = balance_amounts(store)

    def euros(amount: int) -> list[dict[str, Any]]:
        return [{"amount": amount, "currency": "eur", "source_types": {"card": amount}}]

    return {
        "object": "balance",
        "livemode": False,
        "available": euros(available),
        "pending": euros(pending),
    }
