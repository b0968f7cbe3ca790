"""Staff decide over a payment that does not match: it counts, or it goes back whole."""

from typing import Any

import pytest
from django.utils import timezone

from tests.payments.conftest import Purchase
from tests.payments.refund_cases import assert_books_agree, cents, send_all
from winkelstraat.payments import operations
from winkelstraat.payments.models import Payment, Refund, ShopTransfer

pytestmark = pytest.mark.django_db


@pytest.fixture
def apart(empty_sandbox: Any, purchase: Purchase, heard: list[Any]) -> Payment:
    """A payment whose metadata named another purchase when it was looked at."""
    payment = purchase.open()
    session = empty_sandbox.act(payment.session_id, "pay")
    empty_sandbox.change(session["payment_intent"], metadata={"platform": "winkelstraat"})
    operations.finalise_payment(payment_id=payment.pk, now=timezone.now())
    payment.refresh_from_db()
    assert payment.state == "quarantined"
    return payment


def mend(sandbox: Any, payment: Payment) -> None:
    metadata = payment.commands.get(kind="open_checkout").params["metadata"]
    sandbox.change(payment.intent_id, metadata=metadata)


def test_it_goes_back_whole_once(empty_sandbox: Any, apart: Payment, heard: list[Any]) -> None:
    operations.send_back_payment(payment_id=apart.pk, reason="not ours", now=timezone.now())
    with pytest.raises(operations.NotSetApart):
        operations.send_back_payment(payment_id=apart.pk, reason="again", now=timezone.now())
    send_all()
    apart.refresh_from_db()
    assert apart.state == "needs_refund"
    assert [one.amount for one in empty_sandbox.read("refunds")] == [4834]
    assert Refund.objects.get().state == "pending"
    assert [type(event).__name__ for event in heard] == ["PaymentExpired"]
    assert cents("platform:refundable") == 0
    assert_books_agree(empty_sandbox)


def test_it_is_not_accepted_while_it_does_not_match(
    empty_sandbox: Any, apart: Payment, heard: list[Any]
) -> None:
    with pytest.raises(operations.StillDoesNotMatch, match="belongs to another purchase"):
        operations.accept_payment(payment_id=apart.pk, now=timezone.now())
    apart.refresh_from_db()
    assert apart.state == "quarantined"
    assert not ShopTransfer.objects.exists()
    assert not heard


def test_it_counts_as_paid_once_it_matches(
    empty_sandbox: Any, apart: Payment, heard: list[Any]
) -> None:
    mend(empty_sandbox, apart)
    operations.accept_payment(payment_id=apart.pk, now=timezone.now())
    with pytest.raises(operations.NotSetApart):
        operations.accept_payment(payment_id=apart.pk, now=timezone.now())
    apart.refresh_from_db()
    assert apart.state == "paid"
    assert ShopTransfer.objects.count() == 3
    assert [type(event).__name__ for event in heard] == ["PaymentSucceeded"]
    assert_books_agree(empty_sandbox)
