"""Checkout: the review shows everything; what is wrong keeps the basket and writes nothing."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from oscar.apps.basket.models import Line

from dorpen.register.models import PostalCode
from tests.shop.street import (
    NOTHING,
    BaseBasket,
    base_basket,
    checkout_fields,
    fill_basket,
    publish,
    stock_of,
    written,
)
from winkelstraat.payments.models import Payment, PaymentPart
from winkelstraat.shop.models import Listing, Purchase, SellerOrder, SellerProfile

pytestmark = pytest.mark.django_db

PAGE = "/afrekenen/"


@pytest.fixture
def street() -> BaseBasket:
    return base_basket(stock=5)


@pytest.fixture
def filled(client: Client, street: BaseBasket) -> BaseBasket:
    """The street, with the base basket in the hands of `client`."""
    fill_basket(client, street)
    return street


def reviewed(client: Client) -> dict[str, str]:
    """Look the order over and return what its last button sends."""
    fields = checkout_fields(client, step="review")
    answer = client.post(PAGE, fields)
    assert answer.status_code == 200
    return {**fields, "step": "place", "seen_total": "4834"}


def refused(client: Client, fields: dict[str, str], text: str) -> None:
    """Order, be refused with this text on the basket page, and find everything as it was."""
    answer = client.post(PAGE, fields, follow=True)
    assert answer.redirect_chain[-1][0] == "/mandje/"
    assert text in answer.content.decode()
    assert written() == NOTHING
    assert sorted(Line.objects.values_list("quantity", flat=True)) == [1, 1, 3]
    assert answer.context["basket"].count == 5


def test_the_review_shows_what_the_law_asks_and_ends_with_the_button(
    client: Client, filled: BaseBasket
) -> None:
    text = client.post(PAGE, checkout_fields(client, step="review")).content.decode()
    for seller in filled.sellers:
        enterprise = seller.enterprise
        for fact in (seller.name, enterprise.legal_name, enterprise.kvk_number, enterprise.email):
            assert fact in text
    for fact in ("€\u00a02,95", "€\u00a08,85", "€\u00a024,99", "€\u00a014,50", "€\u00a048,34"):
        assert fact in text
    assert text.count("Dorpshuis De Brinkhof") == 3
    assert text.count("Terugbrengen binnen 14 dagen kan") == 2
    assert "Terugbrengen kan niet: het bederft snel" in text
    assert "iDEAL | Wero" in text
    last = re.search(
        r'<p class="total grand">.*?</p>\s*<button[^>]*>([^<]*)</button>\s*</form>', text
    )
    assert last is not None
    assert last.group(1) == "Bestelling met betalingsverplichting"
    assert "checked" not in text


def test_an_order_is_placed_once_however_often_it_is_sent(
    client: Client, filled: BaseBasket, sandbox: object
) -> None:
    fields = reviewed(client)
    first = client.post(PAGE, fields)
    assert first.status_code == 303
    number = Purchase.objects.get().number
    again = client.post(PAGE, fields)
    assert (again.status_code, again["Location"]) == (302, f"/bestelling/{number}/")
    assert Purchase.objects.count() == Payment.objects.count() == 1
    assert stock_of(filled) == [(5, 3), (5, 1), (5, 1)]


def test_the_commission_is_taken_per_shop_and_rounded_half_up(
    client: Client, sandbox: object
) -> None:
    street = base_basket(commission_basis_points=250)
    fill_basket(client, street)
    client.post(PAGE, reviewed(client))
    parts = PaymentPart.objects.order_by("sequence")
    assert list(parts.values_list("gross_cents", "fee_cents", "transfer_cents")) == [
        (885, 22, 863),
        (2499, 62, 2437),
        (1450, 36, 1414),
    ]


def test_the_vat_of_each_shop_is_frozen_with_its_order(
    client: Client, filled: BaseBasket, sandbox: object
) -> None:
    client.post(PAGE, reviewed(client))
    groups = [order.vat_groups for order in SellerOrder.objects.order_by("sequence")]
    assert [
        [(row["rate_basis_points"], row["net_cents"], row["vat_cents"]) for row in rows]
        for rows in groups
    ] == [[(900, 812, 73)], [(2100, 2065, 434)], [(900, 1330, 120)]]
    assert Purchase.objects.get().snapshot["parts"][0]["vat_groups"] == groups[0]


def test_a_price_that_changed_after_the_review_is_asked_again(
    client: Client, filled: BaseBasket
) -> None:
    fields = reviewed(client)
    Listing.objects.filter(pk=filled.listings[0].pk).update(price_cents=310)
    refused(client, fields, "Je zag €\u00a048,34, nu is het €\u00a048,79.")


def test_two_changes_that_add_up_to_the_same_total_are_asked_again_too(
    client: Client, filled: BaseBasket
) -> None:
    fields = reviewed(client)
    Listing.objects.filter(pk=filled.listings[1].pk).update(price_cents=2399)
    Listing.objects.filter(pk=filled.listings[2].pk).update(price_cents=1550)
    refused(client, fields, "Er is een prijs veranderd")
    client.post(PAGE, checkout_fields(client, step="review"))
    prices = Line.objects.order_by("pk").values_list("price_incl_tax", flat=True)
    assert [int(price * 100) for price in prices] == [295, 2399, 1550]


@pytest.mark.parametrize("seen", ["", "1", "-4834", "vier"])
def test_a_total_that_nobody_saw_is_refused(client: Client, filled: BaseBasket, seen: str) -> None:
    refused(client, {**reviewed(client), "seen_total": seen}, "Er is een prijs veranderd")


def test_what_sold_out_meanwhile_is_refused(client: Client, filled: BaseBasket) -> None:
    fields = reviewed(client)
    filled.listings[1].product.stockrecords.update(num_in_stock=0)
    refused(client, fields, "Muurverf is net uitverkocht")


def test_a_shop_that_closed_meanwhile_is_refused(client: Client, filled: BaseBasket) -> None:
    fields = reviewed(client)
    today = timezone.localdate()
    SellerProfile.objects.filter(pk=filled.sellers[0].pk).update(
        holiday_from=today, holiday_until=today + timedelta(days=7)
    )
    refused(client, fields, "Bakkerij De Es is nu dicht")


def test_a_minimum_that_is_not_met_is_refused(client: Client, filled: BaseBasket) -> None:
    fields = reviewed(client)
    SellerProfile.objects.filter(pk=filled.sellers[2].pk).update(minimum_order_cents=2000)
    refused(client, fields, "€\u00a05,50")


def test_a_moment_that_does_not_exist_is_refused(client: Client, filled: BaseBasket) -> None:
    fields = reviewed(client)
    name = f"way_{filled.sellers[0].pk}"
    answer = client.post(PAGE, {**fields, name: "delivery-203001010900"})
    assert answer.status_code == 422
    assert "Dit moment kan niet meer" in answer.content.decode()
    assert written() == NOTHING


def bring(street: BaseBasket) -> dict[str, str]:
    """Let the bakery bring; return the choice as a page would send it."""
    seller = SellerProfile.objects.get(pk=street.sellers[0].pk)
    SellerProfile.objects.filter(pk=seller.pk).update(delivers=True, delivery_price_cents=495)
    return {"seller": f"way_{seller.pk}"}


def test_bringing_asks_an_address_a_phone_and_a_known_postcode(
    client: Client, filled: BaseBasket, sandbox: object
) -> None:
    name = bring(filled)["seller"]
    form = client.get(PAGE).context["form"]
    (way,) = [way for way in form.basket.shops[0].ways if way.fulfilment == "delivery"]
    fields = checkout_fields(client, step="review", **{name: way.value})
    answer = client.post(PAGE, fields)
    assert answer.status_code == 422
    errors = answer.context["form"].errors
    assert set(errors) == {"delivery_address", "delivery_postcode", "phone"}

    fields |= {"delivery_address": "Es 4", "phone": "0592 123456"}
    answer = client.post(PAGE, {**fields, "delivery_postcode": "1012 AB"})
    assert answer.status_code == 422
    assert "We kennen deze postcode niet in Drenthe" in answer.content.decode()
    assert written() == NOTHING

    village = filled.sellers[0].village
    PostalCode.objects.create(pc4="9331", village=village, latitude=53.07, longitude=6.46)
    fields["delivery_postcode"] = "9331ab"
    review = client.post(PAGE, fields).content.decode()
    assert "€\u00a04,95" in review
    assert "€\u00a053,29" in review
    client.post(PAGE, {**fields, "step": "place", "seen_total": "5329"})
    purchase = Purchase.objects.get()
    assert (purchase.total_cents, purchase.delivery_postcode) == (5329, "9331 AB")
    assert purchase.village == village
    assert purchase.seller_orders.first().delivery_cents == 495


def test_an_address_is_not_kept_when_nothing_is_brought(
    client: Client, filled: BaseBasket, sandbox: object
) -> None:
    extra = {"delivery_address": "Es 4", "phone": "0592 123456"}
    client.post(PAGE, {**reviewed(client), **extra})
    purchase = Purchase.objects.get()
    assert (purchase.delivery_address, purchase.buyer_phone) == ("", "")


def test_w35_alcohol_without_the_tick_is_refused(
    client: Client, filled: BaseBasket, sandbox: object
) -> None:
    Listing.objects.filter(pk=filled.listings[2].pk).update(alcohol_class="weak")
    for step in ("review", "place"):
        fields = checkout_fields(client, step=step, seen_total="4834")
        answer = client.post(PAGE, fields)
        assert answer.status_code == 422
        assert "18 jaar of ouder" in answer.content.decode()
    assert written() == NOTHING
    client.post(
        PAGE, {**checkout_fields(client, step="place"), "is_adult": "on", "seen_total": "4834"}
    )
    assert Purchase.objects.get().adult_confirmed_at is not None


def test_an_empty_basket_cannot_be_ordered(client: Client, street: BaseBasket) -> None:
    for answer in (client.get(PAGE), client.post(PAGE, {"step": "place"})):
        assert (answer.status_code, answer["Location"]) == (302, "/mandje/")
    assert written() == NOTHING


def test_who_a_buyer_is_must_be_told(client: Client, filled: BaseBasket) -> None:
    answer = client.post(PAGE, checkout_fields(client, step="review", name="", email="janna@"))
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"name", "email"}


def test_when_paying_does_not_work_the_order_waits_and_can_be_paid_later(
    client: Client, filled: BaseBasket, sandbox: object, settings: object
) -> None:
    fields = reviewed(client)
    works, settings.STRIPE_ADDRESS = settings.STRIPE_ADDRESS, "http://127.0.0.1:9"
    answer = client.post(PAGE, fields, follow=True)
    number = Purchase.objects.get().number
    assert answer.redirect_chain[-1][0] == f"/bestelling/{number}/"
    assert "Lukt betalen nu niet?" in answer.content.decode()
    settings.STRIPE_ADDRESS = works
    later = client.post(f"/bestelling/{number}/betalen/")
    assert later.status_code == 303
    assert later["Location"].startswith(works)
    assert Payment.objects.count() == 1


def test_too_many_tries_are_answered_with_patience(client: Client, filled: BaseBasket) -> None:
    fields = checkout_fields(client, step="review")
    answers = [client.post(PAGE, fields).status_code for _ in range(31)]
    assert answers == [200] * 30 + [429]


def test_a_total_that_no_bank_transfers_is_refused_before_anything_is_written(
    client: Client, street: BaseBasket
) -> None:
    sticker = publish(street.sellers[2], "Sticker", "boeken-en-papier", 49, "books", 5)
    client.post("/mandje/erin/", {"listing": sticker.pk, "quantity": 1})
    fields = checkout_fields(client, step="review")
    client.post(PAGE, fields)
    answer = client.post(PAGE, {**fields, "step": "place", "seen_total": "49"}, follow=True)
    assert "Online betalen kan vanaf 50 cent" in answer.content.decode()
    assert written() == NOTHING
    client.post("/mandje/erin/", {"listing": sticker.pk, "quantity": 1})
    assert Line.objects.get().quantity == 2
