"""Publishing a listing: what it writes and what keeps it from being offered."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from oscar.apps.partner.models import StockRecord

from tests.builders import build_category, build_listing, build_seller
from winkelstraat.shop.domain.duties import CannotPublish
from winkelstraat.shop.models import Listing
from winkelstraat.shop.operations.listings import withdraw_listing
from winkelstraat.shop.operations.prices import set_price, set_stock

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)


def test_publishing_writes_what_lists_show() -> None:
    seller = build_seller("Bakkerij De Esrand")

    listing = build_listing("Roggebrood", seller=seller, now=NOW)

    listing.refresh_from_db()
    assert (listing.status, listing.published_at) == ("published", NOW)
    assert (listing.unit_price_cents, listing.unit_price_per) == (425, "kg")
    assert (listing.slug, listing.village_id) == ("roggebrood", seller.village_id)
    assert listing.search_vector is not None


def test_publishing_writes_oscars_price_and_stock() -> None:
    listing = build_listing(price_cents=475, stock=7)

    record = StockRecord.objects.get(product_id=listing.product_id)
    assert (record.price, record.num_in_stock, record.price_currency) == (Decimal("4.75"), 7, "EUR")
    assert record.partner_id == listing.seller.partner_id


@pytest.mark.parametrize(
    ("wanted", "missing"),
    [
        ({"allergens": {}}, ["allergens"]),
        ({"allergens": {"gluten": "contains", "milk": "onbekend"}}, ["allergens"]),
        ({"ingredients": " "}, ["ingredients"]),
        ({"title": " "}, ["title"]),
        ({"alcohol_class": "weak"}, ["vat_class"]),
        ({"category_id": 999_999}, ["category"]),
    ],
)
def test_what_the_law_asks_is_asked_before_publishing(
    wanted: dict[str, object], missing: list[str]
) -> None:
    with pytest.raises(CannotPublish) as refusal:
        build_listing(**wanted)

    assert refusal.value.missing == missing
    assert not Listing.objects.exists()
    assert not StockRecord.objects.exists()


def test_a_thing_that_is_no_food_needs_no_allergens() -> None:
    plank = build_listing(
        "Snijplank",
        category_id=build_category("wonen", root="huis-en-tuin"),
        vat_class="general",
        allergens={},
        ingredients="",
        net_quantity=Decimal(1),
        net_unit="piece",
    )

    assert (plank.unit_price_cents, plank.unit_price_per) == (None, "")


def test_a_shop_that_is_not_verified_cannot_publish() -> None:
    seller = build_seller()
    seller.enterprise.status = "draft"

    with pytest.raises(CannotPublish) as refusal:
        build_listing(seller=seller)

    assert refusal.value.missing == ["seller"]


def test_a_new_price_reaches_the_unit_price_and_the_stock_record() -> None:
    listing = build_listing()

    set_price(seller=listing.seller, listing_id=listing.pk, price_cents=400, now=NOW)

    listing.refresh_from_db()
    assert (listing.price_cents, listing.unit_price_cents) == (400, 500)
    assert StockRecord.objects.get(product_id=listing.product_id).price == Decimal("4.00")


def test_new_stock_leaves_what_buyers_hold_alone() -> None:
    listing = build_listing()
    StockRecord.objects.filter(product_id=listing.product_id).update(num_allocated=3)

    set_stock(seller=listing.seller, listing_id=listing.pk, available=5)

    record = StockRecord.objects.get(product_id=listing.product_id)
    assert (record.num_in_stock, record.net_stock_level) == (8, 5)


def test_another_shop_changes_nothing_of_a_listing() -> None:
    listing, stranger = build_listing(), build_seller("Slagerij West")

    with pytest.raises(Listing.DoesNotExist):
        set_price(seller=stranger, listing_id=listing.pk, price_cents=1, now=NOW)
    with pytest.raises(Listing.DoesNotExist):
        set_stock(seller=stranger, listing_id=listing.pk, available=0)
    with pytest.raises(Listing.DoesNotExist):
        withdraw_listing(seller=stranger, listing_id=listing.pk)

    listing.refresh_from_db()
    assert (listing.price_cents, listing.status) == (340, "published")
