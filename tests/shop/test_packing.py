"""The packing table: one list for the shelf, a slip and a label for each customer."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests.shop.street import BaseBasket, base_basket, order, pay
from tests.shop.test_desk import host, keeper
from winkelstraat.delivery.domain.windows import LOCAL
from winkelstraat.shop.models import Purchase, SellerOrder
from winkelstraat.shop.operations.orders import mark_ready
from winkelstraat.shop.queries.packing import get_packing

pytestmark = pytest.mark.django_db

PACKING = "/mijn-winkel/pakken/"
LABELS = "/mijn-winkel/pakken/etiketten/"


@pytest.fixture(autouse=True)
def _second_factor_may_wait(settings: Any) -> None:
    settings.SECOND_FACTOR_MAY_BE_SKIPPED = True


@pytest.fixture
def street() -> BaseBasket:
    return base_basket()


def promise(purchase: Purchase, *, days: int) -> SellerOrder:
    """Let the bakery's part be promised for a day from now, at noon."""
    part = purchase.seller_orders.get(sequence=1)
    noon = timezone.now().astimezone(LOCAL).replace(hour=12, minute=0, second=0, microsecond=0)
    part.promised_from = noon + timedelta(days=days)
    part.promised_until = part.promised_from + timedelta(hours=1)
    part.save()
    return part


def test_the_list_adds_up_over_the_orders_of_a_day(street: BaseBasket) -> None:
    late, today = promise(pay(order(street)), days=-1), promise(pay(order(street)), days=0)
    later = promise(pay(order(street)), days=1)
    now, bakery = timezone.now(), street.sellers[0]
    packing = get_packing(bakery, day=now.astimezone(LOCAL).date().isoformat(), now=now)
    assert [one.number for one in packing.orders] == [late.number, today.number]
    assert [(row.quantity, row.title) for row in packing.picking] == [(6, "Volkorenbrood")]
    assert [(day.text, day.count) for day in packing.days] == [
        ("vandaag", 2),
        ("morgen", 1),
        ("alle dagen", 3),
    ]
    everything = get_packing(bakery, day="alles", now=now)
    assert [one.number for one in everything.orders] == [late.number, today.number, later.number]
    assert everything.picking[0].quantity == 9


def test_what_is_packed_has_left_the_list_and_keeps_its_slip(street: BaseBasket) -> None:
    part = promise(pay(order(street)), days=0)
    mark_ready(seller=street.sellers[0], number=part.number, now=timezone.now())
    packing = get_packing(street.sellers[0], day="alles", now=timezone.now())
    assert packing.picking == ()
    assert [one.number for one in packing.orders] == [part.number]


def test_the_page_shows_own_work_only_in_as_many_queries_for_any_number_of_orders(
    street: BaseBasket, django_assert_num_queries: Any
) -> None:
    pay(order(street))
    client = keeper(street, 1)
    client.get(PACKING)
    with django_assert_num_queries(7):
        client.get(PACKING)
    for _number in range(3):
        pay(order(street))
    with django_assert_num_queries(7):
        body = client.get(PACKING).content.decode()
    assert body.count('class="panel stack slip"') == 4
    assert "Muurverf" not in body
    assert "Verhalen van de es" not in body


def test_packed_from_the_table_comes_back_to_the_table(street: BaseBasket) -> None:
    part = promise(pay(order(street)), days=0)
    address = f"/mijn-winkel/bestelling/{part.number}/klaar/"
    answer = keeper(street, 1).post(address, {"next": "packing", "dag": "alles"})
    assert answer.headers["Location"] == f"{PACKING}?dag=alles#slip-{part.number}"
    part.refresh_from_db()
    assert part.status == "ready"


def test_each_parcel_has_a_label_with_a_square(street: BaseBasket) -> None:
    part = promise(pay(order(street)), days=0)
    promise(pay(order(street)), days=0)
    body = keeper(street, 1).get(LABELS).content.decode()
    square = 'class="label-square" aria-hidden="true"><svg'
    assert body.count('class="label-square"') == body.count(square) == 2
    assert part.number in body
    assert "Janna Veen" in body


def test_a_label_brings_the_shop_and_the_host_each_to_their_own_page(street: BaseBasket) -> None:
    purchase = pay(order(street))
    number = purchase.seller_orders.get(sequence=1).number
    address = f"/pakje/{number}/"
    assert keeper(street, 1).get(address).headers["Location"] == (
        f"/mijn-winkel/bestelling/{number}/?winkel={street.sellers[0].slug}"
    )
    assert host().get(address).headers["Location"] == f"/uitreiken/brinkhof/?q={purchase.number}"
    assert keeper(street, 2).get(address).status_code == 404
    assert Client().get(address).headers["Location"].startswith("/account/login/")
    assert keeper(street, 3).get("/pakje/BESTAAT-NIET-1/").status_code == 404
