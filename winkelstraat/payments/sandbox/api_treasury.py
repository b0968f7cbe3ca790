"""Version 1, the other side of the till: payouts, top-ups, disputes, webhook endpoints."""

from flask import Blueprint, Response, request

from winkelstraat.payments.sandbox import accounts, disputes, lists, payouts
from winkelstraat.payments.sandbox.api import answer_list, answer_one
from winkelstraat.payments.sandbox.caller import account, answer, handle_lost_answers, store
from winkelstraat.payments.sandbox.errors import ApiError
from winkelstraat.payments.sandbox.money import get
from winkelstraat.payments.sandbox.parameters import Params
from winkelstraat.payments.sandbox.store import PLATFORM, Body

treasury = handle_lost_answers(Blueprint("treasury", __name__, url_prefix="/v1"))


@treasury.post("/payouts")
def create_payout() -> Response:
    """Pay out."""
    return answer("payout.create", lambda p: payouts.create_payout(store(), account(), p))


@treasury.get("/payouts")
def list_payouts() -> Response:
    """List payouts."""
    return answer_list("payout.list", "payout", "status", "destination")


@treasury.get("/payouts/<name>")
def retrieve_payout(name: str) -> Response:
    """Show one payout."""
    return answer_one("payout.retrieve", "payout", name)


@treasury.post("/payouts/<name>/cancel")
def cancel_payout(name: str) -> Response:
    """Call one payout back."""
    return answer("payout.cancel", lambda _p: payouts.cancel(store(), account(), name))


@treasury.get("/balance_settings")
def retrieve_balance_settings() -> Response:
    """Show when the caller's balance is paid out."""
    return answer("balance_settings.retrieve", lambda _p: _balance_settings())


@treasury.post("/balance_settings")
def update_balance_settings() -> Response:
    """Pay the caller's balance out daily or by hand; the platform's by hand only."""

    def work(params: Params) -> Body:
        schedule = params.get("payments", {}).get("payouts", {}).get("schedule", {})
        if interval := schedule.get("interval"):
            if account() == PLATFORM and interval != "manual":
                raise ApiError(400, "The sandbox pays the platform out by hand only.")
            if account():
                accounts.set_schedule(store(), account(), str(interval))
        return _balance_settings()

    return answer("balance_settings.update", work)


def _balance_settings() -> Body:
    interval = store().fact(f"schedule_{account()}") or "manual"
    payouts_now = {"schedule": {"interval": interval}, "status": "enabled"}
    payments = {
        "debit_negative_balances": False,
        "payouts": payouts_now,
        "settlement_timing": {"delay_days": 2},
    }
    return {"object": "balance_settings", "payments": payments}


@treasury.post("/topups")
def create_topup() -> Response:
    """Bring money in."""
    return answer("topup.create", lambda p: payouts.create_topup(store(), p))


@treasury.get("/topups")
def list_topups() -> Response:
    """List what was brought in."""
    return answer_list("topup.list", "topup", "status")


@treasury.get("/topups/<name>")
def retrieve_topup(name: str) -> Response:
    """Show one top-up."""
    return answer_one("topup.retrieve", "topup", name)


@treasury.get("/disputes")
def list_disputes() -> Response:
    """List disputes."""
    return answer_list("dispute.list", "dispute", "charge", "payment_intent")


@treasury.get("/disputes/<name>")
def retrieve_dispute(name: str) -> Response:
    """Show one dispute."""
    return answer_one("dispute.retrieve", "dispute", name)


@treasury.post("/disputes/<name>")
def update_dispute(name: str) -> Response:
    """Answer one dispute."""
    return answer("dispute.update", lambda p: disputes.update(store(), name, p))


@treasury.post("/disputes/<name>/close")
def close_dispute(name: str) -> Response:
    """Accept that one dispute is lost."""
    return answer("dispute.close", lambda _p: disputes.lose(store(), name))


@treasury.get("/webhook_endpoints")
def list_endpoints() -> Response:
    """List where reports go."""
    return answer(
        "webhook_endpoint.list",
        lambda p: lists.page_objects(store(), "webhook_endpoint", p, request.path),
    )


@treasury.get("/webhook_endpoints/<name>")
def retrieve_endpoint(name: str) -> Response:
    """Show one address of reports."""
    return answer("webhook_endpoint.retrieve", lambda _p: get(store(), name, "webhook_endpoint"))
