"""A Monte Carlo of a sum that anyone can repeat: the seed and draws stand with the result."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import exp, log
from random import Random
from statistics import NormalDist, fmean, pstdev

from ketens.domain.calculations.refusal import CalculationRefused
from ketens.domain.uncertainty import Line

LEAST_DRAWS = 10_000
MOST_DRAWS = 200_000
STANDARD = NormalDist()


@dataclass(frozen=True, slots=True)
class Simulated:
    """What a simulation found, with what is needed to repeat it."""

    median: Decimal
    low: Decimal
    high: Decimal
    mean: Decimal
    gsd: Decimal
    seed: int
    draws: int


def simulate_sum(lines: Sequence[Line], *, seed: int, draws: int = LEAST_DRAWS) -> Simulated:
    """Draw a sum of lines; lines with one factor share its draw and that of their activity.

    Only ``Random.random`` is used, which gives the same numbers in every Python.

    :raises CalculationRefused: ``draws`` below ten thousand or above two hundred
        thousand, ``too_few`` without lines.
    """
    if not LEAST_DRAWS <= draws <= MOST_DRAWS:
        raise CalculationRefused("draws", least=str(LEAST_DRAWS), most=str(MOST_DRAWS))
    if not lines:
        raise CalculationRefused("too_few", least="1")
    keys = list(dict.fromkeys(line.factor_key for line in lines))
    terms = [
        (
            keys.index(line.factor_key),
            float(line.activity.median * line.factor.median),
            float(line.activity.sigma),
            float(line.factor.sigma),
        )
        for line in lines
    ]
    # Repeatable numbers are the point here, not numbers nobody can guess.
    source = Random(seed)  # noqa: S311
    totals = sorted(_draw(source, len(keys), terms) for _ in range(draws))
    logs = [log(total) for total in totals if total > 0]
    return Simulated(
        median=_at(totals, 0.5),
        low=_at(totals, 0.025),
        high=_at(totals, 0.975),
        mean=Decimal(repr(fmean(totals))),
        gsd=Decimal(repr(exp(pstdev(logs)))) if logs else Decimal(1),
        seed=seed,
        draws=draws,
    )


def _draw(source: Random, keys: int, terms: Sequence[tuple[int, float, float, float]]) -> float:
    activity = [_standard(source) for _ in range(keys)]
    factor = [_standard(source) for _ in range(keys)]
    return sum(
        median * exp(spread * activity[key] + factor_spread * factor[key])
        for key, median, spread, factor_spread in terms
    )


def _standard(source: Random) -> float:
    # random() may be 0, where the inverse has no value.
    return STANDARD.inv_cdf(source.random() or 0.5)


def _at(ordered: Sequence[float], share: float) -> Decimal:
    return Decimal(repr(ordered[round(share * (len(ordered) - 1))]))
