"""Uncertainty from the quality of data: five scores from 1 (best) to 5 (worst).

Two tables from the ecoinvent data quality guideline, as the package pedigree-matrix
0.2.2 and later guidelines give them, and the empirical one of Ciroth et al. (2013).
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal as D  # noqa: N817

from ketens.domain.calculations.refusal import CalculationRefused

INDICATORS = ("reliability", "completeness", "temporal", "geographical", "technological")


def _table(*rows: str) -> dict[str, tuple[D, ...]]:
    parts = (tuple(D(number) for number in row.split()) for row in rows)
    return dict(zip(INDICATORS, parts, strict=True))


# Factors U, ecoinvent version 2.
CLASSIC = _table(
    "1 1.05 1.10 1.20 1.50",
    "1 1.02 1.05 1.10 1.20",
    "1 1.03 1.10 1.20 1.50",
    "1 1.01 1.02 1.02 1.10",
    "1 1 1.20 1.50 2.00",
)
# Factors U, empirical: Ciroth et al. 2013.
EMPIRICAL = _table(
    "1 1.54 1.61 1.69 1.69",
    "1 1.03 1.04 1.08 1.08",
    "1 1.03 1.10 1.19 1.29",
    "1 1.04 1.08 1.11 1.11",
    "1 1.18 1.65 2.08 2.80",
)
# Additional variances of the logarithm, ecoinvent version 3.
VARIANCES = _table(
    "0 0.0006 0.002 0.008 0.04",
    "0 0.0001 0.0006 0.002 0.008",
    "0 0.0002 0.002 0.008 0.04",
    "0 0.000025 0.0001 0.0006 0.002",
    "0 0.0006 0.008 0.04 0.12",
)
# Variance of the logarithm that remains with the best data: combustion CO2, ecoinvent.
BASIC_VARIANCE = D("0.0006")
FACTOR_TABLES: Mapping[str, Mapping[str, tuple[D, ...]]] = {
    "classic": CLASSIC,
    "empirical": EMPIRICAL,
}


def check_scores(scores: Sequence[int]) -> None:
    """Refuse scores that are not five whole numbers from 1 to 5.

    :raises CalculationRefused: ``not_five_scores`` or ``no_score``.
    """
    if len(scores) != len(INDICATORS):
        raise CalculationRefused("not_five_scores", count=str(len(scores)))
    for score in scores:
        if not 1 <= score <= 5:
            raise CalculationRefused("no_score", value=str(score))


def factors_of(scores: Sequence[int], table: str = "classic") -> list[D]:
    """Return the factor U of each indicator.

    :raises CalculationRefused: for other scores or another table.
    """
    check_scores(scores)
    if table not in FACTOR_TABLES:
        raise CalculationRefused("unknown_table", name=table)
    rows = FACTOR_TABLES[table].values()
    return [row[score - 1] for row, score in zip(rows, scores, strict=True)]


def variances_of(scores: Sequence[int]) -> list[D]:
    """Return the additional variance of the logarithm of each indicator.

    :raises CalculationRefused: for other scores.
    """
    check_scores(scores)
    return [row[score - 1] for row, score in zip(VARIANCES.values(), scores, strict=True)]


def sigma_from_factors(factors: Sequence[D], basic: D = D(1)) -> D:
    """Return the standard deviation of the logarithm, ``sqrt(sum ln^2 U) / 2``.

    :raises CalculationRefused: ``below_one`` for a factor under 1.
    """
    for factor in (*factors, basic):
        if factor < 1:
            raise CalculationRefused("below_one", name="U", value=str(factor))
    return sum((factor.ln() ** 2 for factor in (*factors, basic)), D(0)).sqrt() / 2


def sigma_from_variances(variances: Sequence[D], basic: D = BASIC_VARIANCE) -> D:
    """Return the standard deviation of the logarithm, ``sqrt(basic + sum of variances)``."""
    return (sum(variances, D(0)) + basic).sqrt()
