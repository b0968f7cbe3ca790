"""A self-check against the PSO norm for social employers: indicative, no certificate.

PSO-Nederland alone certifies. The norm table we hold has gaps between sizes and may
have been re-based since; between two sizes the smaller one counts, whose norm is higher.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class PsoNorm:
    """Least weighted contribution for steps 1, 2 and 3, in percent of the workforce."""

    employees: int
    steps: tuple[Decimal, Decimal, Decimal]


@dataclass(frozen=True, slots=True)
class PsoCheck:
    """What the self-check says; ``step`` is 0 below step 1, None when unknown."""

    contribution_percent: Decimal
    norm: PsoNorm | None
    step: int | None
    is_indicative: bool = True


def check_pso(
    *,
    employees: int,
    weighted_people: Decimal,
    indirect_percent: Decimal,
    norms: Mapping[int, tuple[Decimal, Decimal, Decimal]],
) -> PsoCheck:
    """Compare direct plus indirect contribution with the norm for this size.

    :raises ValueError: when there are no employees or a contribution is negative.
    """
    if employees < 1 or weighted_people < 0 or indirect_percent < 0:
        raise ValueError("impossible workforce")
    contribution = weighted_people / employees * 100 + indirect_percent
    sizes = [size for size in norms if size <= employees]
    if not sizes:
        return PsoCheck(contribution, None, None)
    size = max(sizes)
    step = sum(contribution >= least for least in norms[size])
    return PsoCheck(contribution, PsoNorm(size, norms[size]), step)
