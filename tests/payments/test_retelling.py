"""Payments of the past take the same steps, without a provider and never with real money."""

from datetime import UTC, datetime

import pytest
from django.db import transaction

from winkelstraat.ledger.domain import Unit
from winkelstraat.ledger.queries import get_balance
from winkelstraat.payments import operations, tasks
from winkelstraat.payments.models import PaymentCommand, ShopTransfer

pytestmark = pytest.mark.django_db

THEN = datetime(2026, 9, 1, 10, 0, tzinfo=UTC)


@pytest.fixture
def payment(purchase):
    return operations.open_payment(request=purchase.request(expires_at=THEN), now=THEN)


def test_a_past_payment_is_split_and_booked_on_its_day(purchase, payment, heard):
    assert operations.retell_payment(payment_id=payment.pk, now=THEN) == "paid"
    payment.refresh_from_db()
    assert (payment.paid_at, payment.method) == (THEN, "ideal")
    assert [event.at for event in heard] == [THEN]
    clearing = get_balance(unit=Unit.CENTS, account="stripe:clearing:past", at=THEN.date())
    assert clearing.debits == 4834


def test_past_transfers_arrive_without_waking_a_worker(
    purchase, payment, heard, monkeypatch, django_capture_on_commit_callbacks
):
    woken = []
    monkeypatch.setattr(tasks.send_command, "delay", woken.append)
    operations.retell_payment(payment_id=payment.pk, now=THEN)
    ref = purchase.refs()[0]
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        operations.release_transfers(seller_order_ref=ref, now=THEN)
        assert operations.retell_transfers(seller_order_ref=ref, now=THEN) == 1
    assert woken == []
    assert ShopTransfer.objects.get(part__seller_order_ref=ref).sent_at == THEN
    assert not PaymentCommand.objects.filter(state="queued").exists()
    assert operations.retell_transfers(seller_order_ref=ref, now=THEN) == 0


def test_a_past_payment_that_is_handed_over_today_needs_no_provider(purchase, payment, heard):
    operations.retell_payment(payment_id=payment.pk, now=THEN)
    operations.release_transfers(seller_order_ref=purchase.refs()[1], now=THEN)
    tasks.send_command(PaymentCommand.objects.get(kind="transfer").pk)
    assert ShopTransfer.objects.get(part__sequence=2).state == "sent"


def test_nothing_is_told_where_real_money_moves(payment, settings):
    settings.STRIPE_LIVE_MODE = True
    with pytest.raises(operations.NotWithRealMoney):
        operations.retell_payment(payment_id=payment.pk, now=THEN)
    payment.refresh_from_db()
    assert payment.state == "created"
