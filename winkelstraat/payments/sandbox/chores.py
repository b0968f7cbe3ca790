"""What happens by itself when its moment on the sandbox's clock has come."""

import logging
from collections.abc import Callable

from winkelstraat.payments.sandbox import (
    accounts,
    books,
    checkout,
    disputes,
    money,
    payouts,
    refunds,
)
from winkelstraat.payments.sandbox.events import emit
from winkelstraat.payments.sandbox.store import Store

log = logging.getLogger(__name__)


def tell_available(store: Store, account: str) -> None:
    """Say that pending money became available."""
    emit(store, "balance.available", books.balance(store, account), account=account)


TASKS: dict[str, Callable[[Store, str], object]] = {
    "answer_owed": checkout.answer_owed,
    "available": tell_available,
    "book_fee": money.book_fee,
    "close_session": checkout.close_when_over,
    "daily_payout": payouts.pay_daily,
    "dispute_won": disputes.win_if_open,
    "evidence_over": disputes.give_up,
    "payout_arrives": payouts.arrive,
    "send_refunds": refunds.send_waiting,
    "review_account": accounts.approve,
    "refund_arrives": refunds.arrive,
    "refund_fails": refunds.fail,
    "topup_arrives": payouts.topup_arrives,
}


def run_due(store: Store) -> None:
    """Do every task whose moment has come, in order, each at its own moment."""
    while _run_next(store):
        pass


def _run_next(store: Store) -> bool:
    """Do the task that is due first, and strike it off with what it wrote or not at all."""
    number = 0
    try:
        with store.transaction():
            sql = (
                "SELECT number, due, task, subject FROM agenda WHERE due <= ? ORDER BY due, number"
            )
            found = store.rows(f"{sql} LIMIT 1", store.now())
            if not found:
                return False
            number, due, task, subject = found[0]
            store.rows("DELETE FROM agenda WHERE number = ?", number)
            with store.at(due):
                TASKS[task](store, subject)
    except Exception:
        log.exception("A task failed; it is struck off.")
        store.rows("DELETE FROM agenda WHERE number = ?", number)
    return True
