"""Sizes and flavours of one thing stand together on its page."""

from typing import Any

import pytest
from django.test import Client

from tests.shop.street import BaseBasket, base_basket, publish
from tests.shop.test_desk import keeper
from winkelstraat.shop.models import Listing
from winkelstraat.shop.operations.variants import make_variant, stand_alone
from winkelstraat.shop.queries.listings import get_product_page

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _second_factor_may_wait(settings: Any) -> None:
    settings.SECOND_FACTOR_MAY_BE_SKIPPED = True


@pytest.fixture
def street() -> BaseBasket:
    return base_basket()


def bake(street: BaseBasket, title: str, price: int, stock: int = 5) -> Listing:
    return publish(street.sellers[0], title, "brood-en-gebak", price, "food", stock)


def together(street: BaseBasket, listing: Listing, of: Listing) -> None:
    make_variant(seller=street.sellers[0], listing_id=listing.pk, of_id=of.pk)


def shown(listing: Listing) -> list[tuple[str, int, bool, bool]]:
    page = get_product_page(listing.pk)
    assert page is not None
    return [(one.title, one.price_cents, one.available, one.is_this) for one in page.variants]


def test_the_page_of_each_shows_all_of_them_cheapest_first(street: BaseBasket) -> None:
    whole, half = street.listings[0], bake(street, "Half volkoren", 165, stock=0)
    third = bake(street, "Volkoren met noten", 395)
    together(street, half, whole)
    together(street, third, half)
    assert shown(third) == [
        ("Half volkoren", 165, False, False),
        ("Volkorenbrood", 295, True, False),
        ("Volkoren met noten", 395, True, True),
    ]
    page = Client().get(f"/aanbod/{whole.slug}_{whole.pk}/").content.decode()
    assert f"/aanbod/{half.slug}_{half.pk}/" in page
    assert "uitverkocht" in page


def test_something_by_itself_has_no_choice_and_costs_no_query(
    street: BaseBasket, django_assert_num_queries: Any
) -> None:
    get_product_page(street.listings[0].pk)
    with django_assert_num_queries(3):
        page = get_product_page(street.listings[0].pk)
    assert page is not None
    assert page.variants == ()
    together(street, bake(street, "Half volkoren", 165), street.listings[0])
    with django_assert_num_queries(4):
        get_product_page(street.listings[0].pk)


def test_two_groups_that_are_joined_become_one(street: BaseBasket) -> None:
    first, second = street.listings[0], bake(street, "Half volkoren", 165)
    third, fourth = bake(street, "Bol", 60), bake(street, "Kadetje", 50)
    together(street, second, first)
    together(street, fourth, third)
    together(street, third, second)
    assert {row.variant_of_id for row in (second, third, fourth) if not row.refresh_from_db()} == {
        first.pk
    }


def test_when_the_first_stands_alone_the_others_stay_together(street: BaseBasket) -> None:
    first, second = street.listings[0], bake(street, "Half volkoren", 165)
    third = bake(street, "Bol", 60)
    together(street, second, first)
    together(street, third, first)
    stand_alone(seller=street.sellers[0], listing_id=first.pk)
    assert shown(first) == []
    assert [title for title, *_rest in shown(second)] == ["Bol", "Half volkoren"]


def test_another_shops_goods_cannot_be_joined(street: BaseBasket) -> None:
    with pytest.raises(Listing.DoesNotExist):
        make_variant(
            seller=street.sellers[0],
            listing_id=street.listings[0].pk,
            of_id=street.listings[1].pk,
        )
    assert Listing.objects.exclude(variant_of=None).count() == 0


def test_another_size_begins_as_a_copy_without_what_differs(street: BaseBasket) -> None:
    client, whole = keeper(street, 1), street.listings[0]
    form = client.get(f"/mijn-winkel/aanbod/nieuw/?van={whole.pk}&soort=ja").context["form"]
    assert form["title"].value() == "Volkorenbrood"
    assert form["ingredients"].value() == "Tarwe, water, zout."
    assert [form[name].value() for name in ("price", "stock", "net_quantity")] == ["", "", ""]
    typed = {field.name: field.value() or "" for field in form}
    typed |= {"price": "1,65", "stock": "4", "net_quantity": "400", "title": "Half volkoren"}
    del typed["photo"], typed["price_is_right"]
    answer = client.post("/mijn-winkel/aanbod/nieuw/", typed)
    assert answer.status_code == 302
    half = Listing.objects.get(title="Half volkoren")
    assert half.variant_of_id == whole.pk
    client.post(f"/mijn-winkel/aanbod/{half.pk}/los/")
    half.refresh_from_db()
    assert half.variant_of_id is None
