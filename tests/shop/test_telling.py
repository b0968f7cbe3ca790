"""What a shop hears and tells: its calendar, its poster, and what it sold."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import icalendar
import pytest
from django.test import Client
from django.utils import timezone
from pypdf import PdfReader

from dorpen.register.operations import remove_member
from tests.shop.street import NOW, BaseBasket, base_basket, order, pay
from tests.shop.test_desk import keeper
from winkelstraat.accounts.models import User
from winkelstraat.shop.models import OrderFeed, Purchase
from winkelstraat.shop.queries.feeds import draw_calendar
from winkelstraat.shop.queries.sales import get_sales

pytestmark = pytest.mark.django_db

DESK = "/mijn-winkel"


@pytest.fixture(autouse=True)
def _second_factor_may_wait(settings: Any) -> None:
    settings.SECOND_FACTOR_MAY_BE_SKIPPED = True


@pytest.fixture
def street() -> BaseBasket:
    return base_basket()


def promise(purchase: Purchase, *, days: int) -> None:
    start = timezone.now().replace(minute=0, second=0, microsecond=0) + timedelta(days=days)
    purchase.seller_orders.update(promised_from=start, promised_until=start + timedelta(hours=2))


def address(client: Client) -> str:
    client.post(f"{DESK}/agenda/")
    return f"/agenda/{OrderFeed.objects.latest('pk').token}.ics"


def events(content: bytes) -> list[Any]:
    return list(icalendar.Calendar.from_ical(content).walk("VEVENT"))


def test_a_calendar_shows_moments_and_goods_and_no_buyers(street: BaseBasket) -> None:
    for days in (1, 1, 2):
        promise(pay(order(street)), days=days)
    page = address(keeper(street, 1))
    answer = Client().get(page)
    assert answer.headers["Content-Type"].startswith("text/calendar")
    found = events(answer.content)
    assert [str(one["summary"]) for one in found] == [
        "2 × Bakkerij De Es",
        "1 × Bakkerij De Es",
    ]
    assert "6 × Volkorenbrood" in str(found[0]["description"])
    text = answer.content.decode()
    for secret in ("Janna", "Muurverf", "janna@example.nl"):
        assert secret not in text


def test_an_order_more_changes_its_event_and_makes_no_second_one(street: BaseBasket) -> None:
    def uids() -> list[str]:
        content = draw_calendar(street.sellers[0], now=timezone.now(), desk_url="x")
        return [str(one["uid"]) for one in events(content)]

    promise(pay(order(street)), days=1)
    before = uids()
    promise(pay(order(street)), days=1)
    assert uids() == before
    Purchase.objects.latest("pk").seller_orders.update(status="cancelled")
    Purchase.objects.earliest("pk").seller_orders.update(status="cancelled")
    assert uids() == []


def test_a_new_address_kills_the_old_one_and_who_left_reads_nothing(street: BaseBasket) -> None:
    client = keeper(street, 1)
    old = address(client)
    new = address(client)
    assert Client().get(old).status_code == 404
    assert Client().get(new).status_code == 200
    user = User.objects.get(email="winkelier1@example.nl")
    remove_member(enterprise=street.sellers[0].enterprise, user=user)
    assert Client().get(new).status_code == 404


def test_a_calendar_costs_as_many_queries_for_any_number_of_orders(
    street: BaseBasket, django_assert_num_queries: Any
) -> None:
    for count in (1, 3):
        for _number in range(count):
            promise(pay(order(street)), days=1)
        with django_assert_num_queries(3):
            draw_calendar(street.sellers[0], now=timezone.now(), desk_url="x")


def test_the_poster_is_one_page_with_the_name_and_the_address(street: BaseBasket) -> None:
    client = keeper(street, 1)
    assert "<svg" in client.get(f"{DESK}/poster/").content.decode()
    answer = client.get(f"{DESK}/poster/poster.pdf")
    reader = PdfReader(BytesIO(answer.content))
    text = reader.pages[0].extract_text()
    assert len(reader.pages) == 1
    assert "Bakkerij De Es" in text
    assert "/winkels/bakkerij-de-es" in text


def test_a_shop_sees_what_it_sold_and_nobody_can_be_found_in_it(street: BaseBasket) -> None:
    for number in range(5):
        purchase = pay(order(street))
        Purchase.objects.filter(pk=purchase.pk).update(buyer_email=f"koper{number}@example.nl")
    sales = get_sales(street.sellers[0], now=NOW)
    goods, weeks, villages, hours = sales.pictures
    assert (sales.orders, sales.cents_text) == (5, "€\xa044,25")
    assert [(bar.name, bar.amount, bar.percent) for bar in goods.bars] == [
        ("Volkorenbrood", 15, 100)
    ]
    assert len(weeks.bars) == 13
    assert (weeks.bars[-1].amount, weeks.bars[0].amount) == (4425, 0)
    assert [(bar.name, bar.amount) for bar in villages.bars] == [("Norg", 5)]
    assert [(bar.name, bar.amount) for bar in hours.bars] == [("maandagochtend", 5)]
    Purchase.objects.filter(buyer_email="koper4@example.nl").update(buyer_email="koper3@example.nl")
    few = get_sales(street.sellers[0], now=NOW).pictures[2]
    assert [(bar.name, bar.amount) for bar in few.bars] == [("andere dorpen", 5)]


def test_the_page_of_sales_shows_own_sales_with_a_table(
    street: BaseBasket, django_assert_num_queries: Any
) -> None:
    client = keeper(street, 1)
    assert "niets verkocht" in client.get(f"{DESK}/verkoop/").content.decode()
    pay(order(street))
    with django_assert_num_queries(5):
        get_sales(street.sellers[0], now=timezone.now())
    body = client.get(f"{DESK}/verkoop/").content.decode()
    assert body.count("<table") == 4
    assert "Volkorenbrood" in body
    assert "Muurverf" not in body
