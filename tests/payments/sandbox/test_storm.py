"""Many callers at once, every fault, and a process that is killed: the books stay right."""

import socket
import subprocess
import sys
import threading
import time
import urllib.error
from http.client import HTTPException

import pytest
import stripe

from tests.payments.sandbox.till import client, line, session_params
from tests.sandbox import Sandbox, wait_until

RATES = {
    "500": 0.05,
    "503": 0.05,
    "429": 0.05,
    "409": 0.05,
    "lose_answer": 0.05,
    "lose_answer_before": 0.05,
}
BUYERS, EACH = 5, 6


class Process:
    """A sandbox at a fixed port that can be killed and started again."""

    def __init__(self, folder):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.state = folder / "state.sqlite3"
        self.console = Sandbox(f"http://127.0.0.1:{self.port}")
        self.start()

    def start(self):
        command = [sys.executable, "-m", "winkelstraat.payments.sandbox"]
        options = ["--port", str(self.port), "--state", str(self.state)]
        self.process = subprocess.Popen([*command, *options], stdout=subprocess.PIPE, text=True)
        self.process.stdout.readline()

    def kill(self):
        self.process.kill()
        self.process.wait(timeout=10)


@pytest.fixture
def process(tmp_path):
    found = Process(tmp_path)
    yield found
    found.kill()


def insist(work, look_up=lambda: None):
    """Ask until it is answered; after a 500 look first, then ask under another key."""
    key = f"{threading.get_ident()}-{time.monotonic_ns()}"
    for _ in range(400):
        try:
            return work({"idempotency_key": key})
        except stripe.InvalidRequestError:
            raise
        except stripe.APIError as error:
            if error.http_status == 500:
                key = f"{key}+"
                if found := look_up():
                    return found
        except (stripe.StripeError, urllib.error.URLError, ConnectionError):
            pass
        time.sleep(0.02)
    raise AssertionError("Never answered.")


def buy(process, name):
    """Buy once: 10,00, of which 6,00 goes to a shop and 1,50 comes back."""
    api = client(process.console.address).v1
    group = {"payment_intent_data": {"transfer_group": name}}
    page = session_params(line_items=[line(1000)], **group)
    session = insist(lambda key: api.checkout.sessions.create(page, key))
    act(process, session.id)
    paid = insist(lambda _: api.checkout.sessions.retrieve(session.id))
    intent = insist(lambda _: api.payment_intents.retrieve(paid.payment_intent))
    wish = {"amount": 600, "currency": "eur", "destination": "acct_storm"}
    wish["source_transaction"] = intent.latest_charge
    insist(
        lambda key: api.transfers.create(wish, key),
        lambda: insist(lambda _: api.transfers.list({"transfer_group": name})).data,
    )
    back = {"payment_intent": intent.id, "amount": 150}
    insist(
        lambda key: api.refunds.create(back, key),
        lambda: insist(lambda _: api.refunds.list({"payment_intent": intent.id})).data,
    )


def act(process, session):
    """Pay, however often the process goes away meanwhile."""
    while True:
        try:
            return process.console.act(session, "pay")
        except urllib.error.HTTPError:
            return None
        except (urllib.error.URLError, ConnectionError, HTTPException):
            time.sleep(0.05)


def test_a_storm_leaves_every_purchase_whole_and_once(process):
    process.console.call("POST", "chaos", seed=7, api=RATES)
    failures = []

    def run(buyer):
        try:
            for number in range(EACH):
                buy(process, f"storm-{buyer}-{number}")
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=run, args=(buyer,)) for buyer in range(BUYERS)]
    for thread in threads:
        thread.start()
    for _ in range(2):
        time.sleep(0.7)
        process.kill()
        process.start()
    for thread in threads:
        thread.join(timeout=120)
    assert failures == []
    process.console.call("POST", "chaos")
    process.console.pass_time(60)
    wait_until(lambda: not process.console.call("GET", "books")["planned"].get("book_fee"))
    books, count = process.console.call("GET", "books"), BUYERS * EACH
    assert books["objects"]["charge"] == {"succeeded": {"count": count, "amount": 1000 * count}}
    assert books["objects"]["transfer"] == {"made": {"count": count, "amount": 600 * count}}
    assert books["objects"]["refund"] == {"succeeded": {"count": count, "amount": 150 * count}}
    platform, shop = books["accounts"]["platform"], books["accounts"]["acct_storm"]
    assert shop["pending"] == 600 * count
    assert platform["pending"] == (1000 - 29 - 600 - 150) * count
