"""The provider's fee comes late, is booked once, and changes nothing for the shops (W47)."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from tests.payments.conftest import Purchase
from winkelstraat.ledger.domain import Unit
from winkelstraat.ledger.queries import get_balance
from winkelstraat.payments import operations
from winkelstraat.payments.models import Payment, ShopTransfer

pytestmark = pytest.mark.django_db


def cents(account: str) -> int:
    balance = get_balance(unit=Unit.CENTS, account=account)
    return balance.debits - balance.credits


def pay(sandbox: Any, purchase: Purchase) -> Payment:
    payment = purchase.open()
    sandbox.act(payment.session_id, "pay")
    operations.finalise_payment(payment_id=payment.pk, now=timezone.now())
    payment.refresh_from_db()
    return payment


def test_w47_the_fee_is_booked_when_it_is_known_and_not_before(
    empty_sandbox: Any, purchase: Purchase, heard: list[Any]
) -> None:
    payment = pay(empty_sandbox, purchase)
    before = list(ShopTransfer.objects.values_list("amount_cents", flat=True))
    assert payment.state == "paid"
    assert not operations.book_fee(payment_id=payment.pk, now=timezone.now())
    empty_sandbox.pass_time(5)
    for _ in range(2):
        assert operations.book_fee(payment_id=payment.pk, now=timezone.now())
    payment.refresh_from_db()
    assert payment.provider_fee_cents == 29
    assert cents("platform:fees") == 29
    assert cents("stripe:clearing") == 4834 - 29
    assert list(ShopTransfer.objects.values_list("amount_cents", flat=True)) == before


def test_the_sweeper_asks_for_fees_that_no_report_told(
    empty_sandbox: Any, purchase: Purchase, heard: list[Any]
) -> None:
    payment = pay(empty_sandbox, purchase)
    empty_sandbox.pass_time(5)
    operations.sweep_payments(now=timezone.now() + timedelta(minutes=2))
    payment.refresh_from_db()
    assert payment.provider_fee_cents == 29
    assert operations.sweep_payments(now=timezone.now() + timedelta(minutes=2)) == 0
