"""How sure it is that a new number is above its own past, when that past is short.

The logarithms of a few months have a mean and a spread, and the next one follows Student's
distribution around that mean (prediction interval; NIST/SEMATECH e-Handbook 7.2.4). With few
months the demand is high, as it should be. Whole degrees of freedom have a closed form
(Abramowitz and Stegun 26.7.3 and 26.7.4), so no library is needed.
"""

from collections.abc import Sequence
from decimal import Decimal
from math import atan, cos, log, pi, sin, sqrt

# A past of two equal months is not steadier than five percent, whatever it looks like.
LEAST_SPREAD = 0.05


def probability_above(new: Decimal, past: Sequence[Decimal]) -> Decimal | None:
    """Return the probability that a number is above what its past leads to expect.

    Four decimals. None when there are fewer than two earlier numbers, or when one is not
    above nought: a logarithm of nothing says nothing.
    """
    if len(past) < 2 or new <= 0 or any(one <= 0 for one in past):
        return None
    logs = [log(one) for one in past]
    mean = sum(logs) / len(logs)
    variance = sum((one - mean) ** 2 for one in logs) / (len(logs) - 1)
    spread = max(sqrt(variance), LEAST_SPREAD)
    statistic = (log(new) - mean) / (spread * sqrt(1 + 1 / len(logs)))
    chance = student_cdf(statistic, len(logs) - 1)
    return Decimal(chance).quantize(Decimal("0.0001"))


def student_cdf(statistic: float, degrees: int) -> float:
    """Return the chance that Student's t with whole degrees of freedom is at most this."""
    angle = atan(statistic / sqrt(degrees))
    if degrees % 2:
        inside = angle + sin(angle) * _odd_terms(cos(angle), degrees)
        return 0.5 + inside / pi
    return 0.5 + sin(angle) * _even_terms(cos(angle), degrees) / 2


def _odd_terms(cosine: float, degrees: int) -> float:
    total, term = 0.0, cosine
    for step in range(1, degrees - 1, 2):
        total += term
        term *= cosine**2 * (step + 1) / (step + 2)
    return total


def _even_terms(cosine: float, degrees: int) -> float:
    total, term = 0.0, 1.0
    for step in range(0, degrees - 1, 2):
        total += term
        term *= cosine**2 * (step + 1) / (step + 2)
    return total
