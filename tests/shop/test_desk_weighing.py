"""Lighter gives money back by itself, heavier costs nothing, a slip of the unit is asked about."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from dorpen.register.operations import add_member
from tests.shop.street import BaseBasket, base_basket, order, pay
from winkelstraat.accounts.models import User
from winkelstraat.payments.models import Refund
from winkelstraat.shop.models import Listing, SellerOrderLine

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _second_factor_may_wait(settings: Any) -> None:
    settings.SECOND_FACTOR_MAY_BE_SKIPPED = True


@pytest.fixture
def street() -> BaseBasket:
    found = base_basket()
    # Three of 800 g for 2,95 each: the line is 2.400 g and 8,85.
    Listing.objects.filter(pk=found.listings[0].pk).update(sold_by_weight=True)
    return found


@pytest.fixture
def line(street: BaseBasket) -> SellerOrderLine:
    pay(order(street))
    return SellerOrderLine.objects.get(listing=street.listings[0])


def keeper(street: BaseBasket, number: int = 1) -> Client:
    user = User.objects.create_user(f"winkelier{number}@example.nl")
    add_member(enterprise=street.sellers[number - 1].enterprise, user=user, role="helper")
    client = Client()
    client.force_login(user)
    return client


def url(line: SellerOrderLine) -> str:
    return f"/mijn-winkel/bestelling/{line.seller_order.number}/wegen/{line.pk}/"


def amounts() -> list[int]:
    return list(Refund.objects.order_by("pk").values_list("amount_cents", flat=True))


def test_lighter_gives_the_difference_back_once(street: BaseBasket, line: SellerOrderLine) -> None:
    client = keeper(street)
    page = client.get(f"/mijn-winkel/bestelling/{line.seller_order.number}/").content.decode()
    assert "ongeveer 2.400" in page
    for _time in range(2):
        assert client.post(url(line), {"grams": "2200"}).status_code == 302
    # 8,85 x 2200 / 2400 is 8,1125: 8,11 stays and 0,74 goes back.
    assert amounts() == [74]
    assert "woog 2200 g in plaats van 2400 g" in Refund.objects.get().reason
    line.refresh_from_db()
    assert (line.weighed_g, line.weighed_back_cents) == (2200, 74)


def test_a_second_weighing_only_ever_gives_more(street: BaseBasket, line: SellerOrderLine) -> None:
    client = keeper(street)
    for grams in ("2200", "2000", "2390", "3000"):
        client.post(url(line), {"grams": grams})
    # At 2.000 g 1,47 goes back in all (7,375 is rounded up to 7,38).
    assert amounts() == [74, 147 - 74]


def test_heavier_costs_nothing(street: BaseBasket, line: SellerOrderLine) -> None:
    assert keeper(street).post(url(line), {"grams": "2750"}).status_code == 302
    assert amounts() == []


@pytest.mark.parametrize("grams", ["2", "24", "24000", "1199", "4801"])
def test_a_slip_of_the_unit_is_asked_about_and_keeps_what_was_typed(
    street: BaseBasket, line: SellerOrderLine, grams: str
) -> None:
    client = keeper(street)
    answer = client.post(url(line), {"grams": grams})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Zijn dat gram?" in page
    assert f'value="{grams}"' in page
    assert amounts() == []
    assert client.post(url(line), {"grams": grams, "sure": "on"}).status_code == 302
    line.refresh_from_db()
    assert line.weighed_g == int(grams)


@pytest.mark.parametrize("grams", ["", "0", "-1", "0,3", "veel", "99999999", "1000001"])
def test_an_impossible_weight_is_refused(
    street: BaseBasket, line: SellerOrderLine, grams: str
) -> None:
    answer = keeper(street).post(url(line), {"grams": grams, "sure": "on"})
    assert answer.status_code == 422
    assert "Schrijf grammen" in answer.content.decode()
    line.refresh_from_db()
    assert line.weighed_g is None
    assert amounts() == []


def test_another_shop_weighs_nothing_here(street: BaseBasket, line: SellerOrderLine) -> None:
    assert keeper(street, 2).post(url(line), {"grams": "2200"}).status_code == 404
    assert amounts() == []


def test_what_was_handed_over_is_weighed_no_more(street: BaseBasket, line: SellerOrderLine) -> None:
    order_ = line.seller_order
    order_.status, order_.collected_at = "collected", timezone.now()
    order_.save()
    assert keeper(street).post(url(line), {"grams": "2200"}).status_code == 404
    assert amounts() == []
