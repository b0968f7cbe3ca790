"""Share whole amounts so that the parts add up to the total, always.

Largest remainder: everyone gets the whole part of his exact share, and what is left
goes, one by one, to the largest remainders; a tie goes to the lowest place (ALL-01 to
ALL-03). Repeated partial shares use cumulative rounding (ALL-06).
"""

from collections.abc import Sequence
from fractions import Fraction

from winkelstraat.common.money import round_half_up


class CannotAllocate(ValueError):
    """The total does not fit: the caps together are smaller, or a weight is negative."""


def allocate(total: int, weights: Sequence[int], caps: Sequence[int] | None = None) -> list[int]:
    """Share `total` over `weights`; the result has one whole part per weight, in order.

    Without any weight above zero the shares are equal. With `caps`, no part exceeds its
    cap and the overflow is shared again over the rest (ALL-08).

    :raises CannotAllocate: when there is nobody to share with, a weight is negative, or
        the caps together are smaller than the total.
    """
    if any(weight < 0 for weight in weights):
        raise CannotAllocate("A weight cannot be negative.")
    if not weights:
        if total:
            raise CannotAllocate("There is nobody to share with.")
        return []
    if total < 0:
        return [-part for part in allocate(-total, weights, caps)]
    if caps is None:
        return _share(total, weights)
    return _share_within(total, weights, caps)


def _share(total: int, weights: Sequence[int]) -> list[int]:
    usable = list(weights) if any(weights) else [1] * len(weights)
    whole = sum(usable)
    parts = [total * weight // whole for weight in usable]
    left = total - sum(parts)
    by_remainder = sorted(
        range(len(usable)), key=lambda place: (-(total * usable[place] % whole), place)
    )
    for place in by_remainder[:left]:
        parts[place] += 1
    return parts


def _share_within(total: int, weights: Sequence[int], caps: Sequence[int]) -> list[int]:
    if sum(caps) < total:
        raise CannotAllocate("The caps together are smaller than the total.")
    parts = [0] * len(weights)
    left = total
    while left:
        open_places = [place for place in range(len(weights)) if parts[place] < caps[place]]
        weighted = [place for place in open_places if weights[place]] or open_places
        shares = _share(left, [weights[place] for place in weighted])
        for place, share in zip(weighted, shares, strict=True):
            taken = min(share, caps[place] - parts[place])
            parts[place] += taken
            left -= taken
    return parts


def cumulative_share(amount: int, done_before: int, done_now: int, whole: int) -> int:
    """Return what of `amount` belongs to the step from `done_before` to `+ done_now`.

    The steps of a series that reaches `whole` add up to exactly `amount`, whatever the
    steps were: each is the difference of two rounded running totals.
    """
    if whole == 0:
        return 0

    def running(done: int) -> int:
        return round_half_up(Fraction(amount * done, whole))

    return running(done_before + done_now) - running(done_before)
