"""What members take down: leftovers of a week, rounds that were driven, months confirmed."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from ketens.domain import codes
from ketens.domain.batches import ImpossibleCount
from ketens.domain.transport import ImplausibleInput
from ketens.models import Batch, BatchEntry, Factor, MonthConfirmation, Round, RoundStop
from ketens.operations import book_sale
from ketens.operations.leftovers import Leftover, LeftoverDoubtful, WeekNotBegun, count_leftover
from ketens.operations.months import AlreadyConfirmed, MonthStillRuns, confirm_month
from ketens.operations.rounds import (
    DrivenRound,
    DrivenStop,
    FactorNotOfThatDay,
    RoundDoubtful,
    record_round,
)
from ketens.queries.batches import list_batches
from ketens.queries.months import get_member_month
from tests.ketens.street import DAY, NOW, BreadChain, build_bread_chain, build_sale
from winkelstraat.ledger.domain import Unit
from winkelstraat.ledger.queries import get_balance, sum_balances

pytestmark = pytest.mark.django_db

MONDAY, FRIDAY = date(2026, 11, 16), date(2026, 11, 20)
BREAD_LEFT = Leftover("Brood", rung=4, mass_g=12_000, day=MONDAY)


@pytest.fixture
def bread() -> BreadChain:
    return build_bread_chain()


def count(bread: BreadChain, leftover: Leftover = BREAD_LEFT) -> Batch:
    return count_leftover(member=bread.members["bakery"], leftover=leftover, user=None, now=NOW)


def test_what_is_left_in_a_week_is_one_batch_and_every_gram_is_in_the_books(bread: BreadChain):
    first = count(bread, replace(BREAD_LEFT, made_g=300_000, sold_g=280_000))
    second = count(bread, replace(BREAD_LEFT, day=FRIDAY, rung=2, mass_g=8_000))
    assert first == second
    (view,) = list_batches(bread.chain.pk)
    assert view.violations == ()
    assert get_balance(unit=Unit.GRAMS, account=codes.batch_account(first.pk)).debits == 300_000
    assert get_balance(unit=Unit.GRAMS, account=codes.batch_account(first.pk)).credits == 300_000


@pytest.mark.parametrize(
    ("leftover", "error"),
    [
        (replace(BREAD_LEFT, mass_g=0), ImpossibleCount),
        (replace(BREAD_LEFT, mass_g=50_000_001, is_confirmed=True), ImpossibleCount),
        (replace(BREAD_LEFT, mass_g=500_001), LeftoverDoubtful),
        (replace(BREAD_LEFT, day=date(2026, 11, 21)), WeekNotBegun),
    ],
)
def test_impossible_leftovers_are_refused_and_change_nothing(
    bread: BreadChain, leftover: Leftover, error: type[Exception]
):
    with pytest.raises(error), transaction.atomic():
        count(bread, leftover)
    assert not BatchEntry.objects.exists()
    assert not Batch.objects.exists()


def test_an_unlikely_leftover_that_is_confirmed_says_so(bread: BreadChain):
    count(bread, replace(BREAD_LEFT, mass_g=600_000, is_confirmed=True))
    assert BatchEntry.objects.get().origin == "declaration, confirmed"


def driven(bread: BreadChain, **changes: object) -> DrivenRound:
    stops = (
        DrivenStop(bread.members["bakery"], 120_000, 6_000),
        DrivenStop(bread.members["shop"], 80_000, 11_000),
    )
    diesel = Factor.objects.get(key="diesel_b7.wtw")
    whole = DrivenRound(DAY, 38_000, Decimal("3.4"), diesel, stops)
    return replace(whole, **changes)  # type: ignore[arg-type]


def record(bread: BreadChain, what: DrivenRound) -> Round:
    return record_round(carrier=bread.members["mill"], driven=what, user=None, now=NOW)


def test_a_round_is_divided_by_mass_and_shortest_way_to_the_milligram(bread: BreadChain):
    row = record(bread, driven(bread))
    assert row.emission_mg_co2e == 11_053_400
    parts = dict(RoundStop.objects.values_list("member__role", "emission_mg_co2e"))
    # 720 and 880 of 1,600 kilogram-kilometres.
    assert parts == {"maker": 4_974_030, "shop": 6_079_370}
    booked = sum_balances(unit=Unit.MG_CO2E, prefix=f"round:{row.pk}:stop:")
    assert booked.debits == row.emission_mg_co2e
    assert sum_balances(unit=Unit.MG_CO2E, prefix="village:").debits == 0


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"energy": Decimal(0)}, ImplausibleInput),
        ({"energy": Decimal(-3)}, ImplausibleInput),
        ({"distance_m": 0}, ImplausibleInput),
        ({"distance_m": 1_500_001}, ImplausibleInput),
        ({"distance_m": 10_999}, ImplausibleInput),
        ({"stops": ()}, ImplausibleInput),
        ({"driven_on": date(2026, 11, 21)}, ImplausibleInput),
        ({"driven_on": date(2025, 12, 31)}, FactorNotOfThatDay),
        ({"energy": Decimal(30)}, RoundDoubtful),
    ],
)
def test_a_round_that_cannot_be_is_refused_and_changes_nothing(
    bread: BreadChain, changes: dict[str, object], error: type[Exception]
):
    with pytest.raises(error):
        record(bread, driven(bread, **changes))
    assert not Round.objects.exists()


def test_an_unlikely_round_may_be_confirmed_and_keeps_the_answer(bread: BreadChain):
    assert record(bread, driven(bread, energy=Decimal(30), is_confirmed=True)).is_confirmed
    assert not record(bread, driven(bread, is_confirmed=True)).is_confirmed


def test_a_factor_per_kilometre_is_no_fuel(bread: BreadChain):
    van = Factor.objects.get(key="minibus_diesel.wtw")
    with pytest.raises(FactorNotOfThatDay):
        record(bread, driven(bread, factor=van))


def test_a_confirmed_month_stays_and_a_late_entry_shows_as_a_difference(bread: BreadChain):
    bakery, october = bread.members["bakery"], date(2026, 10, 1)
    book_sale(sale=build_sale(bread, day=date(2026, 10, 20)), now=NOW)
    with pytest.raises(MonthStillRuns):
        confirm_month(member=bakery, month=date(2026, 11, 5), user=None, now=NOW)
    confirm_month(member=bakery, month=date(2026, 10, 31), user=None, now=NOW)
    month = get_member_month(bakery, october)
    assert (month.is_confirmed, month.has_changed) == (True, False)
    assert month.lines[0].text == "1,6 kg"
    count(bread, replace(BREAD_LEFT, day=date(2026, 10, 30)))
    later = get_member_month(bakery, october)
    assert [line.has_changed for line in later.lines] == [False, True, False, False]
    assert later.lines[1].text == "12,0 kg"
    with pytest.raises(AlreadyConfirmed):
        confirm_month(member=bakery, month=october, user=None, now=NOW)
    with pytest.raises(DatabaseError), transaction.atomic():
        MonthConfirmation.objects.update(figures={})
