"""Footprints of food and food waste: the rule, and what it refuses."""

from datetime import date
from decimal import Decimal as D  # noqa: N817

import pytest

from ketens.domain.api import CALCULATIONS, CalculationRefused
from ketens.domain.calculations.registry import calculation
from ketens.domain.factor_book import FactorBook
from ketens.domain.waste import Rung, is_food_waste
from tests.ketens.domain.asking import BOOK, refusal_of, values_of
from tests.ketens.domain.factor_rows import factor


def test_what_has_no_factor_is_told_and_not_counted_as_nothing() -> None:
    values = values_of("basket_footprint", wortel=3, kroket=1)
    assert values["kg"] == D("0.99654")
    assert (values["kroket"], values["coverage"], values["uncovered_kg"]) == (None, D("0.75"), 1)
    unknown = values_of("basket_footprint", kroket=1)
    assert (unknown["kg"], unknown["coverage"]) == (None, 0)
    assert values_of("basket_footprint", kroket=0)["coverage"] is None


def test_a_basket_keeps_to_one_database() -> None:
    bread = {"name": "bread", "kg": 2, "kg_per_kg": "0.5", "database": "rivm"}
    values = values_of("basket_footprint", products=[bread, {**bread, "name": "cake"}])
    assert values["kg"] == 2
    carrot = {"name": "wortel", "kg": 1}
    assert refusal_of("basket_footprint", products=[bread, carrot]) == (
        "mixed_databases",
        {"names": "agribalyse, rivm"},
    )


def test_own_stages_replace_those_of_the_database() -> None:
    stages = {"farm": "0.4", "transport": "0.1", "supermarket": "0.05"}
    values = values_of(
        "chain_footprint", mass_kg=10, database_stages=stages, own_stages={"transport": "0.3"}
    )
    assert values == {
        "kg": D("4.8"),
        "database_kg": D("4.5"),
        "own_kg": D("0.3"),
        "replaced": ["transport"],
    }
    extra = {"database_stages": stages, "own_stages": {"storage": 1}}
    assert refusal_of("chain_footprint", **extra) == ("unknown_stage", {"name": "storage"})
    assert values_of("chain_footprint", **extra, allow_new_stages=True)["kg"] == D("1.55")
    assert refusal_of("chain_footprint", stages=[1], own={})[0] == "not_an_item"


def test_stages_may_be_below_zero_and_have_names() -> None:
    values = values_of("stage_sum", stages={"farm": 2, "land": "-0.5"})
    assert values == {"sum": D("1.5"), "stages": {"farm": 2, "land": D("-0.5")}}
    assert values_of("stage_sum", stages=[1, 2])["stages"] == [1, 2]


def test_a_spread_needs_two_databases() -> None:
    assert refusal_of("database_spread", rivm=1) == ("too_few", {"least": "2"})
    assert refusal_of("database_spread", rivm=1, agb=0)[0] == "zero"


def test_coverage_is_by_mass() -> None:
    lines = [
        {"kg": 3, "kg_per_kg": 1},
        {"kg": 1, "kg_per_kg": 1, "match_quality": "none"},
        {"kg": 2},
        {"kg": 2, "covered": True},
    ]
    assert values_of("coverage", lines=lines) == {"coverage": D("0.625"), "uncovered_kg": 3}
    assert values_of("coverage", lines=[{"kg": 0}])["coverage"] is None


def test_meals_name_their_convention() -> None:
    assert values_of("meal_equivalents", kg=42)["meals"] == 100
    assert values_of("meal_equivalents", kg=42)["kg_per_meal"] == D("0.420")
    assert values_of("meal_equivalents", t=1, kg_per_meal="0.5")["meals"] == 2000
    assert refusal_of("meal_equivalents", kg=1, kg_per_meal=0)[0] == "zero"


def test_rescuing_can_cost_more_than_it_saves() -> None:
    far = {"mass_kg": 120, "km": 500, "g": "1.326"}
    values = values_of("rescued_food_benefit", rescued_kg=120, EF="0.68666", redistribution=far)
    assert values["redistribution_kg"] == D("79.56")
    assert values["net_kg"] == D("35.01966") - D("79.56")
    assert values["net_low_kg"] < values["net_kg"] < 0
    plain = values_of(
        "rescued_food_benefit", kg=100, c=1, d="0.95", ef=1, w="0.1", reprocessing_kg=5
    )
    assert plain["net_kg"] == D("100")
    assert plain["net_d0.95"] == plain["net_high_kg"] == D("100")
    assert plain["net_low_kg"] == plain["net_d0.2"] == D("25")
    low = values_of("rescued_food_benefit", kg=100, c=1, d="0.1", ef=1, redistribution=2)
    assert (low["net_kg"], low["net_low_kg"], low["net_high_kg"]) == (8, 8, 88)
    in_kilos = values_of(
        "rescued_food_benefit", kg=1, ef=1, redistribution="500 kg × 10 km * 0.2 kg CO2e/tkm"
    )
    assert in_kilos["redistribution_kg"] == 1
    tonnes = values_of("rescued_food_benefit", kg=1, ef=1, redistribution={"t": 1, "km": 2, "g": 3})
    assert tonnes["redistribution_kg"] == 6
    assert (
        values_of("rescued_food_benefit", kg=1, ef=1, redistribution_kg=3)["redistribution_kg"] == 3
    )
    assert refusal_of("rescued_food_benefit", kg=1, ef=1, redistribution="far")[0] == "not_a_number"
    assert refusal_of("rescued_food_benefit", kg=1, ef=1, c="1.1")[0] == "above_one"


def test_prevented_waste_is_measured_against_a_baseline() -> None:
    values = values_of("waste_prevented", w0="0.08", w1="0.05", S1=10_000, EF="0.7")
    assert values["prevented_kg"] == 300
    assert values["prevented_kg_co2e"] == 210
    by_kilos = values_of(
        "waste_prevented", waste0_kg=800, sales0_kg=10_000, waste1_kg=1000, sales1_kg=10_000
    )
    assert (by_kilos["w0"], by_kilos["w1"], by_kilos["prevented_kg"]) == (
        D("0.08"),
        D("0.1"),
        -200,
    )
    short = {"w0": 1, "w1": 1, "S1": 1, "baseline_months": 11}
    assert refusal_of("waste_prevented", **short) == ("short_baseline", {"months": "11"})
    assert values_of("waste_prevented", **short, same_season=True)["prevented_kg"] == 0
    assert values_of("waste_prevented", **{**short, "baseline_months": 12})["prevented_kg"] == 0


@pytest.mark.parametrize("rung", range(1, 11))
def test_rungs_six_to_ten_are_food_waste(rung: int) -> None:
    assert is_food_waste(Rung(rung)) is (rung > 5)
    assert is_food_waste(Rung(rung), is_waste=True) is (rung >= 5)


def test_an_inventory_holds_stage_and_rung_apart() -> None:
    records = [
        {"kg": 5, "stage": "retail", "rung": 4},
        {"kg": 3, "stage": "retail", "rung": 7},
        {"kg": 1, "stage": "processing", "rung": 5, "is_waste": True},
        {"kg": 1, "stage": "processing", "rung": 5},
    ]
    assert values_of("waste_inventory", records=records) == {
        "food_waste_kg": 4,
        "by_stage": {"processing": 1, "retail": 3},
        "by_rung": {"4": 5, "5": 2, "7": 3},
        "share_rungs_1_4": D("0.5"),
        "total_kg": 10,
    }
    nothing = values_of("waste_inventory", records=[{"kg": 0, "stage": "retail", "rung": 6}])
    assert nothing["share_rungs_1_4"] is None
    for wrong in ({"stage": "moon"}, {"rung": 0}, {"rung": 11}):
        code, _ = refusal_of("waste_inventory", records=[{**records[0], **wrong}])
        assert code == "unknown_word"
    assert refusal_of("waste_inventory", records=[{**records[0], "rung": "1.5"}])[0] == "not_whole"


def test_one_party_claims_a_rescue_and_food_was_at_risk() -> None:
    first = {"batch": "B1", "claimed_by": "baker", "reason": "tht", "kg": 5}
    assert values_of("rescue_check", rescues=[first, {**first, "kg": 2}]) == {"rescued_kg": 7}
    twice = [first, {**first, "claimed_by": "food bank"}]
    assert refusal_of("rescue_check", rescues=twice) == ("claimed_twice", {"batch": "B1"})
    sale = [{**first, "reason": "sale"}]
    assert refusal_of("rescue_check", rescues=sale) == ("no_risk_event", {"batch": "B1"})


def test_a_mass_balance_holds_within_two_percent() -> None:
    inputs = {"in_kg": 100, "sold_kg": 80, "stock_kg": 5, "shrink_kg": 3, "rungs": {"4": 6, "7": 4}}
    assert values_of("mass_balance", **inputs) == {
        "in_kg": 100,
        "out_kg": 98,
        "difference_kg": 2,
        "difference_share": D("0.02"),
        "holds": True,
    }
    assert values_of("mass_balance", **{**inputs, "sold_kg": "79.9"})["holds"] is False
    assert values_of("mass_balance", **{**inputs, "sold_kg": "84.1"})["holds"] is False
    assert values_of("mass_balance", **{**inputs, "sold_kg": 70}, tolerance="0.2")["holds"] is True
    by_name = values_of("mass_balance", **{"in": 10, "sold": 8, "rung4": 1, "rung7": 1})
    assert by_name["difference_kg"] == 0
    assert values_of("mass_balance", in_kg=0)["holds"] is None
    assert refusal_of("mass_balance", in_kg=1, rungs={"11": 1})[0] == "unknown_word"


def test_a_generic_factor_is_a_ratio() -> None:
    assert values_of("ratio", kg_co2e=5, kg_food=2) == {"kg_per_kg": D("2.5")}
    assert refusal_of("ratio", kg_co2e=5, kg_food=0)[0] == "zero"


def test_a_factor_holds_on_its_days_only() -> None:
    found = BOOK.find("auto_onbekend.wtw", date(2026, 12, 31))
    assert found is not None
    assert (found.factor.value, found.set_version) == (D("0.190"), "nl-2026.1")
    assert BOOK.find("nothing", date(2026, 1, 1)) is None
    with pytest.raises(CalculationRefused) as refused:
        BOOK.find("auto_onbekend.wtw", date(2027, 1, 1))
    assert refused.value.code == "outside_dates"
    assert refused.value.params == {
        "name": "auto_onbekend.wtw",
        "day": "2027-01-01",
        "first": "2026-01-01",
        "last": "2026-12-31",
    }
    with pytest.raises(CalculationRefused, match="named_twice: name=a"):
        FactorBook([("one", [factor("a", "1")]), ("two", [factor("a", "1")])])


def test_a_name_is_entered_once() -> None:
    with pytest.raises(ValueError, match="ratio is in the list already"):
        calculation("ratio", unit="", section="")(lambda inputs: {})
    assert CALCULATIONS["ratio"].title.startswith("A generic factor")
