"""How many questions a page asks the database, and how many bytes it sends.

What changes slowly (figures, chains, agenda, stories, pick-up points) is kept for five
minutes; the budgets hold while it is kept, and reading it anew has a limit of its own.
An address with a question is never answered from kept pages, so these pages are made.
"""

import gzip

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from dorpen.pages.operations import make_village_pages
from dorpen.register.models import Village
from tests.shop.street_of import fill_street

pytestmark = pytest.mark.django_db

HOME, VILLAGE = 8, 10
ANEW = {"home": 16, "village": 23, "list": 7}
LIST_BYTES, PACKED_BYTES = 25_000, 7_000
WRITES = ("INSERT", "UPDATE", "DELETE")


def ask(address: str) -> tuple[list[str], bytes]:
    """Fetch a page that is made anew."""
    with CaptureQueriesContext(connection) as found:
        answer = Client().get(f"{address}?anew=1")
    assert answer.status_code == 200
    return [query["sql"] for query in found], answer.content


@pytest.mark.parametrize("count", [100, 5000])
def test_home_and_village_stay_within_their_queries_and_write_nothing(count: int) -> None:
    fill_street(count)
    make_village_pages()
    village = f"/dorpen/{Village.objects.get(name='Dorp 3').slug}/"
    counted = {}
    for name, address in {"home": "/", "village": village, "list": "/dorpen/"}.items():
        cache.clear()
        first, _page = ask(address)
        then, page = ask(address)
        assert not [text for text in first + then if text.startswith(WRITES)], name
        counted[name] = len(then)
        assert len(first) <= ANEW[name], name
        assert len(page) < LIST_BYTES, name
        assert len(gzip.compress(page, 6)) < PACKED_BYTES, name
    assert counted == {"home": 8, "village": 9, "list": 6}
    assert counted["home"] <= HOME
    assert counted["village"] <= VILLAGE
