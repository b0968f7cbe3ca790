"""The small business scheme: no VAT, a warning in time, and no sale above the limit (W36)."""

from datetime import date, timedelta

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from dorpen.register.operations import add_member
from tests.shop.street import NOW, BaseBasket, base_basket, order, pay
from winkelstraat.accounts.models import User
from winkelstraat.payments.domain.vat import split_inclusive
from winkelstraat.shop.domain.kor import LIMIT_CENTS, KorStand, kor_stand
from winkelstraat.shop.domain.refusals import Refusal
from winkelstraat.shop.models import Purchase, SellerOrder, SellerProfile
from winkelstraat.shop.operations.kor import end_kor
from winkelstraat.shop.queries.kor import get_kor_desk, sum_turnover_of

pytestmark = pytest.mark.django_db

TODAY = NOW.date()


@pytest.fixture
def street(settings) -> BaseBasket:
    settings.SECOND_FACTOR_MAY_BE_SKIPPED = True
    found = base_basket()
    SellerProfile.objects.filter(pk=found.sellers[2].pk).update(kor_from=date(2025, 1, 1))
    return found


def book_shop(street: BaseBasket) -> SellerProfile:
    return SellerProfile.objects.get(pk=street.sellers[2].pk)


def sold_before(street: BaseBasket, cents: int, *, year: int = 2026) -> None:
    """Let the book shop have sold for so much, to one buyer."""
    part = SellerOrder.objects.get(purchase=pay(order(street)), seller=street.sellers[2])
    SellerOrder.objects.filter(pk=part.pk).update(goods_cents=cents, total_cents=cents, vat_cents=0)
    moment = NOW.replace(year=year)
    Purchase.objects.filter(pk=part.purchase_id).update(placed_at=moment)


def test_w36_a_shop_in_the_scheme_shows_no_vat(street: BaseBasket) -> None:
    part = SellerOrder.objects.get(purchase=order(street), seller=street.sellers[2])
    assert (part.total_cents, part.vat_cents) == (1450, 0)
    assert [group["vat_cents"] for group in part.vat_groups] in ([], [0])
    assert split_inclusive(1450, 900)[1] == 120, "that must not be there"


def test_w36_the_sale_that_passes_the_limit_is_the_last_without_vat(street: BaseBasket) -> None:
    sold_before(street, 1_999_000)
    desk = get_kor_desk(book_shop(street), day=TODAY)
    assert desk is not None
    assert (desk.is_near, desk.is_over) == (True, False)
    assert order(street).seller_orders.count() == 3, "14,50 more is still sold"
    Purchase.objects.update(status="paid")
    SellerOrder.objects.update(status="paid")
    desk = get_kor_desk(book_shop(street), day=TODAY)
    assert desk is not None
    assert (desk.is_over, desk.turnover_text) == (True, "€\u00a020.004,50")
    before = Purchase.objects.count()
    with pytest.raises(Refusal):
        order(street)
    assert Purchase.objects.count() == before


def test_w36_after_vat_is_set_it_sells_again_with_vat(street: BaseBasket) -> None:
    sold_before(street, 2_000_500)
    assert end_kor(seller=book_shop(street), today=TODAY)
    assert not end_kor(seller=book_shop(street), today=TODAY), "once"
    part = SellerOrder.objects.get(purchase=order(street), seller=street.sellers[2])
    assert (part.total_cents, part.vat_cents) == (1450, 120)
    shop = book_shop(street)
    assert shop.kor_until == TODAY - timedelta(days=1)
    assert get_kor_desk(shop, day=TODAY) is None


def test_a_new_year_begins_at_nothing(street: BaseBasket) -> None:
    sold_before(street, 1_999_900, year=2025)
    shop = book_shop(street)
    assert sum_turnover_of([shop.pk], day=TODAY) == {}
    assert sum_turnover_of([shop.pk], day=date(2025, 6, 1)) == {shop.pk: 1_999_900}


def test_what_was_cancelled_is_no_turnover(street: BaseBasket) -> None:
    sold_before(street, 2_000_500)
    SellerOrder.objects.update(status="cancelled")
    assert get_kor_desk(book_shop(street), day=TODAY).stand == KorStand.FINE  # type: ignore[union-attr]


def test_a_scheme_that_began_today_is_forgotten(street: BaseBasket) -> None:
    SellerProfile.objects.filter(pk=street.sellers[2].pk).update(kor_from=TODAY)
    assert end_kor(seller=book_shop(street), today=TODAY)
    assert (book_shop(street).kor_from, book_shop(street).kor_until) == (None, None)


@pytest.mark.parametrize("role", ["owner", "helper"])
def test_the_owner_charges_vat_at_the_desk_and_a_helper_does_not(
    street: BaseBasket, role: str
) -> None:
    SellerProfile.objects.update(kor_from=date(2025, 1, 1))
    user = User.objects.create_user("boek@example.nl")
    add_member(enterprise=street.sellers[2].enterprise, user=user, role=role)  # type: ignore[arg-type]
    client = Client()
    client.force_login(user)
    answer = client.post("/mijn-winkel/geld/kor/")
    assert answer.status_code == (302 if role == "owner" else 404)
    assert (book_shop(street).kor_until is not None) == (role == "owner")
    assert SellerProfile.objects.filter(kor_until=None).count() == (2 if role == "owner" else 3)


@given(cents=st.integers(0, 4_000_000))
def test_the_limit_itself_is_within_the_scheme(cents: int) -> None:
    stand = kor_stand(cents)
    assert (stand == KorStand.OVER) == (cents > LIMIT_CENTS)
    assert (stand == KorStand.FINE) == (cents < 1_600_000)
