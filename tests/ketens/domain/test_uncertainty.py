"""Intervals: exact values, words, and a simulation that agrees with the formula."""

from decimal import Decimal as D  # noqa: N817
from typing import Any

import pytest

from ketens.domain import pedigree
from ketens.domain.api import CalculationRefused, calculate
from ketens.domain.simulation import simulate_sum
from ketens.domain.uncertainty import (
    Line,
    Lognormal,
    probability_lower,
    sum_lines,
    sum_together,
    two_digits,
    word_for,
)


def values_of(name: str, **inputs: Any) -> dict[str, Any]:
    return dict(calculate(name, inputs).values)


def refusal_of(name: str, **inputs: Any) -> tuple[str, dict[str, str]]:
    with pytest.raises(CalculationRefused) as refused:
        calculate(name, inputs)
    return refused.value.code, refused.value.params


def test_a_certain_amount_is_its_own_interval() -> None:
    certain = Lognormal.from_gsd(D(5), D(1))
    assert (certain.low, certain.median, certain.high, certain.mean) == (5, 5, 5, 5)
    assert (certain.gsd, certain.gsd2, certain.mean_variance) == (1, 1, 0)


def test_two_equal_terms_sum_by_fenton_and_wilkinson() -> None:
    """Mean 2 m exp(s2/2), variance twice one's; worked out by hand for gsd 1.5."""
    values = values_of("lognormal_sum", medians=[10, 10], gsds=[1.5, 1.5])
    s2 = D("1.5").ln() ** 2
    variance = (1 + (s2.exp() - 1) / 2).ln()
    mean = 20 * (s2 / 2).exp()
    assert round(values["mean"], 20) == round(mean, 20)
    assert round(values["sigma_ln"] ** 2, 20) == round(variance, 20)
    assert round(values["median"], 20) == round(mean / (variance / 2).exp(), 20)
    assert round(values["gsd"], 6) == D("1.339817")
    assert values["word"] == "schatting"
    assert values["shown"] == D("21")


def test_terms_may_be_named_and_given_by_sigma() -> None:
    by_gsd = values_of("lognormal_sum", terms={"bread": {"median": 3, "gsd": 1.2}})
    sigma = D("1.2").ln()
    by_sigma = values_of("lognormal_sum", terms=[{"m": 3, "sigma_ln": sigma}])
    assert round(by_gsd["median"], 20) == round(by_sigma["median"], 20) == 3
    assert round(by_gsd["p97_5"], 12) == round(by_sigma["p97_5"], 12)


def test_lines_and_terms_of_products() -> None:
    product = {"activity": 100, "gsd_activity": 1.1, "factor": 0.3, "gsd_factor": 1.35}
    alone = values_of("lognormal_sum", terms=[product])
    line = values_of("lognormal_sum", lines=[{**product, "factor_key": "van"}])
    multiplied = values_of("lognormal_product", **product)
    for name in ("median", "gsd", "p2_5", "p97_5", "mean"):
        assert round(alone[name], 15) == round(line[name], 15) == round(multiplied[name], 15)
    terms = [{"median": 100, "gsd": 1.1}, {"median": 0.3, "gsd": 1.35}]
    assert values_of("lognormal_product", terms=terms) == multiplied


def test_simulation_and_formula_agree() -> None:
    terms = [{"median": 30, "gsd": 1.37}, {"median": 12, "gsd": 1.2}, {"median": 5, "gsd": 1.6}]
    formula = values_of("lognormal_sum", terms=terms)
    drawn = values_of("monte_carlo_sum", terms=terms, seed=2026, draws=20_000)
    for name, most in (("median", "0.01"), ("mean", "0.01"), ("p2_5", "0.03"), ("p97_5", "0.03")):
        assert abs(drawn[name] / formula[name] - 1) < D(most), name
    assert (drawn["seed"], drawn["draws"]) == (2026, 20_000)


def test_simulation_and_formula_agree_when_lines_share_a_factor() -> None:
    van = Lognormal.from_gsd(D("0.3"), D("1.35"))
    shop = Lognormal.from_gsd(D("0.1"), D("1.2"))
    lines = [
        Line(Lognormal.from_gsd(D(60), D("1.1")), "van", van),
        Line(Lognormal.from_gsd(D(40), D("1.1")), "van", van),
        Line(Lognormal.from_gsd(D(80), D("1.05")), "shop", shop),
    ]
    formula, drawn = sum_lines(lines), simulate_sum(lines, seed=7)
    assert abs(drawn.median / formula.median - 1) < D("0.02")
    assert abs(drawn.low / formula.low - 1) < D("0.04")
    assert abs(drawn.high / formula.high - 1) < D("0.04")
    assert abs(drawn.gsd / formula.gsd - 1) < D("0.02")


def test_one_seed_gives_one_result() -> None:
    terms = [{"median": 30, "gsd": 1.37}]
    first = values_of("monte_carlo_sum", terms=terms, seed=1)
    assert values_of("monte_carlo_sum", terms=terms, seed=1) == first
    assert values_of("monte_carlo_sum", terms=terms) == first
    assert values_of("monte_carlo_sum", terms=terms, seed=2) != first
    assert first["draws"] == 10_000
    assert round(first["median"], 3) == D("30.076")


def test_simulation_keeps_its_bounds() -> None:
    bounds = {"least": "10000", "most": "200000"}
    terms = [{"median": 1, "gsd": 1.1}]
    assert refusal_of("monte_carlo_sum", terms=terms, draws=9_999) == ("draws", bounds)
    assert refusal_of("monte_carlo_sum", terms=terms, draws=200_001) == ("draws", bounds)
    with pytest.raises(CalculationRefused, match="too_few"):
        simulate_sum([], seed=1)
    zero = simulate_sum([Line(Lognormal(D(0)), "a", Lognormal(D(1)))], seed=1)
    assert (zero.median, zero.low, zero.high, zero.mean, zero.gsd) == (0, 0, 0, 0, 1)


def test_parts_of_one_activity_err_together() -> None:
    parts = [Lognormal.from_gsd(D(4), D("1.3")), Lognormal.from_gsd(D(6), D("1.3"))]
    together = sum_together(parts)
    assert together.median == 10
    assert round(together.gsd, 20) == D("1.3")
    mixed = sum_together([Lognormal(D(1), D(4)), Lognormal(D(3), D(0))])
    assert mixed == Lognormal(D(4), D("0.25"))
    assert sum_together([Lognormal(D(0), D(1))]) == Lognormal(D(0))
    with pytest.raises(CalculationRefused, match="too_few: least=1"):
        sum_together([])


def test_one_factor_has_one_value() -> None:
    line = {"activity": 1, "factor": 2, "factor_key": "van"}
    code = refusal_of("lognormal_sum", lines=[line, {**line, "factor": 3}])
    assert code == ("unlike_factors", {"name": "van"})
    assert values_of("lognormal_sum", lines=[line, line])["median"] == 4
    assert values_of("lognormal_sum", terms=[{"median": 0}, {"median": 0}])["median"] == 0


@pytest.mark.parametrize(
    ("gsd2", "word"),
    [("1", ""), ("1.5", ""), ("1.51", "schatting"), ("2", "schatting"), ("2.01", "indicatief")],
)
def test_words_say_how_firm_a_number_is(gsd2: str, word: str) -> None:
    assert word_for(D(gsd2)) == word


@pytest.mark.parametrize(
    ("value", "shown"),
    [("11210", "11000"), ("0.084781", "0.085"), ("1.25", "1.2"), ("1.35", "1.4"), ("0", "0")],
)
def test_a_screen_shows_two_digits(value: str, shown: str) -> None:
    assert two_digits(D(value)) == D(shown)
    assert two_digits(-D(value)) == -D(shown)


def test_pedigree_by_variances() -> None:
    """0.0006 + 0.0006 + 0.0001 + 0.002 + 0 + 0.008 = 0.0113."""
    values = values_of("pedigree_variances", scores=[2, 2, 3, 1, 3])
    assert values["variance"] == D("0.0113")
    assert round(values["sigma_ln"], 6) == D("0.106301")
    assert round(values["gsd"], 6) == D("1.112157")
    assert round(values["gsd2"], 6) == D("1.236893")
    assert values["word"] == ""
    named = dict(zip(pedigree.INDICATORS, [5, 5, 5, 5, 5], strict=True))
    worst = values_of("pedigree_variances", basic_variance=0, **named)
    assert worst["variance"] == D("0.21")
    own = values_of("pedigree_variances", variances=[D("0.01"), D("0.02")], basic=0)
    assert own["variance"] == D("0.03")


def test_pedigree_by_the_empirical_table() -> None:
    values = values_of("pedigree_factors", scores=[2, 2, 2, 2, 2], table="empirical")
    expected = sum(D(u).ln() ** 2 for u in ("1.54", "1.03", "1.03", "1.04", "1.18"))
    assert round(values["sigma_ln"] * 2, 20) == round(expected.sqrt(), 20)
    assert pedigree.factors_of([5, 5, 5, 5, 5], "empirical") == [
        D("1.69"),
        D("1.08"),
        D("1.29"),
        D("1.11"),
        D("2.80"),
    ]
    assert pedigree.factors_of([4, 4, 4, 4, 4]) == [
        D("1.20"),
        D("1.10"),
        D("1.20"),
        D("1.02"),
        D("1.50"),
    ]
    assert values_of("pedigree_factors", scores=[1, 1, 1, 1, 1])["gsd2"] == 1


def test_pedigree_refuses_what_is_no_score() -> None:
    assert refusal_of("pedigree_factors", scores=[1, 2, 3]) == ("not_five_scores", {"count": "3"})
    assert refusal_of("pedigree_factors", scores=[1, 2, 3, 4, 6]) == ("no_score", {"value": "6"})
    assert refusal_of("pedigree_variances", scores=[0, 2, 3, 4, 5]) == ("no_score", {"value": "0"})
    assert refusal_of("pedigree_factors", scores=[1, 2, 3, 4, 1.5])[0] == "not_whole"
    assert refusal_of("pedigree_factors", scores=[1] * 5, table="x")[0] == "unknown_table"
    assert refusal_of("pedigree_factors", U=[0.9])[0] == "below_one"
    assert refusal_of("pedigree_factors", U=[1.1], Ub="0.5")[0] == "below_one"
    assert refusal_of("pedigree_variances", variances=[-1])[0] == "negative"


def test_the_probability_of_being_lower() -> None:
    a, b = Lognormal.from_gsd(D(1), D("1.2")), Lognormal.from_gsd(D(2), D("1.2"))
    assert round(probability_lower(a, b), 6) == D("0.996409")
    assert round(probability_lower(b, a), 6) == D("0.003591")
    assert probability_lower(a, a) == D("0.5")
    assert probability_lower(a, b, D(1)) == 1
    assert probability_lower(b, a, D(1)) == 0
    assert probability_lower(a, a, D(1)) == D("0.5")
    with pytest.raises(CalculationRefused, match="no_correlation"):
        probability_lower(a, b, D("1.1"))
    with pytest.raises(CalculationRefused, match="zero"):
        probability_lower(Lognormal(D(0)), b)


def test_a_comparison_needs_one_basis_and_certainty() -> None:
    basis = {"unit": "kg", "database": "agribalyse", "stage": "to_retail"}
    own = {**basis, "median": 1, "gsd": 1.2}
    other = {**basis, "median": 2, "gsd": 1.2}
    values = values_of("comparison", a=own, b=other)
    assert (values["may_claim"], values["difference"], values["differing"]) == (True, -1, [])
    unsure = values_of("comparison", a=own, b={**other, "median": "1.3"})
    assert round(unsure["probability"], 3) == D("0.846")
    assert unsure["may_claim"] is False
    mixed = values_of("comparison", own=own, reference={**other, "database": "rivm"})
    assert (mixed["may_claim"], mixed["differing"]) == (False, ["database"])


def test_data_quality_wants_as_many_scores_as_emissions() -> None:
    assert refusal_of("data_quality_rating", E=[1, 2], q=[1])[0] == "unlike_lengths"
    assert refusal_of("data_quality_rating", E=[-1], q=[1])[0] == "negative"
    assert values_of("data_quality_rating", E=[0], q=[1]) == {"dqr": None}
    assert refusal_of("lognormal_sum", medians=[1], gsds=[1, 2])[0] == "unlike_lengths"
    assert refusal_of("lognormal_product", activity=1, gsd_activity="0.9", factor=1) == (
        "below_one",
        {"name": "gsd", "value": "0.9"},
    )
