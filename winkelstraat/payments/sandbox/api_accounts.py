"""Accounts: version 2 as the SDK speaks it (JSON), and version 1 beside it."""

from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, Response, request

from winkelstraat.payments.sandbox import accounts, endpoints, links, lists
from winkelstraat.payments.sandbox.caller import answer, handle_lost_answers, store
from winkelstraat.payments.sandbox.errors import ApiError, missing
from winkelstraat.payments.sandbox.parameters import Params
from winkelstraat.payments.sandbox.store import Body

v2 = handle_lost_answers(Blueprint("v2", __name__, url_prefix="/v2/core"))
v1 = handle_lost_answers(Blueprint("v1_accounts", __name__, url_prefix="/v1"))

# Version 2 leaves these empty unless the caller asks for them with `include`.
ON_REQUEST = ("configuration", "defaults", "future_requirements", "identity", "requirements")


def show(account: Body, params: Params) -> Body:
    """Return an account with only those sections that the caller asked for."""
    wanted = params.get("include", [])
    wanted = [wanted] if isinstance(wanted, str) else wanted
    shown = dict(account)
    for name in ON_REQUEST:
        if name == "configuration":
            parts = {w.partition(".")[2] for w in wanted if w.startswith("configuration.")}
            whole = account["configuration"]
            shown[name] = {k: whole[k] if k in parts else None for k in whole} if parts else None
        elif name not in wanted:
            shown[name] = None
    return shown


def _address() -> str:
    return request.host_url.rstrip("/")


def _page(kind: str, params: Params, **more: Any) -> Body:
    """Return a list as version 2 gives it, with addresses instead of cursors."""
    limit = lists.read_limit(params)
    page = params.get("page", "")
    where, values = more.get("where", ""), list(more.get("values", []))
    if page:
        where += " AND number < ?"
        values.append(int(page) if str(page).isdigit() else 0)
    sql = f"SELECT number, id FROM objects WHERE kind = ?{where}"  # noqa: S608 - our own words
    found = store().rows(f"{sql} ORDER BY number DESC LIMIT ?", kind, *values, limit + 1)
    rows = found[:limit]
    following = None
    if len(found) > limit:
        asked = [(k, v) for k, v in request.args.items(multi=True) if k != "page"]
        following = f"{request.path}?{urlencode([*asked, ('page', rows[-1][0])])}"
    bodies = [store().find(name) or {} for _, name in rows]
    return {"data": bodies, "next_page_url": following, "previous_page_url": None}


@v2.post("/accounts")
def create_account() -> Response:
    """Create an account."""
    return answer("v2.account.create", lambda p: show(accounts.create(store(), p), p))


@v2.get("/accounts")
def list_accounts() -> Response:
    """List accounts."""

    def work(params: Params) -> Body:
        found = _page(accounts.KIND, params)
        return found | {"data": [show(account, {}) for account in found["data"]]}

    return answer("v2.account.list", work)


@v2.get("/accounts/<name>")
def retrieve_account(name: str) -> Response:
    """Show an account."""
    return answer("v2.account.retrieve", lambda p: show(accounts.get(store(), name), p))


@v2.post("/accounts/<name>")
def update_account(name: str) -> Response:
    """Change an account."""
    return answer("v2.account.update", lambda p: show(accounts.update(store(), name, p), p))


@v2.post("/accounts/<name>/close")
def close_account(name: str) -> Response:
    """Close an account."""
    return answer("v2.account.close", lambda _p: show(accounts.close(store(), name), {}))


@v2.post("/account_links")
def create_link() -> Response:
    """Give an account's owner a way in."""
    address = _address()
    return answer("v2.account_link.create", lambda p: links.create(store(), p, address))


@v2.get("/events")
def list_thin_events() -> Response:
    """List thin events, of one object when `object_id` is given."""

    def work(params: Params) -> Body:
        where, values = "", []
        if "object_id" in params:
            where += " AND json_extract(body, '$.related_object.id') = ?"
            values.append(params["object_id"])
        types = params.get("types", [])
        if types:
            where += f" AND json_extract(body, '$.type') IN ({', '.join('?' * len(types))})"
            values += types
        for word, moment in params.get("created", {}).items():
            where += f" AND json_extract(body, '$.created') {lists.COMPARISONS[word]} ?"
            values.append(moment)
        return _page("v2.core.event", params, where=where, values=values)

    return answer("v2.event.list", work)


@v2.get("/events/<name>")
def retrieve_thin_event(name: str) -> Response:
    """Show a thin event with its data."""

    def work(_params: Params) -> Body:
        found = store().find(name, "v2.core.event")
        if found is None:
            raise missing(name, "event")
        return found

    return answer("v2.event.retrieve", work)


@v2.get("/event_destinations")
def list_destinations() -> Response:
    """List where thin events go."""
    return answer(
        "v2.event_destination.list",
        lambda _p: {
            "data": [endpoints.as_destination(endpoints.get(store(), "thin"))],
            "next_page_url": None,
            "previous_page_url": None,
        },
    )


@v1.post("/accounts")
def create_v1_account() -> Response:
    """Create an account the old way; it is the same account in version 2."""

    def work(params: Params) -> Body:
        asked = params.get("capabilities", {}).get("transfers", {}).get("requested") == "true"
        losses = params.get("controller", {}).get("losses", {}).get("payments", "application")
        wish: Params = {
            "contact_email": params.get("email"),
            "metadata": params.get("metadata", {}),
            "defaults": {
                "responsibilities": {"fees_collector": "application", "losses_collector": losses}
            },
            "identity": {"country": str(params.get("country", "NL")).lower()},
            "configuration": {
                "recipient": {
                    "capabilities": {"stripe_balance": {"stripe_transfers": {"requested": asked}}}
                }
            },
        }
        return accounts.as_v1(store(), accounts.create(store(), wish))

    return answer("account.create", work)


@v1.get("/accounts/<name>")
def retrieve_v1_account(name: str) -> Response:
    """Show an account as version 1 does."""
    return answer(
        "account.retrieve", lambda _p: accounts.as_v1(store(), accounts.get(store(), name))
    )


@v1.get("/accounts")
def list_v1_accounts() -> Response:
    """List accounts as version 1 does."""

    def work(params: Params) -> Body:
        found = lists.page_objects(store(), accounts.KIND, params, request.path)
        return found | {"data": [accounts.as_v1(store(), a) for a in found["data"]]}

    return answer("account.list", work)


@v1.post("/accounts/<name>")
def update_v1_account(name: str) -> Response:
    """Change an account's payout schedule or metadata."""

    def work(params: Params) -> Body:
        account = accounts.get(store(), name)
        payouts = params.get("settings", {}).get("payouts", {})
        interval = payouts.get("schedule", {}).get("interval")
        if interval is not None:
            accounts.set_schedule(store(), name, str(interval))
        if "metadata" in params:
            account = accounts.update(store(), name, {"metadata": params["metadata"]})
        if unknown := set(params) - {"settings", "metadata", "expand"}:
            raise ApiError(400, f"The sandbox does not change {', '.join(sorted(unknown))}.")
        return accounts.as_v1(store(), account)

    return answer("account.update", work)


@v1.post("/account_links")
def create_v1_link() -> Response:
    """Give an account's owner a way in, the old way."""
    address = _address()
    return answer("account_link.create", lambda p: links.create_v1(store(), p, address))
