"""Round numbers along an axis, and values put into a few classes."""

from collections.abc import Iterable
from decimal import Decimal
from itertools import pairwise

STEPS = 4
NICE = (Decimal(1), Decimal(2), Decimal(5), Decimal(10))


def ticks(top: int, *, most: int = 5, base: int = 1) -> tuple[int, ...]:
    """Return round numbers from nought to at least `top`, at most `most` steps apart.

    They are round in multiples of `base`: of 60 for minutes that are read as hours.
    """
    if top <= 0:
        return (0, base)
    whole = Decimal(top) / base
    rough = max(whole / most, Decimal(1))
    power = Decimal(10) ** rough.adjusted()
    step = next(power * nice for nice in NICE if power * nice >= rough)
    last = -(-whole // step) if whole % step == 0 else whole // step + 1
    return tuple(int(step * index * base) for index in range(int(last) + 1))


def classes(values: Iterable[int | None], steps: int = STEPS) -> tuple[tuple[int, int], ...]:
    """Divide what is more than nought into at most `steps` classes with as many values each.

    A class is its lowest and highest value; equal values never come into two classes.
    """
    known = sorted({value for value in values if value is not None and value > 0})
    count = min(steps, len(known))
    bounds = [len(known) * index // count for index in range(count + 1)] if count else []
    return tuple((known[first], known[after - 1]) for first, after in pairwise(bounds))


def class_of(value: int | None, found: tuple[tuple[int, int], ...]) -> int | None:
    """Return the class of a value from 1, 0 for nought, None for what is not known."""
    if value is None:
        return None
    return next((index for index, (_low, high) in enumerate(found, 1) if 0 < value <= high), 0)
