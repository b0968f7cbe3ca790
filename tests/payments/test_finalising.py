"""One finaliser: what was asked, what came in, and what follows from it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from winkelstraat.ledger.domain import Unit
from winkelstraat.ledger.queries import get_balance, list_transfers
from winkelstraat.payments import operations
from winkelstraat.payments.events import PaymentExpired, PaymentFailed, PaymentSucceeded
from winkelstraat.payments.models import Payment, PaymentCommand, ShopTransfer
from winkelstraat.payments.queries import get_payment_state, sum_turnover

pytestmark = pytest.mark.django_db


def finalise(payment: Payment) -> Payment:
    operations.finalise_payment(payment_id=payment.pk, now=timezone.now())
    payment.refresh_from_db()
    return payment


def nothing_happened(payment: Payment, heard: list) -> bool:
    booked = list_transfers(source=f"payment:{payment.reference}")
    return not heard and not booked and not ShopTransfer.objects.exists()


def test_the_base_basket_without_commission_is_split_to_the_cent(sandbox, purchase, heard):
    payment = purchase.open()
    assert payment.amount_cents == 4834
    sandbox.act(payment.session_id, "pay")
    finalise(payment)
    assert (payment.state, payment.method) == ("paid", "ideal")
    assert heard == [PaymentSucceeded(payment.pk, purchase.ref, payment.paid_at)]
    amounts = list(ShopTransfer.objects.order_by("pk").values_list("amount_cents", flat=True))
    assert amounts == [885, 2499, 1450]
    for shop in purchase.shops:
        balance = get_balance(unit=Unit.CENTS, account=f"shop:{shop.enterprise_id}:payable")
        assert (balance.debits, balance.credits) == (0, shop.gross_cents)
    assert get_balance(unit=Unit.CENTS, account="stripe:clearing").debits == 4834
    assert get_balance(unit=Unit.CENTS, account="platform:commission").credits == 0
    vat = [part.vat_groups[0]["vat_cents"] for part in payment.parts.all()]
    assert (vat, sum(vat)) == ([73, 434, 120], 627)


def test_the_base_basket_with_commission_rounds_the_fee_per_shop(sandbox, purchase, heard):
    purchase.commission_basis_points = 250
    payment = purchase.open()
    sandbox.act(payment.session_id, "pay")
    finalise(payment)
    parts = list(payment.parts.all())
    assert [part.fee_cents for part in parts] == [22, 62, 36]
    assert [part.transfer_cents for part in parts] == [863, 2437, 1414]
    assert sum(part.fee_cents + part.transfer_cents for part in parts) == 4834
    assert get_balance(unit=Unit.CENTS, account="platform:commission").credits == 120
    shops = [shop.enterprise_id for shop in purchase.shops]
    turnover = sum_turnover(enterprise_ids=shops, since=timezone.localdate())
    assert (turnover.cents, len(turnover.by_shop)) == (4714, 3)
    assert "3" in turnover.provenance
    past = sum_turnover(enterprise_ids=shops, since=timezone.localdate() + timedelta(days=1))
    assert past.cents == 0


def test_w15_a_second_report_of_the_same_success_changes_nothing(sandbox, purchase, heard):
    payment = purchase.open()
    sandbox.act(payment.session_id, "pay")
    for _ in range(3):
        finalise(payment)
    assert len(heard) == 1
    assert ShopTransfer.objects.count() == 3
    assert len(list_transfers(source=f"payment:{payment.reference}")) == 3


def test_w24_a_cent_less_than_asked_is_set_apart(sandbox, purchase, heard, caplog):
    payment = purchase.open()
    session = sandbox.act(payment.session_id, "pay")
    sandbox.change(session["payment_intent"], amount_received=4833)
    finalise(payment)
    assert payment.state == "quarantined"
    assert payment.state_reason == "received 4833 cents, asked 4834"
    assert nothing_happened(payment, heard)
    assert "set apart" in caplog.text
    assert get_payment_state(purchase.ref).needs_a_person


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"currency": "usd"}, "received usd, asked eur"),
        ({"metadata": {"platform": "winkelstraat"}}, "metadata 'purchase' belongs to another"),
    ],
)
def test_another_currency_or_order_is_set_apart(sandbox, purchase, heard, fields, reason):
    payment = purchase.open()
    session = sandbox.act(payment.session_id, "pay")
    sandbox.change(session["payment_intent"], **fields)
    finalise(payment)
    assert payment.state == "quarantined"
    assert payment.state_reason.startswith(reason)
    assert nothing_happened(payment, heard)


def test_money_of_the_wrong_mode_is_set_apart(sandbox, purchase, heard):
    payment = purchase.open()
    sandbox.act(payment.session_id, "pay")
    sandbox.change(payment.session_id, livemode=True)
    finalise(payment)
    assert payment.state_reason == "live and test money are mixed up"
    assert nothing_happened(payment, heard)


def test_a_refused_payment_leaves_the_pay_page_open_for_another_try(sandbox, purchase, heard):
    payment = purchase.open()
    sandbox.act(payment.session_id, "refuse", method="card")
    finalise(payment)
    assert payment.state == "created"
    assert nothing_happened(payment, heard)
    assert get_payment_state(purchase.ref).can_pay
    sandbox.act(payment.session_id, "pay")
    assert finalise(payment).state == "paid"


def test_a_bank_that_answers_later_keeps_the_payment_pending(sandbox, purchase, heard):
    payment = purchase.open()
    sandbox.act(payment.session_id, "wait")
    finalise(payment)
    assert payment.state == "pending"
    assert nothing_happened(payment, heard)
    assert operations.close_payment(purchase_ref=purchase.ref, now=timezone.now()) == "pending"
    sandbox.act(payment.session_id, "succeed")
    assert finalise(payment).state == "paid"
    assert len(heard) == 1


def test_a_bank_that_says_no_later_fails_the_payment(sandbox, purchase, heard):
    payment = purchase.open()
    sandbox.act(payment.session_id, "wait")
    finalise(payment)
    sandbox.act(payment.session_id, "fail")
    finalise(payment)
    assert payment.state == "failed"
    assert heard == [PaymentFailed(payment.pk, purchase.ref, payment.ended_at)]
    assert ShopTransfer.objects.count() == 0


def test_closing_ends_the_pay_page_before_the_goods_are_given_back(sandbox, purchase, heard):
    payment = purchase.open()
    assert operations.close_payment(purchase_ref=purchase.ref, now=timezone.now()) == "expired"
    payment.refresh_from_db()
    assert heard == [PaymentExpired(payment.pk, purchase.ref, payment.ended_at)]
    assert sandbox.read("sessions")[0].status == "expired"
    assert operations.close_payment(purchase_ref=purchase.ref, now=timezone.now()) is None


def test_closing_finds_a_buyer_who_paid_in_the_last_second(sandbox, purchase, heard):
    payment = purchase.open()
    sandbox.act(payment.session_id, "pay")
    assert operations.close_payment(purchase_ref=purchase.ref, now=timezone.now()) == "paid"
    assert heard == [PaymentSucceeded(payment.pk, purchase.ref, heard[0].at)]


def test_closing_a_payment_whose_pay_page_was_never_opened_drops_its_command(purchase, heard):
    operations.open_payment(request=purchase.request(), now=timezone.now())
    assert operations.close_payment(purchase_ref=purchase.ref, now=timezone.now()) == "expired"
    assert PaymentCommand.objects.get().state == "dropped"
    assert len(heard) == 1


def test_a_session_that_ran_out_ends_the_payment(sandbox, purchase, heard):
    payment = purchase.open()
    sandbox.pass_time(32 * 60)
    assert finalise(payment).state == "expired"
    assert isinstance(heard[0], PaymentExpired)


def test_a_late_success_is_announced_and_paid_out(sandbox, purchase, heard):
    payment = purchase.open()
    sandbox.act(payment.session_id, "pay")
    Payment.objects.filter(pk=payment.pk).update(state="expired")
    finalise(payment)
    assert payment.state == "paid"
    assert isinstance(heard[0], PaymentSucceeded)
    assert ShopTransfer.objects.count() == 3


def test_a_late_success_without_stock_is_owed_to_the_buyer(sandbox, purchase, monkeypatch):
    from winkelstraat.common import announcer

    def out_of_stock(event: PaymentSucceeded) -> None:
        operations.ask_refund(payment_id=event.payment_id, reason="out of stock")

    monkeypatch.setitem(announcer._handlers, PaymentSucceeded, [out_of_stock])
    payment = purchase.open()
    sandbox.act(payment.session_id, "pay")
    Payment.objects.filter(pk=payment.pk).update(state="expired")
    finalise(payment)
    assert (payment.state, payment.state_reason) == ("needs_refund", "out of stock")
    assert ShopTransfer.objects.count() == 0
    assert get_balance(unit=Unit.CENTS, account="platform:refundable").credits == 4834
    assert get_balance(unit=Unit.CENTS, account="platform:commission").credits == 0


def test_a_refund_cannot_be_asked_this_way_once_the_shops_were_credited(sandbox, purchase, heard):
    payment = purchase.open()
    sandbox.act(payment.session_id, "pay")
    finalise(payment)
    with pytest.raises(operations.SharesAlreadyBooked):
        operations.ask_refund(payment_id=payment.pk, reason="changed mind")
    payment.refresh_from_db()
    assert payment.state == "paid"


def test_closing_a_pay_page_that_the_provider_forgot_ends_the_payment(sandbox, purchase, heard):
    payment = purchase.open()
    Payment.objects.update(session_id="cs_test_forgotten")
    assert operations.close_payment(purchase_ref=purchase.ref, now=timezone.now()) == "expired"
    payment.refresh_from_db()
    assert payment.state_reason == "the provider does not know the pay page"
    assert len(heard) == 1


def test_paying_a_purchase_twice_owes_the_second_payment_to_the_buyer(sandbox, purchase, heard):
    first = purchase.open()
    Payment.objects.filter(pk=first.pk).update(state="failed")
    second = purchase.open()
    assert (second.attempt, second.session_id != first.session_id) == (2, True)
    sandbox.act(second.session_id, "pay")
    finalise(second)
    sandbox.act(first.session_id, "pay")
    finalise(first)
    assert (second.state, first.state) == ("paid", "needs_refund")
    assert len(heard) == 1
    assert ShopTransfer.objects.count() == 3
    assert get_balance(unit=Unit.CENTS, account="platform:refundable").credits == 4834


def test_a_silent_provider_changes_nothing(sandbox, purchase, heard):
    payment = purchase.open()
    sandbox.act(payment.session_id, "pay")
    sandbox.spoil("503", method="GET")
    with pytest.raises(operations.ProviderUnavailable):
        finalise(payment)
    payment.refresh_from_db()
    assert payment.state == "created"
    assert nothing_happened(payment, heard)


def test_an_unknown_method_is_kept_as_it_is(sandbox, purchase, heard):
    payment = purchase.open()
    session = sandbox.act(payment.session_id, "pay")
    charge = sandbox.read("charges")[0].id
    assert session["payment_status"] == "paid"
    sandbox.change(charge, payment_method_details={"type": "foo", "foo": {}})
    assert finalise(payment).method == "foo"
