"""Price and stock in the list: one tap, an undo, and two people at one thing."""

import pytest
from django.db import connection
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from dorpen.register.operations import add_member
from tests.shop.street import BaseBasket, base_basket
from winkelstraat.accounts.models import User
from winkelstraat.shop.domain.odd_prices import ASK_ABOVE_CENTS, ASK_FACTOR, is_odd_price
from winkelstraat.shop.models import Listing, PriceChange
from winkelstraat.shop.operations.prices import set_stock
from winkelstraat.shop.queries.desk_offers import get_offer

pytestmark = pytest.mark.django_db

OFFERS = "/mijn-winkel/aanbod/"
HTMX = {"HX-Request": "true"}
SEEN = {"seen_price": "2,95", "seen_stock": "50"}


@pytest.fixture(autouse=True)
def _second_factor_may_wait(settings) -> None:
    settings.SECOND_FACTOR_MAY_BE_SKIPPED = True


@pytest.fixture
def street() -> BaseBasket:
    return base_basket()


def keeper(street: BaseBasket, name: str = "winkelier") -> Client:
    user = User.objects.create_user(f"{name}@example.nl")
    add_member(enterprise=street.sellers[0].enterprise, user=user, role="helper")
    client = Client()
    client.force_login(user)
    return client


def address(street: BaseBasket) -> str:
    return f"{OFFERS}{street.listings[0].pk}/snel/"


def stands(street: BaseBasket) -> tuple[int, int]:
    offer = get_offer(street.sellers[0], listing_id=street.listings[0].pk)
    assert offer is not None
    return offer.price_cents, offer.available


@pytest.mark.parametrize("headers", [HTMX, {}])
def test_who_is_second_with_a_price_sees_both_and_changes_nothing(
    street: BaseBasket, headers: dict[str, str]
) -> None:
    first, second = keeper(street), keeper(street, "collega")
    first.post(address(street), {**SEEN, "price": "3,10", "stock": "50"}, headers=headers)
    late = second.post(
        address(street), {**SEEN, "price": "3,25", "stock": "48"}, headers=headers, follow=True
    )
    assert late.status_code == (200 if headers else 409)
    page = late.content.decode().replace("\u00a0", " ")
    assert "€ 3,10" in page
    assert "€ 3,25" in page
    assert 'value="3,25"' in page, "what was typed is still in its box"
    assert stands(street) == (310, 50), "the count of the same form is not written either"
    again = {"seen_price": "3,10", "seen_stock": "50", "price": "3,25", "stock": "48"}
    second.post(address(street), again, headers=headers)
    assert stands(street) == (325, 48)


def test_two_who_count_are_both_heard_and_the_second_is_told(street: BaseBasket) -> None:
    first, second = keeper(street), keeper(street, "collega")
    first.post(address(street), {**SEEN, "price": "2,95", "stock": "49"}, headers=HTMX)
    row = second.post(address(street), {**SEEN, "price": "2,95", "stock": "47"}, headers=HTMX)
    assert stands(street) == (295, 46)
    assert row.context["meanwhile"] == "Intussen ging er 1 af: er zijn er nu 46."


def test_who_only_counts_leaves_the_price_of_a_colleague_alone(street: BaseBasket) -> None:
    first, second = keeper(street), keeper(street, "collega")
    first.post(address(street), {**SEEN, "price": "3,10", "stock": "50"}, headers=HTMX)
    row = second.post(address(street), {**SEEN, "price": "2,95", "stock": "40"}, headers=HTMX)
    assert not row.context.get("problem")
    assert stands(street) == (310, 40)


@pytest.mark.parametrize("typed", ["29500", "14,80", "0,58", "0,02"])
def test_a_price_that_is_far_off_is_asked_about_in_the_list_too(
    street: BaseBasket, typed: str
) -> None:
    client = keeper(street)
    asked = client.post(address(street), {**SEEN, "price": typed, "stock": "50"}, headers=HTMX)
    assert asked.context["asks_price"]
    assert f'value="{typed}"' in asked.content.decode()
    assert stands(street) == (295, 50)
    sure = {**SEEN, "price": typed, "stock": "50", "price_is_right": "on"}
    client.post(address(street), sure, headers=HTMX)
    assert stands(street)[0] != 295


@pytest.mark.parametrize(
    "wrong", [{"price": "0"}, {"price": "veel"}, {"stock": "-3"}, {"stock": "1e9"}]
)
@pytest.mark.parametrize("headers", [HTMX, {}])
def test_what_is_wrong_is_said_in_the_row_and_stays_in_its_box(
    street: BaseBasket, wrong: dict[str, str], headers: dict[str, str]
) -> None:
    typed = {**SEEN, "price": "3,10", "stock": "49", **wrong}
    answer = keeper(street).post(address(street), typed, headers=headers)
    assert answer.status_code == (200 if headers else 422)
    page = answer.content.decode()
    assert answer.context["problem"]
    for name in ("price", "stock"):
        assert f'value="{typed[name]}"' in page
    assert stands(street) == (295, 50)
    assert PriceChange.objects.filter(listing=street.listings[0]).count() == 1


def test_undo_brings_back_price_and_stock_without_making_what_was_sold(
    street: BaseBasket,
) -> None:
    client, listing = keeper(street), street.listings[0]
    row = client.post(address(street), {"stock": "0"}, headers=HTMX)
    undo = row.context["before"]
    assert (undo.price_text, undo.available) == ("2,95", 50)
    set_stock(seller=listing.seller, listing_id=listing.pk, available=3)  # three came in
    back = {"price": "2,95", "seen_price": "2,95", "stock": "50", "seen_stock": "0"}
    client.post(address(street), back, headers=HTMX)
    assert stands(street) == (295, 53)


def test_without_script_the_list_offers_the_undo(street: BaseBasket) -> None:
    client = keeper(street)
    listed = client.post(address(street), {**SEEN, "price": "3,10", "stock": "50"}, follow=True)
    undo = listed.context["undo"]
    assert (undo["price_text"], undo["available"]) == ("2,95", "50")
    page = listed.content.decode()
    assert page.index("Ongedaan maken") < page.index(f'id="offer-{street.listings[0].pk}"')


def test_the_list_names_a_listing_above_a_thousand_by_its_whole_number() -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER SEQUENCE shop_listing_id_seq RESTART WITH 10001")
    street = base_basket()
    page = keeper(street).get(OFFERS).content.decode()
    assert street.listings[0].pk > 10_000
    assert f'hx-target="#offer-{street.listings[0].pk}"' in page
    assert "10.00" not in page


def test_an_undo_of_something_of_another_shop_is_not_offered(street: BaseBasket) -> None:
    other = street.listings[1]
    listed = keeper(street).get(f"{OFFERS}?anders={other.pk}&was=1,00&had=1")
    assert listed.context["undo"] is None
    assert Listing.objects.get(pk=other.pk).price_cents == 2499


@given(old=st.integers(1, 5_000_000), new=st.integers(1, 5_000_000))
def test_a_price_is_odd_beyond_five_times_up_or_down(old: int, new: int) -> None:
    far = max(old, new) > ASK_FACTOR * min(old, new)
    assert is_odd_price(new, old_cents=old) == far
    assert is_odd_price(new, old_cents=None) == (new > ASK_ABOVE_CENTS)
