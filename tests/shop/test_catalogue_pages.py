"""What visitors read on the search, category, product and shop pages."""

from collections.abc import Callable
from datetime import date, time
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests.builders import build_category, build_listing, build_seller, build_village
from winkelstraat.shop.domain.hours import OpenStretch
from winkelstraat.shop.domain.ranking import WEIGHTS
from winkelstraat.shop.models import Listing, SellerProfile
from winkelstraat.shop.operations.listings import withdraw_listing
from winkelstraat.shop.operations.prices import set_price
from winkelstraat.shop.operations.sellers import set_opening_hours

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def _english(client: Client) -> None:
    client.cookies["django_language"] = "en"


def read(client: Client, address: str, **headers: str) -> str:
    response = client.get(address, headers=headers)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def address_of(listing: Listing) -> str:
    return f"/aanbod/{listing.slug}_{listing.pk}/"


def test_search_tells_how_it_sorts_with_the_weights_that_it_uses(client: Client) -> None:
    build_listing()

    page = read(client, "/zoeken/?q=brood")

    assert "How do we sort?" in page
    assert f"in the name: {WEIGHTS.title}" in page
    assert f"in the ingredients: {WEIGHTS.ingredients}" in page


def test_search_shows_shops_and_villages_that_fit(client: Client) -> None:
    village = build_village("Veenhuizen")
    build_seller("Branderij De Vaart", village=village)

    page = read(client, "/zoeken/?q=veenhuizen")

    assert f'href="/dorpen/{village.slug}/"' in page
    assert "Branderij De Vaart" in page


def test_what_is_typed_is_shown_as_text(client: Client) -> None:
    page = read(client, "/zoeken/?q=<script>alert(1)</script>&dorp=<b>")

    assert "<script>alert" not in page
    assert "Nothing fits here" in page
    assert "We do not know this village" in page


@pytest.mark.parametrize(
    "query",
    ["?na=x", "?na=99999999999999999999-1", "?binnen=7", "?categorie=nee", "?q=%00", "?dorp=9999"],
)
def test_a_wrong_value_is_no_value(client: Client, query: str) -> None:
    build_listing()

    assert client.get(f"/zoeken/{query}").status_code == 200


def test_htmx_gets_the_list_or_the_next_cards_only(client: Client) -> None:
    seller = build_seller()
    for number in range(26):
        build_listing(f"Brood {number}", seller=seller)

    whole = read(client, "/zoeken/")
    results = read(client, "/zoeken/", **HTMX, **{"HX-Target": "results"})
    after = whole.split('hx-get="?na=')[1].split('"')[0]
    more = read(client, f"/zoeken/?na={after}", **HTMX, **{"HX-Target": "more"})

    assert "<html" in whole
    assert "<html" not in results
    assert results.count("<article") == 24
    assert "26 products" in results
    assert more.count("<article") == 2
    assert "<ul" not in more


def test_a_village_and_a_distance_narrow_the_list(client: Client) -> None:
    norg = build_village("Norg")
    far = build_village("Coevorden", latitude=52.66, longitude=6.74)
    build_listing("Dichtbij", seller=build_seller("A", village=norg))
    build_listing("Veraf", seller=build_seller("B", village=far))

    page = read(client, f"/zoeken/?dorp={norg.slug}&binnen=10")

    assert "Dichtbij" in page
    assert "Veraf" not in page
    assert "in the village" in page


def test_a_category_shows_its_own_and_moves_an_old_address(client: Client) -> None:
    cheese = build_category("kaas")
    build_listing("Belegen kaas", category_id=cheese)
    build_listing("Roggebrood")

    page = read(client, f"/categorie/kaas_{cheese}/")
    moved = client.get(f"/categorie/oud_{cheese}/")

    assert "Belegen kaas" in page
    assert "Roggebrood" not in page
    assert (moved.status_code, moved.url) == (301, f"/categorie/kaas_{cheese}/")
    assert client.get("/categorie/kaas_999999/").status_code == 404


def test_a_product_tells_price_amount_allergens_and_who_sells(client: Client) -> None:
    seller = build_seller("Bakkerij Oost")
    listing = build_listing("Roggebrood", seller=seller, maker="Jantje Hofstee")

    page = read(client, address_of(listing))

    # Joining the words made every no-break space a space.
    assert "<b>€ 3,40</b>" in page
    assert "€ 4,25 per kilo" in page
    assert "Tarwe, water, zout." in page
    assert "gluten" in page
    assert seller.enterprise.kvk_number in page
    assert seller.enterprise.email in page
    assert "within 14 days" in page
    assert "Jantje Hofstee" in page


def test_a_product_leads_to_its_chain_without_a_script_too(client: Client) -> None:
    listing = build_listing()

    page = read(client, address_of(listing))

    assert f'hx-get="/ketens/bij-product/{listing.pk}/"' in page
    assert f'<a href="/ketens/bij-product/{listing.pk}/">' in page


def test_a_product_goes_into_the_basket_with_one_form(client: Client) -> None:
    listing = build_listing(stock=4)

    page = read(client, address_of(listing))

    assert 'action="/mandje/erin/" method="post"' in page
    assert f'name="listing" value="{listing.pk}"' in page
    assert 'name="quantity" value="1" min="1" max="4"' in page


def test_unknown_facts_are_said_to_be_unknown(client: Client) -> None:
    listing = build_listing()
    Listing.objects.filter(pk=listing.pk).update(allergens={})

    page = read(client, address_of(listing))

    assert "<dt>Allergens</dt><dd>unknown</dd>" in page
    assert "<dt>Made in</dt><dd>unknown</dd>" in page


def test_alcohol_says_18_and_sold_out_offers_no_button(client: Client) -> None:
    beer = build_listing("Bier", alcohol_class="weak", vat_class="alcohol")
    gone = build_listing("Op", stock=0)

    assert "only for people of 18 and over" in read(client, address_of(beer))
    sold_out = read(client, address_of(gone))
    assert "Sold out" in sold_out
    assert 'name="quantity"' not in sold_out


def test_a_withdrawn_product_is_gone_and_an_old_name_moves(client: Client) -> None:
    listing = build_listing("Roggebrood")

    moved = client.get(f"/aanbod/oud_{listing.pk}/")
    withdraw_listing(seller=listing.seller, listing_id=listing.pk)
    gone = client.get(address_of(listing))

    assert (moved.status_code, moved.url) == (301, address_of(listing))
    assert gone.status_code == 404
    assert "No longer on offer" in gone.content.decode()


def test_a_shop_tells_hours_collection_offer_and_identity(client: Client) -> None:
    seller = build_seller(
        "Bakkerij Oost", story="Vier uur op.", pickup_instructions="Achterom.", tagline="Brood"
    )
    set_opening_hours(
        seller=seller,
        stretches=[OpenStretch(6, time(8), time(15))],
        checked_on=date(2026, 11, 1),
    )
    build_listing("Roggebrood", seller=seller)

    page = read(client, f"/winkels/{seller.slug}/")

    for words in ("Vier uur op.", "Achterom.", "08.00 - 15.00", "Roggebrood", "Checked on"):
        assert words in page
    assert page.count("closed</dd>") == 6
    assert seller.enterprise.kvk_number in page


def test_shops_of_a_village_are_listed_and_a_suspended_one_is_not(client: Client) -> None:
    norg = build_village("Norg")
    build_seller("In Norg", village=norg)
    build_seller("Elders", village=build_village("Rolde"))
    hidden = build_seller("Geschorst", village=norg)
    hidden.enterprise.status = "suspended"
    hidden.enterprise.save()

    page = read(client, f"/winkels/?dorp={norg.slug}")

    assert "In Norg" in page
    assert "Elders" not in page
    assert "Geschorst" not in page
    assert client.get(f"/winkels/{hidden.slug}/").status_code == 404
    assert SellerProfile.objects.count() == 3


def test_pages_only_answer_reading(client: Client) -> None:
    listing = build_listing()

    for address in ("/zoeken/", "/winkels/", address_of(listing)):
        assert client.post(address).status_code == 405


def test_a_kept_page_is_made_anew_when_the_shop_changes_something(
    client: Client, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    listing = build_listing()
    first = read(client, address_of(listing))

    Listing.objects.filter(pk=listing.pk).update(title="Buiten de straat om")
    kept = read(client, address_of(listing))
    with django_capture_on_commit_callbacks(execute=True):
        set_price(seller=listing.seller, listing_id=listing.pk, price_cents=400, now=timezone.now())
    renewed = read(client, address_of(listing))

    assert "€ 3,40" in first
    assert "Buiten de straat om" not in kept
    assert "€ 4,00" in renewed
