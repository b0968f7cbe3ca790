"""What must go gets cheaper on time, with a "van" that was really asked."""

from datetime import timedelta

import pytest
from oscar.apps.partner.models import StockRecord

from tests.shop.street import NOW, base_basket, stock_of
from tests.shop.test_surplus_batch import AT_FIVE, AT_THREE, AT_TWO, UNTIL, draft
from winkelstraat.shop.domain.alcohol import TooCheapAlcohol
from winkelstraat.shop.domain.surplus import Step, SurplusRefused, check_steps, step_price_cents
from winkelstraat.shop.models import Listing, PriceChange, Surplus
from winkelstraat.shop.operations.prices import set_price
from winkelstraat.shop.operations.surplus import (
    Placed,
    count_rest,
    end_lapsed,
    end_surplus,
    lower_price,
    place_rest,
    start_surplus,
)
from winkelstraat.shop.queries.surplus import list_due, list_village_surplus


@pytest.mark.parametrize(
    ("regular", "percentage", "alcohol", "price"),
    [(295, 25, False, 221), (295, 25, True, 222), (295, 50, False, 147), (1, 90, False, 1)],
)
def test_a_step_is_really_so_much_off_and_alcohol_never_more_than_a_quarter(
    regular: int, percentage: int, alcohol: bool, price: int
) -> None:
    assert step_price_cents(regular, percentage, is_alcohol=alcohol) == price


@pytest.mark.parametrize(
    ("steps", "code"),
    [
        ((), "steps"),
        ((Step(AT_THREE, 25), Step(AT_FIVE, 25)), "order"),
        ((Step(AT_FIVE, 25), Step(AT_THREE, 50)), "order"),
        ((Step(AT_THREE, 4),), "percentage"),
        ((Step(AT_THREE, 91),), "percentage"),
        ((Step(UNTIL, 25),), "too_late"),
    ],
)
def test_impossible_steps_are_refused(steps: tuple[Step, ...], code: str) -> None:
    with pytest.raises(SurplusRefused, match=f"^{code}$"):
        check_steps(steps, regular_cents=295, pick_up_until=UNTIL, is_alcohol=False)


def prices(listing: Listing) -> tuple[int, int | None]:
    listing.refresh_from_db()
    return listing.price_cents, listing.prior_price_cents


@pytest.mark.django_db
def test_the_price_goes_down_on_time_and_back_when_it_ends() -> None:
    street = base_basket()
    seller, listing = street.sellers[0], street.listings[0]
    surplus = start_surplus(seller=seller, draft=draft(street), user=None, now=AT_TWO)
    assert stock_of(street)[0] == (30, 0)
    assert prices(listing) == (295, None)
    assert list_due(now=AT_THREE) == ([surplus.pk], [])
    assert lower_price(surplus_id=surplus.pk, now=AT_THREE)
    assert prices(listing) == (221, 295)
    assert not lower_price(surplus_id=surplus.pk, now=AT_THREE), "a second worker does nothing"
    assert lower_price(surplus_id=surplus.pk, now=AT_FIVE)
    assert prices(listing) == (147, 295), "the second step keeps the price from before the first"
    record = StockRecord.objects.get(product_id=listing.product_id)
    assert record.price * 100 == 147
    assert list_due(now=UNTIL) == ([], [surplus.pk])
    assert end_lapsed(surplus_id=surplus.pk, now=UNTIL)
    assert prices(listing) == (295, None)
    assert stock_of(street)[0] == (0, 0), "the rest is off the shelf"
    changes = PriceChange.objects.filter(listing=listing).order_by("pk")
    assert list(changes.values_list("price_cents", "is_offer")) == [
        (295, False),
        (221, True),
        (147, True),
        (295, False),
    ]


@pytest.mark.django_db
def test_a_van_price_was_asked_before_the_offer_and_falls_with_a_new_regular_price() -> None:
    street = base_basket()
    seller, listing = street.sellers[0], street.listings[0]
    set_price(seller=seller, listing_id=listing.pk, price_cents=320, now=AT_TWO)
    start_surplus(
        seller=seller, draft=draft(street, steps=(Step(AT_TWO, 10),)), user=None, now=AT_TWO
    )
    assert prices(listing) == (288, 320), "bread spoils: the price directly before counts"
    set_price(seller=seller, listing_id=listing.pk, price_cents=300, now=AT_THREE)
    assert prices(listing) == (300, None)


@pytest.mark.django_db
def test_alcohol_goes_down_a_quarter_at_most_and_a_refused_step_writes_nothing() -> None:
    street = base_basket()
    seller, listing = street.sellers[0], street.listings[0]
    Listing.objects.filter(pk=listing.pk).update(alcohol_class="weak")
    with pytest.raises(TooCheapAlcohol):
        start_surplus(seller=seller, draft=draft(street), user=None, now=AT_TWO)
    assert Surplus.objects.count() == 0
    assert stock_of(street)[0] == (50, 0)
    quarter = draft(street, steps=(Step(AT_TWO, 25),))
    start_surplus(seller=seller, draft=quarter, user=None, now=AT_TWO)
    assert prices(listing) == (222, 295)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"pieces": 0}, "pieces"),
        ({"made_pieces": 29}, "made"),
        ({"pick_up_until": AT_TWO}, "too_late"),
        ({"best_before": NOW.date() - timedelta(days=1)}, "past_date"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_changes(
    changes: dict[str, object], code: str
) -> None:
    street = base_basket()
    with pytest.raises(SurplusRefused, match=f"^{code}$"):
        start_surplus(
            seller=street.sellers[0], draft=draft(street, **changes), user=None, now=AT_TWO
        )
    assert Surplus.objects.count() == 0
    assert stock_of(street)[0] == (50, 0)


@pytest.mark.django_db
def test_one_thing_must_go_once_at_a_time_and_only_in_its_own_shop() -> None:
    street = base_basket()
    start_surplus(seller=street.sellers[0], draft=draft(street), user=None, now=AT_TWO)
    with pytest.raises(SurplusRefused, match="runs_already"):
        start_surplus(seller=street.sellers[0], draft=draft(street), user=None, now=AT_TWO)
    with pytest.raises(Listing.DoesNotExist):
        start_surplus(seller=street.sellers[1], draft=draft(street), user=None, now=AT_TWO)
    assert Surplus.objects.count() == 1


@pytest.mark.django_db
def test_it_ends_only_when_nobody_is_paying_for_some_of_it() -> None:
    street = base_basket()
    seller, listing = street.sellers[0], street.listings[0]
    surplus = start_surplus(seller=seller, draft=draft(street), user=None, now=AT_TWO)
    StockRecord.objects.filter(product_id=listing.product_id).update(num_allocated=2)
    with pytest.raises(SurplusRefused, match="being_paid"):
        end_surplus(seller=seller, surplus_id=surplus.pk, now=AT_THREE)
    assert not end_lapsed(surplus_id=surplus.pk, now=UNTIL)
    surplus.refresh_from_db()
    assert surplus.ended_at is None


@pytest.mark.django_db
def test_what_goes_back_on_the_shelf_can_be_sold_again() -> None:
    street = base_basket()
    seller = street.sellers[0]
    surplus = start_surplus(seller=seller, draft=draft(street), user=None, now=AT_TWO)
    end_surplus(seller=seller, surplus_id=surplus.pk, now=UNTIL)
    count_rest(seller=seller, surplus_id=surplus.pk, left=4, now=UNTIL)
    place_rest(seller=seller, surplus_id=surplus.pk, place=Placed("shelf", 4), user=None, now=UNTIL)
    assert stock_of(street)[0] == (4, 0)
    surplus.refresh_from_db()
    assert surplus.settled_at == UNTIL


@pytest.mark.django_db
def test_a_village_shows_what_can_still_be_had_with_its_next_price() -> None:
    street = base_basket()
    seller = street.sellers[0]
    surplus = start_surplus(seller=seller, draft=draft(street), user=None, now=AT_TWO)
    lower_price(surplus_id=surplus.pk, now=AT_THREE)
    (card,) = list_village_surplus(street.listings[0].village.slug, now=AT_THREE)
    assert (card.price_text, card.prior_text, card.percentage, card.left) == (
        "€\u00a02,21",
        "€\u00a02,95",
        25,
        30,
    )
    assert (card.next_price_text, card.next_at) == ("€\u00a01,47", AT_FIVE)
    assert list_village_surplus(street.listings[1].village.slug, now=AT_THREE) == []
    assert list_village_surplus(street.listings[0].village.slug, now=UNTIL) == []
