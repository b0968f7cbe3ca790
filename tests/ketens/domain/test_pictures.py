"""Pictures of figures: what is unknown is a gap, and classes, ranks and shares are exact."""

import pytest

from ketens.domain.pictures import (
    BarRow,
    Level,
    Region,
    SharePart,
    Spot,
    TimePoint,
    draw_areas,
    draw_bars,
    draw_shares,
    draw_timeline,
)
from ketens.domain.pictures.scales import class_of, classes, ticks

SQUARE = ((6.0, 53.0), (6.1, 53.0), (6.1, 52.9), (6.0, 52.9))


def region(key: str, value: int | None) -> Region:
    return Region(key, key.title(), (SQUARE,), (6.05, 52.95), value, str(value))


@pytest.mark.parametrize(
    ("top", "base", "expected"),
    [
        (0, 1, (0, 1)),
        (7, 1, (0, 2, 4, 6, 8)),
        (10, 1, (0, 2, 4, 6, 8, 10)),
        (412_000, 1, (0, 100_000, 200_000, 300_000, 400_000, 500_000)),
        (60 * 90, 60, (0, 1200, 2400, 3600, 4800, 6000)),
    ],
)
def test_an_axis_has_round_numbers_up_to_the_top(
    top: int, base: int, expected: tuple[int, ...]
) -> None:
    assert ticks(top, base=base) == expected


def test_classes_hold_as_many_values_each_and_never_split_equal_ones() -> None:
    found = classes([1, 1, 2, 3, 4, 5, 6, 7, 8, None, 0])
    assert found == ((1, 2), (3, 4), (5, 6), (7, 8))
    assert [class_of(value, found) for value in (1, 2, 8, 0, None)] == [1, 1, 4, 0, None]
    assert classes([None, 0]) == ()
    assert classes([5, 5]) == ((5, 5),)


def test_a_map_ranks_from_most_to_least_and_leaves_unknown_without_a_rank() -> None:
    drawn = draw_areas([region("emmen", 40), region("assen", 90), region("meppel", None)])
    assert [(one.key, one.rank, one.step) for one in drawn.regions] == [
        ("emmen", 2, 3),
        ("assen", 1, 4),
        ("meppel", 0, None),
    ]
    assert drawn.has_unknown
    assert not drawn.has_nought
    assert [(one.low, one.high) for one in drawn.legend] == [(40, 40), (90, 90)]


def test_a_village_on_the_map_grows_with_its_weight_and_stands_inside() -> None:
    spots = [Spot("Norg", 52.95, 6.05, 4), Spot("Zuidlaren", 52.96, 6.02, 1), Spot("Ees", 53, 6)]
    drawn = draw_areas([region("noordenveld", 1)], spots)
    assert [spot.name for spot in drawn.spots] == ["Ees", "Zuidlaren", "Norg"]
    assert drawn.spots[0].is_marked is False
    assert drawn.spots[1].radius < drawn.spots[2].radius
    assert all(0 <= spot.x <= drawn.width and 0 <= spot.y <= drawn.height for spot in drawn.spots)


def test_the_line_breaks_where_nothing_is_known() -> None:
    points = [TimePoint("a", 10), TimePoint("b", 20), TimePoint("c", None), TimePoint("d", 5)]
    drawn = draw_timeline(points, say=str)
    assert len(drawn.lines) == 1
    assert drawn.lines[0].count("L") == 1
    assert len(drawn.dots) == 3
    assert len(drawn.gaps) == 1


def test_the_band_lies_around_the_line_and_needs_a_margin_on_both_sides() -> None:
    points = [TimePoint("a", 10, 8, 12), TimePoint("b", 20, 15, 30), TimePoint("c", 20)]
    drawn = draw_timeline(points, say=str)
    assert len(drawn.bands) == 1
    assert len(drawn.lines) == 1
    first = drawn.dots[0]
    assert first.high_y is not None
    assert first.low_y is not None
    assert first.high_y < first.y < first.low_y
    assert drawn.dots[2].low_y is None


def test_the_axis_reaches_over_every_level_and_their_words_stay_apart() -> None:
    levels = [Level(100, "nulmeting", "baseline"), Level(99, "doel", "target")]
    drawn = draw_timeline([TimePoint("a", 10)], say=str, levels=levels)
    assert drawn.ticks[-1].text == "100"
    assert all(0 <= level.y <= drawn.height for level in drawn.levels)
    assert drawn.levels[1].text_y - drawn.levels[0].text_y >= 18


def test_a_phone_shows_fewer_labels_and_always_the_last() -> None:
    points = [TimePoint(str(index), index) for index in range(12)]
    wide = draw_timeline(points, say=str)
    small = draw_timeline(points, say=str, width=340)
    assert len(wide.labels) > len(small.labels) >= 2
    assert small.labels[-1].text == "11"


def test_bars_share_one_scale_that_holds_the_margins_too() -> None:
    rows = draw_bars([BarRow(50, 25, 100), BarRow(10), BarRow(None)])
    assert (rows[0].width, rows[0].low, rows[0].spread) == (500, 250, 750)
    assert (rows[1].width, rows[1].low) == (100, None)
    assert rows[2].width is None


def test_shares_fill_the_bar_to_the_thousandth_and_leave_out_nothing() -> None:
    parts = [SharePart("a", 1, "1"), SharePart("b", 0, "0"), SharePart("c", 2, "2")]
    drawn = draw_shares(parts)
    assert [(one.label, one.start, one.width, one.percent) for one in drawn] == [
        ("a", 0, 333, 33),
        ("c", 333, 667, 67),
    ]
    assert sum(one.width for one in drawn) == 1000
    assert draw_shares([SharePart("a", 0, "0")]) == ()


def test_an_empty_picture_is_still_a_picture() -> None:
    drawn = draw_timeline([], say=str)
    assert drawn.dots == ()
    assert draw_areas([]).regions == ()
