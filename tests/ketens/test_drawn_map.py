"""The drawn map: north is up, marked places carry names that do not cover each other."""

import itertools

from ketens.domain.drawn_map import WIDTH, MapPlace, draw_map


def test_north_is_up_and_east_is_right() -> None:
    drawn = draw_map([MapPlace(1, "Eelde", 53.13, 6.56), MapPlace(2, "Coevorden", 52.66, 6.74)])
    eelde, coevorden = sorted(drawn.points, key=lambda point: point.key)
    assert eelde.y < coevorden.y
    assert eelde.x < coevorden.x


def test_names_of_neighbours_do_not_cover_each_other() -> None:
    places = [MapPlace(n, f"Dorp {n}", 53.07 + n / 1000, 6.46, 1) for n in range(4)]
    heights = sorted(
        point.text_y
        for point in draw_map([*places, MapPlace(9, "Ver", 52.7, 7.0)]).points
        if point.is_marked
    )
    assert all(after - before > 16 for before, after in itertools.pairwise(heights))


def test_a_busier_village_is_larger_and_ground_is_a_dot() -> None:
    drawn = draw_map(
        [MapPlace(1, "A", 53, 6.5, 4), MapPlace(2, "B", 52.8, 6.8, 1), MapPlace(3, "C", 52.9, 6.7)]
    )
    radius = {point.key: point.radius for point in drawn.points}
    assert radius[1] > radius[2] > radius[3]


def test_outlines_stay_in_the_picture_and_no_places_is_an_empty_map() -> None:
    drawn = draw_map([], [[(6.1, 52.6), (7.1, 52.6), (7.1, 53.2)]])
    assert drawn.outlines[0].startswith("M18 ")
    assert draw_map([]).points == ()
    assert drawn.width == WIDTH
