"""One call as Stripe does it: keys, versions, accounts, idempotency, faults and expand."""

import hashlib
import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import stripe
from flask import Blueprint, Response, current_app, request

from winkelstraat.payments.sandbox import books, chaos
from winkelstraat.payments.sandbox.errors import ApiError
from winkelstraat.payments.sandbox.parameters import Params, check_params, parse_form
from winkelstraat.payments.sandbox.store import Body, Store

LONGEST_KEY = 255
Work = Callable[[Params], Body]


def store() -> Store:
    """Return the state of this application."""
    state: Store = current_app.config["STORE"]
    return state


def account() -> str:
    """Return the connected account for which the caller asks; empty is the platform."""
    return request.headers.get("Stripe-Account") or request.headers.get("Stripe-Context") or ""


def answer(call: str, work: Work) -> Response:
    """Do one call as Stripe does: check, replay or run, remember, answer."""
    key = request.headers.get("Idempotency-Key", "") if request.method == "POST" else ""
    try:
        _check_caller()
        params = _read_params()
        check_params(call, params)
        if len(key) > LONGEST_KEY:
            raise ApiError(400, "The idempotency key is longer than 255 characters.")
        with _alone(key):
            fault = _meet_fault(key)
            if fault == "lose_answer_before":
                raise LostAnswer
            status, body, replayed = _run_once(key, params, work, fault)
        _note(key, status, replayed)
        if fault == "lose_answer":
            raise LostAnswer
    except ApiError as refusal:
        status, body, replayed = refusal.status, json.dumps(refusal.as_json()), False
        _note(key, status, replayed)
    response = Response(body, status=status, mimetype="application/json")
    response.headers["Request-Id"] = f"req_{hashlib.sha256(body.encode()).hexdigest()[:14]}"
    if replayed:
        response.headers["Idempotent-Replayed"] = "true"
    return response


class LostAnswer(Exception):
    """The work may be done, but the caller never hears of it."""


def cut_connection(_error: LostAnswer) -> Response:
    """Close the connection without an answer, as a network does."""
    wire = request.environ.get("werkzeug.socket")
    if wire is not None:
        wire.shutdown(2)
    return Response(status=500, headers={"Stripe-Should-Retry": "false"})


def handle_lost_answers(blueprint: Blueprint) -> Blueprint:
    """Let a blueprint cut the connection when an answer is to be lost."""
    blueprint.register_error_handler(LostAnswer, cut_connection)
    return blueprint


def _check_caller() -> None:
    scheme, _, key = request.headers.get("Authorization", "").partition(" ")
    if scheme != "Bearer" or not key.startswith(("sk_test_", "rk_test_")):
        raise ApiError(401, "Invalid API Key provided.", code="api_key_invalid")
    version = request.headers.get("Stripe-Version", "")
    if version != stripe.api_version:
        raise ApiError(400, f"Unknown API version: {version}; this is {stripe.api_version}.")
    if account() and not account().startswith("acct_"):
        raise ApiError(403, f"No access to account '{account()}'.", code="account_invalid")


def _read_params() -> Params:
    """Return the parameters: form fields in version 1, JSON in version 2."""
    if not _is_v2() or request.method == "GET":
        return parse_form([*request.args.items(multi=True), *request.form.items(multi=True)])
    if not request.data:
        return {}
    wish = request.get_json(silent=True)
    if not isinstance(wish, dict):
        raise ApiError(400, "The body is not valid JSON.", code="invalid_json")
    return wish


def _is_v2() -> bool:
    return request.path.startswith("/v2/")


def _run_once(key: str, params: Params, work: Work, fault: str) -> tuple[int, str, bool]:
    """Return (status, body, replayed), working at most once per key (PAY-16).

    Version 1 remembers every answer of begun work for 24 hours, failures too; version 2
    remembers what succeeded for 30 days and lets a failed call be done again.
    """
    text = json.dumps([request.method, request.path, params], sort_keys=True)
    fingerprint = hashlib.sha256(text.encode()).hexdigest()
    full_key = f"{'v2' if _is_v2() else 'v1'}|{account()}|{key}"
    with store().transaction():
        known = store().recall(full_key) if key else None
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
        if key and (status == 200 or not _is_v2()):
            store().remember(full_key, fingerprint, status, body)
    return status, body, False


def _work(params: Params, work: Work, fault: str) -> tuple[int, str]:
    sorry = json.dumps(ApiError(500, "An unknown error occurred", kind="api_error").as_json())
    if fault == "500":
        return 500, sorry
    try:
        result = work(params)
    except ApiError as refusal:
        if not refusal.begun:
            raise
        return refusal.status, json.dumps(refusal.as_json())
    if fault == "500_done":
        return 500, sorry
    for path in params.get("expand", []):
        _expand(result, path.split("."))
    return 200, json.dumps(result)


def _in_use() -> ApiError:
    return ApiError(
        409,
        "There is currently another in-progress request using this Idempotent Key.",
        kind="idempotency_error",
        code="idempotency_key_in_use",
    )


@contextmanager
def _alone(key: str) -> Iterator[None]:
    """Refuse a key that another request is being worked on with."""
    busy: set[tuple[str, str]] = current_app.config["BUSY_KEYS"]
    name = (account(), key)
    if key:
        with store().lock:
            if name in busy:
                raise _in_use()
            busy.add(name)
    try:
        yield
    finally:
        if key:
            busy.discard(name)


def _meet_fault(key: str) -> str:
    """Let the fault planned or drawn for this request happen, as far as it comes first."""
    fault, seconds = chaos.take_fault(store(), request.method, request.path, key)
    if fault == "slow":
        time.sleep(seconds)
    elif fault == "429":
        raise ApiError(429, "Too many requests.", code="rate_limit")
    elif fault == "409":
        raise _in_use()
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
        named = body[name]
        found = store().find(named) if "_" in named else None
        body[name] = found or books.find_entry(store(), named) or named
    if rest and body[name] is not None:
        _expand(body[name], rest)
