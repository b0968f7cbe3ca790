"""What may be shown of numbers about people, and attacks on what is shown."""

import random
from datetime import date
from decimal import Decimal
from itertools import product

import pytest

from ketens.domain.disclosure import (
    COORDINATORS,
    PUBLIC,
    Ground,
    Group,
    Withheld,
    dominance,
    released_quarter,
    round_to,
)
from ketens.domain.suppression import TableRefused, bounds, suppress

TABLE = [[14, 4, 22], [31, 17, 12]]


def test_counts_are_rounded_as_the_cbs_does():
    assert [round_to(n, 100) for n in (0, 49, 50, 149, 150)] == [0, 0, 100, 100, 200]


def test_one_large_contributor_keeps_a_mean_from_being_shown():
    result = dominance([Decimal(10), Decimal(12), Decimal(11), Decimal(40)])
    assert round(result.share, 4) == Decimal("0.5479")
    assert not result.may_publish
    assert dominance([Decimal(3), Decimal(3), Decimal(4)], limit=Decimal("0.4")).may_publish
    assert dominance([Decimal(5), Decimal(-5)]).share is None


def test_a_small_cell_is_hidden_and_cannot_be_subtracted():
    result = suppress(TABLE, threshold=10)
    assert result.primary == ((0, 1),)
    assert result.complementary == ((0, 0), (1, 1), (1, 0))
    assert result.are_totals_kept


def test_the_bounds_of_a_hidden_cell_are_what_totals_give_away():
    hidden = suppress(TABLE, threshold=10).hidden
    assert bounds(TABLE, hidden, (0, 1)) == (0, 18)
    assert bounds(TABLE, hidden, (1, 0)) == (27, 45)
    assert bounds(TABLE, {(0, 1)}, (0, 1)) == (4, 4)


def every_possible_value(counts, hidden):
    """Attack: try every table that agrees with all published cells and totals."""
    hidden = sorted(hidden)
    seen = {cell: set() for cell in hidden}
    top = [min(sum(counts[r]), sum(line[c] for line in counts)) for r, c in hidden]
    for values in product(*(range(most + 1) for most in top)):
        guess = [list(line) for line in counts]
        for (row, column), value in zip(hidden, values, strict=True):
            guess[row][column] = value
        same_rows = [sum(line) for line in guess] == [sum(line) for line in counts]
        if same_rows and [sum(c) for c in zip(*guess, strict=True)] == [
            sum(c) for c in zip(*counts, strict=True)
        ]:
            for (row, column), value in zip(hidden, values, strict=True):
                seen[row, column].add(value)
    return seen


@pytest.mark.parametrize("seed", range(12))
def test_an_attack_by_trying_everything_finds_no_more_than_the_bounds(seed):
    chance = random.Random(seed)
    counts = [[chance.randint(0, 7) for _ in range(3)] for _ in range(3)]
    hidden = chance.sample([(r, c) for r in range(3) for c in range(3)], 5)
    for cell, values in every_possible_value(counts, hidden).items():
        assert (min(values), max(values)) == bounds(counts, hidden, cell)


@pytest.mark.parametrize("seed", range(20))
def test_every_hidden_cell_keeps_a_wide_interval(seed):
    chance = random.Random(seed)
    counts = [[chance.randint(0, 40) for _ in range(4)] for _ in range(4)]
    result = suppress(counts, threshold=10)
    small = {(r, c) for r in range(4) for c in range(4) if 0 < counts[r][c] < 10}
    assert small <= result.hidden
    if result.are_totals_kept:
        for cell in result.hidden:
            low, high = bounds(counts, result.hidden, cell)
            assert high - low >= 10


def test_totals_go_when_hiding_cells_is_not_enough():
    assert not suppress([[3, 2]], threshold=10).are_totals_kept
    assert not suppress([[4]], threshold=10).are_totals_kept
    shown = PUBLIC.show_table([[3, 2], [0, 0]])
    assert (shown.row_totals, shown.column_totals) == (None, None)


def test_a_table_without_small_cells_is_shown_whole():
    result = suppress([[10, 0], [12, 30]], threshold=10)
    assert (result.primary, result.complementary) == ((), ())


@pytest.mark.parametrize("counts", [[], [[]], [[1, 2], [3]], [[-1]]])
def test_what_is_no_table_of_counts_is_refused(counts):
    with pytest.raises(TableRefused):
        suppress(counts, threshold=10)


def test_a_line_with_everybody_in_one_cell_is_hidden_with_its_zeros():
    shown = PUBLIC.show_table([[40, 0, 0], [30, 20, 25], [31, 22, 28]])
    assert shown.rows[0] == (None, None, None)


def test_public_counts_are_rounded_to_five():
    shown = PUBLIC.show_table([[41, 32], [33, 28]])
    assert shown.rows == ((40, 30), (35, 30))
    assert shown.row_totals == (75, 60)
    assert shown.column_totals == (75, 60)


def group(people, *hours):
    return Group(people, {employer: Decimal(amount) for employer, amount in enumerate(hours)})


def test_nine_people_are_withheld_and_ten_are_shown():
    nine = PUBLIC.show_count(group(9, 50, 50, 50), Ground.PROVINCE, is_split=False)
    assert (nine.value, nine.withheld, nine.below) == (None, Withheld.FEW_PEOPLE, 10)
    ten = PUBLIC.show_count(group(10, 50, 50, 50), Ground.PROVINCE, is_split=False)
    assert (ten.value, ten.withheld) == (10, None)


def test_nobody_is_shown_as_nobody():
    assert PUBLIC.show_count(group(0), Ground.PROVINCE, is_split=True).value == 0


def test_two_employers_or_one_large_one_keep_a_sum_from_being_shown():
    two = PUBLIC.show_hours(group(30, 50, 50), Ground.PROVINCE, is_split=False)
    assert two.withheld is Withheld.FEW_EMPLOYERS
    large = PUBLIC.show_hours(group(30, 101, 50, 50), Ground.PROVINCE, is_split=False)
    assert large.withheld is Withheld.DOMINANCE
    fair = PUBLIC.show_hours(group(30, 100, 50, 50), Ground.PROVINCE, is_split=False)
    assert fair.value == 200


def test_a_village_shows_nothing_and_a_municipality_only_a_sum():
    many = group(60, 500, 500, 500)
    village = PUBLIC.show_hours(many, Ground.VILLAGE, is_split=False)
    assert (village.value, village.withheld) == (None, Withheld.SMALL_GROUND)
    assert PUBLIC.show_hours(many, Ground.MUNICIPALITY, is_split=True).value is None
    assert PUBLIC.show_hours(many, Ground.MUNICIPALITY, is_split=False).value == 1500
    assert PUBLIC.show_hours(many, Ground.PROVINCE, is_split=True).value == 1500


def test_a_percentage_needs_enough_people_and_never_says_everybody():
    assert PUBLIC.show_percentage(10, 19).withheld is Withheld.SMALL_DENOMINATOR
    assert PUBLIC.show_percentage(9, 40).withheld is Withheld.FEW_PEOPLE
    assert PUBLIC.show_percentage(31, 40).withheld is Withheld.FEW_PEOPLE
    assert PUBLIC.show_percentage(40, 40).value is None
    assert PUBLIC.show_percentage(20, 40).value == Decimal(50)


def test_who_judges_social_return_sees_from_five_people():
    assert COORDINATORS.show_count(group(4, 9), Ground.PROVINCE, is_split=True).value is None
    assert COORDINATORS.show_count(group(5, 9), Ground.PROVINCE, is_split=True).value == 5


def test_a_quarter_is_released_thirty_days_after_its_end():
    assert released_quarter(date(2026, 4, 29)) == (date(2025, 10, 1), date(2025, 12, 31))
    assert released_quarter(date(2026, 5, 1)) == (date(2026, 1, 1), date(2026, 3, 31))
    assert released_quarter(date(2026, 1, 15)) == (date(2025, 7, 1), date(2025, 9, 30))


def test_differences_between_two_releases_give_no_small_group_away():
    before = [[14, 12, 22], [31, 17, 12]]
    # One person leaves Assen; the cell that falls below ten was public a quarter ago.
    after = [[14, 9, 22], [31, 17, 12]]
    first = PUBLIC.show_table(before)
    second = PUBLIC.show_table(after, also=first.suppressed.hidden)
    assert first.rows[0][1] == 10
    assert second.rows[0][1] is None
    # Totals of both releases are rounded, so their difference is off by up to five.
    assert [a - b for a, b in zip(first.row_totals, second.row_totals, strict=True)] == [5, 0]
    third = PUBLIC.show_table(before, also=second.suppressed.hidden)
    assert third.rows[0][1] is None
