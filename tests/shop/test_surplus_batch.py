"""A batch of 100 loaves: every gram is sold, given away or composted, and the ledger says so."""

from datetime import UTC, date, datetime, timedelta

import pytest

from ketens.domain import codes
from ketens.domain.batches import Balance
from ketens.models import Batch, BatchEntry
from ketens.operations import add_member, add_product, create_chain
from ketens.operations.monitor import refresh_months
from ketens.queries.batches import list_batches
from ketens.queries.monitor import Slice, get_figure
from tests.shop.street import NOW, BaseBasket, base_basket, pay
from winkelstraat.bridges.surplus import book_surplus
from winkelstraat.ledger.domain import Unit
from winkelstraat.ledger.queries import get_balance
from winkelstraat.shop.domain.surplus import Step, SurplusRefused
from winkelstraat.shop.models import Purchase, SellerOrderLine, Surplus
from winkelstraat.shop.operations.basket import add_to_basket
from winkelstraat.shop.operations.checkout import BuyerDetails, Choice, place_purchase
from winkelstraat.shop.operations.surplus import (
    Placed,
    SurplusDraft,
    count_rest,
    end_surplus,
    lower_price,
    place_rest,
    start_surplus,
)
from winkelstraat.shop.queries.baskets import get_basket
from winkelstraat.shop.queries.surplus import get_surplus

pytestmark = pytest.mark.django_db

# 14.00, 15.00 and 17.00 uur in Drenthe.
WASTE = ("sold_as_surplus_g", "rescued_g", "food_waste_g", "left_over_g")
AT_TWO, AT_THREE, AT_FIVE = (datetime(2026, 11, 23, hour, tzinfo=UTC) for hour in (13, 14, 16))
UNTIL = datetime(2026, 11, 23, 17, 30, tzinfo=UTC)


def draft(street: BaseBasket, **changes: object) -> SurplusDraft:
    told: dict[str, object] = {
        "listing_id": street.listings[0].pk,
        "reason": "too_much",
        "best_before": NOW.date(),
        "pick_up_until": UNTIL,
        "pieces": 30,
        "made_pieces": 100,
        "steps": (Step(AT_THREE, 25), Step(AT_FIVE, 50)),
    }
    return SurplusDraft(**{**told, **changes})  # type: ignore[arg-type]


def buy(street: BaseBasket, quantity: int, *, now: datetime) -> Purchase:
    change = add_to_basket(
        basket_id=None, owner=None, listing_id=street.listings[0].pk, quantity=quantity, now=now
    )
    contents = get_basket(basket_id=change.basket_id or 0, now=now)
    (shop,) = contents.shops
    purchase = place_purchase(
        basket_id=contents.basket_id,
        buyer=BuyerDetails(name="Janna Veen", email="janna@example.nl", is_adult=True),
        choices={
            shop.seller_id: Choice(shop.ways[0].fulfilment, shop.ways[0].start, shop.ways[0].end)
        },
        seen_total_cents=contents.total_cents,
        now=now,
    )
    return pay(purchase, now=now)


def grams(batch: Batch, place: str) -> int:
    balance = get_balance(account=codes.batch_account(batch.pk, place), unit=Unit.GRAMS)
    return balance.debits - balance.credits


def month_of_waste() -> list[int | None]:
    refresh_months(now=UNTIL)
    month = date(2026, 11, 1)
    return [get_figure(Slice(code, month, month)).value for code in WASTE]


def check_waste_record(surplus: Surplus) -> None:
    """What, when, why and where to: every gram that the books of the chain hold."""
    what = {(one.batch.what, one.activity_date) for one in BatchEntry.objects.all()}
    assert what == {("Volkorenbrood", NOW.date())}
    why, bread = f"surplus:{surplus.public_id} (too_much)", f"shop:{surplus.public_id}"
    columns = ("kind", "rung", "mass_g", "weighing", "origin")
    assert list(BatchEntry.objects.order_by("pk").values_list(*columns)) == [
        ("in", None, 80_000, "counted", bread),
        ("sold", None, 56_000, "counted", bread),
        ("sold", None, 14_400, "counted", why),
        ("residual", 2, 5_600, "counted", f"{why} -> food_bank"),
        ("residual", 7, 4_000, "weighed", f"{why} -> compost"),
    ], "what, when, why and where to"


def test_a_hundred_loaves_end_in_exactly_one_state_each_to_the_gram() -> None:
    street = base_basket()
    seller = street.sellers[0]
    chain = create_chain(slug="brood", name="Brood", summary="", started_on=NOW.date())
    member = add_member(chain=chain, enterprise=seller.enterprise, role="maker")
    add_product(chain=chain, product_ref=str(street.listings[0].pk), maker=member)
    surplus = start_surplus(seller=seller, draft=draft(street), user=None, now=AT_TWO)
    assert lower_price(surplus_id=surplus.pk, now=AT_THREE)
    buy(street, 11, now=AT_THREE + timedelta(minutes=5))
    assert lower_price(surplus_id=surplus.pk, now=AT_FIVE)
    buy(street, 7, now=AT_FIVE + timedelta(minutes=5))
    bought = SellerOrderLine.objects.order_by("pk").values_list("quantity", "price_cents")
    assert list(bought) == [(11, 221), (7, 147)]

    end_surplus(seller=seller, surplus_id=surplus.pk, now=UNTIL)
    count_rest(seller=seller, surplus_id=surplus.pk, left=12, now=UNTIL)
    for placed in (Placed("food_bank", 7), Placed("compost", 5, 4_000)):
        place_rest(seller=seller, surplus_id=surplus.pk, place=placed, user=None, now=UNTIL)

    assert book_surplus(surplus_id=surplus.pk, now=UNTIL)
    batch = Batch.objects.get()
    (view,) = list_batches(chain.pk)
    assert view.balance == Balance(80_000, 70_400, 0, 0, ((2, 5_600), (7, 4_000)))
    assert view.balance.difference_g == 0
    assert [grams(batch, place) for place in ("inside", "in", "sold", "rung:2", "rung:7")] == [
        0,
        -80_000,
        70_400,
        5_600,
        4_000,
    ]
    assert not book_surplus(surplus_id=surplus.pk, now=UNTIL), "it is booked once"
    assert month_of_waste() == [14_400, 5_600, 4_000, 9_600]
    check_waste_record(surplus)

    shown = get_surplus(seller, surplus_id=surplus.pk)
    assert shown is not None
    assert (shown.made_pieces, shown.sold_before, shown.sold_pieces, shown.left) == (100, 70, 18, 0)
    assert [(step.price_text, step.sold) for step in shown.steps] == [
        ("€\u00a02,21", 11),
        ("€\u00a01,47", 7),
    ]
    assert (shown.title, shown.reason) == ("Volkorenbrood", "te veel gemaakt")
    assert [
        (row.place, row.rung, row.pieces, row.mass_g, row.is_weighed, row.placed_at)
        for row in shown.record
    ] == [
        ("voedselbank", 2, 7, 5_600, False, UNTIL),
        ("compost", 7, 5, 4_000, True, UNTIL),
    ]


def test_more_than_is_left_gets_no_place_and_nothing_is_written() -> None:
    street = base_basket()
    seller = street.sellers[0]
    surplus = start_surplus(seller=seller, draft=draft(street), user=None, now=AT_TWO)
    with pytest.raises(SurplusRefused, match="still_runs"):
        count_rest(seller=seller, surplus_id=surplus.pk, left=3, now=AT_THREE)
    end_surplus(seller=seller, surplus_id=surplus.pk, now=UNTIL)
    with pytest.raises(SurplusRefused, match="not_counted"):
        place_rest(
            seller=seller, surplus_id=surplus.pk, place=Placed("feed", 1), user=None, now=UNTIL
        )
    count_rest(seller=seller, surplus_id=surplus.pk, left=3, now=UNTIL)
    with pytest.raises(SurplusRefused, match="too_many") as refused:
        place_rest(
            seller=seller, surplus_id=surplus.pk, place=Placed("feed", 4), user=None, now=UNTIL
        )
    assert refused.value.left == 3
    surplus.refresh_from_db()
    assert (surplus.left.count(), surplus.settled_at) == (0, None)
    assert not book_surplus(surplus_id=surplus.pk, now=UNTIL), "what is not settled is not booked"


def test_a_shop_outside_every_chain_keeps_its_own_record() -> None:
    street = base_basket()
    seller = street.sellers[0]
    surplus = start_surplus(seller=seller, draft=draft(street), user=None, now=AT_TWO)
    end_surplus(seller=seller, surplus_id=surplus.pk, now=UNTIL)
    count_rest(seller=seller, surplus_id=surplus.pk, left=0, now=UNTIL)
    assert book_surplus(surplus_id=surplus.pk, now=UNTIL)
    assert (Batch.objects.count(), Surplus.objects.get().told_chain_at) == (0, UNTIL)
