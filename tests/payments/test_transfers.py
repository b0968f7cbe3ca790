"""Shops receive their part when the goods are handed over, once, and only if they can."""

from datetime import timedelta

import pytest
from django.utils import timezone

from winkelstraat.ledger.domain import Unit
from winkelstraat.ledger.queries import get_balance
from winkelstraat.payments import operations, queries, tasks
from winkelstraat.payments.models import PaymentCommand, ShopPaymentAccount, ShopTransfer

pytestmark = pytest.mark.django_db


@pytest.fixture
def paid(sandbox, purchase, heard):
    payment = purchase.open()
    sandbox.act(payment.session_id, "pay")
    operations.finalise_payment(payment_id=payment.pk, now=timezone.now())
    return payment


def send_all():
    for command in PaymentCommand.objects.filter(kind="transfer", state="queued"):
        tasks.send_command(command.pk)


def states():
    return list(ShopTransfer.objects.order_by("pk").values_list("state", flat=True))


def test_nothing_leaves_before_hand_over(paid):
    operations.sweep_payments(now=timezone.now() + timedelta(days=6))
    assert states() == ["waiting"] * 3
    assert not PaymentCommand.objects.filter(kind="transfer").exists()


def test_hand_over_sends_that_shop_its_part_and_books_it(
    sandbox, purchase, paid, django_capture_on_commit_callbacks
):
    ref = purchase.refs()[1]
    with django_capture_on_commit_callbacks(execute=True):
        assert operations.release_transfers(seller_order_ref=ref, now=timezone.now()) == 1
    assert states() == ["waiting", "sent", "waiting"]
    paint = purchase.shops[1]
    (transfer,) = [t for t in sandbox.read("transfers") if t.destination == paint.account]
    assert (transfer.amount, transfer.currency) == (2499, "eur")
    assert transfer.source_transaction == sandbox.read("charges")[0].id
    assert transfer.transfer_group == f"order_{purchase.ref}"
    assert transfer.metadata.to_dict() == {
        "platform": "winkelstraat",
        "purchase": str(purchase.ref),
        "seller_order": ref,
        "transfer": "1",
    }
    owed = get_balance(unit=Unit.CENTS, account=f"shop:{paint.enterprise_id}:payable")
    assert (owed.debits, owed.credits) == (2499, 2499)
    clearing = get_balance(unit=Unit.CENTS, account="stripe:clearing")
    assert (clearing.debits, clearing.credits) == (4834, 2499)


def test_a_second_hand_over_sends_nothing_more(sandbox, purchase, paid):
    ref = purchase.refs()[0]
    for expected in (1, 0):
        assert operations.release_transfers(seller_order_ref=ref, now=timezone.now()) == expected
        send_all()
    assert operations.release_transfers(seller_order_ref=ref, now=timezone.now()) == 0
    assert len(sandbox.list_requests("/v1/transfers")) == 1


def test_after_a_week_the_money_goes_without_a_hand_over(paid):
    week_later = timezone.now() + timedelta(days=7, minutes=1)
    assert operations.release_due_transfers(now=week_later) == 3
    assert operations.release_due_transfers(now=week_later) == 0
    send_all()
    assert states() == ["sent"] * 3


def test_a_policy_can_send_at_once(sandbox, purchase, heard, settings):
    settings.PAYMENTS_TRANSFER_ON = "payment"
    payment = purchase.open()
    sandbox.act(payment.session_id, "pay")
    operations.finalise_payment(payment_id=payment.pk, now=timezone.now())
    assert states() == ["queued"] * 3


def test_an_unknown_seller_order_releases_nothing(paid):
    assert operations.release_transfers(seller_order_ref="none", now=timezone.now()) == 0
    assert states() == ["waiting"] * 3


def test_w46_a_shop_that_cannot_receive_money_is_paid_once_it_can(sandbox, purchase, paid, caplog):
    shop = purchase.shops[2]
    sandbox.set_account(shop.account, "inactive")
    for ref in purchase.refs():
        operations.release_transfers(seller_order_ref=ref, now=timezone.now())
    send_all()
    assert states() == ["sent", "sent", "blocked"]
    paid.refresh_from_db()
    assert paid.state == "paid"
    assert "cannot receive money" in caplog.text
    assert not queries.can_receive_money(shop.enterprise_id, livemode=False)
    operations.sweep_payments(now=timezone.now() + timedelta(hours=1))
    assert len(sandbox.list_requests("/v1/transfers")) == 3

    sandbox.set_account(shop.account, "active")
    for _ in range(2):
        operations.connect_account(
            enterprise_id=shop.enterprise_id,
            external_id=shop.account,
            transfers_status="active",
            now=timezone.now(),
        )
        send_all()
    assert states() == ["sent"] * 3
    mine = [t for t in sandbox.read("transfers") if t.destination == shop.account]
    assert [t.amount for t in mine] == [1450]


def test_a_shop_without_an_account_keeps_its_claim(sandbox, purchase, paid):
    shop = purchase.shops[0]
    ShopPaymentAccount.objects.filter(enterprise_id=shop.enterprise_id).delete()
    operations.release_transfers(seller_order_ref=purchase.refs()[0], now=timezone.now())
    assert states() == ["blocked", "waiting", "waiting"]
    owed = get_balance(unit=Unit.CENTS, account=f"shop:{shop.enterprise_id}:payable")
    assert owed.credits - owed.debits == 885


def test_transfers_and_fees_make_the_charge(sandbox, purchase, heard):
    purchase.commission_basis_points = 250
    payment = purchase.open()
    sandbox.act(payment.session_id, "pay")
    operations.finalise_payment(payment_id=payment.pk, now=timezone.now())
    operations.release_due_transfers(now=timezone.now() + timedelta(days=8))
    send_all()
    group = f"order_{purchase.ref}"
    sent = sum(t.amount for t in sandbox.read("transfers") if t.transfer_group == group)
    charge = sandbox.read("charges")[0].amount
    assert (charge, sent) == (4834, 4714)
    clearing = get_balance(unit=Unit.CENTS, account="stripe:clearing")
    fees = get_balance(unit=Unit.CENTS, account="platform:commission")
    assert clearing.net == fees.credits == charge - sent == 120
