"""Opening a payment freezes it; a request that does not add up opens nothing."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError
from django.db.transaction import atomic
from django.utils import timezone

from winkelstraat.payments import operations
from winkelstraat.payments.domain.splitting import SplitError
from winkelstraat.payments.models import Payment, PaymentCommand, PaymentPart

pytestmark = pytest.mark.django_db

FORBIDDEN = (
    "transfer_data",
    "application_fee_amount",
    "reverse_transfer",
    "on_behalf_of",
    "manual",
)


def test_opening_writes_payment_parts_and_command_and_asks_nobody(purchase):
    request = purchase.request()
    payment = operations.open_payment(request=request, now=timezone.now())
    assert (payment.amount_cents, payment.state, payment.attempt) == (4834, "created", 1)
    assert payment.snapshot == request.as_json()
    assert [part.gross_cents for part in payment.parts.all()] == [885, 2499, 1450]
    command = PaymentCommand.objects.get()
    assert (command.state, command.attempts) == ("queued", 0)
    assert command.key == f"mkt:test:order:{purchase.ref}:pay:1"


def test_the_provider_learns_one_amount_and_no_names(purchase):
    operations.open_payment(request=purchase.request(), now=timezone.now())
    params = PaymentCommand.objects.get().params
    assert params["line_items"][0]["price_data"]["unit_amount"] == 4834
    assert params["payment_intent_data"]["transfer_group"] == f"order_{purchase.ref}"
    assert set(params["metadata"]) == {"platform", "purchase", "payment"}
    assert not any(word in str(params) for word in FORBIDDEN)


def test_the_pay_page_stays_open_as_long_as_the_provider_wants(purchase):
    now = timezone.now()
    soon = purchase.request(expires_at=now + timedelta(minutes=5))
    operations.open_payment(request=soon, now=now)
    closes_at = PaymentCommand.objects.get().params["expires_at"]
    assert closes_at == int((now + timedelta(minutes=31)).timestamp())


def test_asking_twice_gives_the_same_open_payment(purchase):
    first = operations.open_payment(request=purchase.request(), now=timezone.now())
    second = operations.open_payment(request=purchase.request(), now=timezone.now())
    assert first == second
    assert PaymentCommand.objects.count() == 1


def test_a_paid_purchase_is_not_paid_again(purchase):
    payment = operations.open_payment(request=purchase.request(), now=timezone.now())
    Payment.objects.filter(pk=payment.pk).update(state="paid", paid_at=timezone.now())
    with pytest.raises(operations.PurchaseAlreadyPaid):
        operations.open_payment(request=purchase.request(), now=timezone.now())
    assert Payment.objects.count() == 1


def wrong_requests(request):
    first, *rest = request.parts
    yield replace(request, parts=())
    yield replace(request, parts=(first, first))
    yield replace(request, parts=(replace(first, gross_cents=884), *rest))
    yield replace(request, parts=(replace(first, commission_basis_points=10_001), *rest))
    group = replace(first.vat_groups[0], vat_cents=74)
    yield replace(request, parts=(replace(first, vat_groups=(group,)), *rest))


def test_a_request_that_does_not_add_up_writes_nothing(purchase):
    for request in wrong_requests(purchase.request()):
        with pytest.raises(SplitError):
            operations.open_payment(request=request, now=timezone.now())
    assert not Payment.objects.exists()
    assert not PaymentPart.objects.exists()
    assert not PaymentCommand.objects.exists()


def test_the_database_itself_refuses_a_split_that_loses_a_cent(purchase):
    payment = operations.open_payment(request=purchase.request(), now=timezone.now())
    part = payment.parts.first()
    part.pk, part.seller_order_ref, part.fee_cents = None, "other", 1
    with pytest.raises(IntegrityError, match="fee_and_transfer_make_the_gross"), atomic():
        part.save()


def test_a_purchase_has_one_open_payment(purchase):
    payment = operations.open_payment(request=purchase.request(), now=timezone.now())
    payment.pk, payment.reference, payment.attempt = None, uuid4(), 2
    with pytest.raises(IntegrityError, match="a_purchase_has_one_open_payment"), atomic():
        payment.save()


@pytest.mark.parametrize(
    "change", [{"amount_cents": 1}, {"snapshot": {}}, {"livemode": True}, {"purchase_ref": uuid4()}]
)
def test_what_a_buyer_was_asked_cannot_be_changed(purchase, change):
    payment = operations.open_payment(request=purchase.request(), now=timezone.now())
    with pytest.raises(IntegrityError, match="frozen"), atomic():
        Payment.objects.filter(pk=payment.pk).update(**change)
    with pytest.raises(IntegrityError, match="frozen"), atomic():
        payment.parts.update(gross_cents=5, fee_cents=0, transfer_cents=5)
    payment.refresh_from_db()
    assert (payment.amount_cents, payment.parts.first().gross_cents) == (4834, 885)


def test_a_payment_costs_few_queries(sandbox, purchase, heard, django_assert_num_queries):
    with django_assert_num_queries(4):
        payment = operations.open_payment(request=purchase.request(), now=timezone.now())
    with django_assert_num_queries(10):
        operations.start_checkout(payment_id=payment.pk, now=timezone.now())
    payment.refresh_from_db()
    sandbox.act(payment.session_id, "pay")
    with django_assert_num_queries(16):
        operations.finalise_payment(payment_id=payment.pk, now=timezone.now())
    with django_assert_num_queries(1):
        operations.finalise_payment(payment_id=payment.pk, now=timezone.now())
