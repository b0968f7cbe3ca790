"""Refunds: money that goes back to a buyer, and sometimes comes back again."""

from winkelstraat.payments.sandbox import books, disputes, rules
from winkelstraat.payments.sandbox.errors import ApiError, missing
from winkelstraat.payments.sandbox.events import emit
from winkelstraat.payments.sandbox.money import get
from winkelstraat.payments.sandbox.parameters import Params, whole_number
from winkelstraat.payments.sandbox.store import Body, Store

REASONS = ("duplicate", "fraudulent", "requested_by_customer")


def create_refund(store: Store, params: Params) -> Body:
    """Give back a charge, whole or in part, out of the platform's balance."""
    charge = _charge_of(store, params)
    _check_wish(params)
    amount = _amount_to_refund(store, charge, params)
    short = _is_short(store, charge, amount)
    rule = rules.rule(store, "short_refunds")
    if short and rule == "refuse":
        raise ApiError(
            400,
            "Insufficient funds in your Stripe balance to refund this amount.",
            code="balance_insufficient",
            begun=True,
        )
    refund = _new_refund(store, charge, amount, params)
    charge["amount_refunded"] += amount
    charge["refunded"] = charge["amount_refunded"] == charge["amount"]
    store.save(charge)
    _book(store, refund, charge)
    if short and rule == "pending":
        refund["pending_reason"] = "insufficient_funds"
        store.set_fact("refunds_wait", "1")
    else:
        _send(store, refund)
    store.save(refund)
    emit(store, "refund.created", refund)
    emit(store, "charge.refunded", charge)
    return refund


def _check_wish(params: Params) -> None:
    for name in ("reverse_transfer", "refund_application_fee"):
        if params.get(name) == "true":
            raise ApiError(
                400,
                f"Cannot use {name} on a charge without a destination: reverse its transfers.",
                param=name,
            )
    if params.get("reason", REASONS[0]) not in REASONS:
        raise ApiError(400, f"Invalid reason: must be one of {', '.join(REASONS)}", param="reason")


def _new_refund(store: Store, charge: Body, amount: int, params: Params) -> Body:
    by_bank = charge["payment_method_details"]["type"] != "card"
    refund = store.add(
        "refund",
        "pyr" if by_bank else "re",
        {
            "amount": amount,
            "balance_transaction": None,
            "charge": charge["id"],
            "currency": charge["currency"],
            "failure_balance_transaction": None,
            "failure_reason": None,
            "metadata": params.get("metadata", {}),
            "payment_intent": charge["payment_intent"],
            "pending_reason": None,
            "reason": params.get("reason"),
            "receipt_number": None,
            "source_transfer_reversal": None,
            "status": "pending",
            "transfer_reversal": None,
        },
    )
    refund.pop("livemode")
    return refund


def _charge_of(store: Store, params: Params) -> Body:
    if "charge" in params:
        charge = get(store, str(params["charge"]), "charge", "", param="charge")
        wanted = params.get("payment_intent", charge["payment_intent"])
        if wanted != charge["payment_intent"]:
            raise ApiError(400, "The charge is not of this payment_intent.", param="charge")
        return charge
    if "payment_intent" not in params:
        raise ApiError(
            400,
            "One of the following params should be provided for this request: payment_intent or"
            " charge.",
            code="parameter_missing",
        )
    intent = get(store, str(params["payment_intent"]), "payment_intent", param="payment_intent")
    if intent["status"] != "succeeded":
        raise ApiError(
            400,
            f"This PaymentIntent ({intent['id']}) does not have a successful charge to refund.",
            param="payment_intent",
        )
    return get(store, intent["latest_charge"], "charge")


def _amount_to_refund(store: Store, charge: Body, params: Params) -> int:
    left = charge["amount"] - charge["amount_refunded"]
    if charge["status"] != "succeeded":
        raise ApiError(400, f"Charge {charge['id']} was not paid.", param="charge", begun=True)
    if charge["disputed"] and disputes.forbids_refund(store, charge):
        raise ApiError(
            400,
            f"Charge {charge['id']} has been charged back; cannot issue a refund.",
            code="charge_disputed",
            begun=True,
        )
    if left == 0:
        raise ApiError(
            400,
            f"Charge {charge['id']} has already been refunded.",
            code="charge_already_refunded",
            begun=True,
        )
    amount = whole_number(params, "amount", least=1) if "amount" in params else left
    if amount > left:
        raise ApiError(
            400,
            f"Refund amount ({amount}) is greater than unrefunded amount on charge ({left}).",
            param="amount",
            begun=True,
        )
    return amount


def _is_short(store: Store, charge: Body, amount: int) -> bool:
    """Tell whether the balance lacks money; a charge that is pending pays its own refund."""
    moment = books.available_on(store, charge["id"]) or 0
    return moment <= store.now() and amount > books.totals(store)[0]


def _book(store: Store, refund: Body, charge: Body) -> None:
    """Take the money out of the balance, which may become negative by it."""
    by_bank = refund["id"].startswith("pyr_")
    refund["balance_transaction"] = books.book(
        store,
        books.Entry(
            kind="payment_refund" if by_bank else "refund",
            category="refund",
            amount=-refund["amount"],
            source=refund["id"],
            available_on=books.available_on(store, charge["id"]),
            description="REFUND FOR PAYMENT" if by_bank else "REFUND FOR CHARGE",
        ),
    )


def _send(store: Store, refund: Body) -> None:
    """Send the money to the buyer; a bank says later that it arrived, a card at once."""
    by_bank = refund["id"].startswith("pyr_")
    card = store.fact(f"refunds_{refund['charge']}") or ""
    late = by_bank or card == "pm_card_pendingRefund"
    refund["pending_reason"] = "processing" if late else None
    refund["status"] = "pending" if late else "succeeded"
    due = store.now() + float(rules.rule(store, "bank_refund_s"))
    if late:
        store.plan(due, "refund_arrives", refund["id"])
    elif card == "pm_card_refundFail":
        store.plan(due, "refund_fails", refund["id"])


def arrive(store: Store, name: str) -> None:
    """Let a refund reach the buyer's bank."""
    refund = get(store, name, "refund")
    if refund["pending_reason"] == "processing":
        refund |= {"status": "succeeded", "pending_reason": None}
        emit(store, "refund.updated", store.save(refund))


def send_waiting(store: Store, _subject: str = "") -> None:
    """Send the refunds that waited for money; what is still lacking holds back the newest."""
    waiting = store.select(
        "refund", where="AND json_extract(body, '$.pending_reason') = 'insufficient_funds'"
    )
    lacking = -books.totals(store)[0]
    for refund in waiting:
        if lacking > 0:
            lacking -= refund["amount"]
            continue
        _send(store, refund)
        emit(store, "refund.updated", store.save(refund))


def fail(store: Store, name: str, reason: str = "unknown") -> Body:
    """Let the buyer's bank return a refund: the money is the platform's again."""
    refund = get(store, name, "refund", "")
    if refund["status"] not in ("pending", "succeeded"):
        raise ApiError(400, f"This refund is {refund['status']}.")
    _book_back(store, refund)
    refund |= {"status": "failed", "failure_reason": reason, "pending_reason": None}
    _give_room(store, refund)
    emit(store, "refund.updated", store.save(refund))
    emit(store, "refund.failed", refund)
    return refund


def cancel(store: Store, name: str) -> Body:
    """Call back a refund that did not leave yet, because the balance had no money."""
    refund = get(store, name, "refund")
    if refund["pending_reason"] != "insufficient_funds":
        raise ApiError(
            400,
            f"This refund cannot be canceled because it has a status of {refund['status']}.",
            begun=True,
        )
    _book_back(store, refund)
    refund |= {"status": "canceled", "pending_reason": None}
    _give_room(store, refund)
    emit(store, "refund.updated", store.save(refund))
    return refund


def _book_back(store: Store, refund: Body) -> None:
    by_bank = refund["id"].startswith("pyr_")
    refund["failure_balance_transaction"] = books.book(
        store,
        books.Entry(
            kind="payment_failure_refund" if by_bank else "refund_failure",
            category="refund_failure",
            amount=refund["amount"],
            source=refund["id"],
            description="REFUND FAILURE",
        ),
    )


def _give_room(store: Store, refund: Body) -> None:
    charge = get(store, refund["charge"], "charge")
    charge["amount_refunded"] -= refund["amount"]
    charge["refunded"] = False
    store.save(charge)


def update_refund(store: Store, name: str, params: Params) -> Body:
    """Change the metadata of a refund."""
    refund = get(store, name, "refund")
    refund["metadata"] |= params.get("metadata", {})
    emit(store, "refund.updated", store.save(refund))
    return refund


def get_refund(store: Store, name: str) -> Body:
    """Return a refund of the platform."""
    refund = store.find(name, "refund")
    if refund is None:
        raise missing(name, "refund")
    return refund
