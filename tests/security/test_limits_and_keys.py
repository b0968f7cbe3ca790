"""What a stranger cannot fill, try for ever, or open with an old link."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from tests.builders import build_village
from tests.shop.street import base_basket, order
from winkelstraat.common.page_cache import _known_choice
from winkelstraat.shop.models import Purchase
from winkelstraat.shop.queries.order_keys import get_order_key

pytestmark = pytest.mark.django_db


def test_a_village_that_nobody_knows_makes_no_page_of_its_own() -> None:
    cache.clear()
    norg = build_village("Norg")
    assert _known_choice("dorp", norg.slug) == norg.slug
    assert _known_choice("dorp", "made-up-1") == _known_choice("dorp", "x" * 500) == ""
    assert _known_choice("unheard-of", norg.slug) == ""


def test_the_link_in_a_mail_opens_an_order_for_two_years(client: Client) -> None:
    purchase = order(base_basket())
    address = f"/bestelling/{purchase.number}/{get_order_key(purchase.number)}/"
    for days, status in ((729, 302), (731, 404)):
        placed = timezone.now() - timedelta(days=days)
        Purchase.objects.filter(pk=purchase.pk).update(placed_at=placed)
        assert client.get(address).status_code == status


def test_coming_back_and_filling_a_basket_have_an_end(client: Client) -> None:
    cache.clear()
    back = [client.get(f"/betalen/terug/{uuid4()}/").status_code for _ in range(61)]
    assert back == [404] * 60 + [429]
    added = [client.post("/mandje/erin/", {"listing": 0}).status_code for _ in range(121)]
    assert added == [302] * 120 + [429]


def test_what_an_order_did_is_not_kept_by_a_browser(client: Client) -> None:
    answer = client.get(f"/ketens/bij-bestelling/{uuid4()}/")
    assert "no-store" in answer["Cache-Control"]
