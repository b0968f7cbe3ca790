"""Reports: three addresses, tried again, and spoiled when the console says so."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
import stripe

from tests.payments.sandbox.till import SHOP, transfer
from winkelstraat.payments.sandbox import endpoints
from winkelstraat.payments.sandbox.postman import Postman

SECRET = "whsec_post"


class Mailbox:
    """A shop that keeps every report it gets and answers what it is told to."""

    def __init__(self, store, endpoint="platform"):
        self.got, self.answers = [], []
        box = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                box.got.append((body, self.headers["Stripe-Signature"]))
                self.send_response(box.answers.pop(0) if box.answers else 200)
                self.end_headers()

            def log_message(self, *_args):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()
        url = f"http://127.0.0.1:{self.server.server_port}/"
        with store.transaction():
            endpoints.configure(store, endpoint, url, SECRET)
        self.postman = Postman(store, endpoint)

    def fetch(self):
        """Let the postman go once; return the types of what came."""
        del self.got[:]
        self.postman.deliver_due()
        return [json.loads(body)["type"] for body, _ in self.got]


@pytest.fixture
def mailbox(till):
    box = Mailbox(till.store)
    yield box
    box.server.shutdown()
    box.server.server_close()


def cause(till, count=1):
    """Cause one report for each intent that is made."""
    return [
        till.api.payment_intents.create({"amount": n, "currency": "eur"}).id
        for n in range(100, 100 + count)
    ]


def spoil(till, action, **fields):
    till.console.call("POST", "webhooks/plan", action=action, **fields)


def subjects(mailbox):
    return [json.loads(body)["data"]["object"]["id"] for body, _ in mailbox.got]


def test_a_report_is_signed_and_sent_once(till, mailbox):
    intent = cause(till)[0]
    assert mailbox.fetch() == ["payment_intent.created"]
    event = stripe.Webhook.construct_event(*mailbox.got[0], SECRET)
    assert event.data.object.id == intent
    assert till.api.events.retrieve(event.id).data.object.id == intent
    assert mailbox.fetch() == []


def test_a_report_is_tried_again_later_and_later_on_the_sandbox_clock(till, mailbox):
    till.console.call("POST", "rules", retry_after_s=[10, 60])
    mailbox.answers = [500, 503, 500]
    cause(till)
    assert mailbox.fetch() == ["payment_intent.created"]
    assert mailbox.fetch() == []
    till.console.pass_time(11)
    assert len(mailbox.fetch()) == 1
    till.console.pass_time(11)
    assert mailbox.fetch() == []
    till.console.pass_time(50)
    assert len(mailbox.fetch()) == 1
    till.console.pass_time(1000)
    assert mailbox.fetch() == []
    [report] = till.console.list_reports()
    assert (report["state"], report["attempts"], report["last_status"]) == ("given_up", 3, 500)
    till.console.call("POST", f"webhooks/{report['number']}/deliver")
    assert len(mailbox.fetch()) == 1


def test_reports_can_be_dropped_doubled_held_and_late(till, mailbox):
    spoil(till, "drop")
    cause(till)
    assert mailbox.fetch() == []
    spoil(till, "duplicate", type="payment_intent.created")
    cause(till)
    assert len(mailbox.fetch()) == 2
    assert mailbox.got[0][0] == mailbox.got[1][0]
    spoil(till, "hold")
    cause(till)
    till.console.pass_time(9999)
    assert mailbox.fetch() == []
    number = till.console.list_reports()[-1]["number"]
    till.console.call("POST", f"webhooks/{number}/deliver")
    assert len(mailbox.fetch()) == 1
    spoil(till, "delay", seconds=60)
    cause(till)
    assert mailbox.fetch() == []
    till.console.pass_time(61)
    assert len(mailbox.fetch()) == 1


def test_reports_can_come_in_reverse(till, mailbox):
    spoil(till, "reorder", count=3, seconds=5)
    made = cause(till, 4)
    mailbox.fetch()
    assert subjects(mailbox) == [made[3]]
    till.console.pass_time(60)
    mailbox.fetch()
    assert subjects(mailbox) == [made[2], made[1], made[0]]


@pytest.mark.parametrize("damage", ["bad_signature", "damaged_body"])
def test_a_damaged_report_is_refused_by_the_sdk_and_comes_again_whole(till, mailbox, damage):
    spoil(till, damage)
    mailbox.answers = [400]
    cause(till)
    mailbox.postman.deliver_due()
    with pytest.raises((stripe.SignatureVerificationError, ValueError)):
        stripe.Webhook.construct_event(*mailbox.got[0], SECRET)
    till.console.pass_time(2)
    mailbox.fetch()
    assert stripe.Webhook.construct_event(*mailbox.got[0], SECRET).type == "payment_intent.created"


def test_connected_accounts_report_to_their_own_address(till, mailbox):
    made = transfer(till.api, till.charge(1000), 800)
    till.console.pass_time(3 * 86_400)
    till.api.payouts.create({"amount": 5, "currency": "eur"}, {"stripe_account": SHOP})
    kinds = mailbox.fetch()
    assert "transfer.created" in kinds
    assert "payout.created" not in kinds
    other = Mailbox(till.store, "connect")
    assert other.fetch() == ["balance.available", "payout.created"]
    assert [json.loads(body)["account"] for body, _ in other.got] == [SHOP, SHOP]
    assert made.destination == SHOP
    other.server.shutdown()
    other.server.server_close()


def test_the_endpoints_and_their_version_can_be_read(till, mailbox):
    found = till.api.webhook_endpoints.list().data
    assert [e.description for e in found] == [
        "Events of connected accounts",
        "Events of the platform itself",
    ]
    assert {e.api_version for e in found} == {stripe.api_version}
    assert found[1].url.startswith("http://127.0.0.1:")
    till.console.change(found[1].id, api_version="2020-08-27")
    assert till.api.webhook_endpoints.retrieve(found[1].id).api_version == "2020-08-27"
    thin = till.whole.v2.core.event_destinations.list().data
    assert [d.event_payload for d in thin] == ["thin"]


def test_events_are_listed_by_type_and_time_page_by_page(till):
    cause(till, 3)
    till.console.pass_time(1000)
    late = cause(till, 4)
    till.charge(100)
    since = int(till.console.call("GET", "clock")["now"]) - 500
    wish = {"type": "payment_intent.created", "created": {"gte": since}, "limit": 2}
    first = till.api.events.list(wish)
    assert (len(first.data), first.has_more) == (2, True)
    found = [event.data.object.id for event in first.auto_paging_iter()]
    assert found == late[::-1]
    before = till.api.events.list({**wish, "ending_before": first.data[1].id})
    assert [e.id for e in before.data] == [first.data[0].id]
    kinds = {"types": ["charge.succeeded", "payment_intent.succeeded"]}
    assert len(till.api.events.list(kinds).data) == 2
    for wrong in ({"limit": 0}, {"starting_after": "evt_none"}):
        with pytest.raises(stripe.InvalidRequestError):
            till.api.events.list(wrong)


def test_events_can_be_listed_for_thirty_days(till):
    cause(till)
    till.console.pass_time(29 * 86_400)
    assert len(till.api.events.list().data) == 1
    till.console.pass_time(2 * 86_400)
    assert till.api.events.list().data == []


def test_an_address_can_be_changed_while_the_sandbox_runs(till):
    till.console.call("PUT", "endpoints/thin", url="http://127.0.0.1:9/x", secret="whsec_new")
    [thin] = till.whole.v2.core.event_destinations.list().data
    assert thin.webhook_endpoint.url == "http://127.0.0.1:9/x"
    assert endpoints.secret_of(till.store, "thin") == "whsec_new"
    with pytest.raises(OSError, match="404"):
        till.console.call("PUT", "endpoints/pigeon", url="http://127.0.0.1:9/x")


def test_several_carriers_bring_each_report_once(till, mailbox):
    made = cause(till, 12)
    Postman(till.store, "platform", carriers=4).deliver_due()
    assert sorted(subjects(mailbox)) == sorted(made)
    assert mailbox.fetch() == []
