"""The balances: every cent that comes or goes is one entry of one account.

An entry is what Stripe calls a balance transaction. A balance is the sum of the entries:
available for those whose moment has come, pending for the others.
"""

from dataclasses import dataclass
from typing import Any

from winkelstraat.payments.sandbox import lists
from winkelstraat.payments.sandbox.parameters import Params
from winkelstraat.payments.sandbox.store import PLATFORM, Body, Store

HOUR_S = 3_600
COLUMNS = (
    "id, account, type, category, amount, fee, net, source, description, payout,"
    " created, available_on"
)


@dataclass(frozen=True)
class Entry:
    """What is to be written: cents, negative when money leaves the account."""

    kind: str
    category: str
    amount: int
    source: str
    account: str = PLATFORM
    fee: int = 0
    available_on: int | None = None
    description: str | None = None
    shown: bool = True


def book(store: Store, entry: Entry) -> str:
    """Write one entry and return its id (`txn_...`)."""
    name = store.new_id("txn")
    now = int(store.now())
    available_on = max(now, entry.available_on or now)
    store.rows(
        f"INSERT INTO entries ({COLUMNS}, shown) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",  # noqa: S608
        name,
        entry.account,
        entry.kind,
        entry.category,
        entry.amount,
        entry.fee,
        entry.amount - entry.fee,
        entry.source,
        entry.description,
        None,
        now,
        available_on,
        int(entry.shown),
    )
    if available_on > now:
        # One report an hour and account tells of all that became available in it.
        store.plan(-(-available_on // HOUR_S) * HOUR_S, "available", entry.account)
    if entry.account == PLATFORM and entry.amount > 0 and store.fact("refunds_wait"):
        store.plan(available_on, "send_refunds", PLATFORM)
    return name


def totals(store: Store, account: str = PLATFORM) -> tuple[int, int]:
    """Return (available, pending) cents of an account."""
    sql = (
        "SELECT COALESCE(SUM(CASE WHEN available_on <= ?1 THEN net ELSE 0 END), 0),"
        " COALESCE(SUM(CASE WHEN available_on > ?1 THEN net ELSE 0 END), 0)"
        " FROM entries WHERE account = ?2"
    )
    available, pending = store.rows(sql, int(store.now()), account)[0]
    return int(available), int(pending)


def available_on(store: Store, source: str, account: str = PLATFORM) -> int | None:
    """Return when the money of a source becomes available, or None when it never came."""
    sql = "SELECT MAX(available_on) FROM entries WHERE source = ? AND account = ?"
    moment: int | None = store.rows(sql, source, account)[0][0]
    return moment


def show(store: Store, source: str) -> None:
    """Let the entries of a source be seen in lists, after Stripe knows its fee."""
    store.rows("UPDATE entries SET shown = 1 WHERE source = ?", source)


def entry_of(store: Store, source: str, account: str = PLATFORM) -> str:
    """Return the id of the first entry of a source."""
    sql = "SELECT id FROM entries WHERE source = ? AND account = ? ORDER BY number LIMIT 1"
    return str(store.rows(sql, source, account)[0][0])


def as_body(row: tuple[Any, ...], now: float) -> Body:
    """Return an entry as Stripe shows it."""
    values = dict(zip(COLUMNS.split(", "), row, strict=True))
    fees = [
        {
            "amount": values["fee"],
            "application": None,
            "currency": "eur",
            "description": "Stripe processing fees",
            "type": "stripe_fee",
        }
    ]
    return {
        "id": values["id"],
        "object": "balance_transaction",
        "amount": values["amount"],
        "available_on": values["available_on"],
        "balance_type": "payments",
        "created": values["created"],
        "currency": "eur",
        "description": values["description"],
        "exchange_rate": None,
        "fee": values["fee"],
        "fee_details": fees if values["fee"] else [],
        "net": values["net"],
        "reporting_category": values["category"],
        "source": values["source"],
        "status": "available" if values["available_on"] <= now else "pending",
        "type": values["type"],
    }


def find_entry(store: Store, name: str, account: str | None = None) -> Body | None:
    """Return one balance transaction, of one account when that is given."""
    sql = f"SELECT {COLUMNS} FROM entries WHERE id = ?"  # noqa: S608 - our own columns
    values = [name]
    if account is not None:
        sql += " AND account = ?"
        values.append(account)
    found = store.rows(sql, *values)
    return as_body(found[0], store.now()) if found else None


def balance(store: Store, account: str = PLATFORM) -> Body:
    """Return an account's balance as Stripe shows it."""
    available, pending = totals(store, account)

    def euros(amount: int) -> list[dict[str, Any]]:
        return [{"amount": amount, "currency": "eur", "source_types": {"card": amount}}]

    body: Body = {
        "object": "balance",
        "livemode": False,
        "available": euros(available),
        "pending": euros(pending),
    }
    if account == PLATFORM:
        body["connect_reserved"] = [{"amount": owed(store), "currency": "eur"}]
    return body


def owed(store: Store) -> int:
    """Return the cents that the platform must hold for accounts whose balance is negative."""
    sql = "SELECT account, SUM(net) FROM entries WHERE account != '' GROUP BY account"
    return -sum(net for _, net in store.rows(sql) if net < 0)


def page_entries(store: Store, account: str, params: Params, url: str) -> Body:
    """Return a page of an account's balance transactions, newest first."""
    where, values = lists.entry_bounds(store, params)
    limit = lists.read_limit(params)
    backwards = "ending_before" in params
    found = store.rows(
        f"SELECT {COLUMNS} FROM entries WHERE account = ? AND shown = 1{where}"  # noqa: S608
        f" ORDER BY number {'ASC' if backwards else 'DESC'} LIMIT ?",
        account,
        *values,
        limit + 1,
    )
    rows = found[:limit][::-1] if backwards else found[:limit]
    bodies = [as_body(row, store.now()) for row in rows]
    return lists.as_page(bodies, len(found) > limit, url)
