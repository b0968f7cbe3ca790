"""What the public reads of a quarter: late, once, with money of few shops withheld."""

from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import groupby

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from ketens.domain.monitor import PlaceKind
from ketens.domain.work import TargetGroup
from ketens.models import FigureRelease, ReleasedFigure
from ketens.operations.figure_releases import PeriodStillOpen, release_figures
from ketens.operations.hours import Declaration, declare_hours
from ketens.operations.releases import AlreadyReleased, QuarterNotOver
from ketens.queries.monitor import get_release, iterate_released, list_released, list_releases
from ketens.queries.monitor.released import digest_release
from tests.ketens.monitor.street import (
    AUTUMN,
    LATER,
    SUMMER,
    Place,
    build_place,
    close_books,
    sell,
    sell_all,
)

pytestmark = pytest.mark.django_db

WINTER = datetime(2027, 2, 3, 10, tzinfo=UTC)
LAST_OF_SUMMER, LAST_OF_AUTUMN = date(2026, 9, 30), date(2026, 12, 31)


@pytest.fixture
def places() -> list[Place]:
    return [
        build_place("Norg", 4),
        build_place("Roden", 5),
        build_place("Peize", 1),
        build_place("Borger", 4, municipality="1681 Borger-Odoorn"),
    ]


def release(now: datetime = LATER, quarter: date = SUMMER) -> FigureRelease:
    return release_figures(quarter=quarter, user=None, now=now)


def turnover(quarter: date = SUMMER) -> dict[tuple[str, int | None], int | str | None]:
    rows = list_released(quarter=quarter, measure="turnover_cents")
    return {
        (row.place_kind.value, row.place): row.withheld or row.value
        for row in rows
        if not row.product_group and not row.is_correction
    }


def test_a_quarter_waits_until_it_is_over_and_its_books_are_closed(places: list[Place]):
    sell_all(places)
    with pytest.raises(QuarterNotOver):
        release(datetime(2026, 10, 30, 10, tzinfo=UTC))
    with pytest.raises(PeriodStillOpen):
        release()
    close_books(date(2026, 9, 29))
    with pytest.raises(PeriodStillOpen):
        release()
    assert not FigureRelease.objects.exists()
    close_books(LAST_OF_SUMMER)
    release(quarter=date(2026, 9, 3))
    with pytest.raises(AlreadyReleased):
        release()
    assert [row.quarter for row in list_releases()] == [SUMMER]


def test_money_of_one_shop_is_withheld_and_nobody_can_subtract_it(places: list[Place]):
    sell_all(places)
    close_books(LAST_OF_SUMMER)
    release()
    told = turnover()
    norg, roden, peize, borger = places
    assert told["village", peize.village.pk] == "few_enterprises"
    hidden = {place for (kind, place), one in told.items() if kind == "village" and one in HIDDEN}
    # With Peize another village of Noordenveld is hidden, and what both sold together is of
    # at least three shops.
    assert hidden == {peize.village.pk, norg.village.pk}
    assert told["village", roden.village.pk] == 50_000
    assert told["municipality", norg.village.municipality_id] == 100_000
    assert told["village", borger.village.pk] == 40_000
    assert told["province", None] == 140_000


HIDDEN = ("few_enterprises", "dominance", "computable")


def test_a_shop_with_most_of_a_village_is_withheld():
    places = [build_place("Norg", 4), build_place("Roden", 5), build_place("Eelde", 6)]
    sell_all(places)
    sell(places[0].shops[0], 90_000)
    close_books(LAST_OF_SUMMER)
    release()
    told = turnover()
    assert told["village", places[0].village.pk] == "dominance"
    assert sum(one in HIDDEN for one in told.values()) >= 2


def test_grams_are_told_where_money_is_not(places: list[Place]):
    sell_all(places)
    close_books(LAST_OF_SUMMER)
    release()
    rows = list_released(measure="goods_g", place_kind=PlaceKind.VILLAGE)
    assert {row.place: row.value for row in rows if not row.product_group} == {
        place.village.pk: 500 * len(place.shops) for place in places
    }
    money = list_released(measure="turnover_cents", place_kind=PlaceKind.VILLAGE)
    assert not [row for row in money if row.product_group or row.chain]


def test_a_release_cannot_be_edited_and_its_digest_is_of_its_rows(places: list[Place]):
    sell_all(places)
    close_books(LAST_OF_SUMMER)
    row = release()
    assert digest_release(SUMMER) == row.digest
    for write in (
        lambda: ReleasedFigure.objects.update(value=1),
        lambda: ReleasedFigure.objects.all()[:1].get().delete(),
        lambda: FigureRelease.objects.update(digest=""),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            write()
    assert digest_release(SUMMER) == row.digest


def test_what_was_hidden_once_stays_hidden(places: list[Place]):
    sell_all(places)
    close_books(LAST_OF_SUMMER)
    release()
    peize, grown = places[2], build_place("Peize bij", 0)
    assert not grown.shops
    sell_all(places, day=date(2026, 11, 3))
    for one in places[0].shops[:3]:
        sell(one, 10_000, village=peize.village, day=date(2026, 11, 4))
    close_books(LAST_OF_AUTUMN)
    release(WINTER, AUTUMN)
    assert turnover(AUTUMN)["village", peize.village.pk] in HIDDEN


def test_a_late_sale_is_a_correction_in_the_next_release_and_no_edit(places: list[Place]):
    sell_all(places)
    close_books(LAST_OF_SUMMER)
    before = release()
    sell(places[1].shops[0], 700, day=date(2026, 9, 9))
    sell_all(places, day=date(2026, 11, 3))
    close_books(LAST_OF_AUTUMN)
    release(WINTER, AUTUMN)
    late = [row for row in list_released(quarter=AUTUMN) if row.is_correction]
    goods = {
        (row.place_kind.value, row.value)
        for row in late
        if row.measure == "goods_g" and not row.product_group
    }
    assert goods == {("province", 7_500), ("municipality", 5_500), ("village", 3_000)}
    assert {row.of_quarter for row in late} == {SUMMER}
    # The difference in money would be what one shop sold late.
    assert not {row.measure for row in late} & {"turnover_cents", "own_municipality_cents"}
    assert digest_release(SUMMER) == before.digest
    assert get_release(SUMMER).corrections == 0
    assert get_release(AUTUMN).corrections == len(late)


def test_paid_hours_come_from_the_release_on_work_alone():
    place = build_place("Norg", 4)
    sell_all([place])
    for shop in place.shops:
        for group, hours in (
            (TargetGroup.JOBS_AGREEMENT, "331.5"),
            (TargetGroup.NO_BENEFIT, "300"),
        ):
            said = Declaration(group, SUMMER, Decimal(hours), 12)
            declare_hours(employer=shop, declaration=said, user=None, now=LATER)
    close_books(LAST_OF_SUMMER)
    release()
    paid = list_released(measure="paid_minutes", place_kind=PlaceKind.MUNICIPALITY)
    assert [row.value for row in paid] == [2_525 * 60]
    jobs = list_released(measure="agreement_jobs")
    assert [(row.value, row.withheld) for row in jobs] == [(4, "")]


def test_released_figures_are_read_in_one_query_and_a_fixed_order(places: list[Place]):
    sell_all(places)
    close_books(LAST_OF_SUMMER)
    release()
    with CaptureQueriesContext(connection) as captured:
        rows = list(iterate_released())
        assert list_releases()[0].figures == len(rows)
    assert len([one for one in captured if one["sql"].startswith("SELECT")]) <= 2
    kinds = [kind for kind, _rows in groupby(row.place_kind.value for row in rows)]
    assert kinds[:3] == ["province", "municipality", "village"]
