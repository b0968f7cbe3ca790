"""Payouts to a bank account, and money that the platform brings in itself."""

from winkelstraat.payments.sandbox import accounts, books, rules
from winkelstraat.payments.sandbox.errors import ApiError
from winkelstraat.payments.sandbox.events import emit
from winkelstraat.payments.sandbox.money import get
from winkelstraat.payments.sandbox.parameters import Params, whole_number
from winkelstraat.payments.sandbox.store import DAY_S, PLATFORM, Body, Store

REASONS = {
    "account_closed": "The bank account has been closed.",
    "no_account": "The bank account could not be found.",
    "incorrect_account_holder_name": "The name does not belong to the bank account.",
    "could_not_process": "The bank could not process this payout.",
}


def create_payout(store: Store, account: str, params: Params) -> Body:
    """Pay out by hand what an account chooses, at most what is available."""
    amount = whole_number(params, "amount", least=1)
    if account and accounts.status_of(store, account, "payouts") != "active":
        raise ApiError(
            400,
            "Cannot create payouts; this account has requirements that need to be collected.",
            code="payouts_not_allowed",
            begun=True,
        )
    if amount > books.totals(store, account)[0]:
        raise ApiError(
            400,
            "You have insufficient funds in your Stripe account for this transfer.",
            code="balance_insufficient",
            begun=True,
        )
    return _send(store, account, amount, params)


def _send(store: Store, account: str, amount: int, params: Params, *, by_day: bool = False) -> Body:
    now = store.now()
    arrives = now + float(rules.rule(store, "payout_s"))
    payout = store.add(
        "payout",
        "po",
        {
            "amount": amount,
            "arrival_date": int(arrives),
            "automatic": by_day,
            "balance_transaction": None,
            "currency": "eur",
            "description": params.get("description", "STRIPE PAYOUT"),
            "destination": f"ba_{account.removeprefix('acct_') or 'platform'}",
            "failure_balance_transaction": None,
            "failure_code": None,
            "failure_message": None,
            "metadata": params.get("metadata", {}),
            "method": "standard",
            "original_payout": None,
            "reconciliation_status": "completed" if by_day else "not_applicable",
            "reversed_by": None,
            "source_type": "card",
            "statement_descriptor": params.get("statement_descriptor"),
            "status": "pending",
            "type": "bank_account",
        },
        account=account,
    )
    payout["balance_transaction"] = _book(store, payout, account, "payout", -amount)
    if by_day:
        store.rows(
            "UPDATE entries SET payout = ? WHERE account = ? AND payout IS NULL"
            " AND available_on <= ?",
            payout["id"],
            account,
            int(now),
        )
    emit(store, "payout.created", store.save(payout), account=account)
    store.plan(arrives, "payout_arrives", payout["id"])
    return payout


def _book(store: Store, payout: Body, account: str, kind: str, amount: int) -> str:
    return books.book(
        store,
        books.Entry(
            kind=kind,
            category="payout" if kind == "payout" else "payout_reversal",
            amount=amount,
            source=payout["id"],
            account=account,
            description="STRIPE PAYOUT",
        ),
    )


def pay_daily(store: Store, account: str) -> None:
    """Pay out all that is available, as a daily schedule does, and plan tomorrow's."""
    if store.fact(f"schedule_{account}") != "daily":
        return
    store.plan(store.now() + DAY_S, "daily_payout", account)
    amount = books.totals(store, account)[0]
    if amount > 0 and accounts.status_of(store, account, "payouts") == "active":
        _send(store, account, amount, {}, by_day=True)


def arrive(store: Store, name: str) -> None:
    """Let a payout reach its bank account."""
    payout = get(store, name, "payout")
    if payout["status"] in ("pending", "in_transit"):
        payout["status"] = "paid"
        emit(store, "payout.paid", store.save(payout), account=store.owner(name))


def fail(store: Store, name: str, reason: str = "account_closed") -> Body:
    """Let the bank return a payout, on its way or after it was paid.

    The money is the account's again; nothing is paid out until there is another bank account.
    """
    payout = get(store, name, "payout")
    if reason not in REASONS:
        raise ApiError(400, f"Unknown reason; choose from {', '.join(REASONS)}.")
    if payout["status"] in ("failed", "canceled"):
        raise ApiError(400, f"This payout is {payout['status']}.")
    account = store.owner(name)
    payout |= {
        "failure_balance_transaction": _book(
            store, payout, account, "payout_failure", payout["amount"]
        ),
        "failure_code": reason,
        "failure_message": REASONS[reason],
        "status": "failed",
    }
    emit(store, "payout.failed", store.save(payout), account=account)
    accounts.lose_bank_account(store, account)
    return payout


def cancel(store: Store, account: str, name: str) -> Body:
    """Call back a payout that did not leave yet."""
    payout = get(store, name, "payout", account)
    if payout["status"] != "pending":
        raise ApiError(400, f"This payout is {payout['status']}.", begun=True)
    _book(store, payout, account, "payout_cancel", payout["amount"])
    payout["status"] = "canceled"
    emit(store, "payout.canceled", store.save(payout), account=account)
    return payout


def create_topup(store: Store, params: Params) -> Body:
    """Bring money of the platform's bank account into its balance."""
    amount = whole_number(params, "amount", least=1)
    topup = store.add(
        "topup",
        "tu",
        {
            "amount": amount,
            "balance_transaction": None,
            "currency": params.get("currency", "eur"),
            "description": params.get("description"),
            "expected_availability_date": int(store.now()),
            "failure_code": None,
            "failure_message": None,
            "metadata": params.get("metadata", {}),
            "source": None,
            "statement_descriptor": params.get("statement_descriptor"),
            "status": "pending",
            "transfer_group": params.get("transfer_group"),
        },
    )
    emit(store, "topup.created", topup)
    store.plan(store.now() + float(rules.rule(store, "topup_s")), "topup_arrives", topup["id"])
    return topup


def topup_arrives(store: Store, name: str) -> None:
    """Let a top-up be there."""
    topup = get(store, name, "topup", PLATFORM)
    if topup["status"] != "pending":
        return
    topup["balance_transaction"] = books.book(
        store,
        books.Entry(
            kind="topup",
            category="topup",
            amount=topup["amount"],
            source=name,
            description=topup["description"],
        ),
    )
    topup["status"] = "succeeded"
    emit(store, "topup.succeeded", store.save(topup))
