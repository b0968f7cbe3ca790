"""What goes wrong on the way back: empty balances, returned refunds, other people's refunds."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests.payments.conftest import Purchase
from tests.payments.refund_cases import (
    assert_books_agree,
    cents,
    give_back,
    hand_out,
    pay,
    payable,
    ref,
    reversed_cents,
    send_all,
)
from winkelstraat.payments import gateway, operations, queries
from winkelstraat.payments.models import (
    Payment,
    PaymentCommand,
    Refund,
    ShopTransfer,
    TransferReversal,
    WebhookEvent,
)

pytestmark = pytest.mark.django_db


def empty_account(sandbox: Any, account: str) -> None:
    """Pay a shop everything it has, so that nothing can be taken back."""
    sandbox.pass_time(8 * 24 * 3600)
    entries = sandbox.read("entries", account=account)
    sandbox.pay_out(account, sum(entry.net for entry in entries))
    sandbox.pass_time(-8 * 24 * 3600)


def debt(purchase: Purchase, number: int) -> int:
    return -cents(f"shop:{purchase.shops[number - 1].enterprise_id}:debt")


def dashboard_refund(payment: Payment, amount: int) -> str:
    """Refund at the provider itself, as somebody does in its dashboard."""
    made = gateway.create_refund(
        {"payment_intent": payment.intent_id, "amount": amount}, f"dashboard-{amount}"
    )
    return made.refund_id


def test_w11_a_shop_with_an_empty_balance_owes_it_and_the_buyer_does_not_wait(
    empty_sandbox: Any, purchase: Purchase, heard: list[Any], caplog: pytest.LogCaptureFixture
) -> None:
    payment = pay(empty_sandbox, purchase)
    hand_out(payment)
    paint = purchase.shops[1]
    empty_account(empty_sandbox, paint.account)
    refund = give_back(payment, shops=[ref(payment, 2)])
    assert refund.state in ("pending", "succeeded")
    assert [one.amount for one in empty_sandbox.read("refunds")] == [2241]
    assert (reversed_cents(), debt(purchase, 2), payable(paint)) == ([], 2185, 0)
    assert "owes 2185 cents" in caplog.text
    assert_books_agree(empty_sandbox)

    # A later sale brings money in for the shop, and the debt is asked again.
    later = Purchase(purchase.shops)
    hand_out(pay(empty_sandbox, later))
    send_all()
    assert (reversed_cents(), debt(purchase, 2)) == ([2185], 0)
    assert TransferReversal.objects.get().done_at is not None
    assert_books_agree(empty_sandbox)


def test_a_debt_is_asked_again_by_the_sweeper_and_never_twice(
    empty_sandbox: Any, purchase: Purchase, heard: list[Any]
) -> None:
    payment = pay(empty_sandbox, purchase)
    hand_out(payment)
    empty_account(empty_sandbox, purchase.shops[1].account)
    give_back(payment, shops=[ref(payment, 2)])
    for hours in (7, 14, 21):
        send_all(timezone.now() + timedelta(hours=hours))
    assert debt(purchase, 2) == 2185
    assert TransferReversal.objects.get().state == "owed"
    command = PaymentCommand.objects.get(kind="reversal")
    assert (command.state, command.generation) == ("queued", 5)


def test_a_refund_that_the_bank_returns_is_owed_again_and_can_be_paid_by_hand(
    empty_sandbox: Any, purchase: Purchase, heard: list[Any], client: Client
) -> None:
    payment = pay(empty_sandbox, purchase)
    refund = give_back(payment, shops=[ref(payment, 1)])
    assert refund.state == "pending"
    empty_sandbox.decide(refund.external_id, "fail")
    assert set(empty_sandbox.post_reports(client, refund.external_id)) == {200}
    for report in waiting_reports():
        operations.process_webhook(webhook_id=report, now=timezone.now())
    refund.refresh_from_db()
    assert refund.state == "failed"
    assert cents("platform:refundable") == 793
    assert_books_agree(empty_sandbox)

    operations.pay_outside(refund_id=refund.pk, note="NL.. 24-11", now=timezone.now())
    operations.pay_outside(refund_id=refund.pk, note="again", now=timezone.now())
    refund.refresh_from_db()
    assert refund.state == "outside"
    assert (cents("platform:refundable"), cents("platform:bank")) == (0, 793)
    (shown,) = queries.list_refunds(purchase.ref)
    assert shown.is_arrived


def waiting_reports() -> list[int]:
    return list(
        WebhookEvent.objects.filter(state="received").order_by("pk").values_list("pk", flat=True)
    )


def test_only_a_returned_refund_is_paid_by_hand(
    empty_sandbox: Any, purchase: Purchase, heard: list[Any]
) -> None:
    refund = give_back(pay(empty_sandbox, purchase), goodwill_cents=100)
    with pytest.raises(operations.NothingReturned):
        operations.pay_outside(refund_id=refund.pk, note="", now=timezone.now())
    assert cents("platform:bank") == 0


def test_a_refund_made_in_the_dashboard_is_taken_in_and_waits_for_staff(
    empty_sandbox: Any, purchase: Purchase, heard: list[Any], client: Client
) -> None:
    payment = pay(empty_sandbox, purchase)
    hand_out(payment)
    name = dashboard_refund(payment, 500)
    assert set(empty_sandbox.post_reports(client, name)) == {200}
    for report in waiting_reports():
        operations.process_webhook(webhook_id=report, now=timezone.now())
    refund = Refund.objects.get()
    assert (refund.kind, refund.amount_cents, refund.is_open) == ("external", 500, True)
    assert cents("platform:unexplained") == -500
    assert_books_agree(empty_sandbox)

    for _time in range(2):
        operations.resolve_outside(
            refund_id=refund.pk, shops_bear=True, asked_by="anna", now=timezone.now()
        )
    send_all()
    assert sum(reversed_cents()) == 500 - (cents_returned := 109 - cents("platform:commission"))
    assert cents_returned > 0
    assert cents("platform:unexplained") == 0
    assert_books_agree(empty_sandbox)


def test_the_platform_can_bear_a_dashboard_refund(
    empty_sandbox: Any, purchase: Purchase, heard: list[Any]
) -> None:
    payment = pay(empty_sandbox, purchase)
    dashboard_refund(payment, 500)
    assert operations.take_in_refunds(payment_id=payment.pk, now=timezone.now()) == 1
    assert operations.take_in_refunds(payment_id=payment.pk, now=timezone.now()) == 0
    operations.resolve_outside(
        refund_id=Refund.objects.get().pk, shops_bear=False, asked_by="anna", now=timezone.now()
    )
    assert (cents("platform:unexplained"), cents("platform:goodwill")) == (0, -500)
    with pytest.raises(operations.RefundRefused):
        give_back(payment, goodwill_cents=4334)


def test_a_dashboard_refund_of_everything_takes_every_share_back_by_itself(
    empty_sandbox: Any, purchase: Purchase, heard: list[Any]
) -> None:
    payment = pay(empty_sandbox, purchase)
    hand_out(payment, 1)
    dashboard_refund(payment, 4334)
    operations.take_in_refunds(payment_id=payment.pk, now=timezone.now())
    send_all()
    assert reversed_cents() == [773]
    assert list(ShopTransfer.objects.order_by("pk").values_list("state", flat=True)) == [
        "sent",
        "cancelled",
        "cancelled",
    ]
    assert queries.get_refund_state(purchase.ref) == "refunded"
    assert cents("platform:unexplained") == cents("platform:commission") == 0
    assert_books_agree(empty_sandbox)


def test_w14_a_refund_that_is_heard_of_before_the_payment_ends_refunded(
    empty_sandbox: Any, purchase: Purchase, heard: list[Any], client: Client
) -> None:
    payment = purchase.open()
    empty_sandbox.act(payment.session_id, "pay")
    intent = empty_sandbox.read("intents")[0].id
    Payment.objects.filter(pk=payment.pk).update(intent_id=intent)
    payment.refresh_from_db()
    name = dashboard_refund(payment, 4834)
    for about in (name, payment.session_id, intent):
        empty_sandbox.post_reports(client, about)
        for report in waiting_reports():
            operations.process_webhook(webhook_id=report, now=timezone.now())
    payment.refresh_from_db()
    assert payment.state == "needs_refund"
    assert [type(event).__name__ for event in heard] == ["PaymentExpired"]
    assert not ShopTransfer.objects.exists()
    assert queries.get_refund_state(purchase.ref) == "refunded"
    assert len(empty_sandbox.read("refunds")) == 1
    assert cents("platform:refundable") == 0
    assert_books_agree(empty_sandbox)


def test_a_refund_waits_for_a_transfer_that_is_on_its_way(
    empty_sandbox: Any, purchase: Purchase, heard: list[Any]
) -> None:
    payment = pay(empty_sandbox, purchase)
    operations.release_transfers(seller_order_ref=ref(payment, 2), now=timezone.now())
    wish = operations.RefundWish(payment_id=payment.pk, key="1", shops=[ref(payment, 2)])
    operations.refund(wish=wish, now=timezone.now())
    reversal = PaymentCommand.objects.get(kind="reversal")
    operations.send_command(command_id=reversal.pk, now=timezone.now())
    assert not empty_sandbox.list_requests("/v1/transfers")
    for minutes in (2, 4):
        send_all(timezone.now() + timedelta(minutes=minutes))
    assert reversed_cents() == [2185]
    assert_books_agree(empty_sandbox)


def test_a_transfer_that_was_refused_is_lowered_by_what_was_asked_back(
    empty_sandbox: Any, purchase: Purchase, heard: list[Any]
) -> None:
    payment = pay(empty_sandbox, purchase)
    empty_sandbox.set_account(purchase.shops[0].account, "inactive")
    operations.release_transfers(seller_order_ref=ref(payment, 1), now=timezone.now())
    wish = operations.RefundWish(payment_id=payment.pk, key="1", units={ref(payment, 1): {"1": 1}})
    operations.refund(wish=wish, now=timezone.now())
    send_all()
    transfer = ShopTransfer.objects.get(part__sequence=1)
    assert (transfer.state, transfer.amount_cents) == ("blocked", 773 - 258)
    assert PaymentCommand.objects.get(kind="reversal").state == "dropped"
    empty_sandbox.set_account(purchase.shops[0].account, "active")
    operations.connect_account(
        enterprise_id=purchase.shops[0].enterprise_id,
        external_id=purchase.shops[0].account,
        transfers_status="active",
        now=timezone.now(),
    )
    send_all()
    assert [one.amount for one in empty_sandbox.read("transfers")] == [515]
    assert payable(purchase.shops[0]) == 0
    assert_books_agree(empty_sandbox)


@pytest.mark.parametrize("fault", ["500", "503", "lose_answer", "429", "409"])
def test_w17_w18_a_fault_on_the_way_never_makes_a_second_refund_or_reversal(
    empty_sandbox: Any, purchase: Purchase, heard: list[Any], fault: str
) -> None:
    payment = pay(empty_sandbox, purchase)
    hand_out(payment)
    empty_sandbox.spoil(fault, "/v1/refunds")
    empty_sandbox.spoil(fault, "/v1/transfers")
    give_back(payment, shops=[ref(payment, 2)])
    for minutes in (5, 10, 15):
        send_all(timezone.now() + timedelta(minutes=minutes))
    assert [one.amount for one in empty_sandbox.read("refunds")] == [2241]
    assert reversed_cents() == [2185]
    assert sum(one.amount_reversed for one in empty_sandbox.read("transfers")) == 2185
    assert_books_agree(empty_sandbox)


def test_w19_a_refund_key_used_for_another_amount_is_halted(
    empty_sandbox: Any, purchase: Purchase, heard: list[Any], caplog: pytest.LogCaptureFixture
) -> None:
    payment = pay(empty_sandbox, purchase)
    wish = operations.RefundWish(payment_id=payment.pk, key="1", goodwill_cents=100)
    operations.refund(wish=wish, now=timezone.now())
    command = PaymentCommand.objects.get(kind="refund")
    gateway.create_refund(command.params | {"amount": 99}, command.sent_key)
    send_all()
    command.refresh_from_db()
    assert command.state == "halted"
    assert "is halted" in caplog.text
    assert len(empty_sandbox.read("refunds")) == 1
