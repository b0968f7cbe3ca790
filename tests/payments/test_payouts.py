"""What shops are paid out is followed, and a payout that comes back is told (PAY-23)."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from tests.payments.conftest import Purchase
from tests.payments.refund_cases import hand_out, pay
from tests.payments.test_onboarding import begin, choose, hear
from winkelstraat.payments import operations
from winkelstraat.payments.models import Payout, ShopPaymentAccount, ShopTransfer
from winkelstraat.shop.operations.payout_mails import mail_failed_payout

pytestmark = pytest.mark.django_db


@pytest.fixture
def baker(empty_sandbox: Any, purchase: Purchase, heard: list[Any]) -> ShopPaymentAccount:
    """The first shop with an account that was really onboarded, paid for one sale."""
    enterprise_id = purchase.shops[0].enterprise_id
    ShopPaymentAccount.objects.filter(enterprise_id=enterprise_id).delete()
    choose(empty_sandbox, begin(enterprise_id), "everything")
    empty_sandbox.pass_time(5)
    operations.refresh_shop(enterprise_id=enterprise_id, now=timezone.now())
    hand_out(pay(empty_sandbox, purchase))
    empty_sandbox.pass_time(8 * 24 * 3600)
    return ShopPaymentAccount.objects.get(enterprise_id=enterprise_id)


def test_a_payout_shows_its_transfers(
    empty_sandbox: Any, baker: ShopPaymentAccount, client: Client
) -> None:
    assert hear(empty_sandbox, client, baker.external_id, "connect") == {200}
    payout = Payout.objects.get()
    assert (payout.amount_cents, payout.status) == (773, "paid")
    assert list(payout.transfers.all()) == [ShopTransfer.objects.get(part__sequence=1)]


def test_a_payout_that_comes_back_is_mailed_once(
    empty_sandbox: Any, baker: ShopPaymentAccount, client: Client
) -> None:
    hear(empty_sandbox, client, baker.external_id, "connect")
    payout = Payout.objects.get()
    empty_sandbox.decide(payout.external_id, "fail", reason="account_closed")
    hear(empty_sandbox, client, baker.external_id, "connect")
    payout.refresh_from_db()
    assert (payout.status, payout.failure_code) == ("failed", "account_closed")
    for _time in range(2):
        mail_failed_payout(payout_id=payout.pk, now=timezone.now())
    (told,) = mail.outbox
    assert told.to == [baker.enterprise.email]
    assert "Kijk je rekeningnummer (IBAN) na" in told.body
    assert "€\xa07,73" in told.body


def test_payouts_that_were_never_heard_of_are_caught_up_with(
    empty_sandbox: Any, baker: ShopPaymentAccount
) -> None:
    operations.backfill(since=timezone.now() - timedelta(days=9), now=timezone.now())
    assert Payout.objects.get().amount_cents == 773
