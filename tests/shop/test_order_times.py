"""A shop sells in its own rhythm, and hears once what came in (acceptance cases 6 and 7)."""

from datetime import datetime, time, timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from tests.shop.street import (
    NOW,
    BaseBasket,
    base_basket,
    checkout_fields,
    fill_basket,
    pay,
    written,
)
from tests.shop.street import order as order_all
from tests.shop.test_desk import keeper
from winkelstraat.shop.domain.hours import LOCAL, OpenStretch
from winkelstraat.shop.domain.rhythms import Rhythm
from winkelstraat.shop.models import OrderOpening, Purchase, SellerOrder, SellerProfile
from winkelstraat.shop.operations.basket import add_to_basket
from winkelstraat.shop.operations.mails import mail_shop
from winkelstraat.shop.operations.order_times import (
    ShopTimes,
    set_order_times,
    tell_named_list,
    tell_weekly_list,
)
from winkelstraat.shop.queries.baskets import get_basket
from winkelstraat.shop.queries.order_lists import list_openings_to_tell
from winkelstraat.shop.queries.sellers import get_shop

pytestmark = pytest.mark.django_db

TIMES = "/mijn-winkel/tijden/"
TUESDAY, FRIDAY = 2, 5
# NOW is Monday 23 November 2026, 10.00 in Drenthe.
BEFORE, AFTER = NOW, datetime(2026, 11, 24, 17, tzinfo=LOCAL)


@pytest.fixture(autouse=True)
def _second_factor_may_wait(settings: Any) -> None:
    settings.SECOND_FACTOR_MAY_BE_SKIPPED = True


@pytest.fixture
def street() -> BaseBasket:
    return base_basket()


def times(street: BaseBasket, **changes: Any) -> ShopTimes:
    seller = street.sellers[0]
    usual: dict[str, Any] = {
        "stretches": tuple(OpenStretch(day, time(9), time(17)) for day in range(1, 8)),
        "holiday": (None, None),
        "holiday_message": "",
        "rhythm": None,
        "names_windows": False,
        "opening": None,
        "lead_time_hours": 18,
        "minimum_order_cents": 0,
        "pickup_point_id": seller.pickup_point_id,
        "collect_at_shop": True,
        "pickup_instructions": "",
        "delivers": False,
        "delivery_price_cents": 0,
    }
    return ShopTimes(**{**usual, **changes})


def sell(street: BaseBasket, *, at: datetime = BEFORE, **changes: Any) -> None:
    set_order_times(seller=street.sellers[0], times=times(street, **changes), now=at)


def bake_on_friday(street: BaseBasket) -> None:
    sell(street, rhythm=Rhythm(FRIDAY, TUESDAY, time(17)))


def name_stretch(street: BaseBasket, opens: datetime, closes: datetime) -> None:
    sell(street, names_windows=True, opening=(opens, closes))


def bakery_part(now: datetime, street: BaseBasket) -> Any:
    change = add_to_basket(
        basket_id=None, owner=None, listing_id=street.listings[0].pk, quantity=1, now=now
    )
    return get_basket(basket_id=change.basket_id, now=now).shops[0]


@pytest.mark.parametrize(("now", "days"), [(BEFORE, (27, 4, 11)), (AFTER, (4, 11, 18))])
def test_in_a_rhythm_only_the_days_of_handing_over_can_be_chosen(
    street: BaseBasket, now: datetime, days: tuple[int, ...]
) -> None:
    bake_on_friday(street)
    ways = bakery_part(now, street).ways
    found = {way.start.astimezone(LOCAL).date() for way in ways}
    assert {day.isoweekday() for day in found} == {FRIDAY}
    assert sorted(found)[0].day == days[0]
    assert {day.day for day in found} <= set(days)


def test_a_shop_says_until_when_one_orders_for_which_day(street: BaseBasket) -> None:
    bake_on_friday(street)
    shop = get_shop(street.sellers[0].slug, now=BEFORE)
    assert shop is not None
    assert "24 november 17.00" in shop.order_text
    assert "27 november" in shop.order_text
    page = Client().get(f"/winkels/{street.sellers[0].slug}/").content.decode()
    assert "vrijdag" in page


def test_outside_its_stretch_a_shop_takes_no_orders_and_says_when(street: BaseBasket) -> None:
    opens, closes = BEFORE + timedelta(hours=1), BEFORE + timedelta(hours=3)
    name_stretch(street, opens, closes)
    before = bakery_part(BEFORE, street)
    assert (before.is_closed, before.opens_at) == (True, opens)
    during = bakery_part(closes, street)
    assert (during.is_closed, during.opens_at) == (False, None)
    after = bakery_part(closes + timedelta(minutes=1), street)
    assert (after.is_closed, after.opens_at) == (True, None)


def test_case_6_a_stretch_that_closes_while_somebody_pays(
    client: Client, street: BaseBasket
) -> None:
    fill_basket(client, street)
    fields = checkout_fields(client, step="place", seen_total="4834")
    now = timezone.now()
    name_stretch(street, now - timedelta(hours=2), now - timedelta(hours=1))
    before = written()
    answer = client.post("/afrekenen/", fields, follow=True)
    text = answer.content.decode()
    assert answer.redirect_chain[-1][0] == "/mandje/"
    assert "Bakkerij De Es" in text
    assert "Apart zetten" in text
    assert written() == before
    client.post(f"/mandje/apart/{street.sellers[0].pk}/")
    page = client.get("/mandje/")
    assert [shop.name for shop in page.context["basket"].shops] == [
        "Kleur en Kwast",
        "De Bladwijzer",
    ]
    assert "3 × Volkorenbrood" in page.content.decode()
    rest = checkout_fields(client, step="place", seen_total="3949")
    assert client.post("/afrekenen/", rest).status_code in (302, 303)
    assert Purchase.objects.get().total_cents == 3949


def test_what_was_set_aside_comes_back_with_its_numbers(client: Client, street: BaseBasket) -> None:
    fill_basket(client, street)
    client.post(f"/mandje/apart/{street.sellers[0].pk}/")
    client.post("/mandje/erin/", {"listing": street.listings[0].pk, "quantity": 2})
    client.post("/mandje/terug/")
    client.post("/mandje/terug/")
    basket = client.get("/mandje/").context["basket"]
    counts = {line.title: line.quantity for shop in basket.shops for line in shop.lines}
    assert counts == {"Volkorenbrood": 5, "Muurverf": 1, "Verhalen van de es": 1}


def test_another_visitor_cannot_take_up_what_was_set_aside(
    client: Client, street: BaseBasket
) -> None:
    fill_basket(client, street)
    client.post(f"/mandje/apart/{street.sellers[0].pk}/")
    other = Client()
    other.post("/mandje/terug/")
    assert other.get("/mandje/").context["basket"] is None


def bought(street: BaseBasket, run: Any) -> SellerOrder:
    with run(execute=True):
        return pay(order_all(street)).seller_orders.get(sequence=1)


def test_in_a_rhythm_the_shop_gets_one_mail_when_its_list_is_closed(
    street: BaseBasket, django_capture_on_commit_callbacks: Any
) -> None:
    bake_on_friday(street)
    parts = [bought(street, django_capture_on_commit_callbacks) for _ in range(2)]
    bakery = street.sellers[0]
    to_bakery = [one for one in mail.outbox if one.to == [bakery.enterprise.email]]
    assert to_bakery == []
    assert all(SellerOrder.objects.get(pk=part.pk).shop_mailed_at for part in parts)
    mail.outbox.clear()
    told = [
        tell_weekly_list(seller_id=bakery.pk, now=at)
        for at in (AFTER - timedelta(seconds=1), AFTER, AFTER, AFTER + timedelta(days=1))
    ]
    assert told == [False, True, False, False]
    (letter,) = mail.outbox
    assert "6 x Volkorenbrood" in letter.body
    assert "2 bestellingen" in letter.subject


def test_an_empty_list_is_no_mail(street: BaseBasket) -> None:
    bake_on_friday(street)
    assert tell_weekly_list(seller_id=street.sellers[0].pk, now=AFTER) is False
    assert mail.outbox == []


def test_case_7_each_closing_is_told_once_and_opening_again_is_told_again(
    street: BaseBasket, django_capture_on_commit_callbacks: Any
) -> None:
    opens, closes = NOW - timedelta(hours=1), NOW + timedelta(hours=3)
    name_stretch(street, opens, closes)
    bought(street, django_capture_on_commit_callbacks)
    mail.outbox.clear()
    opening = OrderOpening.objects.get()
    later = closes + timedelta(minutes=2)
    assert list_openings_to_tell(now=closes, limit=9) == []
    assert list_openings_to_tell(now=later, limit=9) == [opening.pk]
    assert [tell_named_list(opening_id=opening.pk, now=later) for _ in range(2)] == [True, False]
    SellerProfile.objects.filter(pk=street.sellers[0].pk).update(names_windows=True)
    set_order_times(
        seller=street.sellers[0],
        times=times(street, names_windows=True, opening=(opens, closes + timedelta(hours=2))),
        now=closes,
    )
    opening.refresh_from_db()
    assert opening.told_at is None
    assert tell_named_list(opening_id=opening.pk, now=closes + timedelta(hours=3)) is True


def test_a_shop_without_a_rhythm_hears_of_each_order(
    street: BaseBasket, django_capture_on_commit_callbacks: Any
) -> None:
    part = bought(street, django_capture_on_commit_callbacks)
    assert [street.sellers[0].enterprise.email] in [one.to for one in mail.outbox]
    assert mail_shop(seller_order_id=part.pk, now=NOW) is False


def typed(client: Client, **changes: str) -> dict[str, str]:
    form = client.get(TIMES).context["form"]
    fields = {field.html_name: field.value() for field in form}
    sent = {name: value for name, value in fields.items() if value not in (None, False, "")}
    return {**{name: str(value) for name, value in sent.items()}, **changes}


def test_the_page_shows_what_holds_and_changes_it(street: BaseBasket) -> None:
    client = keeper(street, 1)
    sent = typed(
        client,
        rhythm="weekly",
        list_weekday="2",
        list_time="17:00",
        pickup_weekday="5",
        day_1="9-12.30 en 13.30 - 17:30",
        day_7="",
        minimum_order="7,50",
        holiday_from="2030-07-01",
        holiday_until="2030-07-14",
        holiday_message="We zijn er even niet.",
    )
    assert client.post(TIMES, sent).status_code == 302
    seller = SellerProfile.objects.get(pk=street.sellers[0].pk)
    assert (seller.rhythm_pickup_weekday, seller.rhythm_list_weekday) == (5, 2)
    assert seller.rhythm_list_time == time(17)
    assert seller.minimum_order_cents == 750
    hours = list(seller.opening_hours.values_list("weekday", "opens_at", "closes_at"))
    assert hours[:2] == [(1, time(9), time(12, 30)), (1, time(13, 30), time(17, 30))]
    assert 7 not in {weekday for weekday, _opens, _closes in hours}
    again = client.get(TIMES).context["form"]
    assert again["day_1"].value() == "09.00-12.30, 13.30-17.30"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"day_1": "9 tot vijf"}, "day_1"),
        ({"day_1": "17-9"}, "day_1"),
        ({"day_1": "25-26"}, "day_1"),
        ({"day_1": "9-13, 12-17"}, "day_1"),
        ({"minimum_order": "veel"}, "minimum_order"),
        ({"minimum_order": "-1"}, "minimum_order"),
        ({"minimum_order": "100000"}, "minimum_order"),
        ({"holiday_from": "2030-07-01"}, "holiday_until"),
        ({"holiday_from": "2030-07-14", "holiday_until": "2030-07-01"}, "holiday_until"),
        ({"rhythm": "named"}, "closes_at"),
        (
            {"rhythm": "named", "opens_at": "2030-07-01T12:00", "closes_at": "2030-07-01T11:00"},
            "closes_at",
        ),
        ({"lead_time_hours": "9999"}, "lead_time_hours"),
        ({"pickup_point": "", "collect_at_shop": ""}, "collect_at_shop"),
        ({"pickup_point": "999"}, "pickup_point"),
    ],
)
def test_bad_input_is_said_at_its_field_kept_and_changes_nothing(
    street: BaseBasket, changes: dict[str, str], field: str
) -> None:
    client = keeper(street, 1)
    before = list(SellerProfile.objects.order_by("pk").values())
    sent = {name: value for name, value in typed(client, **changes).items() if value}
    answer = client.post(TIMES, sent)
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert list(SellerProfile.objects.order_by("pk").values()) == before
    for name, value in changes.items():
        assert (answer.context["form"][name].value() or "") == value
