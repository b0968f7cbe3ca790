"""No cent is lost or made when a total is shared."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from winkelstraat.common.allocation import CannotAllocate, allocate, cumulative_share

WEIGHTS = st.lists(st.integers(0, 10**7), min_size=1, max_size=8)


@pytest.mark.parametrize(
    ("total", "weights", "parts"),
    [
        (1000, [1, 1, 1], [334, 333, 333]),
        (1, [1, 1, 1], [1, 0, 0]),
        (2, [1, 1, 1], [1, 1, 0]),
        (500, [885, 2499, 1450], [92, 258, 150]),
        (-500, [885, 2499, 1450], [-92, -258, -150]),
        (10, [0, 0], [5, 5]),
    ],
)
def test_the_worked_shares(total: int, weights: list[int], parts: list[int]) -> None:
    assert allocate(total, weights) == parts


@given(total=st.integers(-(10**9), 10**9), weights=WEIGHTS)
def test_parts_add_up_and_lie_within_one_of_the_exact_share(total: int, weights: list[int]) -> None:
    parts = allocate(total, weights)
    assert sum(parts) == total
    whole = sum(weights)
    if whole:
        for part, weight in zip(parts, weights, strict=True):
            assert abs(part * whole - total * weight) < whole


@given(total=st.integers(0, 10**6), weights=WEIGHTS, seed=st.randoms())
def test_shares_move_with_their_weights(total: int, weights: list[int], seed: object) -> None:
    distinct = sorted(set(weights))
    shuffled = list(distinct)
    seed.shuffle(shuffled)  # type: ignore[attr-defined]
    straight = dict(zip(distinct, allocate(total, distinct), strict=True))
    mixed = dict(zip(shuffled, allocate(total, shuffled), strict=True))
    assert sum(straight.values()) == sum(mixed.values())
    assert all(abs(straight[weight] - mixed[weight]) <= 1 for weight in distinct)


@given(
    parts=st.lists(st.tuples(st.integers(0, 1000), st.integers(0, 1000)), min_size=1, max_size=6),
    share=st.fractions(0, 1),
)
def test_caps_hold_and_the_overflow_goes_to_the_rest(
    parts: list[tuple[int, int]], share: object
) -> None:
    weights = [weight for weight, _cap in parts]
    caps = [cap for _weight, cap in parts]
    total = int(sum(caps) * share)  # type: ignore[operator]
    shared = allocate(total, weights, caps)
    assert sum(shared) == total
    assert all(0 <= part <= cap for part, cap in zip(shared, caps, strict=True))


def test_a_total_above_the_caps_is_refused() -> None:
    with pytest.raises(CannotAllocate):
        allocate(11, [1, 1], caps=[5, 5])


def test_nobody_to_share_with_is_refused_unless_there_is_nothing() -> None:
    assert allocate(0, []) == []
    with pytest.raises(CannotAllocate):
        allocate(1, [])


@given(amount=st.integers(0, 10**6), steps=st.lists(st.integers(0, 10**4), min_size=1, max_size=9))
def test_steps_of_a_whole_return_exactly_the_whole(amount: int, steps: list[int]) -> None:
    whole, done, given_back = sum(steps), 0, 0
    for step in steps:
        given_back += cumulative_share(amount, done, step, whole)
        done += step
    assert given_back == (amount if whole else 0)
