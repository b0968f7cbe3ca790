"""One figure, every road: kept months, released rows, and the ledger read transfer by transfer."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ketens.domain.monitor import MEASURES, PROVINCE, Place, PlaceKind, Slice
from ketens.operations.figure_releases import release_figures
from ketens.operations.monitor import count_month_differences, refresh_all, refresh_months
from ketens.queries.monitor import (
    get_figure,
    list_by_chain,
    list_by_group,
    list_by_month,
    list_by_place,
    list_released,
)
from tests.ketens.monitor.slices import draw_slices
from tests.ketens.monitor.street import LATER, SUMMER, close_books
from tests.ketens.monitor.world import DIRECT, World, build_world, read_directly

pytestmark = pytest.mark.django_db

SEPTEMBER = date(2026, 9, 1)


@pytest.fixture
def world() -> World:
    built = build_world()
    refresh_months(now=LATER)
    return built


def test_fifty_random_slices_are_what_the_books_say(world: World):
    asked = draw_slices(50, measures=DIRECT)
    assert len({one.measure for one in asked}) > 10
    wrong = [
        (one, get_figure(one).value, read_directly(one))
        for one in asked
        if get_figure(one).value != read_directly(one)
    ]
    assert not wrong
    assert sum(get_figure(one).value is not None for one in asked) > 20


def test_every_released_value_is_the_live_figure_of_its_quarter(world: World):
    close_books(date(2026, 9, 30))
    release_figures(quarter=SUMMER, user=None, now=LATER)
    rows = list_released(quarter=SUMMER)
    chains = {world.bread.chain.slug: world.bread.chain.pk}
    told = [row for row in rows if not MEASURES[row.measure].is_from_releases]
    assert len(told) > 300
    for row in told:
        place = PROVINCE if row.place is None else Place(row.place_kind, row.place)
        chain = chains[row.chain] if row.chain else None
        live = get_figure(Slice(row.measure, SUMMER, SEPTEMBER, place, chain, row.product_group))
        if not row.withheld:
            assert (row.value, row.low, row.high) == (live.value, live.low, live.high), row
            assert row.coverage_permille == live.coverage_permille
            assert row.primary_permille == live.primary_permille
    assert any(row.withheld for row in told)


def test_villages_add_up_to_municipalities_and_those_to_the_province(world: World):
    summed = [row for row in MEASURES.values() if row.adds_up and not row.is_from_releases]
    assert len(summed) > 15
    for row in summed:
        check_leaves(world, row.code)


def check_leaves(world: World, code: str) -> None:
    months = {"first_month": SUMMER, "last_month": SEPTEMBER}
    whole = get_figure(Slice(code, SUMMER, SEPTEMBER)).value
    for kind in (PlaceKind.VILLAGE, PlaceKind.MUNICIPALITY):
        values = [row.figure.value for row in list_by_place(code, kind, **months)]
        known = [value for value in values if value is not None]
        assert (sum(known) if known else None) == whole, (code, kind)
    months_of = [row.figure.value or 0 for row in list_by_month(Slice(code, SUMMER, SEPTEMBER))]
    assert sum(months_of) == (whole or 0)
    if MEASURES[code].is_by_group:
        rows = list_by_group(code, **months)
        assert sum(row.figure.value or 0 for row in rows) == (whole or 0)
        of_chain = get_figure(Slice(code, SUMMER, SEPTEMBER, chain=world.bread.chain.pk)).value
        (chain,) = list_by_chain(code, **months)
        assert chain.figure.value == of_chain
        rows = list_by_group(code, chain=world.bread.chain.pk, **months)
        assert sum(row.figure.value or 0 for row in rows) == (of_chain or 0)


def test_kept_months_are_exact_and_a_wrong_one_is_found(world: World):
    assert count_month_differences() == {"months": 0, "months_waiting": 0}
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE ketens_monitormonth SET numbers = numbers || '{\"goods_g\": 1}'"
            " WHERE place_kind = 'village' AND chain_id IS NULL AND product_group = ''"
            " AND month = '2026-08-01'"
        )
        changed = cursor.rowcount
    assert count_month_differences() == {"months": changed, "months_waiting": 0}
    refresh_all(now=LATER, say=lambda line: None)
    assert count_month_differences() == {"months": 0, "months_waiting": 0}


def test_a_figure_takes_one_query_and_a_list_one_more_for_its_names(world: World):
    months = {"first_month": SUMMER, "last_month": SEPTEMBER}
    whole = Slice("emission_mg_co2e", SUMMER, SEPTEMBER)
    for most, read in (
        (1, lambda: get_figure(whole)),
        (1, lambda: list_by_month(whole)),
        (2, lambda: list_by_place("turnover_cents", PlaceKind.VILLAGE, **months)),
        (2, lambda: list_by_chain("goods_g", **months)),
        (2, lambda: list_by_group("food_waste_g", **months)),
    ):
        with CaptureQueriesContext(connection) as captured:
            read()
        assert len(captured) == most
        assert all(row["sql"].lstrip().startswith(("SELECT", "WITH")) for row in captured)
