"""Commands survive crashes, silence and answers that were lost on the way."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from winkelstraat.payments import breaker, gateway, operations
from winkelstraat.payments.models import PaymentCommand, ShopTransfer
from winkelstraat.payments.operations import sending

pytestmark = pytest.mark.django_db

SESSIONS = "/v1/checkout/sessions"


def open_only(purchase):
    return operations.open_payment(request=purchase.request(), now=timezone.now())


def release_all(sandbox, purchase):
    """Pay, finalise and queue the three transfers; return their commands in order."""
    payment = purchase.open()
    sandbox.act(payment.session_id, "pay")
    operations.finalise_payment(payment_id=payment.pk, now=timezone.now())
    for ref in purchase.refs():
        operations.release_transfers(seller_order_ref=ref, now=timezone.now())
    return list(PaymentCommand.objects.filter(kind="transfer").order_by("pk"))


def send(command, now=None):
    operations.send_command(command_id=command.pk, now=now or timezone.now())
    command.refresh_from_db()
    return command


def test_a_call_inside_a_transaction_is_refused_before_anything_is_sent(sandbox, purchase):
    payment = open_only(purchase)
    with pytest.raises(gateway.ProviderCallInTransaction), transaction.atomic():
        operations.start_checkout(payment_id=payment.pk, now=timezone.now())
    assert sandbox.list_requests() == []
    assert PaymentCommand.objects.get().attempts == 0


def test_the_pay_page_is_opened_once_and_its_address_kept(sandbox, purchase):
    payment = purchase.open()
    again = operations.start_checkout(payment_id=payment.pk, now=timezone.now())
    assert again == payment.pay_page_url
    assert again.startswith(f"{sandbox.address}/pay/")
    requests = sandbox.list_requests(SESSIONS)
    assert [r["key"] for r in requests] == [f"mkt:test:order:{purchase.ref}:pay:1"]


def test_a_crash_between_answer_and_saving_gets_the_same_object(sandbox, purchase, monkeypatch):
    payment = open_only(purchase)
    with monkeypatch.context() as patched:
        patched.setattr(sending, "record_answer", lambda **_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            operations.start_checkout(payment_id=payment.pk, now=timezone.now())
    payment.refresh_from_db()
    assert payment.session_id == ""
    operations.sweep_payments(now=timezone.now() + timedelta(minutes=2))
    payment.refresh_from_db()
    mine = [s for s in sandbox.read("sessions") if s.client_reference_id == str(payment.reference)]
    assert [s.id for s in mine] == [payment.session_id]
    assert [r["replayed"] for r in sandbox.list_requests(SESSIONS)] == [0, 1]


def test_an_answer_lost_by_the_network_is_fetched_with_the_same_key(sandbox, purchase):
    payment = open_only(purchase)
    sandbox.spoil("lose_answer", SESSIONS)
    with pytest.raises(operations.PaymentsUnavailable):
        operations.start_checkout(payment_id=payment.pk, now=timezone.now())
    operations.start_checkout(payment_id=payment.pk, now=timezone.now())
    keys = [r["key"] for r in sandbox.list_requests(SESSIONS)]
    assert len(keys) == 2
    assert len(set(keys)) == 1


def test_w16_a_crash_after_the_first_of_three_transfers(sandbox, purchase, monkeypatch, heard):
    purchase.commission_basis_points = 250
    commands = release_all(sandbox, purchase)
    with monkeypatch.context() as patched:
        patched.setattr(sending, "record_answer", lambda **_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            send(commands[0])
    assert ShopTransfer.objects.filter(state="sent").count() == 0
    operations.sweep_payments(now=timezone.now() + timedelta(minutes=2))
    sent = [t for t in sandbox.read("transfers") if t.transfer_group == f"order_{purchase.ref}"]
    assert sorted(t.amount for t in sent) == [863, 1414, 2437]
    assert len(sandbox.list_requests("/v1/transfers")) == 4
    assert ShopTransfer.objects.filter(state="sent").count() == 3


@pytest.mark.parametrize("fault", ["503", "429", "409", "lose_answer_before"])
def test_what_passes_is_tried_again_later_with_the_same_key(sandbox, purchase, heard, fault):
    command = release_all(sandbox, purchase)[0]
    sandbox.spoil(fault, "/v1/transfers")
    now = timezone.now()
    with pytest.raises(operations.ProviderUnavailable):
        send(command, now)
    command.refresh_from_db()
    assert (command.state, command.attempts) == ("queued", 1)
    assert timedelta(seconds=8) <= command.next_attempt_at - now <= timedelta(seconds=12)
    assert send(command).state == "done"
    assert command.generation == (2 if fault == "503" else 1)


def test_w17_a_remembered_server_error_is_looked_up_and_sent_under_a_new_key(
    sandbox, purchase, heard
):
    command = release_all(sandbox, purchase)[0]
    sandbox.spoil("500", "/v1/transfers")
    with pytest.raises(gateway.ProviderFailed):
        send(command)
    command.refresh_from_db()
    assert command.server_failed
    assert send(command).state == "done"
    keys = [r["key"] for r in sandbox.list_requests("/v1/transfers")]
    assert keys == [command.key, f"{command.key}:r2"]
    assert (
        len([t for t in sandbox.read("transfers") if t.destination == purchase.shops[0].account])
        == 1
    )


def test_w18_a_key_that_may_be_forgotten_is_looked_up_first(sandbox, purchase, heard, monkeypatch):
    command = release_all(sandbox, purchase)[0]
    with monkeypatch.context() as patched:
        patched.setattr(sending, "record_answer", lambda **_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            send(command)
    sandbox.pass_time(25 * 3600)
    send(command, timezone.now() + timedelta(hours=25))
    assert command.state == "done"
    assert len(sandbox.list_requests("/v1/transfers")) == 1
    assert (
        len([t for t in sandbox.read("transfers") if t.destination == purchase.shops[0].account])
        == 1
    )


def test_w19_the_same_key_with_another_amount_is_halted(sandbox, purchase, heard, caplog):
    command = release_all(sandbox, purchase)[0]
    gateway.create_transfer({**command.params, "amount": 5}, command.sent_key)
    with pytest.raises(gateway.KeyReused):
        send(command)
    command.refresh_from_db()
    assert command.state == "halted"
    assert "halted" in caplog.text
    before = len(sandbox.list_requests("/v1/transfers"))
    operations.sweep_payments(now=timezone.now() + timedelta(days=1))
    assert command.key not in [r["key"] for r in sandbox.list_requests("/v1/transfers")[before:]]


def test_a_provider_that_keeps_failing_is_left_alone_and_the_order_kept(sandbox, purchase):
    payment = open_only(purchase)
    sandbox.spoil("503", count=20)
    for _ in range(breaker.FAILURES_ALLOWED):
        with pytest.raises(operations.PaymentsUnavailable):
            operations.start_checkout(payment_id=payment.pk, now=timezone.now())
    asked = len(sandbox.list_requests())
    with pytest.raises(operations.PaymentsUnavailable):
        operations.start_checkout(payment_id=payment.pk, now=timezone.now())
    assert len(sandbox.list_requests()) == asked
    payment.refresh_from_db()
    assert payment.state == "created"
    breaker.note_success()
    sandbox.call("DELETE", "plans")
    assert operations.start_checkout(payment_id=payment.pk, now=timezone.now())


def test_a_command_for_an_order_that_ended_opens_no_pay_page(sandbox, purchase, heard):
    payment = open_only(purchase)
    operations.close_payment(purchase_ref=purchase.ref, now=timezone.now())
    with pytest.raises(operations.PaymentsUnavailable):
        operations.start_checkout(payment_id=payment.pk, now=timezone.now())
    operations.sweep_payments(now=timezone.now() + timedelta(hours=1))
    assert sandbox.list_requests(SESSIONS) == []


def test_the_pause_doubles_up_to_an_hour():
    pauses = [sending.pause_after(n).total_seconds() for n in (1, 2, 3, 50)]
    assert 8 <= pauses[0] <= 12
    assert 16 <= pauses[1] <= 24
    assert 32 <= pauses[2] <= 48
    assert 2880 <= pauses[3] <= 4320
