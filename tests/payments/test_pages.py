"""Coming back from the pay page, paying again, and a provider that is silent."""

from uuid import uuid4

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from winkelstraat.payments import operations
from winkelstraat.payments.models import Payment, ShopTransfer

pytestmark = pytest.mark.django_db


def back(client, payment, **query):
    return client.get(reverse("payments:come_back", args=[payment.reference]), query)


def again(client, payment):
    return client.post(reverse("payments:pay_again", args=[payment.reference]))


def test_coming_back_after_paying_finalises_and_goes_to_the_order(client, sandbox, purchase, heard):
    payment = purchase.open()
    sandbox.act(payment.session_id, "pay")
    answer = back(client, payment)
    assert (answer.status_code, answer.url) == (302, "/bestelling/K7QX/")
    payment.refresh_from_db()
    assert payment.state == "paid"
    assert back(client, payment).url == "/bestelling/K7QX/"
    assert len(heard) == 1
    assert ShopTransfer.objects.count() == 3


def test_giving_up_charges_nothing_and_keeps_the_payment_open(client, sandbox, purchase, heard):
    payment = purchase.open()
    assert back(client, payment, gestopt=1).url == "/mandje/"
    payment.refresh_from_db()
    assert payment.state == "created"
    assert heard == []
    assert again(client, payment).url == payment.pay_page_url


def test_a_failed_payment_goes_back_to_the_basket(client, sandbox, purchase, heard):
    payment = purchase.open()
    sandbox.act(payment.session_id, "wait")
    sandbox.act(payment.session_id, "fail")
    assert back(client, payment).url == "/mandje/"
    assert again(client, payment).url == "/mandje/"


def test_while_the_bank_thinks_the_page_says_so(client, sandbox, purchase, heard):
    payment = purchase.open()
    sandbox.act(payment.session_id, "wait")
    answer = back(client, payment)
    html = answer.content.decode()
    assert answer.status_code == 200
    assert "€\xa048,34" in html
    assert reverse("payments:pay_again", args=[payment.reference]) not in html
    assert reverse("payments:come_back", args=[payment.reference]) in html
    assert "no-store" in answer.headers["Cache-Control"]
    sandbox.act(payment.session_id, "succeed")
    moved = client.get(
        reverse("payments:come_back", args=[payment.reference]), headers={"HX-Request": "true"}
    )
    assert moved.headers["HX-Redirect"] == "/bestelling/K7QX/"


def test_a_silent_provider_shows_a_waiting_page_and_no_error(client, sandbox, purchase, heard):
    payment = purchase.open()
    sandbox.act(payment.session_id, "pay")
    sandbox.spoil("503", method="GET")
    answer = back(client, payment)
    assert answer.status_code == 200
    payment.refresh_from_db()
    assert payment.state == "created"
    assert back(client, payment).status_code == 302


def test_paying_again_while_the_provider_is_down_keeps_the_order(client, sandbox, purchase):
    with transaction.atomic():
        payment = operations.open_payment(request=purchase.request(), now=timezone.now())
    sandbox.spoil("503")
    answer = again(client, payment)
    assert answer.status_code == 503
    assert "/bestelling/K7QX/" in answer.content.decode()
    payment.refresh_from_db()
    assert payment.state == "created"
    answer = again(client, payment)
    assert answer.status_code == 303
    assert answer.url.startswith(sandbox.address)


def test_a_paid_order_is_not_paid_again(client, sandbox, purchase, heard):
    payment = purchase.open()
    sandbox.act(payment.session_id, "pay")
    back(client, payment)
    assert again(client, payment).url == "/bestelling/K7QX/"


def test_a_reference_that_nobody_has_is_404_and_get_does_not_pay(client, purchase, sandbox):
    payment = purchase.open()
    assert client.get(reverse("payments:pay_again", args=[payment.reference])).status_code == 405
    assert client.get(reverse("payments:come_back", args=[uuid4()])).status_code == 404
    assert client.post(reverse("payments:pay_again", args=[uuid4()])).status_code == 404
    assert Payment.objects.get().state == "created"


def test_paying_again_needs_a_token(purchase, sandbox):
    from django.test import Client

    payment = purchase.open()
    strict = Client(enforce_csrf_checks=True)
    assert again(strict, payment).status_code == 403
