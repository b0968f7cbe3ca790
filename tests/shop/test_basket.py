"""The basket: fill it, change it, carry it through sign-in; every refusal leaves it as it was."""

import threading
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.db import connection
from django.test import Client
from oscar.apps.basket.models import Basket, Line

from tests.builders import build_listing, build_seller
from tests.shop.street import NOW, BaseBasket, base_basket, fill_basket
from winkelstraat.accounts.models import User
from winkelstraat.shop.domain.refusals import NotEnoughStock, TooMany, UnknownListing
from winkelstraat.shop.models import Listing, SellerProfile
from winkelstraat.shop.operations.basket import add_to_basket, merge_baskets, set_quantity

pytestmark = pytest.mark.django_db

ADD = "/mandje/erin/"


@pytest.fixture
def street() -> BaseBasket:
    return base_basket(stock=5)


def in_baskets() -> list[tuple[str, int]]:
    """Return what lies in all baskets."""
    return list(Line.objects.order_by("pk").values_list("product__title", "quantity"))


def put(listing: Listing, quantity: int = 1, *, basket_id: int | None = None, owner=None) -> int:
    change = add_to_basket(
        basket_id=basket_id, owner=owner, listing_id=listing.pk, quantity=quantity, now=NOW
    )
    return change.basket_id


def test_a_guest_keeps_his_basket_in_a_signed_cookie(client: Client, street: BaseBasket) -> None:
    fill_basket(client, street)
    assert client.cookies["mandje"]["httponly"]
    assert in_baskets() == [("Volkorenbrood", 3), ("Muurverf", 1), ("Verhalen van de es", 1)]
    page = client.get("/mandje/").content.decode()
    assert "€\u00a048,34" in page
    assert page.index("Bakkerij De Es") < page.index("Kleur en Kwast") < page.index("De Bladwijzer")
    assert "Dorpshuis De Brinkhof" in page
    assert "5" in client.get("/mandje/aantal/").content.decode()


def test_a_forged_cookie_opens_no_basket(client: Client, street: BaseBasket) -> None:
    basket_id = put(street.listings[0])
    client.cookies["mandje"] = f"{basket_id}:forged"
    assert "Volkorenbrood" not in client.get("/mandje/").content.decode()
    assert client.get("/mandje/aantal/").content.decode().strip() == ""


def test_a_line_of_another_basket_cannot_be_changed(client: Client, street: BaseBasket) -> None:
    put(street.listings[0], 2)
    line = Line.objects.get()
    client.post(ADD, {"listing": street.listings[1].pk})
    client.post(f"/mandje/regel/{line.pk}/", {"quantity": 1})
    client.post(f"/mandje/regel/{line.pk}/", {"remove": "yes"})
    assert in_baskets() == [("Volkorenbrood", 2), ("Muurverf", 1)]


def test_more_than_there_is_is_refused_and_said(client: Client, street: BaseBasket) -> None:
    client.post(ADD, {"listing": street.listings[0].pk, "quantity": 4})
    answer = client.post(ADD, {"listing": street.listings[0].pk, "quantity": 2}, follow=True)
    assert (
        "Er zijn er nog maar 5 van Volkorenbrood. Pas het aantal in je mandje aan."
        in answer.content.decode()
    )
    assert in_baskets() == [("Volkorenbrood", 4)]


def test_what_is_not_on_offer_is_refused(client: Client, street: BaseBasket) -> None:
    Listing.objects.filter(pk=street.listings[0].pk).update(status="withdrawn")
    for listing in (street.listings[0].pk, 10**8, "x", ""):
        answer = client.post(ADD, {"listing": listing}, follow=True)
        assert len(answer.context["messages"]) == 1
    assert in_baskets() == []
    with pytest.raises(UnknownListing):
        put(street.listings[0])


def test_a_hundred_of_one_thing_is_too_many() -> None:
    listing = build_listing(stock=500)
    basket_id = put(listing, 99)
    with pytest.raises(TooMany):
        put(listing, 1, basket_id=basket_id)
    with pytest.raises(TooMany):
        set_quantity(basket_id=basket_id, line_id=Line.objects.get().pk, quantity=100)
    assert in_baskets() == [("Volkorenbrood", 99)]


def test_a_number_can_be_changed_within_the_stock(client: Client, street: BaseBasket) -> None:
    client.post(ADD, {"listing": street.listings[0].pk, "quantity": 2})
    line = f"/mandje/regel/{Line.objects.get().pk}/"
    client.post(line, {"quantity": 5})
    assert in_baskets() == [("Volkorenbrood", 5)]
    client.post(line, {"quantity": 6})
    assert in_baskets() == [("Volkorenbrood", 5)]


def test_what_was_taken_out_can_be_put_back(client: Client, street: BaseBasket) -> None:
    client.post(ADD, {"listing": street.listings[0].pk, "quantity": 3})
    line = f"/mandje/regel/{Line.objects.get().pk}/"
    page = client.post(line, {"remove": "yes"}, follow=True)
    assert in_baskets() == []
    assert page.context["taken_out"] == {
        "listing_id": street.listings[0].pk,
        "title": "Volkorenbrood",
        "quantity": 3,
    }
    client.post(ADD, {"listing": street.listings[0].pk, "quantity": 3})
    assert in_baskets() == [("Volkorenbrood", 3)]


def test_a_changed_price_and_a_sold_out_thing_are_said(client: Client, street: BaseBasket) -> None:
    fill_basket(client, street)
    Listing.objects.filter(pk=street.listings[0].pk).update(price_cents=310)
    street.listings[1].product.stockrecords.update(num_in_stock=0)
    page = client.get("/mandje/").content.decode()
    assert "van €\u00a02,95 naar €\u00a03,10" in page
    assert "Net uitverkocht" in page
    assert 'href="/afrekenen/"' not in page


def test_a_shop_on_holiday_and_a_minimum_are_said(client: Client, street: BaseBasket) -> None:
    fill_basket(client, street)
    today = NOW.date()
    sellers = SellerProfile.objects.filter(pk=street.sellers[0].pk)
    sellers.update(holiday_from=today - timedelta(days=400), holiday_until=today.replace(year=2100))
    SellerProfile.objects.filter(pk=street.sellers[2].pk).update(minimum_order_cents=2000)
    page = client.get("/mandje/").content.decode()
    assert "Deze winkel is nu dicht" in page
    assert "€\u00a05,50" in page
    assert 'href="/afrekenen/"' not in page


def test_the_basket_of_a_guest_is_merged_when_he_signs_in(
    client: Client, street: BaseBasket
) -> None:
    janna = User.objects.create_user("janna@example.nl", "es-en-heide-2026")
    EmailAddress.objects.create(user=janna, email=janna.email, primary=True, verified=True)
    own = put(street.listings[0], 2, owner=janna)
    client.post(ADD, {"listing": street.listings[0].pk, "quantity": 1})
    client.post(ADD, {"listing": street.listings[1].pk})
    client.post("/account/login/", {"login": "janna@example.nl", "password": "es-en-heide-2026"})
    lines = Line.objects.filter(basket_id=own).order_by("pk")
    assert list(lines.values_list("product__title", "quantity")) == [
        ("Volkorenbrood", 3),
        ("Muurverf", 1),
    ]
    assert list(Basket.objects.order_by("pk").values_list("status", flat=True)) == [
        "Open",
        "Merged",
    ]
    client.logout()
    assert client.get("/mandje/").context["basket"] is None
    assert client.get("/mandje/aantal/").content.decode().strip() == ""


def test_a_first_basket_becomes_his_own() -> None:
    guest = put(build_listing())
    janna = User.objects.create_user(email="janna@example.nl")
    assert merge_baskets(guest_basket_id=guest, owner=janna, now=NOW) == guest
    assert Basket.objects.get().owner == janna


def test_the_basket_of_somebody_else_is_not_merged() -> None:
    janna = User.objects.create_user(email="janna@example.nl")
    piet = User.objects.create_user(email="piet@example.nl")
    hers = put(build_listing(), owner=janna)
    assert merge_baskets(guest_basket_id=hers, owner=piet, now=NOW) == 0
    assert Basket.objects.get().owner == janna


def test_a_suspended_shop_sells_nothing() -> None:
    seller = build_seller()
    listing = build_listing(seller=seller)
    seller.enterprise.status = "suspended"
    seller.enterprise.save()
    with pytest.raises(UnknownListing):
        put(listing)


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_once_count_both() -> None:
    listing = build_listing(stock=50)
    basket_id = put(listing)
    start = threading.Barrier(6)

    def click() -> None:
        start.wait()
        put(listing, basket_id=basket_id)
        connection.close()

    threads = [threading.Thread(target=click) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert in_baskets() == [("Volkorenbrood", 7)]


def test_nothing_left_is_said_as_nothing_left() -> None:
    with pytest.raises(NotEnoughStock) as refusal:
        put(build_listing(stock=0))
    assert refusal.value.left == 0
