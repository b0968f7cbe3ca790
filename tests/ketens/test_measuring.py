"""A leg may count with what its own rounds burned; then that part is measured."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from ketens.domain.measures import Scope, ScopeKind
from ketens.models import BookedLine, Calculation, ChainChange, Factor, Leg
from ketens.operations import book_sale
from ketens.operations.chains import WrongScope, add_leg
from ketens.operations.measuring import TooFewRounds, measure_leg
from ketens.operations.rollups import count_differences
from ketens.operations.rounds import DrivenRound, DrivenStop, record_round
from ketens.queries.coverage import get_coverage
from tests.ketens.street import CARGO_BIKE, NOW, BreadChain, build_bread_chain, build_sale

pytestmark = pytest.mark.django_db


@pytest.fixture
def bread() -> BreadChain:
    return build_bread_chain()


def drive(bread: BreadChain, *days: date, key: str = "diesel_b7.wtw") -> None:
    for day in days:
        stop = DrivenStop(bread.members["shop"], 100_000, 5_000)
        driven = DrivenRound(day, 12_000, Decimal("1.1"), Factor.objects.get(key=key), (stop,))
        record_round(carrier=bread.members["bakery"], driven=driven, user=None, now=NOW)


FOUR = [date(2026, 11, day) for day in (2, 5, 9, 12)]


def leg_of(bread: BreadChain) -> Leg:
    return Leg.objects.select_related("link__chain").get(pk=bread.legs["bakery-shop"].pk)


def test_rounds_give_a_consumption_per_tonne_kilometre(bread: BreadChain):
    drive(bread, *FOUR)
    leg = measure_leg(leg=leg_of(bread), user=None, now=NOW)
    # 4 x 1.1 litre over 4 x 0.1 t x 5 km.
    assert leg.consumption_per_tkm == Decimal("2.2")
    assert ChainChange.objects.get(kind="leg_measured").what.endswith(
        "4 gemeten ritten, 20-11-2025 - 20-11-2026"
    )


def test_a_sale_books_the_measured_part_and_says_how_much_that_is(bread: BreadChain):
    book_sale(sale=build_sale(bread), now=NOW)
    drive(bread, *FOUR)
    leg = measure_leg(leg=leg_of(bread), user=None, now=NOW)
    book_sale(sale=build_sale(bread, source="seller_order:2"), now=NOW)
    first, second = BookedLine.objects.order_by("pk")
    assert first.primary_mg_co2e == 0
    # 1.6 kg over 5 km, 2.2 litre per tkm of 3.251 kg.
    assert second.primary_mg_co2e == 57_218
    found = Calculation.objects.get(leg=leg, line=second)
    assert (found.formula, found.quality_level) == ("transport.measured", 2)
    assert found.inputs["consumption_per_tkm"] == "2.200000"
    coverage = get_coverage(Scope(ScopeKind.CHAIN, bread.chain.pk))
    assert coverage.primary_mg == 57_218
    assert coverage.emission_mg == first.emission_mg_co2e + second.emission_mg_co2e
    assert count_differences() == {"flows": 0, "coverage": 0}


def test_a_few_rounds_say_nothing_of_a_year(bread: BreadChain):
    drive(bread, *FOUR[:3])
    drive(bread, FOUR[3], key="hvo100.wtw")
    with pytest.raises(TooFewRounds):
        measure_leg(leg=leg_of(bread), user=None, now=NOW)
    assert leg_of(bread).method == "modelled"


@pytest.mark.parametrize("key", ["diesel_b7.biogenic", "diesel_b7.ttw"])
def test_a_leg_takes_the_whole_way_from_source_to_wheel_and_nothing_biogenic(
    bread: BreadChain, key: str
):
    part = replace(CARGO_BIKE, factor_key=key)
    with pytest.raises(WrongScope):
        add_leg(
            chain=bread.chain,
            from_member=bread.members["field"],
            to_member=bread.members["shop"],
            transport=part,
        )
    assert Leg.objects.count() == 3
