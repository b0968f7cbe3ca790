"""The buyer's order: whose it is, what it says in every state, and what a failed payment leaves."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from tests.shop.street import (
    NOW,
    BaseBasket,
    base_basket,
    checkout_fields,
    fill_basket,
    order,
    pay,
    stock_of,
)
from winkelstraat.accounts.models import User
from winkelstraat.ledger.models import Transfer
from winkelstraat.payments.models import Payment
from winkelstraat.shop.models import Purchase
from winkelstraat.shop.operations.mails import mail_confirmation
from winkelstraat.shop.operations.orders import expire_purchase, mark_ready
from winkelstraat.shop.queries.order_keys import get_order_key

pytestmark = pytest.mark.django_db

KEPT = [(50, 3), (50, 1), (50, 1)]
FREE = [(50, 0), (50, 0), (50, 0)]
SOLD = [(47, 0), (49, 0), (49, 0)]


@pytest.fixture
def street() -> BaseBasket:
    return base_basket()


def place(client: Client, street: BaseBasket) -> Purchase:
    """Order the base basket through the pages, up to the pay page."""
    fill_basket(client, street)
    client.post("/afrekenen/", checkout_fields(client, step="review"))
    client.post("/afrekenen/", checkout_fields(client, step="place", seen_total="4834"))
    return Purchase.objects.latest("pk")


def open_with_key(client: Client, purchase: Purchase) -> str:
    """Open an order with the key from the mail; return its page's address."""
    key = get_order_key(purchase.number)
    answer = client.get(f"/bestelling/{purchase.number}/{key}/")
    assert answer.status_code == 302
    return str(answer["Location"])


def come_back(client: Client, purchase: Purchase, how: str = "") -> str:
    """Come back from the pay page; return the page that is shown then."""
    payment = Payment.objects.get(purchase_ref=purchase.reference)
    return client.get(f"/betalen/terug/{payment.reference}/{how}", follow=True).content.decode()


@pytest.mark.parametrize("tail", ["", "stand/", "betalen/", "terug/"])
def test_the_order_of_somebody_else_does_not_exist(
    client: Client, street: BaseBasket, tail: str
) -> None:
    purchase = order(street)
    piet = User.objects.create_user("piet@example.nl")
    for visitor in (client, Client()):
        if visitor is client:
            visitor.force_login(piet)
        for number in (purchase.number, "0000000000"):
            page = f"/bestelling/{number}/{tail}"
            post = tail in ("betalen/", "terug/")
            answer = visitor.post(page) if post else visitor.get(page)
            assert answer.status_code == 404
            assert "We vinden deze bestelling niet voor jou" in answer.content.decode()
            assert "Janna" not in answer.content.decode()
    purchase.refresh_from_db()
    assert purchase.status == "awaiting_payment"
    assert stock_of(street) == KEPT


def test_only_the_key_from_the_mail_opens_an_order(client: Client, street: BaseBasket) -> None:
    purchase, other = order(street), order(street)
    for key in ("x", get_order_key(other.number)):
        assert client.get(f"/bestelling/{purchase.number}/{key}/").status_code == 404
    assert client.get(f"/bestelling/{purchase.number}/").status_code == 404
    page = open_with_key(client, purchase)
    assert client.get(page).status_code == 200


def test_a_buyer_who_signs_in_sees_his_order(client: Client, street: BaseBasket) -> None:
    janna = User.objects.create_user("janna@example.nl")
    purchase = order(street, user=janna)
    client.force_login(janna)
    assert client.get(f"/bestelling/{purchase.number}/").status_code == 200


def test_a_paid_order_shows_the_code_the_moments_and_each_receipt(
    client: Client, street: BaseBasket
) -> None:
    purchase = pay(order(street))
    page = client.get(open_with_key(client, purchase)).content.decode()
    assert "Dank je wel, je bestelling is binnen" in page
    assert f"<strong>{purchase.pickup_code}</strong>" in page
    assert '<svg viewBox="0 0' in page
    for fact in ("€\u00a00,73", "€\u00a04,34", "€\u00a01,20", "€\u00a048,34"):
        assert fact in page
    for seller in street.sellers:
        assert seller.enterprise.kvk_number in page
    assert page.count("Dorpshuis De Brinkhof, Brink 2") == 3
    assert f"/ketens/bij-bestelling/{purchase.reference}/" in page
    assert stock_of(street) == SOLD


def test_the_status_follows_each_shop_and_refreshes_the_page_once_paid(
    client: Client, street: BaseBasket
) -> None:
    purchase = order(street)
    page = open_with_key(client, purchase)
    assert 'hx-trigger="every 5s"' in client.get(page).content.decode()
    pay(purchase)
    followed = client.get(f"{page}stand/?was=awaiting_payment")
    assert followed.headers["HX-Refresh"] == "true"
    assert "HX-Refresh" not in client.get(f"{page}stand/?was=paid").headers
    mark_ready(seller=street.sellers[0], number=f"{purchase.number}-1", now=NOW)
    parts = client.get(f"{page}stand/?was=paid").context["order"].parts
    assert [part.status for part in parts] == ["ready", "paid", "paid"]


def test_a_refused_payment_can_be_tried_again_and_books_nothing(
    client: Client, street: BaseBasket, sandbox: object
) -> None:
    purchase = place(client, street)
    payment = Payment.objects.get()
    sandbox.act(payment.session_id, "refuse")
    sandbox.post_reports(client, payment.session_id)
    page = come_back(client, purchase)
    assert "Je hebt nog niet betaald" in page
    assert "Betaal €\u00a048,34" in page
    assert (Transfer.objects.count(), stock_of(street)) == (0, KEPT)
    sandbox.act(payment.session_id, "pay")
    assert "Dank je wel, je bestelling is binnen" in come_back(client, purchase)
    assert stock_of(street) == SOLD


def test_a_payment_that_the_bank_refuses_later_keeps_the_basket_and_books_nothing(
    client: Client, street: BaseBasket, sandbox: object
) -> None:
    purchase = place(client, street)
    payment = Payment.objects.get()
    sandbox.act(payment.session_id, "wait")
    come_back(client, purchase)
    page = client.get(f"/bestelling/{purchase.number}/").content.decode()
    assert "Je bank is er nog mee bezig" in page
    sandbox.act(payment.session_id, "fail")
    page = come_back(client, purchase)
    assert "Er is niets afgeschreven. Je mandje is er nog." in page
    assert client.get("/mandje/").context["basket"].total_cents == 4834
    assert (Transfer.objects.count(), stock_of(street)) == (0, FREE)


def test_a_buyer_who_leaves_the_pay_page_pays_later_or_takes_his_basket_back(
    client: Client, street: BaseBasket, sandbox: object
) -> None:
    purchase = place(client, street)
    page = come_back(client, purchase, "?gestopt=1")
    assert "Je bestelling is nog niet betaald" in page
    assert purchase.number in client.get("/mandje/").content.decode()
    client.post("/mandje/erin/", {"listing": street.listings[0].pk})
    answer = client.post(f"/bestelling/{purchase.number}/terug/", follow=True)
    assert "Je mandje is terug" in answer.content.decode()
    lines = [line for shop in answer.context["basket"].shops for line in shop.lines]
    assert sorted(line.quantity for line in lines) == [1, 1, 4]
    purchase.refresh_from_db()
    assert purchase.status == "expired"
    assert Payment.objects.get().state == "expired"
    assert stock_of(street) == FREE
    assert Transfer.objects.count() == 0


def test_a_paid_order_cannot_be_taken_back(
    client: Client, street: BaseBasket, sandbox: object
) -> None:
    purchase = place(client, street)
    sandbox.act(Payment.objects.get().session_id, "pay")
    answer = client.post(f"/bestelling/{purchase.number}/terug/", follow=True)
    assert "Er is een betaling onderweg" in answer.content.decode()
    purchase.refresh_from_db()
    assert purchase.status == "paid"
    assert stock_of(street) == SOLD


def test_an_order_is_not_taken_back_while_the_provider_is_away(
    client: Client, street: BaseBasket, sandbox: object, settings: object
) -> None:
    purchase = place(client, street)
    settings.STRIPE_ADDRESS = "http://127.0.0.1:9"
    answer = client.post(f"/bestelling/{purchase.number}/terug/", follow=True)
    assert "Dat lukt nu niet" in answer.content.decode()
    purchase.refresh_from_db()
    assert purchase.status == "awaiting_payment"
    assert stock_of(street) == KEPT


def test_an_expired_hold_is_not_paid_but_ordered_again(
    client: Client, street: BaseBasket, sandbox: object
) -> None:
    purchase = place(client, street)
    Purchase.objects.update(hold_until=timezone.now() - timedelta(seconds=1))
    answer = client.post(f"/bestelling/{purchase.number}/betalen/", follow=True)
    assert "De tijd om te betalen was voorbij" in answer.content.decode()
    assert answer.context["basket"].total_cents == 4834
    assert stock_of(street) == FREE
    again = client.post("/afrekenen/", checkout_fields(client, step="place", seen_total="4834"))
    assert again.status_code == 303
    assert Purchase.objects.filter(status="awaiting_payment").count() == 1
    assert stock_of(street) == KEPT


def test_an_order_expires_once_and_gives_its_stock_back_once(street: BaseBasket) -> None:
    purchase = order(street)
    for _ in range(3):
        expire_purchase(purchase_ref=purchase.reference, now=NOW)
    assert stock_of(street) == FREE
    purchase.refresh_from_db()
    assert (purchase.status, purchase.stock_released_at) == ("expired", NOW)
    assert set(purchase.seller_orders.values_list("status", flat=True)) == {"cancelled"}


def test_a_paid_order_never_expires(street: BaseBasket) -> None:
    purchase = pay(order(street))
    expire_purchase(purchase_ref=purchase.reference, now=NOW + timedelta(days=1))
    purchase.refresh_from_db()
    assert purchase.status == "paid"
    assert stock_of(street) == SOLD


def test_a_payment_after_the_hold_gets_the_goods_while_they_are_there(street: BaseBasket) -> None:
    purchase = order(street)
    expire_purchase(purchase_ref=purchase.reference, now=NOW)
    pay(purchase)
    assert purchase.status == "paid"
    assert stock_of(street) == SOLD


def test_a_payment_after_the_goods_are_gone_is_said_to_be_paid_back(
    client: Client, street: BaseBasket
) -> None:
    purchase = order(street)
    expire_purchase(purchase_ref=purchase.reference, now=NOW)
    street.listings[0].product.stockrecords.update(num_in_stock=2)
    pay(purchase)
    assert purchase.status == "expired"
    page = client.get(open_with_key(client, purchase)).content.decode()
    assert "We betalen je terug" in page
    assert "Er is niets afgeschreven" not in page
    assert stock_of(street) == [(2, 0), (50, 0), (50, 0)]


def test_the_mail_has_every_shop_the_withdrawal_form_and_the_key(street: BaseBasket) -> None:
    purchase = pay(order(street))
    mail.outbox.clear()
    purchase.confirmation_mailed_at = None
    purchase.save()
    assert mail_confirmation(purchase_id=purchase.pk, now=NOW)
    (message,) = mail.outbox
    page, kind = message.alternatives[0]
    assert kind == "text/html"
    for text in (message.body, page):
        for seller in street.sellers:
            assert seller.enterprise.legal_name in text
            assert seller.enterprise.kvk_number in text
            assert seller.enterprise.email in text
        for fact in ("€\u00a08,85", "€\u00a024,99", "€\u00a014,50", "€\u00a048,34"):
            assert fact in text
        assert text.count("erugbrengen binnen 14 dagen kan") == 2
        assert "Op je afschrift staat: Drentse Winkelstraat." in text
        assert purchase.pickup_code in text
        assert get_order_key(purchase.number) in text


def test_order_numbers_tell_nothing(street: BaseBasket) -> None:
    numbers = [order(street).number for _ in range(5)]
    assert len(set(numbers)) == 5
    assert all(re.fullmatch("[0-9A-HJKMNP-TV-Z]{10}", number) for number in numbers)
