"""Shops' accounts at Stripe (version 2, recipients) and their payouts (PAY-03, PAY-23)."""

from datetime import UTC, datetime
from typing import Any, cast

from winkelstraat.payments.domain.accounts import AccountReport, PayoutReport
from winkelstraat.payments.gateway.client import WEB_TIMEOUT_S, ask, client, whole

INCLUDED = ["configuration.recipient", "requirements"]


def create_account(params: dict[str, Any], key: str) -> AccountReport:
    """Create a shop's account; the same key gives the same account."""
    api = client(WEB_TIMEOUT_S).v2.core.accounts
    wish = cast(Any, {**params, "include": INCLUDED})
    return _read_account(ask(lambda: api.create(wish, {"idempotency_key": key}), writes=True))


def fetch_account(account_id: str, *, timeout: tuple[int, int] = WEB_TIMEOUT_S) -> AccountReport:
    """Fetch an account with what it still has to give."""
    api = client(timeout).v2.core.accounts
    found = ask(lambda: api.retrieve(account_id, cast(Any, {"include": INCLUDED})))
    return _read_account(found)


def open_account_link(account_id: str, *, refresh_url: str, return_url: str) -> str:
    """Return a fresh way in for an account's owner; it works once and is kept nowhere (PAY-04)."""
    api = client(WEB_TIMEOUT_S).v2.core.account_links
    options = {"refresh_url": refresh_url, "return_url": return_url}
    use = {"type": "account_onboarding", "account_onboarding": options}
    link = ask(lambda: api.create(cast(Any, {"account": account_id, "use_case": use})))
    return str(link.url)


def fetch_payout(account_id: str, payout_id: str) -> PayoutReport:
    """Fetch a payout of a shop's account with the transfers in it."""
    api = client().v1
    options: Any = {"stripe_account": account_id}
    payout = ask(lambda: api.payouts.retrieve(payout_id, {}, options))
    entries: list[Any] = []
    if payout.automatic:
        params: Any = {"payout": payout_id, "limit": 100, "expand": ["data.source"]}
        entries = ask(
            lambda: list(api.balance_transactions.list(params, options).auto_paging_iter())
        )
    return _read_payout(payout, entries)


def list_payouts(account_id: str, since: datetime) -> list[str]:
    """Return the names of an account's payouts since a moment, oldest first."""
    api = client().v1.payouts
    params: Any = {"created": {"gte": int(since.timestamp())}, "limit": 100}
    options: Any = {"stripe_account": account_id}
    found = ask(lambda: list(api.list(params, options).auto_paging_iter()))
    return [payout.id for payout in reversed(found)]


def _read_account(account: Any) -> AccountReport:
    recipient = account.configuration.recipient if account.configuration else None
    capabilities = recipient.capabilities if recipient else None
    balance = capabilities.stripe_balance if capabilities else None
    transfers = balance.stripe_transfers if balance else None
    status = transfers.status if transfers else ""
    entries = account.requirements.entries if account.requirements else []
    closed = bool(account.closed)
    return AccountReport(
        account_id=account.id,
        can_receive=status == "active" and not closed,
        is_checking=status == "pending",
        is_closed=closed,
        needs=tuple(
            entry.description for entry in entries or [] if entry.awaiting_action_from == "user"
        ),
    )


def _read_payout(payout: Any, entries: list[Any]) -> PayoutReport:
    return PayoutReport(
        payout_id=payout.id,
        amount_cents=payout.amount,
        status=payout.status,
        created_at=datetime.fromtimestamp(payout.created, UTC),
        arrives_on=datetime.fromtimestamp(payout.arrival_date, UTC).date(),
        failure_code=payout.failure_code or "",
        transfers=tuple(filter(None, (_transfer_of(entry) for entry in entries))),
    )


def _transfer_of(entry: Any) -> str:
    """Return the name of the transfer behind a movement on a shop's balance."""
    source = whole(entry.source)
    found = getattr(source, "source_transfer", None) if source is not None else None
    return found if isinstance(found, str) else getattr(found, "id", "")
