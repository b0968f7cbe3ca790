"""Pages cost the same at 100 and at 5,000 listings, and no list reads the whole table."""

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.shop.street_of import NOW, fill_street
from winkelstraat.shop.models import Listing, SellerProfile
from winkelstraat.shop.queries.cards import CardFilters, list_cards
from winkelstraat.shop.queries.listings import get_product_page

pytestmark = pytest.mark.django_db

WRITES = ("INSERT", "UPDATE", "DELETE")
LIST_BYTES = 25_000


def addresses() -> dict[str, str]:
    listing = Listing.objects.filter(title="Soort7 nummer7").get()
    category = listing.category
    return {
        "list": "/zoeken/",
        "search": "/zoeken/?q=soort7",
        "category": f"/categorie/{category.slug}_{category.pk}/",
        "village": f"/zoeken/?dorp={listing.village.slug}&binnen=0",
        "product": f"/aanbod/{listing.slug}_{listing.pk}/",
        "shop": f"/winkels/{listing.seller.slug}/",
    }


BUDGETS = {"list": 8, "search": 8, "category": 8, "village": 8, "product": 8, "shop": 8}


@pytest.mark.parametrize("count", [100, 5000])
def test_pages_stay_within_their_queries_and_write_nothing(client: Client, count: int) -> None:
    fill_street(count)
    counted = {}
    for name, address in addresses().items():
        cache.clear()
        with CaptureQueriesContext(
            connection,
        ) as captured:
            response = client.get(address)
        assert response.status_code == 200, address
        # An id of four digits is not a price: no point in it.
        assert not re.search(rb'value="[0-9]+[.,][0-9]', response.content), name
        texts = [query["sql"] for query in captured.captured_queries]
        assert not [text for text in texts if text.startswith(WRITES)], name
        counted[name] = len(texts)

    assert counted == {
        "list": 5,
        "search": 7,
        "category": 4,
        "village": 6,
        "product": 5,
        "shop": 6,
    }
    assert all(counted[name] <= budget for name, budget in BUDGETS.items())


def test_a_page_of_24_with_pictures_stays_light(client: Client) -> None:
    fill_street(100)

    response = client.get("/zoeken/")

    assert response.content.count(b"<img ") == 24
    assert len(response.content) <= LIST_BYTES
    assert response.content.count(b"csrfmiddlewaretoken") <= 2


LISTS: dict[str, Callable[[], Any]] = {
    "newest": lambda: list_cards(filters=CardFilters(), now=NOW, counted=True),
    "next page": lambda: list_cards(
        filters=CardFilters(),
        after=list_cards(filters=CardFilters(), now=NOW).after,
        now=NOW,
    ),
    "category": lambda: list_cards(
        filters=CardFilters(category_id=Listing.objects.first().category_id), now=NOW, counted=True
    ),
    "village": lambda: list_cards(
        filters=CardFilters(village_id=SellerProfile.objects.first().village_id),
        now=NOW,
        counted=True,
    ),
    "shop": lambda: list_cards(
        filters=CardFilters(seller_id=SellerProfile.objects.first().pk), now=NOW, counted=True
    ),
    "near": lambda: list_cards(
        filters=CardFilters(near=(52.8, 6.5), within_m=10_000), now=NOW, counted=True
    ),
    "open now": lambda: list_cards(filters=CardFilters(open_now=True), now=NOW, counted=True),
    "search": lambda: list_cards(filters=CardFilters(text="nummer77"), now=NOW),
    "search in a category": lambda: list_cards(
        filters=CardFilters(text="nummer77", category_id=Listing.objects.first().category_id),
        now=NOW,
    ),
    "product": lambda: get_product_page(Listing.objects.order_by("-pk").first().pk, now=NOW),
}


def test_no_list_reads_all_listings() -> None:
    start_on_clean_pages()
    fill_street(5000)

    found = {name: scanned_tables(read) for name, read in LISTS.items()}

    assert {name: tables & {"shop_listing"} for name, tables in found.items()} == {
        name: set() for name in LISTS
    }


def test_the_plan_reader_sees_a_sequential_scan() -> None:
    fill_street(100)

    assert "shop_listing" in scanned_tables(lambda: list(Listing.objects.filter(title="x")))


def start_on_clean_pages() -> None:
    """Forget where earlier tests of this process left their rows; plans depend on that."""
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE shop_listing, partner_stockrecord, catalogue_product CASCADE")


def scanned_tables(read: Callable[[], Any]) -> set[str]:
    """Return the tables that the statements of `read` go through from end to end."""
    cache.clear()
    with CaptureQueriesContext(connection) as captured:
        read()
    found: set[str] = set()
    for query in captured.captured_queries:
        if "shop_listing" in query["sql"]:
            with connection.cursor() as cursor:
                cursor.execute("EXPLAIN (FORMAT JSON) " + query["sql"].replace("%", "%%"), [])
                plan = cursor.fetchone()[0]
            nodes = json.loads(plan) if isinstance(plan, str) else plan
            found |= set(_scans(nodes[0]["Plan"]))
    return found


def _scans(node: dict[str, Any]) -> list[str]:
    own = [node["Relation Name"]] if node["Node Type"] == "Seq Scan" else []
    return own + [name for part in node.get("Plans", []) for name in _scans(part)]
