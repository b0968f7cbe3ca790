"""Version 1, the money side: pay pages, payments, refunds, transfers, balances and events."""

from flask import Blueprint, Response, request

from winkelstraat.payments.sandbox import (
    books,
    cards,
    checkout,
    lists,
    money,
    refunds,
    rules,
    transfers,
)
from winkelstraat.payments.sandbox.caller import account, answer, handle_lost_answers, store
from winkelstraat.payments.sandbox.errors import missing
from winkelstraat.payments.sandbox.parameters import Params
from winkelstraat.payments.sandbox.store import Body

api = handle_lost_answers(Blueprint("api", __name__, url_prefix="/v1"))


def answer_list(call: str, kind: str, *names: str) -> Response:
    """Answer with a list of the caller's objects of a kind."""
    return answer(
        call,
        lambda p: lists.page_objects(store(), kind, p, request.path, *names, account=account()),
    )


def answer_one(call: str, kind: str, name: str) -> Response:
    """Answer with one of the caller's objects."""
    return answer(call, lambda _p: money.get(store(), name, kind, account()))


@api.post("/checkout/sessions")
def create_session() -> Response:
    """Open a pay page."""
    address = request.host_url.rstrip("/")
    return answer("session.create", lambda p: checkout.create_session(store(), p, address))


@api.get("/checkout/sessions")
def list_sessions() -> Response:
    """List pay pages."""
    return answer_list("session.list", "checkout.session", "payment_intent", "status")


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
    """Create a PaymentIntent, and charge it to a known card when `confirm` is true."""

    def work(params: Params) -> Body:
        intent = money.create_intent(store(), params)
        if params.get("confirm") == "true":
            return cards.confirm(store(), intent["id"], params)
        return intent

    return answer("payment_intent.create", work)


@api.post("/payment_intents/<name>/confirm")
def confirm_intent(name: str) -> Response:
    """Charge one PaymentIntent to a known card."""
    return answer("payment_intent.confirm", lambda p: cards.confirm(store(), name, p))


@api.get("/payment_intents")
def list_intents() -> Response:
    """List PaymentIntents."""
    return answer_list("payment_intent.list", "payment_intent")


@api.get("/payment_intents/<name>")
def retrieve_intent(name: str) -> Response:
    """Show one PaymentIntent."""
    return answer_one("payment_intent.retrieve", "payment_intent", name)


@api.post("/payment_intents/<name>/cancel")
def cancel_intent(name: str) -> Response:
    """Cancel one PaymentIntent."""
    return answer("payment_intent.cancel", lambda p: money.cancel_intent(store(), name, p))


@api.get("/charges")
def list_charges() -> Response:
    """List charges."""
    return answer_list("charge.list", "charge", "payment_intent", "transfer_group")


@api.get("/charges/<name>")
def retrieve_charge(name: str) -> Response:
    """Show one charge."""
    return answer_one("charge.retrieve", "charge", name)


@api.post("/refunds")
def create_refund() -> Response:
    """Give money back to a buyer."""
    return answer("refund.create", lambda p: refunds.create_refund(store(), p))


@api.get("/refunds")
def list_refunds() -> Response:
    """List refunds."""
    return answer_list("refund.list", "refund", "charge", "payment_intent")


@api.get("/refunds/<name>")
def retrieve_refund(name: str) -> Response:
    """Show one refund."""
    return answer_one("refund.retrieve", "refund", name)


@api.post("/refunds/<name>")
def update_refund(name: str) -> Response:
    """Change the metadata of a refund."""
    return answer("refund.update", lambda p: refunds.update_refund(store(), name, p))


@api.post("/refunds/<name>/cancel")
def cancel_refund(name: str) -> Response:
    """Call one refund back."""
    return answer("refund.cancel", lambda _p: refunds.cancel(store(), name))


@api.post("/transfers")
def create_transfer() -> Response:
    """Move money to a connected account."""
    return answer("transfer.create", lambda p: transfers.create_transfer(store(), p))


@api.get("/transfers")
def list_transfers() -> Response:
    """List transfers."""
    return answer_list("transfer.list", "transfer", "destination", "transfer_group")


@api.get("/transfers/<name>")
def retrieve_transfer(name: str) -> Response:
    """Show one transfer."""
    return answer_one("transfer.retrieve", "transfer", name)


@api.post("/transfers/<name>")
def update_transfer(name: str) -> Response:
    """Change one transfer's description or metadata."""
    return answer("transfer.update", lambda p: transfers.update_transfer(store(), name, p))


@api.post("/transfers/<name>/reversals")
def create_reversal(name: str) -> Response:
    """Take a transfer back."""
    return answer("reversal.create", lambda p: transfers.create_reversal(store(), name, p))


@api.get("/transfers/<name>/reversals")
def list_reversals(name: str) -> Response:
    """List what was taken back of one transfer."""
    return answer(
        "reversal.list",
        lambda p: lists.page_objects(
            store(), "transfer_reversal", {**p, "transfer": name}, request.path, "transfer"
        ),
    )


@api.get("/transfers/<transfer>/reversals/<name>")
def retrieve_reversal(transfer: str, name: str) -> Response:
    """Show one reversal."""
    return answer("reversal.retrieve", lambda _p: transfers.get_reversal(store(), transfer, name))


@api.get("/balance")
def retrieve_balance() -> Response:
    """Show the caller's balance."""
    return answer("balance.retrieve", lambda _p: books.balance(store(), account()))


@api.get("/balance_transactions")
def list_entries() -> Response:
    """List what came and went in the caller's balance."""
    return answer(
        "balance_transaction.list",
        lambda p: books.page_entries(store(), account(), p, request.path),
    )


@api.get("/balance_transactions/<name>")
def retrieve_entry(name: str) -> Response:
    """Show one entry of the caller's balance."""

    def work(_params: Params) -> Body:
        found = books.find_entry(store(), name, account())
        if found is None:
            raise missing(name, "balance_transaction")
        return found

    return answer("balance_transaction.retrieve", work)


@api.get("/events")
def list_events() -> Response:
    """List events."""

    def work(params: Params) -> Body:
        wanted = params.get("types", [])
        marks = ", ".join("?" * len(wanted))
        where = f" AND json_extract(body, '$.type') IN ({marks})" if wanted else ""
        oldest = int(store().now()) - int(rules.rule(store(), "events_kept_s"))
        return lists.page_objects(
            store(),
            "event",
            params,
            request.path,
            "type",
            account=account(),
            where=f"{where} AND created >= ?",
            values=[*wanted, oldest],
        )

    return answer("event.list", work)


@api.get("/events/<name>")
def retrieve_event(name: str) -> Response:
    """Show one event."""
    return answer_one("event.retrieve", "event", name)
