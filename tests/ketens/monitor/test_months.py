"""Kept months are what the books say: by place, chain, product group and month."""

from datetime import UTC, date, datetime

import pytest

from ketens.domain.batches import Counted, Entry
from ketens.domain.monitor import UNKNOWN_GROUP, Place, PlaceKind, Slice, SliceRefused
from ketens.models import MonitorMonth
from ketens.operations import book_sale
from ketens.operations.batches import BatchDraft, Count, count_entry, open_batch
from ketens.operations.monitor import refresh_months
from ketens.queries.monitor import (
    get_figure,
    list_by_chain,
    list_by_group,
    list_by_month,
    list_by_place,
)
from ketens.queries.monitor.stale import list_stale_months
from tests.ketens.street import BreadChain, build_bread_chain, build_sale, line_of_bread

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 12, 1, 3, tzinfo=UTC)
NOVEMBER, OCTOBER = date(2026, 11, 1), date(2026, 10, 1)


@pytest.fixture
def bread() -> BreadChain:
    return build_bread_chain()


def value(measure: str, place: Place | None = None, **words: object) -> int | None:
    whole = {"place": place} if place else {}
    return get_figure(Slice(measure, OCTOBER, NOVEMBER, **whole, **words)).value


def test_a_sale_is_found_in_its_village_municipality_and_province(bread: BreadChain):
    book_sale(sale=build_sale(bread, pickup_distance_m=1_200), now=NOW)
    assert refresh_months(now=NOW) == [NOVEMBER]
    village = Place(PlaceKind.VILLAGE, bread.village.pk)
    municipality = Place(PlaceKind.MUNICIPALITY, bread.village.municipality_id)
    for place in (village, municipality, None):
        assert value("goods_g", place) == 1_600
        assert value("turnover_cents", place) == 680
        assert value("own_municipality_cents", place) == 680
        assert value("consumer_metres", place) == 1_200
        assert value("active_enterprises", place) == 1
        assert value("villages_with_active_chain", place) == 1
    assert value("goods_g", chain=bread.chain.pk) == 1_600
    assert value("goods_g", product_group=UNKNOWN_GROUP) == 1_600
    # 0.8 x 9 + 0.76 x 6 + 5 km for every kilo that is sold.
    assert value("mass_weighted_distance") == 16_760


def test_what_nobody_counted_is_unknown_and_not_nought(bread: BreadChain):
    book_sale(sale=build_sale(bread, line_of_bread(None)), now=NOW)
    refresh_months(now=NOW)
    for measure in ("goods_g", "emission_mg_co2e", "vehicle_metres", "food_waste_g"):
        assert value(measure) is None
    assert value("turnover_cents") == 680
    assert get_figure(Slice("goods_g", NOVEMBER, NOVEMBER)).coverage_permille == 0
    assert get_figure(Slice("food_waste_g", NOVEMBER, NOVEMBER)).coverage_permille is None


def test_waste_is_counted_by_rung_where_it_was_left_over(bread: BreadChain):
    batch = open_batch(
        chain=bread.chain,
        member=bread.members["bakery"],
        draft=BatchDraft("w1", "brood", NOVEMBER),
        user=None,
        now=NOW,
    )
    counts = [
        Counted(Entry.IN, 10_000),
        Counted(Entry.RESIDUAL, 500, 4),
        Counted(Entry.RESIDUAL, 300, 6),
        Counted(Entry.RESIDUAL, 200, 9),
    ]
    for counted in counts:
        count = Count(counted, "weighed", date(2026, 11, 5))
        count_entry(batch=batch, count=count, user=None, now=NOW)
    rescue = Count(Counted(Entry.RESIDUAL, 700, 2), "counted", date(2026, 11, 5), "surplus:1 (tht)")
    count_entry(batch=batch, count=rescue, user=None, now=NOW)
    refresh_months(now=NOW)
    bakery = Place(PlaceKind.VILLAGE, bread.bakery.village_id)
    for place in (bakery, None):
        assert value("food_waste_g", place) == 500
        assert value("left_over_g", place) == 1_700
        assert value("left_over_rung_4_g", place) == 500
        assert value("rescued_g", place) == 700
    assert value("food_waste_g", Place(PlaceKind.VILLAGE, bread.village.pk)) is None


def test_lists_tell_apart_and_add_up(bread: BreadChain):
    book_sale(sale=build_sale(bread, day=date(2026, 10, 3)), now=NOW)
    book_sale(sale=build_sale(bread, source="seller_order:2"), now=NOW)
    refresh_months(now=NOW)
    months = {"first_month": OCTOBER, "last_month": NOVEMBER}
    whole = value("emission_mg_co2e")
    assert whole
    for rows in (
        list_by_month(Slice("emission_mg_co2e", OCTOBER, NOVEMBER)),
        list_by_place("emission_mg_co2e", PlaceKind.VILLAGE, **months),
        list_by_place("emission_mg_co2e", PlaceKind.MUNICIPALITY, **months),
        list_by_chain("emission_mg_co2e", **months),
        list_by_group("emission_mg_co2e", **months),
    ):
        assert sum(row.figure.value or 0 for row in rows) == whole
    names = [row.key for row in list_by_month(Slice("goods_g", date(2026, 8, 1), NOVEMBER))]
    assert names == ["2026-08", "2026-09", "2026-10", "2026-11"]
    assert get_figure(Slice("emission_mg_co2e", OCTOBER, NOVEMBER)).factor_sets == ("nl-2026-v1",)


def test_a_late_sale_makes_its_month_stale_and_refreshing_twice_changes_nothing(
    bread: BreadChain,
):
    book_sale(sale=build_sale(bread, day=date(2026, 10, 3)), now=NOW)
    assert refresh_months(now=NOW) == [OCTOBER]
    assert list_stale_months() == ()
    book_sale(sale=build_sale(bread, source="seller_order:2", day=date(2026, 10, 30)), now=NOW)
    assert list_stale_months() == (OCTOBER,)
    assert refresh_months(now=NOW) == [OCTOBER]
    fields = ("place_kind", "place", "chain", "product_group", "numbers", "families")
    before = sorted(MonitorMonth.objects.values_list(*fields), key=str)
    refresh_months(now=NOW, months=[OCTOBER])
    assert sorted(MonitorMonth.objects.values_list(*fields), key=str) == before
    assert value("goods_g") == 3_200


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("not_by_chain", {"measure": "consumer_metres", "chain": 1}),
        ("not_by_group", {"measure": "consumer_metres", "product_group": "brood"}),
        ("releases_only", {"measure": "paid_minutes"}),
        ("backwards", {"first_month": date(2026, 12, 1)}),
        ("not_a_month", {"first_month": date(2026, 11, 2), "last_month": date(2026, 11, 2)}),
        (
            "chain_and_group",
            {"chain": 1, "product_group": "brood", "place": Place(PlaceKind.VILLAGE, 1)},
        ),
    ],
)
def test_what_is_not_kept_is_refused_by_name(code: str, words: dict):
    asked = {"measure": "goods_g", "first_month": NOVEMBER, "last_month": NOVEMBER} | words
    with pytest.raises(SliceRefused) as refusal:
        get_figure(Slice(**asked))
    assert refusal.value.code == code
