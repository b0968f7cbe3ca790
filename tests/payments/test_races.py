"""Twenty finalisers at once on real connections, and what happens without the lock."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections
from django.test import Client
from django.utils import timezone

from tests.sandbox import WEBHOOK_PATH, sign
from winkelstraat.common import announcer
from winkelstraat.ledger.queries import list_transfers
from winkelstraat.payments import gateway, operations
from winkelstraat.payments.events import PaymentSucceeded
from winkelstraat.payments.models import Payment, PaymentCommand, ShopTransfer, WebhookEvent
from winkelstraat.payments.operations import settling

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.race]

FINALISERS = 20


def run_at_once(work, count=FINALISERS):
    """Run `work` in so many threads that start together; return results or errors."""
    gate = threading.Barrier(count)

    def run():
        gate.wait()
        try:
            return work()
        except Exception as error:
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(count) as pool:
        return [future.result() for future in [pool.submit(run) for _ in range(count)]]


@pytest.fixture
def slow_listener(monkeypatch):
    """Hear successes slowly, so that a second transition would have time to start."""
    events = []

    def hear(event):
        events.append(event)
        time.sleep(0.05)

    monkeypatch.setitem(announcer._handlers, PaymentSucceeded, [hear])
    return events


@pytest.fixture
def report(sandbox, purchase):
    """A paid payment and what the provider says of it."""
    payment = purchase.open()
    sandbox.act(payment.session_id, "pay")
    return payment, gateway.fetch_checkout(payment.session_id)


def test_twenty_finalisers_make_one_paid_transition(sandbox, report, slow_listener):
    payment, _ = report
    states = run_at_once(
        lambda: operations.finalise_payment(payment_id=payment.pk, now=timezone.now())
    )
    assert set(states) == {"paid"}
    assert len(slow_listener) == 1
    assert ShopTransfer.objects.filter(part__payment=payment).count() == 3
    assert len(list_transfers(source=f"payment:{payment.reference}")) == 3


def test_without_the_lock_the_transition_happens_more_than_once(report, slow_listener, monkeypatch):
    payment, found = report
    everybody_has_read = threading.Barrier(FINALISERS)

    def read_without_lock(purchase_ref):
        attempts = list(Payment.objects.filter(purchase_ref=purchase_ref))
        everybody_has_read.wait(timeout=30)
        return attempts

    monkeypatch.setattr(settling, "lock_attempts", read_without_lock)
    run_at_once(
        lambda: operations.settle_payment(
            payment_id=payment.pk,
            purchase_ref=payment.purchase_ref,
            report=found,
            now=timezone.now(),
        )
    )
    assert len(slow_listener) == FINALISERS


def test_twenty_senders_of_one_transfer_make_one_transfer(sandbox, purchase, report, slow_listener):
    payment, _ = report
    operations.finalise_payment(payment_id=payment.pk, now=timezone.now())
    operations.release_transfers(seller_order_ref=purchase.refs()[0], now=timezone.now())
    command = PaymentCommand.objects.get(kind="transfer", payment=payment)
    run_at_once(lambda: operations.send_command(command_id=command.pk, now=timezone.now()))
    mine = [t for t in sandbox.read("transfers") if t.destination == purchase.shops[0].account]
    assert [t.amount for t in mine] == [885]
    booked = list_transfers(source=f"payment:{payment.reference}")
    assert [row.amount for row in booked if row.reason.startswith("transfer:")] == [885]


def test_the_same_report_twenty_times_at_once_is_stored_once(
    client, sandbox, report, slow_listener
):
    payment, _ = report
    payload = sandbox.list_reports(str(payment.reference))[0]["payload"]
    answers = run_at_once(
        lambda: (
            Client()
            .post(
                WEBHOOK_PATH,
                payload,
                content_type="application/json",
                headers={"Stripe-Signature": sign(payload)},
            )
            .status_code
        )
    )
    assert set(answers) == {200}
    assert WebhookEvent.objects.count() == 1
    payment.refresh_from_db()
    assert payment.state == "paid"
    assert len(slow_listener) == 1
