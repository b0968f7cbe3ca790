"""Cards: what a list shows, in which order, and how it goes on."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import pytest
from django.utils import translation
from oscar.apps.catalogue.models import Category

from tests.builders import build_category, build_listing, build_seller, build_village
from winkelstraat.delivery.models import PickupPoint, PickupWindow
from winkelstraat.shop.domain.hours import OpenStretch
from winkelstraat.shop.models import Listing
from winkelstraat.shop.operations.listings import withdraw_listing
from winkelstraat.shop.operations.sellers import go_on_holiday, set_opening_hours
from winkelstraat.shop.queries.cards import CardFilters, list_cards

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)  # a Monday, 10.00 uur in Drenthe


def titles(**filters: object) -> list[str]:
    page = list_cards(filters=CardFilters(**filters), now=NOW)
    return [card.title for card in page.cards]


def open_week(seller: object, *, opens: time = time(9), closes: time = time(17)) -> None:
    week = [OpenStretch(day, opens, closes) for day in range(1, 6)]
    set_opening_hours(seller=seller, stretches=week, checked_on=date(2026, 11, 1))


def test_a_card_shows_plain_values() -> None:
    norg, vries = build_village("Norg"), build_village("Vries", latitude=53.075, longitude=6.57)
    seller = build_seller("Bakkerij Oost", village=vries, lead_time_hours=24)
    open_week(seller)
    listing = build_listing(seller=seller, maker="Jantje")
    Listing.objects.filter(pk=listing.pk).update(picture_path="images/a.webp")

    filters = CardFilters(near=(norg.latitude, norg.longitude))
    with translation.override("en"):
        card = list_cards(filters=filters, now=NOW).cards[0]

    assert (card.title, card.maker, card.shop_name) == ("Volkorenbrood", "Jantje", "Bakkerij Oost")
    assert (card.village_name, card.shop_slug) == ("Vries", seller.slug)
    assert card.url == f"/aanbod/volkorenbrood_{listing.pk}/"
    assert (card.amount_text, card.price_cents) == ("800\u00a0g", 340)
    assert card.unit_price_text == "€\u00a04,25 per kilo"
    assert card.picture_url == "/media/images/a.webp"
    assert card.distance_m == pytest.approx(7370, abs=60)
    assert card.when_text == "tomorrow after 10.00"
    assert card.available


def test_lists_go_newest_first_and_on_from_the_last_card() -> None:
    seller = build_seller()
    for number in range(5):
        # Two at the same moment: the cursor must not lose one of them.
        moment = NOW - timedelta(days=number // 2)
        build_listing(f"Brood {number}", seller=seller, now=moment)

    pages, after = [], None
    for _ in range(3):
        page = list_cards(filters=CardFilters(), after=after, limit=2, now=NOW)
        pages.append([card.title for card in page.cards])
        after = page.after

    assert pages == [["Brood 1", "Brood 0"], ["Brood 3", "Brood 2"], ["Brood 4"]]
    assert after is None


@pytest.mark.parametrize("cursor", ["", "x", "1-", "-1", "99999999999999999999-1", "1-x"])
def test_a_broken_cursor_starts_at_the_beginning(cursor: str) -> None:
    build_listing()

    assert len(list_cards(filters=CardFilters(), after=cursor, now=NOW).cards) == 1


def test_filters_narrow_the_list() -> None:
    norg, rolde = build_village("Norg"), build_village("Rolde", latitude=52.98, longitude=6.65)
    baker, farm = build_seller("Bakker", village=norg), build_seller("Boer", village=rolde)
    cheese = build_category("kaas")
    build_listing("Brood", seller=baker)
    build_listing("Kaas", seller=farm, category_id=cheese, season_months=[11])

    assert titles(village_id=norg.pk) == ["Brood"]
    assert titles(seller_id=farm.pk) == ["Kaas"]
    assert titles(category_id=cheese) == ["Kaas"]
    assert titles(season_month=11) == ["Kaas"]
    assert titles(season_month=6) == []
    assert titles(near=(norg.latitude, norg.longitude), within_m=5000) == ["Brood"]
    assert titles(near=(norg.latitude, norg.longitude), within_m=50_000) == ["Kaas", "Brood"]


def test_a_category_shows_what_lies_below_it() -> None:
    build_listing("Kaas", category_id=build_category("kaas"))
    build_listing(
        "Plank",
        category_id=build_category("wonen", root="huis-en-tuin"),
        vat_class="general",
    )
    food = Category.objects.get(slug="eten-en-drinken")
    assert titles(category_id=food.pk) == ["Kaas"]


def test_open_now_knows_hours_and_holidays() -> None:
    open_shop, closed_shop, away = build_seller("Open"), build_seller("Dicht"), build_seller("Weg")
    open_week(open_shop)
    open_week(closed_shop, opens=time(13))
    open_week(away)
    go_on_holiday(seller=away, first=date(2026, 11, 1), last=date(2026, 11, 8))
    for seller in (open_shop, closed_shop, away):
        build_listing(seller.name, seller=seller)

    assert titles(open_now=True) == ["Open"]


def test_pick_up_today_counts_the_lead_time() -> None:
    village = build_village()
    point = PickupPoint.objects.create(
        name="Brinkhof",
        slug="brinkhof",
        village=village,
        street_address="Brink 2",
        postcode="9331 AA",
        latitude=village.latitude,
        longitude=village.longitude,
    )
    PickupWindow.objects.create(
        pickup_point=point, weekday=1, opens_at=time(16), closes_at=time(18)
    )
    for name, hours in (("Snel", 4), ("Langzaam", 18)):
        seller = build_seller(name, lead_time_hours=hours, pickup_point_id=point.pk)
        build_listing(name, seller=seller)

    assert titles(pickup_today=True) == ["Snel"]


def test_a_moment_at_the_shop_is_a_whole_or_half_hour() -> None:
    seller = build_seller(lead_time_hours=2)
    open_week(seller)
    build_listing(seller=seller)

    with translation.override("en"):
        page = list_cards(filters=CardFilters(), now=NOW + timedelta(minutes=6, seconds=1))

    assert page.cards[0].when_text == "today after 12.30"


def test_what_is_withdrawn_or_suspended_is_not_shown() -> None:
    seller, suspended = build_seller(), build_seller("Geschorst")
    listing = build_listing(seller=seller)
    build_listing("Taart", seller=suspended)
    suspended.enterprise.status = "suspended"
    suspended.enterprise.save()

    withdraw_listing(seller=seller, listing_id=listing.pk)

    assert titles() == []


def test_amounts_and_remarks_are_said() -> None:
    build_listing("Ei", net_quantity=Decimal(6), net_unit="piece", stock=2)
    build_listing("Peen", net_quantity=Decimal(1), net_unit="bunch", season_months=[11])
    build_listing("Bier", alcohol_class="weak", vat_class="alcohol", stock=0)

    with translation.override("en"):
        page = list_cards(filters=CardFilters(), now=NOW)

    said = {card.title: (card.amount_text, card.tag, card.available) for card in page.cards}
    assert said == {
        "Ei": ("6 pieces", "2 left", True),
        "Peen": ("per bunch", "in season", True),
        "Bier": ("800\u00a0g", "18 and over", False),
    }


def test_a_total_is_counted_to_a_thousand() -> None:
    build_listing()

    page = list_cards(filters=CardFilters(), now=NOW, counted=True)

    assert (page.total, page.total_is_capped) == (1, False)
