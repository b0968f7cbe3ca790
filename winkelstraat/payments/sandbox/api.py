"""The API as stripe-python calls it: keys, versions, idempotency, faults, lists and expand."""

import hashlib
import json
import operator
import time
from collections.abc import Callable
from typing import Any

import stripe
from flask import Blueprint, Response, current_app, request

from winkelstraat.payments.sandbox import checkout, money
from winkelstraat.payments.sandbox.errors import ApiError
from winkelstraat.payments.sandbox.parameters import Params, check_params, parse_form
from winkelstraat.payments.sandbox.store import Body, Store

api = Blueprint("api", __name__, url_prefix="/v1")

KINDS = {"pi": "payment_intent", "ch": "charge", "py": "charge"}
LONGEST_KEY = 255
COMPARISONS = {"gte": operator.ge, "lte": operator.le, "gt": operator.gt, "lt": operator.lt}


def store() -> Store:
    """Return the state of this application."""
    state: Store = current_app.config["STORE"]
    return state


def answer(call: str, work: Callable[[Params], Body]) -> Response:
    """Do one call as Stripe does: check, replay or run, remember, answer."""
    try:
        _check_caller()
        params = parse_form([*request.args.items(multi=True), *request.form.items(multi=True)])
        check_params(call, params)
        key = request.headers.get("Idempotency-Key", "") if request.method == "POST" else ""
        if len(key) > LONGEST_KEY:
            raise ApiError(400, "The idempotency key is longer than 255 characters.")
        fault = _take_fault()
        if fault == "lose_answer_before":
            raise _LostAnswer
        status, body, replayed = _run_once(key, params, work, fault)
        _note(key, status, replayed)
        if fault == "lose_answer":
            raise _LostAnswer
    except ApiError as refusal:
        status, body, replayed = refusal.status, json.dumps(refusal.as_json()), False
        _note(request.headers.get("Idempotency-Key", ""), status, replayed)
    response = Response(body, status=status, mimetype="application/json")
    response.headers["Request-Id"] = f"req_{hashlib.sha256(body.encode()).hexdigest()[:14]}"
    if replayed:
        response.headers["Idempotent-Replayed"] = "true"
    return response


class _LostAnswer(Exception):
    """The work may be done, but the caller never hears of it."""


@api.errorhandler(_LostAnswer)
def cut_connection(_error: _LostAnswer) -> Response:
    """Close the connection without an answer, as a network does."""
    wire = request.environ.get("werkzeug.socket")
    if wire is not None:
        wire.shutdown(2)
    return Response(status=500, headers={"Stripe-Should-Retry": "false"})


def _check_caller() -> None:
    scheme, _, key = request.headers.get("Authorization", "").partition(" ")
    if scheme != "Bearer" or not key.startswith(("sk_test_", "rk_test_")):
        raise ApiError(401, "Invalid API Key provided.", code="api_key_invalid")
    version = request.headers.get("Stripe-Version", "")
    if version != stripe.api_version:
        raise ApiError(400, f"Unknown API version: {version}; this is {stripe.api_version}.")


def _run_once(
    key: str, params: Params, work: Callable[[Params], Body], fault: str
) -> tuple[int, str, bool]:
    """Return (status, body, replayed), working at most once per key in 24 hours (PAY-16)."""
    text = json.dumps([request.method, request.path, params], sort_keys=True)
    fingerprint = hashlib.sha256(text.encode()).hexdigest()
    with store().transaction():
        known = store().recall(key) if key else None
        if known is not None:
            if known[0] != fingerprint:
                raise ApiError(
                    400,
                    "Keys for idempotent requests can only be used with the same parameters they"
                    f" were first used with. Try using a key other than '{key}'.",
                    kind="idempotency_error",
                )
            return known[1], known[2], True
        status, body = _work(params, work, fault)
        if key:
            store().remember(key, fingerprint, status, body)
    return status, body, False


def _work(params: Params, work: Callable[[Params], Body], fault: str) -> tuple[int, str]:
    if fault == "500":
        sorry = ApiError(500, "An unknown error occurred", kind="api_error")
        return 500, json.dumps(sorry.as_json())
    try:
        result = work(params)
    except ApiError as refusal:
        if not refusal.begun:
            raise
        return refusal.status, json.dumps(refusal.as_json())
    for path in params.get("expand", []):
        _expand(result, path.split("."))
    return 200, json.dumps(result, indent=2)


def _take_fault() -> str:
    """Return the fault that the console planned for this request, if any, and count it off."""
    with store().transaction():
        plan = json.loads(store().fact("faults") or "[]")
        for step in plan:
            if step["method"] in ("", request.method) and request.path.startswith(step["path"]):
                step["count"] -= 1
                store().set_fact("faults", json.dumps([s for s in plan if s["count"] > 0]))
                break
        else:
            return ""
    fault: str = step["fault"]
    if fault == "slow":
        time.sleep(step["seconds"])
    elif fault == "429":
        raise ApiError(429, "Too many requests.", code="rate_limit")
    elif fault == "409":
        raise ApiError(
            409,
            "There is currently another in-progress request using this Idempotent Key.",
            kind="idempotency_error",
            code="idempotency_key_in_use",
        )
    elif fault == "503":
        raise ApiError(503, "Service unavailable.", kind="api_error")
    return fault


def _note(key: str, status: int, replayed: bool) -> None:
    store().rows(
        "INSERT INTO requests (method, path, key, status, replayed) VALUES (?, ?, ?, ?, ?)",
        request.method,
        request.path,
        key,
        status,
        int(replayed),
    )


def _expand(body: Any, steps: list[str]) -> None:
    """Put whole objects where their ids stand, along a path such as `data.payment_intent`."""
    if isinstance(body, list):
        for item in body:
            _expand(item, steps)
        return
    name, rest = steps[0], steps[1:]
    if not isinstance(body, dict) or name not in body:
        raise ApiError(400, f"This property cannot be expanded ({name}).", param="expand")
    if isinstance(body[name], str):
        kind = KINDS.get(body[name].split("_")[0])
        body[name] = (store().find(body[name], kind) if kind else None) or body[name]
    if rest and body[name] is not None:
        _expand(body[name], rest)


def page(objects: list[Body], params: Params, url: str) -> Body:
    """Return a list newest first, filtered by creation time, with Stripe's cursors."""
    created = params.get("created", {})
    if not isinstance(created, dict):
        created = {"gte": created, "lte": created}
    for name, keeps in COMPARISONS.items():
        if name in created:
            moment = int(created[name])
            objects = [o for o in objects if keeps(int(o["created"]), moment)]
    if "starting_after" in params:
        names = [o["id"] for o in objects]
        if params["starting_after"] in names:
            objects = objects[names.index(params["starting_after"]) + 1 :]
    limit = min(int(params.get("limit", 10)), 100)
    return {"object": "list", "data": objects[:limit], "has_more": len(objects) > limit, "url": url}


def matching(kind: str, params: Params, *names: str) -> list[Body]:
    """Return the objects of a kind whose named fields equal the parameters given."""
    return [
        found
        for found in store().list(kind)
        if all(found.get(name) == params[name] for name in names if name in params)
    ]


@api.post("/checkout/sessions")
def create_session() -> Response:
    """Open a pay page."""
    address = request.host_url.rstrip("/")
    return answer("session.create", lambda p: checkout.create_session(store(), p, address))


@api.get("/checkout/sessions")
def list_sessions() -> Response:
    """List pay pages."""
    names = ("payment_intent", "status")
    return answer(
        "session.list", lambda p: page(matching("checkout.session", p, *names), p, request.path)
    )


@api.get("/checkout/sessions/<name>")
def retrieve_session(name: str) -> Response:
    """Show one pay page."""
    return answer(
        "session.retrieve",
        lambda _p: checkout.refresh(store(), money.get(store(), name, "checkout.session")),
    )


@api.post("/checkout/sessions/<name>/expire")
def expire_session(name: str) -> Response:
    """Close one pay page."""
    return answer("session.expire", lambda _p: checkout.expire_session(store(), name))


@api.post("/payment_intents")
def create_intent() -> Response:
    """Create a PaymentIntent."""
    return answer("payment_intent.create", lambda p: money.create_intent(store(), p))


@api.get("/payment_intents")
def list_intents() -> Response:
    """List PaymentIntents."""
    return answer(
        "payment_intent.list", lambda p: page(store().list("payment_intent"), p, request.path)
    )


@api.get("/payment_intents/<name>")
def retrieve_intent(name: str) -> Response:
    """Show one PaymentIntent."""
    return answer("payment_intent.retrieve", lambda _p: money.get(store(), name, "payment_intent"))


@api.post("/payment_intents/<name>/cancel")
def cancel_intent(name: str) -> Response:
    """Cancel one PaymentIntent."""
    return answer("payment_intent.cancel", lambda p: money.cancel_intent(store(), name, p))


@api.get("/charges")
def list_charges() -> Response:
    """List charges."""
    names = ("payment_intent", "transfer_group")
    return answer("charge.list", lambda p: page(matching("charge", p, *names), p, request.path))


@api.get("/charges/<name>")
def retrieve_charge(name: str) -> Response:
    """Show one charge."""
    return answer("charge.retrieve", lambda _p: money.get(store(), name, "charge"))


@api.post("/transfers")
def create_transfer() -> Response:
    """Move money to a connected account."""
    return answer("transfer.create", lambda p: money.create_transfer(store(), p))


@api.get("/transfers")
def list_transfers() -> Response:
    """List transfers."""
    names = ("destination", "transfer_group")
    return answer("transfer.list", lambda p: page(matching("transfer", p, *names), p, request.path))


@api.get("/transfers/<name>")
def retrieve_transfer(name: str) -> Response:
    """Show one transfer."""
    return answer("transfer.retrieve", lambda _p: money.get(store(), name, "transfer"))


@api.get("/balance")
def retrieve_balance() -> Response:
    """Show the platform's balance."""
    return answer("balance.retrieve", lambda _p: money.balance(store()))


@api.get("/events")
def list_events() -> Response:
    """List events."""

    def work(params: Params) -> Body:
        events = matching("event", params, "type")
        if "types" in params:
            events = [event for event in events if event["type"] in params["types"]]
        return page(events, params, request.path)

    return answer("event.list", work)


@api.get("/events/<name>")
def retrieve_event(name: str) -> Response:
    """Show one event."""
    return answer("event.retrieve", lambda _p: money.get(store(), name, "event"))
