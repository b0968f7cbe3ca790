"""Whatever happens, no cent appears and none vanishes."""

import random

import pytest

from winkelstraat.payments.sandbox import (
    books,
    cards,
    census,
    chores,
    disputes,
    money,
    payouts,
    refunds,
    transfers,
)
from winkelstraat.payments.sandbox.errors import ApiError
from winkelstraat.payments.sandbox.store import Store

SHOPS = ("acct_a", "acct_b", "acct_c")


def pick(chance, store, kind):
    found = store.select(kind, account="") if kind != "payout" else store.select(kind)
    return chance.choice(found)["id"] if found else "none"


def buy(chance, store):
    intent = money.make_intent(store, {"amount": chance.randint(50, 9000), "currency": "eur"})
    if chance.random() < 0.4:
        cards.confirm(store, intent["id"], {"payment_method": "pm_card_visa"})
    else:
        money.succeed(store, intent, chance.choice(money.METHODS))


def send(chance, store):
    wish = {"amount": chance.randint(1, 4000), "currency": "eur"}
    if chance.random() < 0.8:
        wish["source_transaction"] = pick(chance, store, "charge")
    transfers.create_transfer(store, {**wish, "destination": chance.choice(SHOPS)})


def move(chance, store):
    store.move_clock(chance.choice([10, 3_600, 90_000]))


ACTS = {
    "buy": buy,
    "send": send,
    "move": move,
    "give back": lambda c, s: refunds.create_refund(
        s, {"charge": pick(c, s, "charge"), "amount": c.randint(1, 5000)}
    ),
    "return refund": lambda c, s: refunds.fail(s, pick(c, s, "refund")),
    "reverse": lambda c, s: transfers.create_reversal(
        s, pick(c, s, "transfer"), {"amount": c.randint(1, 3000)}
    ),
    "pay out": lambda c, s: payouts.create_payout(
        s, c.choice(("", *SHOPS)), {"amount": c.randint(1, 3000)}
    ),
    "return payout": lambda c, s: payouts.fail(s, pick(c, s, "payout")),
    "top up": lambda c, s: payouts.create_topup(s, {"amount": c.randint(1, 3000)}),
    "dispute": lambda c, s: disputes.begin(s, pick(c, s, "charge")),
    "win": lambda c, s: disputes.win(s, pick(c, s, "dispute")),
    "lose": lambda c, s: disputes.lose(s, pick(c, s, "dispute")),
}


def run(seed, steps=600):
    """Do random things, allowed or not; return the store and how many were done."""
    chance, store, done = random.Random(seed), Store(":memory:"), set()
    for _ in range(steps):
        name = chance.choice(list(ACTS))
        try:
            with store.transaction():
                ACTS[name](chance, store)
            done.add(name)
        except ApiError:
            continue
        finally:
            chores.run_due(store)
    return store, done


def amount(objects, kind, *states):
    counted = objects[kind]
    return sum(counted[s]["amount"] for s in counted if not states or s in states)


@pytest.mark.parametrize("seed", range(6))
def test_what_came_in_is_what_is_held_or_went_out(seed):
    store, done = run(seed)
    assert len(done) >= len(ACTS) - 1
    found = census.count_all(store)
    objects, accounts = found["objects"], found["accounts"]
    fees = sum(e["fee"] for a in accounts.values() for e in a["entries"].values())
    came = amount(objects, "charge") + amount(objects, "topup", "succeeded")
    went = fees + amount(objects, "refund", "pending", "succeeded")
    went += amount(objects, "payout", "pending", "paid")
    went += amount(objects, "dispute", "needs_response", "under_review", "lost")
    held = sum(a["available"] + a["pending"] for a in accounts.values())
    assert found["total"] == held == came - went


@pytest.mark.parametrize("seed", range(6))
def test_every_bound_holds_whatever_was_tried(seed):
    store, _ = run(seed)
    for charge in store.select("charge", account=""):
        sent = store.select("transfer", equals={"source_transaction": charge["id"]})
        given = store.select("refund", account="", equals={"charge": charge["id"]})
        alive = [r["amount"] for r in given if r["status"] in ("pending", "succeeded")]
        assert sum(t["amount"] for t in sent) <= charge["amount"]
        assert sum(alive) == charge["amount_refunded"] <= charge["amount"]
    for transfer in store.select("transfer"):
        taken = store.select("transfer_reversal", equals={"transfer": transfer["id"]})
        assert sum(r["amount"] for r in taken) == transfer["amount_reversed"]
        assert transfer["amount_reversed"] <= transfer["amount"]
    for shop in SHOPS:
        assert sum(books.totals(store, shop)) >= 0
