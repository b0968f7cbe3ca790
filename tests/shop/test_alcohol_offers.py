"""No more than a quarter goes off alcohol, not at once and not in steps (W35)."""

from datetime import timedelta

import pytest

from tests.shop.street import NOW, base_basket
from winkelstraat.shop.domain.alcohol import TooCheapAlcohol, lowest_offer_cents
from winkelstraat.shop.models import Listing, PriceChange
from winkelstraat.shop.operations.prices import set_price


@pytest.mark.parametrize(
    ("regular", "lowest"), [(799, 600), (800, 600), (801, 601), (1, 1), (1000, 750), (999, 750)]
)
def test_the_lowest_price_is_three_quarters_rounded_up(regular: int, lowest: int) -> None:
    assert lowest_offer_cents(regular) == lowest


@pytest.mark.django_db
def test_w35_an_offer_below_three_quarters_is_refused_and_changes_nothing() -> None:
    street = base_basket()
    seller, listing = street.sellers[0], street.listings[0]
    Listing.objects.filter(pk=listing.pk).update(alcohol_class="wine")
    set_price(seller=seller, listing_id=listing.pk, price_cents=799, now=NOW)
    before = PriceChange.objects.count()
    for cents in (599, 550, 1):
        with pytest.raises(TooCheapAlcohol) as refusal:
            set_price(
                seller=seller, listing_id=listing.pk, price_cents=cents, now=NOW, is_offer=True
            )
        assert refusal.value.lowest_cents == 600
    assert PriceChange.objects.count() == before
    set_price(seller=seller, listing_id=listing.pk, price_cents=650, now=NOW, is_offer=True)
    later = NOW + timedelta(days=1)
    with pytest.raises(TooCheapAlcohol):
        set_price(seller=seller, listing_id=listing.pk, price_cents=500, now=later, is_offer=True)
    set_price(seller=seller, listing_id=listing.pk, price_cents=600, now=later, is_offer=True)
    assert Listing.objects.get(pk=listing.pk).price_cents == 600


@pytest.mark.django_db
def test_bread_may_go_down_further() -> None:
    street = base_basket()
    set_price(
        seller=street.sellers[0],
        listing_id=street.listings[0].pk,
        price_cents=50,
        now=NOW,
        is_offer=True,
    )
    assert Listing.objects.get(pk=street.listings[0].pk).price_cents == 50
