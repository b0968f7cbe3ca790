"""Faults by plan and by seed, and the count that a long run compares with."""

import threading
import time

import pytest
import stripe

from tests.payments.sandbox.till import SHOP, client, transfer
from tests.sandbox import start_sandbox, wait_until


def ask(till, count, tag):
    """Create intents under keys of their own; return what became of each."""
    seen = []
    for number in range(count):
        key = {"idempotency_key": f"{tag}-{number}"}
        try:
            till.api.payment_intents.create({"amount": 100, "currency": "eur"}, key)
            seen.append("ok")
        except stripe.APIConnectionError:
            seen.append("lost")
        except stripe.StripeError as error:
            seen.append(str(error.http_status))
    return seen


RATES = {"500": 0.15, "503": 0.1, "429": 0.1, "409": 0.1, "lose_answer": 0.1}


def test_a_seed_gives_the_same_faults_again_and_another_seed_others(till):
    def run(seed, tag):
        till.store.rows("DELETE FROM draws")
        till.store.rows("DELETE FROM answers")
        till.console.call("POST", "chaos", seed=seed, api=RATES)
        return ask(till, 40, tag)

    first = run(1, "a")
    assert run(1, "a") == first
    assert run(2, "a") != first
    assert {"ok", "lost", "500", "503", "429", "409"} == set(first)
    till.console.call("POST", "chaos")
    assert set(ask(till, 10, "b")) == {"ok"}


def test_a_call_tried_again_meets_another_draw_and_works_in_the_end(till):
    till.console.call("POST", "chaos", seed=3, api={"503": 0.5, "lose_answer": 0.3})
    key = {"idempotency_key": "one"}
    for _ in range(50):
        try:
            made = till.api.payment_intents.create({"amount": 100, "currency": "eur"}, key)
            break
        except stripe.StripeError:
            continue
    till.console.call("POST", "chaos")
    assert [i.id for i in till.api.payment_intents.list().data] == [made.id]


def test_reports_are_spoiled_at_the_rates_asked_for(till):
    till.console.call("POST", "chaos", seed=1, webhooks={"drop": 0.3, "duplicate": 0.3})
    ask(till, 60, "w")
    events, sent = till.api.events.list({"limit": 100}).data, till.console.list_reports()
    per_event = [sum(e.id in r["payload"] for r in sent) for e in events]
    assert len(events) == 60
    assert {0, 1, 2} == set(per_event)
    assert 8 <= per_event.count(0) <= 28


@pytest.mark.parametrize("wish", [{"api": {"teapot": 0.1}}, {"api": {"500": 0.7, "503": 0.7}}])
def test_impossible_chaos_is_refused(till, wish):
    with pytest.raises(OSError, match="400"):
        till.console.call("POST", "chaos", **wish)
    assert till.console.call("GET", "chaos") == {}


def test_a_server_error_may_hide_work_that_was_done(till):
    till.console.spoil("500_done", "/v1/payment_intents")
    key = {"idempotency_key": "hidden"}
    for _ in range(2):
        with pytest.raises(stripe.APIError):
            till.api.payment_intents.create({"amount": 100, "currency": "eur"}, key)
    assert [i.amount for i in till.api.payment_intents.list().data] == [100]


def test_a_slow_answer_makes_the_caller_give_up_but_the_work_is_done(till):
    till.console.call("POST", "faults", fault="slow", path="/v1/payment_intents", seconds=0.6)
    hasty = client(till.console.address, timeout=0.2).v1
    with pytest.raises(stripe.APIConnectionError):
        hasty.payment_intents.create({"amount": 100, "currency": "eur"})
    wait_until(lambda: len(till.api.payment_intents.list().data) == 1)


def test_a_key_that_is_being_worked_on_is_refused_and_later_replayed(till):
    till.console.call("POST", "faults", fault="slow", path="/v1/payment_intents", seconds=1)
    wish, key = {"amount": 100, "currency": "eur"}, {"idempotency_key": "busy"}
    first = []
    thread = threading.Thread(
        target=lambda: first.append(till.api.payment_intents.create(wish, key))
    )
    thread.start()
    wait_until(lambda: till.busy)
    with pytest.raises(stripe.StripeError) as no:
        client(till.console.address).v1.payment_intents.create(wish, key)
    assert no.value.http_status == 409
    assert no.value.json_body["error"]["code"] == "idempotency_key_in_use"
    thread.join()
    assert till.api.payment_intents.create(wish, key).id == first[0].id


def test_the_books_count_every_cent(till):
    charge = till.charge(1000)
    transfer(till.api, charge, 800)
    till.api.refunds.create({"charge": charge.id, "amount": 150})
    books = till.console.call("GET", "books")
    platform, shop = books["accounts"]["platform"], books["accounts"][SHOP]
    assert platform["available"] + platform["pending"] == 1000 - 29 - 800 - 150
    assert platform["entries"]["charge"] == {"count": 1, "amount": 1000, "fee": 29, "net": 971}
    assert (shop["pending"], books["total"]) == (800, 1000 - 29 - 150)
    assert books["objects"]["refund"] == {"pending": {"count": 1, "amount": 150}}
    assert books["objects"]["charge"] == {"succeeded": {"count": 1, "amount": 1000}}


def test_everything_survives_a_restart(tmp_path):
    state = tmp_path / "state.sqlite3"
    with start_sandbox(state, seed="same") as address:
        made = client(address).v1.payment_intents.create({"amount": 100, "currency": "eur"})
    assert made.id == "pi_same00000001"
    with start_sandbox(state, connect_webhook="http://127.0.0.1:9/c") as address:
        api = client(address).v1
        assert api.payment_intents.retrieve(made.id).amount == 100
        assert "http://127.0.0.1:9/c" in [e.url for e in api.webhook_endpoints.list().data]


def test_a_reset_leaves_nothing_behind_but_the_addresses(till):
    till.console.call("PUT", "endpoints/connect", url="http://127.0.0.1:9/c", secret="whsec_c")
    charge = till.charge(1000)
    till.console.pass_time(99)
    till.console.call("POST", "reset")
    assert till.console.books()["accounts"] == {
        "platform": {"available": 0, "pending": 0, "entries": {}}
    }
    assert till.console.list_reports() == []
    assert abs(till.console.call("GET", "clock")["now"] - time.time()) < 5
    urls = [e.url for e in till.api.webhook_endpoints.list().data]
    assert sorted(urls) == ["", "http://127.0.0.1:9/c"]
    assert till.charge(1000).id != charge.id


def test_a_refund_outside_the_program_is_there_like_any_other(till):
    charge = till.charge(1000)
    till.console.call("POST", f"charges/{charge.id}/refund", amount=300)
    [made] = till.api.refunds.list({"charge": charge.id}).data
    assert (made.amount, made.metadata.to_dict()) == (300, {})
