"""Account links: an address that works once, for a few minutes, for one account."""

import json
import secrets

from winkelstraat.payments.sandbox import accounts, rules
from winkelstraat.payments.sandbox.endpoints import iso
from winkelstraat.payments.sandbox.errors import ApiError
from winkelstraat.payments.sandbox.parameters import Params
from winkelstraat.payments.sandbox.store import Body, Store


def create(store: Store, params: Params, address: str) -> Body:
    """Return a new link of version 2."""
    use_case = params["use_case"]
    details = use_case.get(str(use_case.get("type")))
    if not isinstance(details, dict) or "refresh_url" not in details:
        raise ApiError(
            400,
            "use_case needs the options of its type, with refresh_url.",
            code="missing_required_field",
            param="use_case",
        )
    name = str(params["account"])
    expires_at, url = _make(store, name, details, address)
    return {
        "object": "v2.core.account_link",
        "account": name,
        "created": iso(store.now()),
        "expires_at": iso(expires_at),
        "livemode": False,
        "url": url,
        "use_case": use_case,
    }


def create_v1(store: Store, params: Params, address: str) -> Body:
    """Return a new link of version 1."""
    expires_at, url = _make(store, str(params["account"]), params, address)
    return {
        "object": "account_link",
        "created": int(store.now()),
        "expires_at": int(expires_at),
        "url": url,
    }


def _make(store: Store, name: str, details: Params, address: str) -> tuple[float, str]:
    account = accounts.get(store, name)
    if account["closed"]:
        raise ApiError(400, f"Account {name} is closed.", code="account_closed")
    token = secrets.token_urlsafe(16)
    expires_at = store.now() + float(rules.rule(store, "link_s"))
    link = {
        "account": name,
        "refresh_url": details.get("refresh_url"),
        "return_url": details.get("return_url") or details.get("refresh_url"),
        "expires_at": expires_at,
    }
    store.set_fact(f"link_{token}", json.dumps(link))
    return expires_at, f"{address}/onboarding/{token}"


def open_link(store: Store, token: str) -> tuple[str, Body] | None:
    """Use a link up and return the visit it opens, or None when it was never given.

    The visit's name is empty when the link was used before or is too old.
    """
    found = store.fact(f"link_{token}")
    if found is None:
        return None
    link: Body = json.loads(found)
    if link.get("used") or link["expires_at"] < store.now():
        return "", link
    store.set_fact(f"link_{token}", json.dumps(link | {"used": True}))
    visit = secrets.token_urlsafe(16)
    store.set_fact(f"visit_{visit}", json.dumps(link))
    return visit, link


def read_visit(store: Store, visit: str) -> Body | None:
    """Return the link behind a visit that is still going on."""
    found = store.fact(f"visit_{visit}")
    link: Body | None = json.loads(found) if found else None
    return link


def end_visit(store: Store, visit: str) -> None:
    """End a visit; its address works no more."""
    store.rows("DELETE FROM facts WHERE name = ?", f"visit_{visit}")
