"""The rule of the movement, in words and numbers; and pictures that say the same."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some

from ketens.domain.movement import (
    Change,
    Fact,
    Facts,
    Place,
    count_places,
    find_moves,
    find_place,
    next_quarter,
    quarter_of,
    quarters_between,
)
from ketens.domain.stacks import StackColumn, draw_stacks

LEADER, FOLLOWER, PELOTON = Place.LEADER, Place.FOLLOWER, Place.PELOTON


@pytest.mark.parametrize(
    ("facts", "place"),
    [
        (Facts("impact_first", level=3), LEADER),
        (Facts("impact_second", level=5), LEADER),
        (Facts("impact_second", months=2), LEADER),
        (Facts("impact_first", level=0, months=2), LEADER),
        (Facts("impact_first"), FOLLOWER),
        (Facts("impact_first", level=2, months=1), FOLLOWER),
        (Facts("impact_second", ("Brood",), level=None), FOLLOWER),
        (Facts("regular", ("Brood",)), FOLLOWER),
        (Facts("regular", level=4), FOLLOWER),
        (Facts("regular", months=12), FOLLOWER),
        (Facts("regular", level=2, months=1), PELOTON),
        (Facts("regular"), PELOTON),
    ],
)
def test_a_place_follows_from_aim_chain_and_measuring(facts: Facts, place: Place) -> None:
    assert find_place(facts) is place


def test_a_move_names_the_facts_that_changed_and_no_others() -> None:
    before = {1: Facts("impact_second", ("Brood",), 1), 2: Facts("regular"), 3: Facts("regular")}
    after = {1: Facts("impact_second", ("Brood",), 3), 2: Facts("regular"), 4: Facts("regular")}
    forward, left, came = find_moves(before, after)
    assert (forward.before, forward.after) == (FOLLOWER, LEADER)
    assert forward.is_forward
    assert forward.changes == (Change(Fact.LEVEL, "1", "3"),)
    assert (left.enterprise_id, left.after, left.changes[0].fact) == (3, None, Fact.LEFT)
    assert (came.enterprise_id, came.before, came.changes[0].fact) == (4, None, Fact.ARRIVED)
    assert not left.is_forward


def test_who_changes_facts_but_not_place_did_not_move() -> None:
    assert find_moves({1: Facts("regular", months=0)}, {1: Facts("regular", months=1)}) == ()


facts = some.builds(
    Facts,
    some.sampled_from(["impact_first", "impact_second", "regular"]),
    some.sampled_from([(), ("Brood",)]),
    some.sampled_from([None, 0, 2, 3, 5]),
    some.integers(0, 12),
)
streets = some.dictionaries(some.integers(1, 40), facts, max_size=30)


@given(streets, streets)
def test_moves_and_counts_agree(before: dict[int, Facts], after: dict[int, Facts]) -> None:
    """What a place held, minus who went, plus who came, is what it holds."""
    counts, later = count_places(before), count_places(after)
    assert sum(counts.values()) == len(before)
    moves = find_moves(before, after)
    for place in Place:
        gone = sum(move.before is place for move in moves)
        come = sum(move.after is place for move in moves)
        assert counts[place] - gone + come == later[place]
    assert all(move.changes for move in moves)


def test_quarters_end_where_the_next_begins() -> None:
    assert quarter_of(date(2026, 12, 31)) == date(2026, 10, 1)
    assert next_quarter(date(2026, 10, 1)) == date(2027, 1, 1)
    found = quarters_between(date(2026, 2, 14), date(2026, 9, 30))
    assert found == (date(2026, 1, 1), date(2026, 4, 1))
    assert quarters_between(date(2026, 2, 14), date(2026, 10, 1))[-1] == date(2026, 7, 1)
    assert quarters_between(date(2026, 2, 14), date(2026, 3, 31)) == ()


def test_columns_stack_to_their_total_and_what_is_hidden_is_one_block() -> None:
    picture = draw_stacks(
        [StackColumn("1", (5, 10, 20), 35), StackColumn("2", (None, 10, None), 35)]
    )
    assert [block.part for block in picture.blocks] == [0, 1, 2, 1, None]
    first = [block for block in picture.blocks if block.x == picture.blocks[0].x]
    second = [block for block in picture.blocks if block.x != picture.blocks[0].x]
    assert sum(block.height for block in first) == pytest.approx(
        sum(block.height for block in second), abs=0.2
    )
    assert first[1].height == pytest.approx(2 * first[0].height, abs=0.2)
    assert second[1].text == ""
    assert len(picture.scale) <= 6
    assert draw_stacks([]).blocks == ()
