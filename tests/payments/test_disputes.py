"""A card holder asks his bank for the money; what is lost is shared, the fee is ours (W12)."""

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
    held,
    pay,
    payable,
    ref,
    reversed_cents,
    send_all,
)
from winkelstraat.payments import gateway, operations
from winkelstraat.payments.models import Dispute, Payment, Refund, ShopTransfer, WebhookEvent

pytestmark = pytest.mark.django_db


@pytest.fixture
def paid(empty_sandbox: Any, purchase: Purchase, heard: list[Any]) -> Payment:
    """The basket of W02 paid by card, with plenty on the platform's balance."""
    empty_sandbox.call("POST", "topups", amount=100_000)
    return pay(empty_sandbox, purchase, method="card")


def hear(sandbox: Any, client: Client, about: str) -> None:
    assert set(sandbox.post_reports(client, about)) == {200}
    for report in WebhookEvent.objects.filter(state="received").order_by("pk"):
        operations.process_webhook(webhook_id=report.pk, now=timezone.now())


def balance_agrees(sandbox: Any) -> None:
    """Count the money that was put on the balance beforehand as known."""
    sandbox.pass_time(60)
    for payment in Payment.objects.filter(provider_fee_cents=None):
        operations.book_fee(payment_id=payment.pk, now=timezone.now())
    entries = sum(entry.net for entry in sandbox.read("entries"))
    assert held() == entries - 100_000


def states() -> list[str]:
    return list(ShopTransfer.objects.order_by("pk").values_list("state", flat=True))


def test_w12_a_lost_dispute_is_shared_by_what_was_paid_and_the_fee_is_the_platforms(
    empty_sandbox: Any, purchase: Purchase, paid: Payment, client: Client
) -> None:
    hand_out(paid)
    dispute = empty_sandbox.dispute(paid.charge_id)
    hear(empty_sandbox, client, dispute["id"])
    assert cents("platform:disputed") == -4334
    balance_agrees(empty_sandbox)
    empty_sandbox.decide(dispute["id"], "lose")
    hear(empty_sandbox, client, dispute["id"])
    send_all()
    assert reversed_cents() == [773, 2185, 1267]
    assert cents("platform:disputed") == cents("platform:commission") == 0
    assert -cents("platform:fees") == 2000 + Payment.objects.get().provider_fee_cents
    assert [payable(shop) for shop in purchase.shops] == [0, 0, 0]
    assert list(Refund.objects.get().parts.values_list("amount_cents", "gross_cents")) == [
        (0, 793),
        (0, 2241),
        (0, 1300),
    ]
    assert Dispute.objects.get().state == "lost"
    balance_agrees(empty_sandbox)


def test_a_dispute_holds_what_did_not_leave_and_a_won_one_lets_it_go(
    empty_sandbox: Any, purchase: Purchase, paid: Payment, client: Client
) -> None:
    hand_out(paid, 1)
    dispute = empty_sandbox.dispute(paid.charge_id)
    hear(empty_sandbox, client, dispute["id"])
    hand_out(paid)
    assert states() == ["sent", "disputed", "disputed"]
    with pytest.raises(operations.RefundRefused):
        give_back(paid, shops=[ref(paid, 2)])
    empty_sandbox.decide(dispute["id"], "win")
    hear(empty_sandbox, client, dispute["id"])
    assert states() == ["sent", "waiting", "waiting"]
    hand_out(paid)
    assert states() == ["sent"] * 3
    assert cents("platform:disputed") == 0
    assert not Refund.objects.exists()
    balance_agrees(empty_sandbox)


def test_a_lost_dispute_cancels_what_was_held(
    empty_sandbox: Any, purchase: Purchase, paid: Payment, client: Client
) -> None:
    give_back(paid, shops=[ref(paid, 3)])
    dispute = empty_sandbox.dispute(paid.charge_id)
    assert dispute["amount"] == 4334 - 1300
    empty_sandbox.decide(dispute["id"], "lose")
    hear(empty_sandbox, client, dispute["id"])
    assert states() == ["cancelled"] * 3
    assert cents("platform:disputed") == 0
    balance_agrees(empty_sandbox)


def test_hearing_of_a_dispute_again_changes_nothing(
    empty_sandbox: Any, paid: Payment, client: Client
) -> None:
    dispute = empty_sandbox.dispute(paid.charge_id)
    empty_sandbox.decide(dispute["id"], "lose")
    hear(empty_sandbox, client, dispute["id"])
    before = (held(), Refund.objects.count())
    for _time in range(2):
        operations.follow_disputes(payment_id=paid.pk, now=timezone.now())
    assert (held(), Refund.objects.count()) == before


def test_ideal_knows_no_dispute(empty_sandbox: Any, purchase: Purchase, heard: list[Any]) -> None:
    payment = pay(empty_sandbox, purchase)
    assert operations.follow_disputes(payment_id=payment.pk, now=timezone.now()) == 0
    assert_books_agree(empty_sandbox)


@pytest.mark.parametrize("outcome", ["win", "lose"])
def test_a_refund_that_a_dispute_overtakes_reaches_the_buyer_once(
    empty_sandbox: Any, purchase: Purchase, paid: Payment, client: Client, outcome: str
) -> None:
    wish = operations.RefundWish(payment_id=paid.pk, key="1", shops=[ref(paid, 2)])
    operations.refund(wish=wish, now=timezone.now())
    dispute = empty_sandbox.dispute(paid.charge_id)
    hear(empty_sandbox, client, dispute["id"])
    send_all()
    assert not empty_sandbox.read("refunds")
    assert Refund.objects.get().state == "queued"
    empty_sandbox.decide(dispute["id"], outcome)
    hear(empty_sandbox, client, dispute["id"])
    send_all(timezone.now() + timedelta(hours=7))
    refund = Refund.objects.get(kind="asked")
    assert refund.state in ("pending", "succeeded")
    assert cents("platform:refundable") == cents("platform:disputed") == 0
    assert [one.amount for one in empty_sandbox.read("refunds")] == (
        [2241] if outcome == "win" else []
    )
    balance_agrees(empty_sandbox)


def test_a_refund_that_was_made_elsewhere_first_is_not_sent_again(
    empty_sandbox: Any, purchase: Purchase, paid: Payment
) -> None:
    wish = operations.RefundWish(payment_id=paid.pk, key="1", shops=[ref(paid, 2)])
    operations.refund(wish=wish, now=timezone.now())
    gateway.create_refund({"payment_intent": paid.intent_id, "amount": 4334}, "elsewhere")
    send_all()
    refund = Refund.objects.get()
    assert (refund.state, refund.failure_reason) == ("cancelled", "given back elsewhere before")
    operations.take_in_refunds(payment_id=paid.pk, now=timezone.now())
    assert len(empty_sandbox.read("refunds")) == 1
    balance_agrees(empty_sandbox)
