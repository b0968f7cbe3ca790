"""Intervals: how sure a number is, carried through products and sums.

Every amount is a lognormal: a median and the standard deviation of its logarithm. The
same factor on many lines is one and the same unknown, so activities are summed per
factor first; otherwise the interval shrinks falsely. Decimal throughout, so results
are the same on every machine.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal, localcontext
from math import erf, sqrt

from ketens.domain.calculations.refusal import CalculationRefused

Z95 = Decimal("1.96")
ESTIMATE_ABOVE = Decimal("1.5")
INDICATIVE_ABOVE = Decimal(2)


@dataclass(frozen=True, slots=True)
class Lognormal:
    """An amount by its median and the variance of its logarithm; a median may be 0."""

    median: Decimal
    variance: Decimal = Decimal(0)

    @classmethod
    def from_gsd(cls, median: Decimal, gsd: Decimal) -> "Lognormal":
        """Return the lognormal of a geometric standard deviation, 1 when it is certain.

        :raises CalculationRefused: ``below_one`` or ``negative``.
        """
        if gsd < 1:
            raise CalculationRefused("below_one", name="gsd", value=str(gsd))
        if median < 0:
            raise CalculationRefused("negative", name="median", value=str(median))
        return cls(median, gsd.ln() ** 2)

    @property
    def sigma(self) -> Decimal:
        """The standard deviation of the logarithm."""
        return self.variance.sqrt()

    @property
    def gsd(self) -> Decimal:
        """The geometric standard deviation."""
        return self.sigma.exp()

    @property
    def gsd2(self) -> Decimal:
        """The square of the geometric standard deviation: about the 95% interval."""
        return (2 * self.sigma).exp()

    @property
    def mean(self) -> Decimal:
        """The mean, above the median unless it is certain."""
        return self.median * (self.variance / 2).exp()

    @property
    def mean_variance(self) -> Decimal:
        """The variance of the amount itself, not of its logarithm."""
        return self.mean**2 * (self.variance.exp() - 1)

    @property
    def low(self) -> Decimal:
        """The 2.5th percentile."""
        return self.median / (Z95 * self.sigma).exp()

    @property
    def high(self) -> Decimal:
        """The 97.5th percentile."""
        return self.median * (Z95 * self.sigma).exp()

    def __mul__(self, other: "Lognormal") -> "Lognormal":
        return Lognormal(self.median * other.median, self.variance + other.variance)


@dataclass(frozen=True, slots=True)
class Line:
    """An activity with the factor that it is multiplied with; a key names one unknown."""

    activity: Lognormal
    factor_key: str
    factor: Lognormal


def sum_independent(terms: Sequence[Lognormal]) -> Lognormal:
    """Return the lognormal with the mean and variance of a sum (Fenton 1960, Wilkinson).

    :raises CalculationRefused: ``too_few`` without terms.
    """
    if not terms:
        raise CalculationRefused("too_few", least="1")
    mean = sum((term.mean for term in terms), Decimal(0))
    if mean == 0:
        return Lognormal(Decimal(0))
    spread = sum((term.mean_variance for term in terms), Decimal(0))
    if spread == 0:
        return Lognormal(mean)
    variance = (1 + spread / mean**2).ln()
    return Lognormal(mean / (variance / 2).exp(), variance)


def sum_together(terms: Sequence[Lognormal]) -> Lognormal:
    """Return a sum whose parts err together: the spread is the parts' own, by weight.

    Parts that were weighed apart may err apart, which would be narrower; this keeps a
    line that is written as two from looking surer than it is.

    :raises CalculationRefused: ``too_few`` without terms.
    """
    if not terms:
        raise CalculationRefused("too_few", least="1")
    median = sum((term.median for term in terms), Decimal(0))
    if median == 0:
        return Lognormal(Decimal(0))
    sigma = sum((term.median * term.sigma for term in terms), Decimal(0)) / median
    return Lognormal(median, sigma**2)


def sum_lines(lines: Iterable[Line]) -> Lognormal:
    """Return the sum of lines: activities per factor first, then the factors' products.

    :raises CalculationRefused: ``unlike_factors`` when one key has two values.
    """
    factors: dict[str, Lognormal] = {}
    activities: dict[str, list[Lognormal]] = {}
    for line in lines:
        if factors.setdefault(line.factor_key, line.factor) != line.factor:
            raise CalculationRefused("unlike_factors", name=line.factor_key)
        activities.setdefault(line.factor_key, []).append(line.activity)
    return sum_independent(
        [sum_together(activities[key]) * factor for key, factor in factors.items()]
    )


def probability_lower(a: Lognormal, b: Lognormal, correlation: Decimal = Decimal(0)) -> Decimal:
    """Return the probability that `a` is lower than `b`, from their logarithms.

    :raises CalculationRefused: when the correlation is outside -1..1 or a median is 0.
    """
    if not -1 <= correlation <= 1:
        raise CalculationRefused("no_correlation", value=str(correlation))
    if a.median <= 0 or b.median <= 0:
        raise CalculationRefused("zero", name="median")
    variance = a.variance + b.variance - 2 * correlation * a.sigma * b.sigma
    distance = b.median.ln() - a.median.ln()
    if variance <= 0:
        return Decimal((distance > 0) - (distance < 0) + 1) / 2
    z = distance / variance.sqrt()
    return Decimal(str((1 + erf(float(z) / sqrt(2))) / 2))


def word_for(gsd2: Decimal) -> str:
    """Return what a number is called: "indicatief", "schatting", or nothing when it is firm."""
    if gsd2 > INDICATIVE_ABOVE:
        return "indicatief"
    return "schatting" if gsd2 > ESTIMATE_ABOVE else ""


def two_digits(value: Decimal) -> Decimal:
    """Return a value in two significant digits, for a screen; halves go to even."""
    if value == 0:
        return Decimal(0)
    with localcontext() as context:
        context.prec = 2
        context.rounding = ROUND_HALF_EVEN
        return +value
