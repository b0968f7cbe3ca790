"""Connected accounts of version 2: created, onboarded, checked, able to receive, closed.

An account that was only ever named in a transfer exists too, without onboarding; the
console and the first question about it turn it into a whole one.
"""

from typing import Any

from winkelstraat.payments.sandbox import requirements as needs
from winkelstraat.payments.sandbox import rules
from winkelstraat.payments.sandbox.endpoints import iso
from winkelstraat.payments.sandbox.errors import ApiError, missing
from winkelstraat.payments.sandbox.events import emit, emit_thin
from winkelstraat.payments.sandbox.parameters import Params
from winkelstraat.payments.sandbox.store import DAY_S, Body, Store

KIND = "v2.core.account"
CAPABILITY = f"{KIND}[configuration.recipient].capability_status_updated"
REQUIREMENTS = f"{KIND}[requirements].updated"
WORDS = {
    "pending": [("requirements_pending_verification", "no_resolution")],
    "restricted": [("requirements_past_due", "provide_info")],
    "rejected": [("rejected_other", "contact_stripe")],
}


def create(store: Store, params: Params) -> Body:
    """Create an account that asks for the data of its owner."""
    recipient = params.get("configuration", {}).get("recipient")
    wanted = (recipient or {}).get("capabilities", {}).get("stripe_balance", {})
    requested = wanted.get("stripe_transfers", {}).get("requested") is True
    duties = params.get("defaults", {}).get("responsibilities", {})
    if requested and duties.get("losses_collector") != "application":
        raise ApiError(
            400,
            "The recipient configuration needs defaults.responsibilities.losses_collector to be"
            " `application`.",
            code="invalid_fields",
            param="defaults.responsibilities.losses_collector",
        )
    identity = params.get("identity", {})
    account = _blank(store, store.new_id("acct"), requested=requested)
    account |= {
        "applied_configurations": ["recipient"] if recipient is not None else [],
        "contact_email": params.get("contact_email"),
        "dashboard": params.get("dashboard", "express"),
        "display_name": params.get("display_name"),
        "identity": {"country": "nl", "entity_type": None, **identity},
        "metadata": params.get("metadata", {}),
    }
    account["defaults"] |= params.get("defaults", {})
    account["defaults"]["responsibilities"] = {"requirements_collector": "stripe", **duties}
    wants = needs.first_needs(str(identity.get("entity_type", "")))
    account["requirements"] = needs.as_requirements([needs.entry(name) for name in wants])
    store.insert(account, created=int(store.now()))
    _plan_payout(store, account["id"])
    emit_thin(store, f"{KIND}.created", account["id"])
    return account


def _blank(store: Store, name: str, *, requested: bool) -> Body:
    balance: Body = {}
    if requested:
        balance = {
            "stripe_transfers": capability("restricted"),
            "payouts": capability("restricted"),
        }
    return {
        "id": name,
        "object": KIND,
        "applied_configurations": ["recipient"],
        "closed": False,
        "configuration": {
            "customer": None,
            "merchant": None,
            "recipient": {"applied": True, "capabilities": {"stripe_balance": balance}},
        },
        "contact_email": None,
        "contact_phone": None,
        "created": iso(store.now()),
        "dashboard": "express",
        "defaults": {"currency": "eur", "locales": ["nl"], "profile": None},
        "display_name": None,
        "future_requirements": needs.as_requirements([]),
        "identity": {"country": "nl", "entity_type": None},
        "livemode": False,
        "metadata": {},
        "requirements": needs.as_requirements([]),
    }


def capability(status: str) -> Body:
    """Return a capability with a status and its explanation."""
    details = [{"code": code, "resolution": way} for code, way in WORDS.get(status, [])]
    return {"status": status, "status_details": details}


def get(store: Store, name: str) -> Body:
    """Return an account, also one that was only named.

    :raises ApiError: 404 when nobody ever named it.
    """
    found = store.find(name, KIND)
    if found is None and is_named(store, name):
        found = adopt(store, name)
    if found is None:
        raise missing(name, "account")
    return found


def is_named(store: Store, name: str) -> bool:
    """Tell whether an account received something or was set by the console."""
    if store.fact(f"account_{name}") is not None:
        return True
    return bool(store.select("transfer", equals={"destination": name}, limit=1))


def adopt(store: Store, name: str) -> Body:
    """Make a whole account of a name: complete, able to receive, paid out by hand."""
    account = _blank(store, name, requested=True)
    status = {"active": "active"}.get(store.fact(f"account_{name}") or "active", "restricted")
    for part in account["configuration"]["recipient"]["capabilities"]["stripe_balance"].values():
        part |= capability(status)
    account["defaults"]["responsibilities"] = {
        "fees_collector": "application",
        "losses_collector": "application",
        "requirements_collector": "stripe",
    }
    store.insert(account, created=int(store.now()))
    store.set_fact(f"schedule_{name}", "manual")
    return account


def capabilities(account: Body) -> dict[str, Any]:
    """Return the capabilities of an account's Stripe balance."""
    recipient = account["configuration"]["recipient"]
    found: dict[str, Any] = recipient["capabilities"]["stripe_balance"]
    return found


def status_of(store: Store, name: str, which: str = "stripe_transfers") -> str:
    """Return the status of a capability; a name without an account counts as active."""
    account = store.find(name, KIND)
    if account is None:
        return store.fact(f"account_{name}") or "active"
    if account["closed"]:
        return "unsupported"
    return str(capabilities(account).get(which, {"status": "unrequested"})["status"])


def set_needs(store: Store, account: Body, entries: list[Body]) -> None:
    """Change what an account must give, and say so."""
    account["requirements"] = needs.as_requirements(entries)
    store.save(account)
    emit_thin(store, REQUIREMENTS, account["id"])


def set_status(store: Store, account: Body, status: str, *which: str) -> None:
    """Change capabilities, and say so in the words of both versions."""
    for name in which or ("stripe_transfers", "payouts"):
        part = capabilities(account).get(name)
        if part is None or part["status"] == status:
            continue
        part |= capability(status)
        store.save(account)
        data = {"updated_capability": f"stripe_balance.{name}"}
        emit_thin(store, CAPABILITY, account["id"], data)
    store.set_fact(f"account_{account['id']}", status_of(store, account["id"]))
    emit(store, "account.updated", as_v1(store, account), account=account["id"])


def hand_in(store: Store, name: str, *, missing_still: tuple[str, ...] = ()) -> Body:
    """Take the owner's data: all of it, or all but some; the rest is then checked."""
    account = get(store, name)
    if account["closed"] or status_of(store, name) == "rejected":
        raise ApiError(400, "This account is closed or was refused.")
    wanted = [e for e in account["requirements"]["entries"] if e["description"] in missing_still]
    set_needs(store, account, wanted or [needs.entry(n) for n in missing_still])
    store.cancel_plan("review_account", name)
    if missing_still:
        set_status(store, account, "restricted")
    else:
        set_status(store, account, "pending")
        store.plan(store.now() + float(rules.rule(store, "review_s")), "review_account", name)
    return account


def approve(store: Store, name: str) -> None:
    """End the check of an account's data: it can receive and be paid out."""
    account = get(store, name)
    if status_of(store, name) == "pending" and not needs.open_needs(account):
        set_status(store, account, "active")


def reject(store: Store, name: str) -> Body:
    """Refuse an account; nothing that its owner does helps."""
    account = get(store, name)
    store.cancel_plan("review_account", name)
    set_status(store, account, "rejected")
    return account


def close(store: Store, name: str) -> Body:
    """Close an account; it receives nothing any more."""
    account = get(store, name)
    if account["closed"]:
        raise ApiError(400, f"Account {name} is closed.", code="account_closed")
    account["closed"] = True
    account["applied_configurations"] = []
    store.save(account)
    store.set_fact(f"account_{name}", "closed")
    emit_thin(store, f"{KIND}.closed", name)
    return account


def update(store: Store, name: str, params: Params) -> Body:
    """Change what the platform knows of an account."""
    account = get(store, name)
    for field in ("contact_email", "contact_phone", "dashboard", "display_name"):
        account[field] = params.get(field, account[field])
    account["metadata"] |= params.get("metadata", {})
    account["identity"] |= params.get("identity", {})
    store.save(account)
    emit_thin(store, f"{KIND}.updated", name)
    return account


def lose_bank_account(store: Store, name: str) -> None:
    """Ask for another bank account, after the bank returned a payout."""
    account = store.find(name, KIND)
    if account is None or status_of(store, name) == "rejected":
        return
    wanted = needs.entry(needs.BANK_ACCOUNT, status="past_due")
    set_needs(store, account, [*account["requirements"]["entries"], wanted])
    set_status(store, account, "restricted", "payouts")


def _plan_payout(store: Store, name: str) -> None:
    """Plan the first daily payout, at the next midnight (UTC)."""
    store.set_fact(f"schedule_{name}", "daily")
    store.plan((int(store.now()) // DAY_S + 1) * DAY_S, "daily_payout", name)


def set_schedule(store: Store, name: str, interval: str) -> None:
    """Pay an account out `daily` or only by hand (`manual`)."""
    if interval not in ("daily", "manual"):
        raise ApiError(400, "The sandbox knows the intervals daily and manual.", param="interval")
    store.cancel_plan("daily_payout", name)
    store.set_fact(f"schedule_{name}", interval)
    if interval == "daily":
        _plan_payout(store, name)


def as_v1(store: Store, account: Body) -> Body:
    """Return an account as version 1 shows it."""
    name = account["id"]
    status = status_of(store, name)
    asked = needs.open_needs(account)
    duties = account["defaults"].get("responsibilities", {})
    return {
        "id": name,
        "object": "account",
        "business_type": account["identity"].get("entity_type"),
        "capabilities": {"transfers": _v1_status(status)},
        "charges_enabled": False,
        "controller": {
            "fees": {"payer": duties.get("fees_collector")},
            "losses": {"payments": duties.get("losses_collector")},
            "requirement_collection": "stripe",
            "stripe_dashboard": {"type": account["dashboard"]},
            "type": "application",
        },
        "country": str(account["identity"].get("country") or "nl").upper(),
        "default_currency": "eur",
        "details_submitted": needs.TERMS not in asked,
        "email": account["contact_email"],
        "metadata": account["metadata"],
        "payouts_enabled": status_of(store, name, "payouts") == "active",
        "requirements": {
            "currently_due": asked,
            "disabled_reason": None if status == "active" else _v1_reason(status),
            "eventually_due": asked,
            "past_due": asked if status == "restricted" else [],
            "pending_verification": [],
        },
        "settings": _v1_settings(store, name),
        "type": "none",
    }


def _v1_settings(store: Store, name: str) -> Body:
    interval = store.fact(f"schedule_{name}") or "manual"
    schedule = {"interval": interval, "delay_days": 2}
    return {
        "branding": {},
        "card_payments": {},
        "dashboard": {"display_name": None, "timezone": "Europe/Amsterdam"},
        "payments": {},
        "payouts": {"debit_negative_balances": False, "schedule": schedule},
    }


def _v1_status(status: str) -> str:
    return status if status in ("active", "pending") else "inactive"


def _v1_reason(status: str) -> str:
    reasons = {"pending": "requirements.pending_verification", "rejected": "rejected.other"}
    return reasons.get(status, "requirements.past_due")
