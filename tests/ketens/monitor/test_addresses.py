"""Every measure of the monitor has a Dutch address of its own, and its code works too."""

from ketens.domain.monitor import MEASURES, find_measure


def test_no_two_measures_have_one_address() -> None:
    assert len({row.slug for row in MEASURES.values()}) == len(MEASURES)


def test_a_measure_is_found_by_its_address_and_by_its_code() -> None:
    assert MEASURES["food_waste_g"].slug == "voedselverspilling"
    for row in MEASURES.values():
        assert find_measure(row.slug) is row
        assert find_measure(row.code) is row
    assert find_measure("bestaat-niet") is None


def test_an_average_and_a_count_of_who_took_part_do_not_add_up() -> None:
    assert {code for code, row in MEASURES.items() if not row.adds_up} >= {
        "mass_weighted_distance",
        "active_enterprises",
        "villages_with_active_chain",
    }
    assert MEASURES["food_waste_g"].adds_up
