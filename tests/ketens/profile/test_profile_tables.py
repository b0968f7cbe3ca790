"""Counts of enterprises as the public reads them: no small group, and none to compute back."""

from collections.abc import Mapping
from random import Random

import pytest

from ketens.domain.movement import Facts, Place
from ketens.domain.profile import Profile, Share, count_profiles, official_codes
from ketens.domain.profile_tables import (
    MUNICIPALITY,
    OTHERS,
    PUBLIC_ENTERPRISES,
    STAFF_ENTERPRISES,
    TOTAL,
    Earlier,
    list_exact,
    pool,
    publish,
    show_line,
    show_share,
)
from ketens.queries.profiles.questions import list_keys

PUBLIC = PUBLIC_ENTERPRISES


def street(rows: Mapping[tuple[str, str], int], **answers: tuple[str, ...]) -> list[Profile]:
    """Return so many enterprises by municipality and place."""
    facts = {
        "leader": Facts("impact_first", level=3),
        "follower": Facts("impact_second"),
        "peloton": Facts("regular"),
    }
    wanted = [key for key, number in rows.items() for _one in range(number)]
    return [
        Profile(number, municipality, "Norg", facts[place], answers=answers)
        for number, (municipality, place) in enumerate(wanted)
    ]


def counts_of(rows: Mapping[tuple[str, str], int], **answers: tuple[str, ...]):
    return count_profiles(street(rows, **answers), list_keys())


def test_a_small_group_goes_with_another_and_the_total_stays() -> None:
    line = {"leader": 3, "follower": 14, "peloton": 17}
    assert show_line(line, PUBLIC) == {
        "leader": None,
        "follower": None,
        "peloton": 15,
        TOTAL: 35,
    }
    assert show_line(line, STAFF_ENTERPRISES)["leader"] == 3


def test_who_needs_help_is_hidden_when_few_do_or_few_do_not() -> None:
    share = Share(30, {"finance": 12, "network": 3, "market": 27, "tender": 0, "chain": 30})
    table = show_share(share, PUBLIC)
    assert table == {
        "finance": 10,
        "network": None,
        "market": None,
        "tender": 0,
        "chain": None,
        TOTAL: 30,
    }
    assert show_share(Share(4, {"finance": 2}), PUBLIC) == {"finance": None, TOTAL: None}


def test_small_municipalities_are_taken_together_until_they_are_no_small_group() -> None:
    sizes = {"Assen": 1, "Emmen": 3, "Meppel": 6, "Tynaarlo": 20}
    rows = {name: {"leader": 0, "follower": number, "peloton": 0} for name, number in sizes.items()}
    grid, pooled = pool(rows, least=5)
    assert pooled == ("Assen", "Emmen", "Meppel")
    assert grid[OTHERS]["follower"] == 10
    assert set(grid) == {"Tynaarlo", OTHERS}
    assert pool({"Meppel": rows["Meppel"]}, least=5)[1] == ()


def test_a_place_that_is_hidden_for_the_province_is_hidden_in_every_municipality() -> None:
    rows = {("Emmen", "leader"): 1, ("Assen", "leader"): 2}
    rows |= {(name, "follower"): 12 for name in ("Emmen", "Assen", "Meppel")}
    rows |= {(name, "peloton"): 9 for name in ("Emmen", "Assen", "Meppel")}
    tables = publish(counts_of(rows), PUBLIC).tables
    assert tables["place"]["leader"] is None
    hidden = [place.value for place in Place if tables["place"][place] is None]
    assert len(hidden) == 2
    for name in ("Emmen", "Assen", "Meppel"):
        assert all(tables[MUNICIPALITY][f"{name}|{place}"] is None for place in hidden)


@pytest.mark.parametrize("seed", range(25))
def test_no_release_shows_a_small_group(seed: int) -> None:
    """Random streets: every number is a five or nought, and small cells are in none."""
    dice = Random(seed)
    names = ["Assen", "Emmen", "Meppel", "Coevorden", "Tynaarlo"]
    rows = {
        (name, place.value): dice.choice([0, 0, 1, 3, 4, 5, 9, 14])
        for name in names
        for place in Place
    }
    counts = counts_of(rows, support=("finance",), measuring=("1",))
    published = publish(counts, PUBLIC)
    exact = list_exact(counts, pool(counts.municipalities, least=5)[0])
    for table, cells in published.tables.items():
        for key, shown in cells.items():
            if key.endswith(TOTAL) or shown is None:
                continue
            assert shown % 5 == 0
            assert exact[table, key] == 0 or exact[table, key] >= 5
    # Everybody needs money: that is a fact of each of them, so it is not told.
    assert published.tables["support"]["finance"] is None or not counts.total


def test_what_was_hidden_comes_back_only_when_it_moved_far_enough() -> None:
    def release(leaders: int, earlier: list[Earlier]):
        rows = {("Emmen", "leader"): leaders, ("Emmen", "follower"): 20, ("Emmen", "peloton"): 30}
        counts = counts_of(rows)
        published = publish(counts, PUBLIC, earlier)
        exact = list_exact(counts, pool(counts.municipalities, least=5)[0])
        return published, Earlier(exact, published.hidden, published.pooled)

    first, kept = release(4, [])
    assert first.tables["place"]["leader"] is None
    assert first.tables["place"]["follower"] is None
    # Shown now, five leaders and twenty followers would give the four of before away.
    second, kept_too = release(5, [kept])
    assert second.tables["place"]["leader"] is None
    assert second.tables["place"]["follower"] is None
    third, _kept = release(12, [kept, kept_too])
    # The leaders moved by seven; the followers did not, so another stays hidden with them.
    assert third.tables["place"]["follower"] is None
    assert third.tables["place"][TOTAL] == 60


def test_another_set_of_small_municipalities_is_not_told_in_the_same_release() -> None:
    big = {("Emmen", place.value): 9 for place in Place}
    small = {("Assen", place.value): 1 for place in Place}
    small |= {("Meppel", place.value): 4 for place in Place} | {("Vries", "peloton"): 4}
    first = publish(counts_of({**big, **small, ("Hoogeveen", "leader"): 3}), PUBLIC)
    assert first.pooled == ("Assen", "Hoogeveen", "Vries")
    second = publish(
        counts_of({**big, **small, ("Hoogeveen", "leader"): 8}),
        PUBLIC,
        [Earlier({}, (), first.pooled)],
    )
    assert second.pooled == ("Assen", "Vries")
    pooled = [value for key, value in second.tables[MUNICIPALITY].items() if key.startswith("|")]
    assert pooled[:3] == [None, None, None]


def test_an_agenda_code_becomes_the_official_one_where_that_is_sure() -> None:
    assert official_codes(["17.4", "8.5", "17.14"]) == ("17.14", "8.5")
    assert official_codes(["11.4"]) == ("11.4",)
