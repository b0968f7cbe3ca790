"""Checkout Sessions: opened by the shop, paid on the pay page, closed by time or by request."""

import json

from winkelstraat.payments.sandbox import money, rules
from winkelstraat.payments.sandbox.errors import ApiError
from winkelstraat.payments.sandbox.events import emit
from winkelstraat.payments.sandbox.parameters import Params, whole_number
from winkelstraat.payments.sandbox.store import DAY_S, Body, Store

SHORTEST_S = 1_800


def create_session(store: Store, params: Params, address: str) -> Body:
    """Open a pay page; its amount is the sum of its lines."""
    _check_wish(params)
    total, currency = _sum_lines(params["line_items"])
    money.check_least(store, total)
    session = store.add(
        "checkout.session",
        "cs_test",
        {
            "amount_subtotal": total,
            "amount_total": total,
            "automatic_tax": {"enabled": False, "liability": None, "status": None},
            "cancel_url": params.get("cancel_url"),
            "client_reference_id": params.get("client_reference_id"),
            "currency": currency,
            "custom_fields": [],
            "custom_text": {"after_submit": None, "submit": None},
            "expires_at": _closing_time(store, params),
            "locale": params.get("locale"),
            "metadata": params.get("metadata", {}),
            "mode": "payment",
            "payment_intent": None,
            "payment_method_types": _methods(params),
            "payment_status": "unpaid",
            "shipping_options": [],
            "status": "open",
            "success_url": params["success_url"],
            "ui_mode": params.get("ui_mode", "hosted_page"),
        },
    )
    session["url"] = f"{address}/pay/{session['id']}"
    store.save(session)
    store.plan(session["expires_at"], "close_session", session["id"])
    details = {
        "lines": [
            {
                "name": line["price_data"]["product_data"]["name"],
                "quantity": int(line.get("quantity", 1)),
            }
            for line in params["line_items"]
        ],
        "intent": params.get("payment_intent_data", {}),
    }
    store.set_fact(f"details_{session['id']}", json.dumps(details))
    return session


def _check_wish(params: Params) -> None:
    if params.get("mode") != "payment":
        raise ApiError(400, "The sandbox knows mode=payment only.", param="mode")
    for name in ("success_url", "line_items"):
        if not params.get(name):
            raise ApiError(
                400, f"Missing required param: {name}.", code="parameter_missing", param=name
            )


def _methods(params: Params) -> list[str]:
    """Return the ways to pay that the sandbox plays and the shop allows."""
    allowed = params.get("allowed_payment_method_types", money.METHODS)
    excluded = params.get("excluded_payment_method_types", [])
    left = [method for method in money.METHODS if method in allowed and method not in excluded]
    if not left:
        raise ApiError(400, "No payment method is left.", param="excluded_payment_method_types")
    return left


def _sum_lines(lines: list[Params]) -> tuple[int, str]:
    total = 0
    currencies = set()
    for line in lines:
        price = line.get("price_data")
        if price is None or "product_data" not in price:
            raise ApiError(
                400, "The sandbox needs price_data with product_data.", param="line_items"
            )
        total += whole_number(price, "unit_amount") * whole_number(line, "quantity", least=1)
        currencies.add(price["currency"])
    if len(currencies) != 1:
        raise ApiError(400, "All line items must have one currency.", param="line_items")
    return total, currencies.pop()


def _closing_time(store: Store, params: Params) -> int:
    now = store.now()
    if "expires_at" not in params:
        return int(now) + DAY_S
    closes_at = whole_number(params, "expires_at")
    if not now + SHORTEST_S - 5 <= closes_at <= now + DAY_S + 5:
        raise ApiError(
            400,
            "The `expires_at` timestamp must be at least 30 minutes and at most 24 hours from"
            " Checkout Session creation.",
            param="expires_at",
        )
    return closes_at


def read_details(store: Store, session: Body) -> Body:
    """Return what the session keeps for the pay page: its lines and the intent's data."""
    details: Body = json.loads(store.fact(f"details_{session['id']}") or "{}")
    return details


def expire_session(store: Store, name: str) -> Body:
    """Close an open session before anyone paid."""
    session = refresh(store, money.get(store, name, "checkout.session"))
    if session["status"] != "open":
        raise ApiError(
            400,
            'Only Checkout Sessions with a status in ["open"] can be expired. This Checkout'
            f" Session has a status of {session['status']}.",
            begun=True,
        )
    return _close(store, session)


def refresh(store: Store, session: Body) -> Body:
    """Return the session, closed if its time is over."""
    if session["status"] == "open" and session["expires_at"] <= store.now():
        return _close(store, session)
    return session


def _close(store: Store, session: Body) -> Body:
    session |= {"status": "expired", "url": None}
    store.save(session)
    if session["payment_intent"]:
        intent = money.get(store, session["payment_intent"], "payment_intent")
        if intent["status"] in ("requires_payment_method", "requires_action"):
            money.cancel_intent(store, intent["id"], {"cancellation_reason": "abandoned"})
    emit(store, "checkout.session.expired", session)
    return session


def close_when_over(store: Store, name: str) -> None:
    """Close a session if its time is over."""
    refresh(store, money.get(store, name, "checkout.session"))


def try_payment(store: Store, name: str, method: str, outcome: str) -> Body:
    """Do what the buyer chose on the pay page: `pay`, `refuse`, `wait` or `challenge`.

    `challenge` lets the card's bank ask for a confirmation (3-D Secure); then come `pay`
    or `deny`.

    :raises ApiError: 400 when the session is closed or the choice is unknown.
    """
    session = refresh(store, money.get(store, name, "checkout.session"))
    if session["status"] != "open":
        raise ApiError(400, f"This session is {session['status']}.", code="session_not_open")
    if method not in session["payment_method_types"]:
        raise ApiError(400, f"Unknown choice: {method}, {outcome}.")
    intent = _intent_of(store, session)
    if outcome == "pay":
        money.succeed(store, intent, method)
        _complete(store, session, "paid")
    elif outcome == "refuse":
        money.refuse(store, intent, method)
    elif outcome == "deny":
        money.refuse(store, intent, method, message="The buyer did not confirm the payment.")
    elif outcome == "challenge":
        intent |= {"status": "requires_action", "next_action": {"type": "use_stripe_sdk"}}
        emit(store, "payment_intent.requires_action", store.save(intent))
    elif outcome == "wait":
        _wait(store, session, intent, method)
    else:
        raise ApiError(400, f"Unknown choice: {method}, {outcome}.")
    return money.get(store, name, "checkout.session")


def _wait(store: Store, session: Body, intent: Body, method: str) -> None:
    """Let the bank owe an answer: the buyer is done, the money is not there."""
    intent["status"] = "processing"
    emit(store, "payment_intent.processing", store.save(intent))
    store.set_fact(f"method_{session['id']}", method)
    due = store.now() + float(rules.rule(store, "late_answer_s"))
    store.plan(due, "answer_owed", session["id"])
    _complete(store, session, "unpaid")


def _complete(store: Store, session: Body, payment_status: str) -> None:
    session |= {"status": "complete", "payment_status": payment_status, "url": None}
    emit(store, "checkout.session.completed", store.save(session))


def _intent_of(store: Store, session: Body) -> Body:
    """Return the session's PaymentIntent; as at Stripe it is made with the first try."""
    if session["payment_intent"]:
        return money.get(store, session["payment_intent"], "payment_intent")
    wanted = read_details(store, session)["intent"]
    intent = money.make_intent(
        store,
        {
            "amount": session["amount_total"],
            "currency": session["currency"],
            "description": wanted.get("description"),
            "metadata": wanted.get("metadata", {}),
            "transfer_group": wanted.get("transfer_group"),
        },
    )
    session["payment_intent"] = intent["id"]
    store.save(session)
    return intent


def answer_later(store: Store, name: str, *, succeeded: bool) -> Body:
    """Let the bank give the answer that it owed since `wait`."""
    session = money.get(store, name, "checkout.session")
    intent = money.get(store, session["payment_intent"] or "", "payment_intent")
    if intent["status"] != "processing":
        raise ApiError(400, "The bank owes no answer for this session.")
    method = store.fact(f"method_{name}") or "ideal"
    store.cancel_plan("answer_owed", name)
    if succeeded:
        money.succeed(store, intent, method)
        session["payment_status"] = "paid"
        emit(store, "checkout.session.async_payment_succeeded", store.save(session))
    else:
        money.refuse(store, intent, method)
        emit(store, "checkout.session.async_payment_failed", session)
    return session


def answer_owed(store: Store, name: str) -> None:
    """Let a bank that owes an answer for half a minute say yes, so that a demo goes on."""
    answer_later(store, name, succeeded=True)
