"""How sure a number is: pedigree, intervals of products and sums, quality of data."""

from decimal import Decimal
from typing import Any

from ketens.domain import pedigree
from ketens.domain.calculations.inputs import Inputs
from ketens.domain.calculations.refusal import CalculationRefused
from ketens.domain.calculations.registry import Values, calculation
from ketens.domain.simulation import LEAST_DRAWS, simulate_sum
from ketens.domain.uncertainty import (
    Line,
    Lognormal,
    sum_independent,
    sum_lines,
    two_digits,
    word_for,
)

SECTION = "Uncertainty"
SCORES = ("scores_rel_comp_temp_geo_tech", "scores")


@calculation("pedigree_factors", unit="factor", section=SECTION, example="WE27")
def pedigree_factors(inputs: Inputs) -> Values:
    """Interval from five scores by factors: GSD2 = exp(sqrt(sum ln^2 U))."""
    if "U" in inputs:
        factors = inputs.numbers("U")
    else:
        factors = pedigree.factors_of(_scores(inputs), inputs.text("table", default="classic"))
    sigma = pedigree.sigma_from_factors(factors, inputs.positive("Ub", "basic", default=1))
    return _spread(sigma)


@calculation("pedigree_variances", unit="factor", section=SECTION)
def pedigree_variances(inputs: Inputs) -> Values:
    """Interval from five scores by variances: sigma^2 = basic + sum of variances."""
    variances = (
        inputs.numbers("variances")
        if "variances" in inputs
        else pedigree.variances_of(_scores(inputs))
    )
    for variance in variances:
        if variance < 0:
            raise CalculationRefused("negative", name="variances", value=str(variance))
    basic = inputs.amount(
        "basic_variance",
        "sigma2_basic",
        "sigma_basic2",
        "var_basic",
        "basic",
        default=pedigree.BASIC_VARIANCE,
    )
    sigma = pedigree.sigma_from_variances(variances, basic)
    return {"variance": sum(variances, Decimal(0)) + basic, **_spread(sigma)}


@calculation("lognormal_product", unit="as the inputs", section=SECTION, example="WE29")
def lognormal_product(inputs: Inputs) -> Values:
    """Activity times factor, both lognormal: variances of the logarithms add up."""
    if "terms" in inputs:
        product = Lognormal(Decimal(1))
        for one in inputs.items("terms"):
            product *= _lognormal(one)
    else:
        activity = Lognormal.from_gsd(
            inputs.amount("activity"), inputs.positive("gsd_activity", default=1)
        )
        product = activity * Lognormal.from_gsd(
            inputs.amount("factor"), inputs.positive("gsd_factor", default=1)
        )
    return _interval(product)


@calculation("lognormal_sum", unit="as the inputs", section=SECTION)
def lognormal_sum(inputs: Inputs) -> Values:
    """A sum by Fenton and Wilkinson; lines with one factor are summed per factor first."""
    if "lines" in inputs:
        return _interval(sum_lines(_lines(inputs)))
    return _interval(sum_independent(_terms(inputs)))


@calculation("monte_carlo_sum", unit="as the inputs", section=SECTION)
def monte_carlo_sum(inputs: Inputs) -> Values:
    """The same sum by at least ten thousand draws with a fixed seed."""
    lines = (
        _lines(inputs)
        if "lines" in inputs
        else [
            Line(term, str(place), Lognormal(Decimal(1)))
            for place, term in enumerate(_terms(inputs))
        ]
    )
    found = simulate_sum(
        lines,
        seed=inputs.whole("seed", default=1),
        draws=inputs.whole("draws", "n", default=LEAST_DRAWS),
    )
    return {
        "median": found.median,
        "p2_5": found.low,
        "p97_5": found.high,
        "mean": found.mean,
        "gsd": found.gsd,
        "seed": found.seed,
        "draws": found.draws,
    }


@calculation("data_quality_rating", unit="score", section=SECTION, example="WE31")
def data_quality_rating(inputs: Inputs) -> Values:
    """Scores weighted by emission: sum of E x q over sum of E."""
    emissions, scores = inputs.numbers("E", "emissions"), inputs.numbers("q", "scores")
    if len(emissions) != len(scores):
        raise CalculationRefused("unlike_lengths", first="E", second="q")
    if min(emissions) < 0:
        raise CalculationRefused("negative", name="E", value=str(min(emissions)))
    total = sum(emissions, Decimal(0))
    weighted = sum((e * q for e, q in zip(emissions, scores, strict=True)), Decimal(0))
    return {"dqr": weighted / total if total else None}


def _scores(inputs: Inputs) -> list[int]:
    name = inputs.first_of(*SCORES)
    if name not in inputs:
        return [inputs.whole(indicator) for indicator in pedigree.INDICATORS]
    scores = inputs.numbers(name)
    if any(score != int(score) for score in scores):
        raise CalculationRefused("not_whole", name=name)
    return [int(score) for score in scores]


def _spread(sigma: Decimal) -> dict[str, Any]:
    gsd2 = (2 * sigma).exp()
    return {"gsd2": gsd2, "gsd": sigma.exp(), "sigma_ln": sigma, "word": word_for(gsd2)}


def _terms(inputs: Inputs) -> list[Lognormal]:
    if "medians" in inputs or "m" in inputs:
        medians, gsds = inputs.numbers("medians", "m"), inputs.numbers("gsds", "gsd", "g")
        if len(medians) != len(gsds):
            raise CalculationRefused("unlike_lengths", first="medians", second="gsds")
        return [Lognormal.from_gsd(m, g) for m, g in zip(medians, gsds, strict=True)]
    return [_lognormal(one) for one in inputs.items("terms", "items", "components")]


def _lognormal(one: Inputs) -> Lognormal:
    if "activity" in one:
        activity = Lognormal.from_gsd(
            one.amount("activity"), one.positive("gsd_activity", default=1)
        )
        return activity * Lognormal.from_gsd(
            one.amount("factor"), one.positive("gsd_factor", default=1)
        )
    median = one.amount("median", "m", "value", "kg")
    if "sigma" in one or "sigma_ln" in one:
        return Lognormal(median, one.amount("sigma", "sigma_ln") ** 2)
    return Lognormal.from_gsd(median, one.positive("gsd", "g", default=1))


def _lines(inputs: Inputs) -> list[Line]:
    return [
        Line(
            activity=Lognormal.from_gsd(
                one.amount("activity"), one.positive("gsd_activity", default=1)
            ),
            factor_key=one.text("factor_key", "factor_name", default=f"line {place}"),
            factor=Lognormal.from_gsd(one.amount("factor"), one.positive("gsd_factor", default=1)),
        )
        for place, one in enumerate(inputs.items("lines"))
    ]


def _interval(amount: Lognormal) -> dict[str, Any]:
    return {
        "median": amount.median,
        "gsd": amount.gsd,
        "gsd2": amount.gsd2,
        "sigma_ln": amount.sigma,
        "p2_5": amount.low,
        "p97_5": amount.high,
        "mean": amount.mean,
        "word": word_for(amount.gsd2),
        "shown": two_digits(amount.median),
    }
