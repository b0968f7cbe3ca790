"""Measure list, village, product and search at 20,000 listings against an empty view.

Run by hand: ``python -m tests.bench.catalogue [listings]``. It works on a fresh clone of
the migrated test database, which is dropped afterwards. Every figure is the middle of
many requests in one process, as a multiple of an empty Django view of 20 kB in the same
run, so that it says the same on a slow machine.
"""

import gzip
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from statistics import median
from time import process_time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "winkelstraat.settings.test")
django.setup()

from django.core.cache import cache  # noqa: E402
from django.db import connection  # noqa: E402
from django.http import HttpRequest, HttpResponse  # noqa: E402
from django.test import Client, override_settings  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.urls import include, path  # noqa: E402

from tests.database import (  # noqa: E402
    make_template,
    migration_digests,
    run_sql,
    using_database,
)
from tests.shop.street_of import fill_street  # noqa: E402
from winkelstraat.shop.models import Listing  # noqa: E402

EMPTY_PAGE = "x" * 20_000
ROUNDS = 60
SIZES = (1_000, 20_000)


def empty(_request: HttpRequest) -> HttpResponse:
    """Answer 20 kB without doing anything."""
    return HttpResponse(EMPTY_PAGE)


urlpatterns = [path("leeg/", empty), path("", include("winkelstraat.urls"))]


def main(sizes: tuple[int, ...]) -> None:
    """Fill a street of each size and print what its pages cost."""
    for size in sizes:
        with scratch_database(), override_settings(ROOT_URLCONF=__name__):
            fill_street(size)
            report(size)


def report(size: int) -> None:
    """Print milliseconds, multiples, statements and bytes of each page."""
    client = Client()
    base = middle_ms(client, "/leeg/")
    print(f"\n{size} listings; an empty view of 20 kB takes {base:.2f} ms")
    print(f"{'page':<10}{'ms':>8}{'times empty':>13}{'kept':>7}{'SQL':>5}{'kB':>7}{'gzip kB':>9}")
    for name, plain in list_addresses().items():
        cache.clear()
        kept = "" if "?" in plain else f"{middle_ms(client, plain) / base:.1f}"
        # Only an address without a query is kept; this one is made anew each time.
        address = plain if "?" in plain else f"{plain}?vers=1"
        client.get(address)
        with CaptureQueriesContext(connection) as captured:
            body = client.get(address).content
            statements = len(captured)
        taken = middle_ms(client, address)
        sizes = f"{len(body) / 1000:>7.1f}{len(gzip.compress(body)) / 1000:>9.1f}"
        print(f"{name:<10}{taken:>8.2f}{taken / base:>13.1f}{kept:>7}{statements:>5}{sizes}")


def list_addresses() -> dict[str, str]:
    """Return the pages to measure."""
    listing = Listing.objects.select_related("village", "category", "seller").get(
        title="Soort7 nummer7"
    )
    return {
        "list": "/zoeken/",
        "category": f"/categorie/{listing.category.slug}_{listing.category_id}/",
        "village": f"/zoeken/?dorp={listing.village.slug}&binnen=0",
        "near": f"/zoeken/?dorp={listing.village.slug}&binnen=10",
        "product": f"/aanbod/{listing.slug}_{listing.pk}/",
        "shop": f"/winkels/{listing.seller.slug}/",
        "search": "/zoeken/?q=soort77",
        "broad": "/zoeken/?q=soort",
    }


def middle_ms(client: Client, address: str) -> float:
    """Return the middle time of a request in milliseconds, after a few to warm up."""
    times = []
    for number in range(ROUNDS + 5):
        start = process_time()
        response = client.get(address)
        if number >= 5:
            times.append((process_time() - start) * 1000)
    if response.status_code != 200:
        raise RuntimeError(f"{address} answered {response.status_code}")
    return median(times)


@contextmanager
def scratch_database() -> Iterator[None]:
    """Work in a clone of the migrated template and drop it afterwards."""
    clone = f"bench_{os.getpid()}"
    template = make_template(migration_digests())
    run_sql(f'CREATE DATABASE "{clone}" TEMPLATE "{template}"')
    try:
        with using_database(clone):
            yield
    finally:
        run_sql(f'DROP DATABASE IF EXISTS "{clone}" WITH (FORCE)')


if __name__ == "__main__":
    main(tuple(int(size) for size in sys.argv[1:]) or SIZES)
