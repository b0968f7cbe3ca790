"""The edges of the calculations: every name that may be used, every bound, every refusal."""

from dataclasses import replace
from decimal import Decimal as D  # noqa: N817
from typing import Any

import pytest

from ketens.domain.api import CalculationRefused, calculate
from ketens.domain.disclosure import PUBLIC, Withheld
from ketens.domain.social_return import Block, BlockRefused, BlockUnit, Effort, block_value
from ketens.domain.sroi import SroiInputs, SroiRefused, social_return_on_investment
from ketens.domain.suppression import TableRefused, suppress
from ketens.domain.uncertainty import Lognormal, probability_lower, sum_independent
from ketens.domain.units import kg, kg_co2e

RESCUE: dict[str, Any] = {"rescued_kg": 100, "c": 1, "d": 1, "EF": 1, "w": 0}


def refusal(name: str, **inputs: Any) -> tuple[str, dict[str, str]]:
    with pytest.raises(CalculationRefused) as refused:
        calculate(name, inputs)
    return refused.value.code, dict(refused.value.params)


@pytest.mark.parametrize(
    ("told", "kilos"),
    [
        ({"t": "0.1", "km": 20, "g": "1.5"}, D(3)),
        ({"mass_kg": 100, "distance_km": 20, "intensity": "1.5"}, D(3)),
        ({"kg": 100, "km": 20, "kg_tkm": "1.5"}, D(3)),
        ("0.1 t x 20 km x 1.5", D(3)),
        ("100 kg * 20 km × 1.5", D(3)),
        (3, D(3)),
    ],
)
def test_redistribution_is_told_in_any_of_its_ways(told: object, kilos: D):
    values = calculate("rescued_food_benefit", {**RESCUE, "redistribution": told}).values
    assert values["redistribution_kg"] == kilos
    assert values["net_kg"] == 97


def test_no_redistribution_costs_nothing_and_a_wrong_one_is_named():
    assert calculate("rescued_food_benefit", RESCUE).values["redistribution_kg"] == 0
    assert refusal("rescued_food_benefit", **RESCUE, redistribution="veel") == (
        "not_a_number",
        {"name": "redistribution", "value": "veel"},
    )
    below = {"t": -1, "km": 1, "g": 1}
    assert refusal("rescued_food_benefit", **RESCUE, redistribution=below) == (
        "negative",
        {"name": "redistribution.t", "value": "-1"},
    )


def test_a_correlation_and_a_median_have_bounds():
    a, b = Lognormal(D(1), D("0.04")), Lognormal(D(2), D("0.04"))
    assert probability_lower(a, b, D(-1)) < probability_lower(a, b) < probability_lower(a, b, D(1))
    for wrong in (D("1.01"), D("-1.01")):
        with pytest.raises(CalculationRefused) as refused:
            probability_lower(a, b, wrong)
        assert (refused.value.code, refused.value.params) == (
            "no_correlation",
            {"value": str(wrong)},
        )
    for pair in ((Lognormal(D(0)), b), (a, Lognormal(D(0)))):
        with pytest.raises(CalculationRefused) as refused:
            probability_lower(*pair)
        assert (refused.value.code, refused.value.params) == ("zero", {"name": "median"})
    assert probability_lower(Lognormal(D(1)), Lognormal(D(1))) == D("0.5")
    assert probability_lower(Lognormal(D(1)), Lognormal(D(2))) == 1
    assert probability_lower(Lognormal(D(2)), Lognormal(D(1))) == 0


def test_an_interval_refuses_what_it_cannot_be():
    for given, code, params in (
        ((D(-1), D(2)), "negative", {"name": "median", "value": "-1"}),
        ((D(1), D("0.9")), "below_one", {"name": "gsd", "value": "0.9"}),
    ):
        with pytest.raises(CalculationRefused) as refused:
            Lognormal.from_gsd(*given)
        assert (refused.value.code, refused.value.params) == (code, params)
    assert Lognormal.from_gsd(D(0), D(1)) == Lognormal(D(0), D(0))
    with pytest.raises(CalculationRefused) as refused:
        sum_independent([])
    assert (refused.value.code, refused.value.params) == ("too_few", {"least": "1"})


def test_terms_have_synonyms_and_equal_lengths():
    plain = calculate("lognormal_sum", {"medians": [1, 2], "gsds": [1.2, 1.3]}).values
    for names in (("m", "g"), ("m", "gsd"), ("medians", "g")):
        assert calculate("lognormal_sum", {names[0]: [1, 2], names[1]: [1.2, 1.3]}).values == plain
    for key in ("terms", "items", "components"):
        terms = [{"median": 1, "gsd": 1.2}, {"value": 2, "g": 1.3}]
        assert calculate("lognormal_sum", {key: terms}).values == plain
    assert refusal("lognormal_sum", medians=[1, 2], gsds=[1.2]) == (
        "unlike_lengths",
        {"first": "medians", "second": "gsds"},
    )


def test_foods_in_a_basket_have_synonyms():
    values = calculate(
        "basket_footprint",
        {
            "products": [
                {"id": "a", "kg": 2, "kg_per_kg": 3},
                {"name": "b", "mass_kg": 1, "factor": 4},
                {"product": "c", "kg": 5},
            ]
        },
    ).values
    assert (values["kg"], values["a"], values["b"], values["c"]) == (10, 3, 4, None)
    assert values["coverage"] == D(3) / 8
    assert values["uncovered_kg"] == 5
    assert refusal(
        "basket_footprint",
        products=[
            {"id": "a", "kg": 1, "factor": 1, "database": "rivm"},
            {"id": "b", "kg": 1, "factor": 1},
        ],
    ) == ("mixed_databases", {"names": "agribalyse, rivm"})


def test_a_comparison_takes_any_name_and_tells_what_differs():
    for own, other in (("a", "b"), ("own", "reference")):
        for median in ("median", "value", "kg"):
            found = calculate(
                "comparison",
                {own: {median: 1, "gsd": "1.1"}, other: {median: 2, "gsd": "1.1"}},
            ).values
            assert (found["difference"], found["may_claim"]) == (-1, True)
    told = {"a": {"median": 1, "unit": "kg"}, "b": {"median": 2, "unit": "liter"}}
    assert calculate("comparison", told).values["differing"] == ["unit"]
    assert refusal("comparison", a=1, b={"median": 2}) == ("not_an_item", {"name": "a"})


@pytest.mark.parametrize(
    ("part", "whole", "shown", "withheld", "below"),
    [
        (10, 20, D(50), None, None),
        (10, 19, None, Withheld.SMALL_DENOMINATOR, 20),
        (0, 20, D(0), None, None),
        (1, 40, None, Withheld.FEW_PEOPLE, 10),
        (9, 40, None, Withheld.FEW_PEOPLE, 10),
        (10, 40, D(25), None, None),
        (30, 40, D(75), None, None),
        (31, 40, None, Withheld.FEW_PEOPLE, 10),
        (39, 40, None, Withheld.FEW_PEOPLE, 10),
        (40, 40, None, Withheld.FEW_PEOPLE, 10),
        (333, 1000, D(33), None, None),
        (335, 1000, D(34), None, None),
    ],
)
def test_a_percentage_stays_away_from_few_and_from_all(
    part: int, whole: int, shown: D | None, withheld: Withheld | None, below: int | None
):
    found = PUBLIC.show_percentage(part, whole)
    assert (found.value, found.withheld, found.below) == (shown, withheld, below)


SROI = SroiInputs(
    count=D(8),
    proxy_euro=D(9000),
    deadweight=D(0),
    displacement=D(0),
    attribution_to_others=D(0),
    drop_off=D(0),
    years=1,
    discount_rate=D(0),
    input_euro=D(1),
)


@pytest.mark.parametrize(
    ("name", "wrong", "right"),
    [
        ("deadweight", ("-0.01", "1.01"), ("0", "1")),
        ("displacement", ("-0.01", "1.01"), ("0", "1")),
        ("attribution_to_others", ("-0.01", "1.01"), ("0", "1")),
        ("drop_off", ("-0.01", "1.01"), ("0", "1")),
        ("count", ("-1",), ("0",)),
        ("proxy_euro", ("-1",), ("0",)),
        ("input_euro", ("0", "-1"), ("0.01",)),
        ("discount_rate", ("-1", "-2"), ("-0.99", "0")),
    ],
)
def test_an_sroi_names_the_input_that_cannot_be(
    name: str, wrong: tuple[str, ...], right: tuple[str, ...]
):
    for value in wrong:
        with pytest.raises(SroiRefused, match=rf"^{name}$"):
            social_return_on_investment(replace(SROI, **{name: D(value)}))
    for value in right:
        social_return_on_investment(replace(SROI, **{name: D(value)}))
    for years, may in ((0, False), (1, True), (100, True), (101, False)):
        if may:
            assert len(social_return_on_investment(replace(SROI, years=years)).years_euro) == years
        else:
            with pytest.raises(SroiRefused, match=r"^years$"):
                social_return_on_investment(replace(SROI, years=years))


def test_what_is_counted_by_quantity_needs_one():
    hour = Block("noord", "uur", D(100), unit=BlockUnit.HOUR)
    bonus = Block("noord", "bonus", D(5_000), unit=BlockUnit.BONUS)
    none = Effort(D(0))
    assert block_value(bonus, none).euro == 5_000  # type: ignore[union-attr]
    assert block_value(bonus, Effort(D(0), quantity=D(2))).euro == 10_000  # type: ignore[union-attr]
    assert block_value(hour, Effort(D(0), quantity=D(0))).euro == 0  # type: ignore[union-attr]
    for effort in (none, Effort(D(0), quantity=D(-1))):
        with pytest.raises(BlockRefused, match=r"^impossible_quantity$"):
            block_value(hour, effort)


def test_a_table_is_a_table_of_counts():
    for wrong in ([], [[]], [[1, 2], [3]], [[1, -1]]):
        with pytest.raises(TableRefused):
            suppress(wrong, threshold=10)
    assert suppress([[0, 0]], threshold=10).hidden == frozenset()


def test_quantities_scale_and_name_their_unit():
    assert (kg("1.5") * 4).value == 6
    assert (kg_co2e(2) * D("0.5")) == kg_co2e(1)
    assert kg(3) - kg(1) == kg(2)
    assert kg(1) < kg(2)
