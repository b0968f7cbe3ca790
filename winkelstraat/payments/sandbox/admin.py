"""The console: let time pass, plan faults, spoil the post, pay without a browser."""

import json
from typing import Any

from flask import Blueprint, Response, current_app, jsonify, request

from winkelstraat.payments.sandbox import (
    accounts,
    census,
    chaos,
    checkout,
    chores,
    disputes,
    endpoints,
    payouts,
    refunds,
    rules,
)
from winkelstraat.payments.sandbox.errors import ApiError
from winkelstraat.payments.sandbox.events import ACTIONS, payload_of
from winkelstraat.payments.sandbox.onboarding import CHOICES
from winkelstraat.payments.sandbox.store import Store

admin = Blueprint("admin", __name__, url_prefix="/admin")


def _store() -> Store:
    state: Store = current_app.config["STORE"]
    return state


def _after() -> int:
    after = request.args.get("after", "0")
    return int(after) if after.isdigit() else 0


def _wish() -> dict[str, Any]:
    wish: dict[str, Any] = request.get_json(silent=True) or {}
    return wish


@admin.errorhandler(ApiError)
def explain(refusal: ApiError) -> tuple[Response, int]:
    """Answer a wrong wish."""
    return jsonify(refusal.as_json()), refusal.status


@admin.post("/reset")
def forget_everything() -> Response:
    """Begin again, empty; the addresses of reports stay."""
    with _store().transaction():
        kept = {
            name: (endpoints.address_of(_store(), name), endpoints.secret_of(_store(), name))
            for name in endpoints.NAMES
        }
        _store().empty()
        for name, (url, secret) in kept.items():
            endpoints.configure(_store(), name, url, secret)
    return jsonify(empty=True)


@admin.get("/clock")
def show_clock() -> Response:
    """Show the sandbox's time."""
    return jsonify(now=_store().now())


@admin.post("/clock")
def move_clock() -> Response:
    """Let `seconds` pass; `stopped` true or false lets the clock stand still or run."""
    wish = _wish()
    with _store().transaction():
        if "stopped" in wish:
            _store().stop_clock(stopped=bool(wish["stopped"]))
        now = _store().move_clock(float(wish.get("seconds", 0)))
    chores.run_due(_store())
    return jsonify(now=now)


def _plan(name: str, field: str, allowed: tuple[str, ...], step: dict[str, Any]) -> Response:
    if step[field] not in allowed:
        raise ApiError(400, f"Choose one of {', '.join(allowed)}.")
    with _store().transaction():
        steps = json.loads(_store().fact(name) or "[]")
        _store().set_fact(name, json.dumps([*steps, step]))
    return jsonify(step)


@admin.post("/faults")
def plan_fault() -> Response:
    """Spoil the next `count` requests whose path starts with `path`."""
    wish = _wish()
    return _plan(
        "faults",
        "fault",
        chaos.FAULTS,
        {
            "fault": str(wish.get("fault", "")),
            "path": wish.get("path", "/v1/"),
            "method": wish.get("method", ""),
            "count": int(wish.get("count", 1)),
            "seconds": float(wish.get("seconds", 1)),
        },
    )


@admin.post("/webhooks/plan")
def plan_webhooks() -> Response:
    """Drop, double, delay, hold, reorder or spoil the next `count` reports.

    `type` and `endpoint` (platform, connect, thin) choose which; empty means all.
    """
    wish = _wish()
    return _plan(
        "plan",
        "action",
        ACTIONS,
        {
            "action": str(wish.get("action", "")),
            "type": wish.get("type", ""),
            "endpoint": wish.get("endpoint", ""),
            "count": int(wish.get("count", 1)),
            "seconds": float(wish.get("seconds", 1)),
        },
    )


@admin.delete("/plans")
def forget_plans() -> Response:
    """Forget every planned fault, plan for the post, chaos and changed rule."""
    with _store().transaction():
        _store().set_fact("faults", "[]")
        _store().set_fact("plan", "[]")
        _store().set_fact("chaos", "{}")
        _store().set_fact("rules", "{}")
    return jsonify(forgotten=True)


@admin.get("/webhooks")
def list_webhooks() -> Response:
    """List deliveries, oldest first, each with the body that goes over the wire.

    `?after=<number>` skips those up to a number.
    """
    names = ("number", "event", "type", "endpoint", "damage", "state", "attempts", "last_status")
    sql = f"SELECT {', '.join(names)} FROM deliveries WHERE number > ?"  # noqa: S608 - our words
    rows = _store().rows(f"{sql} ORDER BY number", _after())
    return jsonify(
        [
            {**dict(zip(names, row, strict=True)), "payload": payload_of(_store(), row[1])}
            for row in rows
        ]
    )


@admin.post("/webhooks/<int:number>/deliver")
def deliver(number: int) -> Response:
    """Send one delivery (held, given up or already delivered) again now."""
    with _store().transaction():
        _store().rows(
            "UPDATE deliveries SET state = 'waiting', attempts = 0, next_at = 0 WHERE number = ?",
            number,
        )
    return jsonify(number=number)


@admin.put("/endpoints/<name>")
def set_endpoint(name: str) -> Response:
    """Send the reports of platform, connect or thin to a `url`, signed with a `secret`."""
    wish = _wish()
    with _store().transaction():
        endpoints.configure(_store(), name, str(wish.get("url", "")), str(wish.get("secret", "")))
        return jsonify(endpoints.get(_store(), name))


@admin.get("/requests")
def list_requests() -> Response:
    """List API requests, to see what was sent how often; `?after=<number>` skips some."""
    sql = "SELECT number, method, path, key, status, replayed FROM requests WHERE number > ?"
    rows = _store().rows(f"{sql} ORDER BY number", _after())
    names = ("number", "method", "path", "key", "status", "replayed")
    return jsonify([dict(zip(names, row, strict=True)) for row in rows])


@admin.post("/sessions/<name>/<outcome>")
def act(name: str, outcome: str) -> Response:
    """Do as the buyer would: pay, refuse, wait; or as his bank would: succeed, fail."""
    with _store().transaction():
        if outcome in ("succeed", "fail"):
            session = checkout.answer_later(_store(), name, succeeded=outcome == "succeed")
        else:
            method = _wish().get("method", "ideal")
            session = checkout.try_payment(_store(), name, method, outcome)
    return jsonify(session)


@admin.post("/refunds/<name>/fail")
def fail_refund(name: str) -> Response:
    """Let the buyer's bank return a refund; `reason` is Stripe's word for why."""
    with _store().transaction():
        return jsonify(refunds.fail(_store(), name, str(_wish().get("reason", "unknown"))))


@admin.post("/refunds/<name>/arrive")
def let_refund_arrive(name: str) -> Response:
    """Let a pending refund reach the buyer's bank now."""
    with _store().transaction():
        refunds.arrive(_store(), name)
        return jsonify(refunds.get_refund(_store(), name))


@admin.post("/payouts/<name>/<outcome>")
def decide_payout(name: str, outcome: str) -> Response:
    """Let a payout `arrive` now or be returned by the bank (`fail`, with a `reason`)."""
    with _store().transaction():
        if outcome == "fail":
            return jsonify(payouts.fail(_store(), name, _wish().get("reason", "account_closed")))
        if outcome != "arrive":
            raise ApiError(404, "Choose arrive or fail.")
        payouts.arrive(_store(), name)
        return jsonify(_store().find(name))


@admin.post("/topups")
def top_up() -> Response:
    """Put `amount` cents into the platform's balance now."""
    with _store().transaction():
        topup = payouts.create_topup(_store(), _wish())
        payouts.topup_arrives(_store(), topup["id"])
        return jsonify(_store().find(topup["id"]))


@admin.post("/charges/<name>/dispute")
def open_dispute(name: str) -> Response:
    """Let a card holder dispute a charge; `reason` is Stripe's word for why."""
    with _store().transaction():
        return jsonify(disputes.begin(_store(), name, _wish().get("reason", "fraudulent")))


@admin.post("/charges/<name>/refund")
def refund_outside(name: str) -> Response:
    """Give a charge back as if somebody did it in Stripe's dashboard (`amount`, else all)."""
    with _store().transaction():
        return jsonify(refunds.create_refund(_store(), {"charge": name, **_wish()}))


@admin.post("/disputes/<name>/<outcome>")
def decide_dispute(name: str, outcome: str) -> Response:
    """Let a dispute be won (`win`) or lost (`lose`)."""
    decide = {"win": disputes.win, "lose": disputes.lose}.get(outcome)
    if decide is None:
        raise ApiError(404, "Choose win or lose.")
    with _store().transaction():
        return jsonify(decide(_store(), name))


@admin.get("/books")
def show_books() -> Response:
    """Show every balance, per-account sums and counts, to compare to the cent."""
    return jsonify(census.count_all(_store()))


@admin.get("/rules")
def show_rules() -> Response:
    """Show what Stripe's contract and the banks decide."""
    return jsonify(rules.read(_store()))


@admin.post("/rules")
def change_rules() -> Response:
    """Change some of it; null brings the first value back."""
    with _store().transaction():
        return jsonify(rules.change(_store(), _wish()))


@admin.get("/chaos")
def show_chaos() -> Response:
    """Show the chaos that is on."""
    return jsonify(chaos.read(_store()))


@admin.post("/chaos")
def start_chaos() -> Response:
    """Draw faults with a `seed` at rates `api` and `webhooks`; no rates end it."""
    with _store().transaction():
        return jsonify(chaos.plan_chaos(_store(), _wish()))


@admin.put("/objects/<name>")
def change_object(name: str) -> Response:
    """Change fields of a stored object, to see whether the shop notices."""
    with _store().transaction():
        found = _store().find(name)
        if found is None:
            raise ApiError(404, f"No such object: {name}")
        return jsonify(_store().save(found | _wish()))


@admin.put("/accounts/<name>")
def change_account(name: str) -> Response:
    """Let a connected account receive transfers (`active`) or not, or play its onboarding.

    `stripe_transfers`: active, inactive, pending, restricted or rejected. `onboarding`:
    everything, without_bank_account, without_document or refused. `closed`: true.
    `schedule`: daily or manual.
    """
    wish = _wish()
    with _store().transaction():
        if not accounts.is_named(_store(), name) and _store().find(name) is None:
            accounts.adopt(_store(), name)
        account = accounts.get(_store(), name)
        if "stripe_transfers" in wish:
            status = str(wish["stripe_transfers"])
            status = "restricted" if status == "inactive" else status
            accounts.set_status(_store(), account, status, "stripe_transfers")
        if "onboarding" in wish:
            choice = str(wish["onboarding"])
            if choice == "refused":
                accounts.reject(_store(), name)
            elif choice in CHOICES:
                accounts.hand_in(_store(), name, missing_still=CHOICES[choice])
        if "schedule" in wish:
            accounts.set_schedule(_store(), name, str(wish["schedule"]))
        if wish.get("closed"):
            accounts.close(_store(), name)
        return jsonify(account=name, stripe_transfers=accounts.status_of(_store(), name))
