"""A shop writes down an order for somebody on the telephone or at its counter."""

from typing import Any

import pytest
from django.core import mail
from django.test import Client
from oscar.apps.partner.models import StockRecord

from tests.shop.street import BaseBasket, base_basket, publish, written
from tests.shop.test_desk import keeper
from winkelstraat.bridges.sweeping import sweep_mails
from winkelstraat.payments.models import Payment
from winkelstraat.payments.operations import retell_payment
from winkelstraat.shop.models import Purchase, SellerOrder
from winkelstraat.shop.operations.orders import mark_ready

pytestmark = pytest.mark.django_db

PHONE, BUYER = "/mijn-winkel/telefoon/", "/mijn-winkel/telefoon/voor-wie/"


@pytest.fixture(autouse=True)
def _second_factor_may_wait(settings: Any) -> None:
    settings.SECOND_FACTOR_MAY_BE_SKIPPED = True


@pytest.fixture
def street() -> BaseBasket:
    found = base_basket()
    found.sellers[0].collect_at_shop = True
    found.sellers[0].save()
    return found


def choose(client: Client, street: BaseBasket, count: str = "3") -> Any:
    return client.post(PHONE, {f"count-{street.listings[0].pk}": count})


def fields(client: Client, way: str, **changes: str) -> dict[str, str]:
    form = client.get(BUYER).context["form"]
    ((shop, field),) = form.shop_fields()
    value = next(one.value for one in shop.ways if one.fulfilment == way)
    typed = {"name": "Geert Jans", "email": "geert@example.nl", "pay": "link"}
    return {**typed, field.html_name: value, **changes}


def stock(street: BaseBasket) -> tuple[int, int]:
    record = StockRecord.objects.get(product=street.listings[0].product_id)
    return record.num_in_stock, record.num_allocated


def place(client: Client, street: BaseBasket, way: str, run: Any, **changes: str) -> Purchase:
    choose(client, street)
    with run(execute=True):
        answer = client.post(BUYER, fields(client, way, **changes))
    purchase = Purchase.objects.get()
    assert answer.headers["Location"] == f"{PHONE}{purchase.number}/"
    return purchase


def test_the_buyer_gets_a_link_and_pays_like_everybody(
    street: BaseBasket, django_capture_on_commit_callbacks: Any
) -> None:
    client = keeper(street, 1)
    purchase = place(client, street, "pickup_point", django_capture_on_commit_callbacks)
    (letter,) = mail.outbox
    assert letter.to == ["geert@example.nl"]
    assert "3 x Volkorenbrood" in letter.body
    assert "€\xa08,85" in letter.body
    link = next(word for word in letter.body.split() if "/bestelling/" in word)
    buyer = Client()
    page = buyer.get(link.split("8000")[-1].replace("http://testserver", ""), follow=True)
    assert "Betaal €\xa08,85" in page.content.decode()
    assert (stock(street), purchase.status) == ((50, 3), "awaiting_payment")
    shown = client.get(f"{PHONE}{purchase.number}/").content.decode()
    assert "<svg" in shown
    assert "geert@example.nl" in shown
    retell_payment(payment_id=Payment.objects.get().pk, now=purchase.placed_at)
    purchase.refresh_from_db()
    assert (purchase.status, stock(street)) == ("paid", (47, 0))


def test_the_goods_wait_for_the_money_longer_than_online_and_less_than_a_day(
    street: BaseBasket, django_capture_on_commit_callbacks: Any
) -> None:
    purchase = place(keeper(street, 1), street, "pickup_point", django_capture_on_commit_callbacks)
    kept = (purchase.hold_until - purchase.placed_at).total_seconds() / 3600
    assert 0.5 < kept <= 23
    assert Payment.objects.get().expires_at == purchase.hold_until


def test_who_pays_at_the_counter_is_packed_for_at_once_and_owes_nothing_to_the_street(
    street: BaseBasket, django_capture_on_commit_callbacks: Any
) -> None:
    client = keeper(street, 1)
    purchase = place(
        client, street, "shop", django_capture_on_commit_callbacks, pay="counter", email=""
    )
    part = SellerOrder.objects.get()
    assert (purchase.status, part.status, stock(street)) == ("paid", "paid", (47, 0))
    assert (Payment.objects.count(), mail.outbox[:0]) == (0, [])
    assert [letter.to for letter in mail.outbox] == [[street.sellers[0].enterprise.email]]
    assert sweep_mails(now=purchase.placed_at.replace(year=2099)) == 0
    page = client.get(f"/mijn-winkel/bestelling/{part.number}/").content.decode()
    assert "€\xa08,85" in page
    mark_ready(seller=street.sellers[0], number=part.number, now=purchase.placed_at)
    handing = f"/mijn-winkel/bestelling/{part.number}/uitgereikt/"
    client.post(handing)
    part.refresh_from_db()
    assert part.status == "ready"
    client.post(handing, {"money_received": "yes"})
    part.refresh_from_db()
    assert part.status == "collected"


def test_what_cannot_be_delivered_comes_off_what_is_due_at_the_counter(
    street: BaseBasket, django_capture_on_commit_callbacks: Any
) -> None:
    client = keeper(street, 1)
    place(client, street, "shop", django_capture_on_commit_callbacks, pay="counter")
    part = SellerOrder.objects.get()
    line = part.lines.get()
    address = f"/mijn-winkel/bestelling/{part.number}/niet-leveren/{line.pk}/"
    sent = {"quantity": "1", "instead": "0", "message": "Op.", "seen_cancelled": "0"}
    assert client.post(address, sent).status_code == 302
    page = client.get(f"/mijn-winkel/bestelling/{part.number}/")
    assert page.context["order"].due_cents == 590
    client.post(address, {**sent, "quantity": "2", "seen_cancelled": "1"})
    part.refresh_from_db()
    assert part.status == "cancelled"


@pytest.mark.parametrize(
    ("way", "changes", "field"),
    [
        ("pickup_point", {"email": ""}, "email"),
        ("pickup_point", {"email": "geert"}, "email"),
        ("pickup_point", {"name": ""}, "name"),
        ("pickup_point", {"pay": "counter"}, "pay"),
        ("pickup_point", {"pay": "later"}, "pay"),
    ],
)
def test_what_is_not_right_is_said_at_its_field_and_nothing_is_written(
    street: BaseBasket, way: str, changes: dict[str, str], field: str
) -> None:
    client = keeper(street, 1)
    choose(client, street)
    before = written()
    answer = client.post(BUYER, fields(client, way, **changes))
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert written() == before


@pytest.mark.parametrize("count", ["51", "-1", "x", "0", ""])
def test_a_number_that_cannot_be_is_refused_and_what_was_chosen_stays(
    street: BaseBasket, count: str
) -> None:
    client = keeper(street, 1)
    choose(client, street, "2")
    assert choose(client, street, count).status_code == 422
    field = f"count-{street.listings[0].pk}"
    assert client.get(PHONE).context["form"][field].value() == 2


def test_another_shops_goods_and_orders_are_out_of_reach(
    street: BaseBasket, django_capture_on_commit_callbacks: Any
) -> None:
    purchase = place(keeper(street, 1), street, "pickup_point", django_capture_on_commit_callbacks)
    other = keeper(street, 2)
    assert other.get(f"{PHONE}{purchase.number}/").status_code == 404
    assert choose(other, street).status_code == 422
    assert "Volkorenbrood" not in other.get(PHONE).content.decode()


def test_the_list_costs_as_many_queries_for_any_number_of_goods(
    street: BaseBasket, django_assert_num_queries: Any
) -> None:
    client = keeper(street, 1)
    client.get(PHONE)
    with django_assert_num_queries(4):
        client.get(PHONE)
    for number in range(5):
        publish(street.sellers[0], f"Bol {number}", "brood-en-gebak", 100, "food", 5)
    with django_assert_num_queries(4):
        assert len(client.get(PHONE).context["form"].goods) == 6
