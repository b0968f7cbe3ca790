"""The ledger against the provider; what was never heard is caught up with (PAY-30, PAY-33, W48)."""

from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from tests.payments.conftest import Purchase
from tests.payments.refund_cases import give_back, hand_out, parts_of, pay, ref
from winkelstraat.payments import gateway, operations
from winkelstraat.payments.models import Payment, Refund, WebhookEvent

pytestmark = pytest.mark.django_db


def reconcile() -> operations.Reconciliation:
    now = timezone.now()
    operations.sweep_payments(now=now + timedelta(minutes=2))
    return operations.reconcile_payments(since=now - timedelta(days=1), now=now)


def test_books_that_agree_say_so(empty_sandbox: Any, purchase: Purchase, heard: list[Any]) -> None:
    empty_sandbox.call("POST", "topups", amount=5_000)
    payment = pay(empty_sandbox, purchase)
    hand_out(payment)
    give_back(payment, shops=[ref(payment, 2)])
    empty_sandbox.pass_time(60)
    found = reconcile()
    assert (found.checked, found.findings, found.difference_cents) == (1, (), 0)
    assert found.agrees
    told = StringIO()
    call_command("reconcile_payments", stdout=told)
    assert "The books agree: 1 payments" in told.getvalue()


@pytest.mark.parametrize(
    ("kind", "fields", "difference"),
    [
        ("charges", {"amount": 4335}, "charge differs by +1 cents"),
        ("transfers", {"amount": 770}, "transfer differs by +3 cents"),
        ("refunds", {"amount": 2341}, "refund differs by -100 cents"),
    ],
)
def test_a_changed_row_at_the_provider_names_the_order_and_the_cents(
    empty_sandbox: Any,
    purchase: Purchase,
    heard: list[Any],
    kind: str,
    fields: dict[str, int],
    difference: str,
) -> None:
    payment = pay(empty_sandbox, purchase)
    hand_out(payment, 1)
    give_back(payment, shops=[ref(payment, 2)])
    empty_sandbox.pass_time(60)
    empty_sandbox.change(empty_sandbox.read(kind)[0].id, **fields)
    with pytest.raises(CommandError) as told:
        call_command("reconcile_payments")
    assert difference in str(told.value)
    assert str(payment.reference) in str(told.value)
    assert payment.description in str(told.value)


def test_a_transfer_that_nobody_asked_for_is_named(
    empty_sandbox: Any, purchase: Purchase, heard: list[Any]
) -> None:
    empty_sandbox.call("POST", "topups", amount=5_000)
    payment = pay(empty_sandbox, purchase)
    made = gateway.create_transfer(
        {
            "amount": 100,
            "currency": "eur",
            "destination": purchase.shops[0].account,
            "transfer_group": payment.transfer_group,
        },
        "by-hand",
    )
    empty_sandbox.pass_time(60)
    found = reconcile()
    (finding,) = found.findings
    assert finding.strangers == (made.transfer_id,)
    assert found.difference_cents == -100


def test_w48_what_was_never_heard_is_caught_up_with(
    empty_sandbox: Any, purchase: Purchase, heard: list[Any]
) -> None:
    payments = []
    for _time in range(3):
        one = Purchase(purchase.shops)
        request = one.request(parts=parts_of(one.shops, one.ref))
        payment = operations.open_payment(request=request, now=timezone.now())
        operations.start_checkout(payment_id=payment.pk, now=timezone.now())
        payment.refresh_from_db()
        empty_sandbox.act(payment.session_id, "pay")
        payments.append(payment)
    assert set(Payment.objects.values_list("state", flat=True)) == {"created"}
    empty_sandbox.pass_time(60)
    told = StringIO()
    call_command("stripe_backfill", stdout=told)
    assert set(Payment.objects.values_list("state", flat=True)) == {"paid"}
    assert len(heard) == 3
    assert WebhookEvent.objects.filter(state="processed").exists()
    assert reconcile().agrees

    before = WebhookEvent.objects.count()
    call_command("stripe_backfill", "--since", "2026-01-01", stdout=told)
    assert WebhookEvent.objects.count() == before
    assert len(heard) == 3


def test_a_refund_nobody_reported_is_caught_up_with(
    empty_sandbox: Any, purchase: Purchase, heard: list[Any]
) -> None:
    payment = pay(empty_sandbox, purchase)
    gateway.create_refund({"payment_intent": payment.intent_id, "amount": 500}, "dashboard")
    empty_sandbox.pass_time(60)
    assert not reconcile().agrees
    operations.backfill(since=timezone.now() - timedelta(hours=1), now=timezone.now())
    assert Refund.objects.get().is_open
    assert reconcile().agrees


def test_money_that_is_set_apart_is_no_difference(
    empty_sandbox: Any, purchase: Purchase, heard: list[Any]
) -> None:
    payment = purchase.open()
    session = empty_sandbox.act(payment.session_id, "pay")
    empty_sandbox.change(session["payment_intent"], metadata={"platform": "winkelstraat"})
    empty_sandbox.pass_time(60)
    operations.finalise_payment(payment_id=payment.pk, now=timezone.now())
    payment.refresh_from_db()
    assert (payment.state, payment.received_cents) == ("quarantined", 4834)
    found = reconcile()
    assert not found.findings
    assert found.quarantined_cents == 4834
    assert found.agrees


def test_a_moment_that_cannot_be_read_is_refused() -> None:
    with pytest.raises(CommandError, match="Write the moment"):
        call_command("stripe_backfill", "--since", "gisteren")


def test_what_was_given_back_whole_afterwards_stays_one_payment(
    empty_sandbox: Any, purchase: Purchase, heard: list[Any]
) -> None:
    payment = pay(empty_sandbox, purchase)
    gateway.create_refund({"payment_intent": payment.intent_id, "amount": 4334}, "dashboard")
    empty_sandbox.pass_time(60)
    for _time in range(2):
        operations.backfill(since=timezone.now() - timedelta(hours=1), now=timezone.now())
    payment.refresh_from_db()
    assert payment.state == "paid"
    assert len(heard) == 1
    assert reconcile().agrees
