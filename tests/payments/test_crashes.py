"""A process that is killed (signal 9) at the worst moment leaves nothing lost or double."""

import os
import signal
import subprocess
import sys
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from tests.sandbox import WEBHOOK_PATH, Sandbox, start_sandbox, wait_until
from winkelstraat.ledger.queries import list_transfers
from winkelstraat.payments import operations, tasks
from winkelstraat.payments.models import Payment, PaymentCommand, ShopTransfer, WebhookEvent

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.race]

PRELUDE = """
import os, signal, sys, django
from django.conf import settings
settings.DATABASES["default"]["NAME"] = sys.argv[1]
django.setup()
from django.utils import timezone
from winkelstraat.payments import operations
from winkelstraat.common import announcer
from winkelstraat.payments.operations import sending, settling
announcer._handlers.clear()  # only payments is tried here
def die(*_args, **_kwargs):
    os.kill(os.getpid(), signal.SIGKILL)
"""


def run_and_die(sandbox, program):
    """Run a program on this test's database in a process of its own; it must die of signal 9."""
    done = subprocess.run(
        [sys.executable, "-c", PRELUDE + program, connection.settings_dict["NAME"]],
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "winkelstraat.settings.test",
            "STRIPE_ADDRESS": sandbox.address,
        },
        cwd=settings.PROJECT_DIR,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == -signal.SIGKILL, done.stderr


def test_killed_between_the_banks_answer_and_our_books(sandbox, purchase, heard):
    payment = purchase.open()
    sandbox.act(payment.session_id, "pay")
    run_and_die(
        sandbox,
        f"settling.plan_transfers = die\n"
        f"operations.finalise_payment(payment_id={payment.pk}, now=timezone.now())",
    )
    payment.refresh_from_db()
    assert payment.state == "created"
    assert list_transfers(source=f"payment:{payment.reference}") == []
    operations.sweep_payments(now=timezone.now() + timedelta(minutes=5))
    payment.refresh_from_db()
    assert payment.state == "paid"
    assert len(list_transfers(source=f"payment:{payment.reference}")) == 3
    assert len(heard) == 1


def test_killed_between_a_transfer_and_writing_it_down(sandbox, purchase, heard, monkeypatch):
    monkeypatch.setattr(tasks.send_command, "delay", lambda _command_id: None)
    payment = purchase.open()
    sandbox.act(payment.session_id, "pay")
    operations.finalise_payment(payment_id=payment.pk, now=timezone.now())
    operations.release_transfers(seller_order_ref=purchase.refs()[0], now=timezone.now())
    command = PaymentCommand.objects.get(kind="transfer")
    run_and_die(
        sandbox,
        f"sending.record_answer = die\n"
        f"operations.send_command(command_id={command.pk}, now=timezone.now())",
    )
    command.refresh_from_db()
    assert (command.state, command.attempts, command.external_id) == ("queued", 1, "")
    operations.sweep_payments(now=timezone.now() + timedelta(minutes=2))
    mine = [t for t in sandbox.read("transfers") if t.destination == purchase.shops[0].account]
    assert [t.amount for t in mine] == [885]
    assert ShopTransfer.objects.get(command=command).state == "sent"
    assert [r["replayed"] for r in sandbox.list_requests("/v1/transfers")] == [0, 1]


def test_a_buyer_who_never_comes_back_is_paid_by_the_report_alone(
    live_server, settings, tmp_path, purchase, heard
):
    webhook = f"{live_server.url}{WEBHOOK_PATH}"
    with start_sandbox(tmp_path / "state.sqlite3", webhook=webhook) as address:
        settings.STRIPE_ADDRESS = address
        console = Sandbox(address)
        payment = purchase.open()
        console.call("POST", "webhooks/plan", action="drop", type="payment_intent.succeeded")
        console.call("POST", "webhooks/plan", action="duplicate", type="checkout.session.completed")
        console.act(payment.session_id, "pay")
        wait_until(lambda: Payment.objects.get(pk=payment.pk).state == "paid")
        wait_until(lambda: all(r["state"] == "delivered" for r in console.list_reports()))
    kinds = sorted(WebhookEvent.objects.values_list("type", flat=True))
    assert "payment_intent.succeeded" not in kinds
    assert kinds.count("checkout.session.completed") == 1
    assert len(heard) == 1
    assert ShopTransfer.objects.count() == 3
