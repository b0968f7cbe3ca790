"""What the books measure: the same as the ledger says, in whole periods, never typed."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from ketens.domain.impactpad.content import Feed, Indicator, Pad
from ketens.domain.impactpad.periods import Frequency, MonthSum, list_periods
from ketens.domain.sales import SaleLine
from ketens.domain.work import TargetGroup
from ketens.operations import book_sale
from ketens.operations.batches import take_back_entry
from ketens.operations.hours import Declaration, declare_hours
from ketens.operations.rollups import rebuild_rollups
from ketens.queries.impactpad.feeds import count_rounds, get_sums, list_measured
from tests.builders import build_enterprise
from tests.ketens.street import NOW, BreadChain, build_bread_chain, build_sale, line_of_bread
from tests.ketens.test_member_counts import BREAD_LEFT, count
from winkelstraat.ledger.domain import Unit
from winkelstraat.ledger.queries import sum_accounts

pytestmark = pytest.mark.django_db

OCTOBER, NOVEMBER = date(2026, 10, 7), date(2026, 11, 4)


@pytest.fixture
def bread() -> BreadChain:
    bread = build_bread_chain()
    loose = SaleLine("999", "8", 1, 400, 250)
    unknown = SaleLine("999", "9", 1, None, 100)
    book_sale(sale=build_sale(bread, line_of_bread(), loose, day=OCTOBER), now=NOW)
    book_sale(
        sale=build_sale(bread, line_of_bread(), unknown, source="seller_order:2", day=NOVEMBER),
        now=NOW,
    )
    return bread


def sums(enterprise: Any, *feeds: Feed) -> dict[str, list[tuple[int, int | None]]]:
    found = get_sums(feeds, enterprise.pk)
    return {feed: [(row.part, row.whole) for row in found[feed]] for feed in feeds}


def test_turnover_and_the_traced_share_follow_the_sales(bread: BreadChain):
    found = sums(bread.shop, Feed.CHAIN_TURNOVER, Feed.TRACED_SHARE)
    assert found[Feed.CHAIN_TURNOVER] == [(680, None), (680, None)]
    assert found[Feed.TRACED_SHARE] == [(1600, 2000), (1600, 1600)]
    (_first, second) = get_sums([Feed.TRACED_SHARE], bread.shop.pk)[Feed.TRACED_SHARE]
    assert (second.records, second.known) == (2, 1)


def test_goods_that_went_on_are_what_the_ledger_moved(bread: BreadChain):
    for name, enterprise in {"mill": bread.members["mill"].enterprise, "shop": bread.shop}.items():
        found = sums(enterprise, Feed.CHAIN_GOODS)[Feed.CHAIN_GOODS]
        member = bread.members[name]
        prefix = f"chain:{bread.chain.pk}:{member.role}:{member.pk}"
        moved = sum(row.credits for row in sum_accounts(prefix=prefix) if row.unit == Unit.GRAMS)
        assert sum(part for part, _whole in found) == moved > 0
    before = sums(bread.shop, Feed.CHAIN_GOODS)
    rebuild_rollups(say=lambda _line: None)
    assert sums(bread.shop, Feed.CHAIN_GOODS) == before


def test_a_rung_is_what_was_counted_and_not_taken_back(bread: BreadChain):
    count(bread, BREAD_LEFT)
    batch = count(bread, replace(BREAD_LEFT, rung=2, mass_g=8_000))
    found = sums(bread.bakery, Feed.RUNG_4, Feed.RUNG_2, Feed.RUNG_7)
    assert found == {
        Feed.RUNG_4: [(BREAD_LEFT.mass_g, None)],
        Feed.RUNG_2: [(8_000, None)],
        Feed.RUNG_7: [(0, None)],
    }
    assert sums(build_enterprise("Ander"), Feed.RUNG_4) == {Feed.RUNG_4: []}
    entry = batch.entries.get(rung=2)
    take_back_entry(entry=entry, day=entry.activity_date, user=None, now=NOW)
    assert sums(bread.bakery, Feed.RUNG_2) == {Feed.RUNG_2: [(0, None)]}


def test_hours_are_the_newest_declaration_of_every_month(bread: BreadChain):
    for hours in ("100", "120"):
        said = Declaration(TargetGroup.WAJONG, date(2026, 10, 1), Decimal(hours), 2)
        declare_hours(employer=bread.bakery, declaration=said, user=None, now=NOW)
    assert sums(bread.bakery, Feed.WORK_HOURS) == {Feed.WORK_HOURS: [(7200, None)]}


def test_every_source_is_one_query_and_only_when_it_is_used(
    bread: BreadChain, django_assert_num_queries: Any
):
    indicators = tuple(
        Indicator(feed.value, feed.value, feed=feed.value, frequency="month") for feed in Feed
    )
    for wanted, queries in ((indicators, 4), (indicators[2:3], 1), ((Indicator("t", "x"),), 0)):
        with django_assert_num_queries(queries):
            list_measured(Pad(indicators=wanted), bread.shop.pk, today=NOW.date())


def test_a_running_month_is_no_measurement_yet(bread: BreadChain):
    pad = Pad(indicators=(Indicator("i", "x", feed=Feed.TRACED_SHARE, frequency="month"),))
    measured = list_measured(pad, bread.shop.pk, today=date(2026, 11, 30))
    assert [(row.first, row.last, row.value) for row in measured["i"]] == [
        (date(2026, 10, 1), date(2026, 10, 31), Decimal(80))
    ]
    later = list_measured(pad, bread.shop.pk, today=date(2026, 12, 1))
    assert [row.value for row in later["i"]] == [80, 100]
    assert count_rounds(pad, later, today=date(2026, 12, 1)) == {"i": 2}


def test_months_add_up_to_quarters_and_years_and_unknown_is_not_nothing():
    rows = [MonthSum(date(2026, month, 1), 1000, None, 1, 1) for month in (1, 3, 7)]
    quarters = list_periods(rows, Frequency.QUARTER, per=1000, today=date(2026, 10, 1))
    assert [(row.first, row.last, row.value) for row in quarters] == [
        (date(2026, 1, 1), date(2026, 3, 31), 2),
        (date(2026, 7, 1), date(2026, 9, 30), 1),
    ]
    assert list_periods(rows, Frequency.YEAR, per=1, today=date(2026, 12, 31)) == ()
    (year,) = list_periods(rows, Frequency.YEAR, per=1, today=date(2027, 1, 1))
    assert (year.value, year.last) == (3000, date(2026, 12, 31))
    weightless = [MonthSum(date(2026, 1, 1), 0, 0, 2, 0)]
    assert list_periods(weightless, Frequency.MONTH, per=1, today=date(2026, 5, 1)) == ()


def test_a_sum_of_which_the_books_began_late_is_no_measurement_but_a_share_is():
    late = MonthSum(date(2026, 8, 1), 10, None, 1, 1, date(2026, 8, 30))
    rows = [late, MonthSum(date(2026, 9, 1), 90, None, 9, 9, date(2026, 9, 1))]
    found = list_periods(rows, Frequency.MONTH, per=1, today=date(2026, 10, 1))
    assert [row.value for row in found] == [90]
    in_time = replace(late, first_day=date(2026, 8, 11))
    assert len(list_periods([in_time], Frequency.MONTH, per=1, today=date(2026, 10, 1))) == 1
    a_share = replace(late, whole=20)
    assert len(list_periods([a_share], Frequency.MONTH, per=1, today=date(2026, 10, 1))) == 1
