"""Everything counted: what a long run compares with its own ledger, to the cent."""

from typing import Any

from winkelstraat.payments.sandbox import books
from winkelstraat.payments.sandbox.store import Store

SUMS = {
    "charge": "amount",
    "refund": "amount",
    "transfer": "amount",
    "transfer_reversal": "amount",
    "payout": "amount",
    "dispute": "amount",
    "topup": "amount",
}


def count_all(store: Store) -> dict[str, Any]:
    """Return balances per account, sums per kind and status, and sums per type of entry."""
    with store.transaction():
        names = [name for (name,) in store.rows("SELECT DISTINCT account FROM entries")]
        return {
            "now": store.now(),
            "accounts": {name or "platform": _account(store, name) for name in names or [""]},
            "objects": _objects(store),
            "total": store.rows("SELECT COALESCE(SUM(net), 0) FROM entries")[0][0],
            "webhooks": dict(store.rows("SELECT state, COUNT(*) FROM deliveries GROUP BY state")),
            "requests": store.rows("SELECT COUNT(*) FROM requests")[0][0],
            "planned": dict(store.rows("SELECT task, COUNT(*) FROM agenda GROUP BY task")),
        }


def _account(store: Store, name: str) -> dict[str, Any]:
    available, pending = books.totals(store, name)
    sql = (
        "SELECT category, COUNT(*), SUM(amount), SUM(fee), SUM(net) FROM entries"
        " WHERE account = ? GROUP BY category ORDER BY category"
    )
    names = ("count", "amount", "fee", "net")
    by_category = {row[0]: dict(zip(names, row[1:], strict=True)) for row in store.rows(sql, name)}
    return {"available": available, "pending": pending, "entries": by_category}


def _objects(store: Store) -> dict[str, Any]:
    """Return count and sum of the platform's objects per kind and status.

    Payouts of connected accounts are among them.
    """
    counted: dict[str, Any] = {}
    for kind, field in SUMS.items():
        sql = (
            "SELECT COALESCE(json_extract(body, '$.status'), 'made'), COUNT(*),"  # noqa: S608
            f" SUM(json_extract(body, '$.{field}')) FROM objects WHERE kind = ?"
            " AND (account = '' OR kind = 'payout') GROUP BY 1 ORDER BY 1"
        )
        counted[kind] = {
            status: {"count": count, "amount": amount}
            for status, count, amount in store.rows(sql, kind)
        }
    return counted
