"""The flow picture: bands as wide as their amounts, nothing outside the frame."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ketens.domain.flow import FlowEdge, FlowNode, FlowPicture, draw_across, draw_down, wrap

NODES = [
    FlowNode(1, "Akkerbouw de Es"),
    FlowNode(2, "Molen"),
    FlowNode(3, "Bakkerij"),
    FlowNode(4, "Varkens"),
]
EDGES = [
    FlowEdge(1, 2, 400, "400 g"),
    FlowEdge(2, 3, 300, "300 g"),
    FlowEdge(2, 4, None, "onbekend"),
]


def corners(path: str) -> list[tuple[float, float]]:
    return [(float(x), float(y)) for x, y in re.findall(r"(-?[\d.]+) (-?[\d.]+)", path)]


def test_a_band_is_as_wide_as_its_share_of_the_largest_flow() -> None:
    picture = draw_across(NODES, EDGES)
    widths = [corners(band.path)[-1][1] - corners(band.path)[0][1] for band in picture.bands]
    assert widths == [pytest.approx(90), pytest.approx(67.5), pytest.approx(3)]
    assert [band.is_known for band in picture.bands] == [True, True, False]


def test_two_bands_leave_a_node_beside_each_other() -> None:
    picture = draw_across(NODES, EDGES)
    first, second = corners(picture.bands[1].path), corners(picture.bands[2].path)
    assert second[0][1] >= first[-1][1] - 0.1


def test_a_chain_without_amounts_is_drawn_thin() -> None:
    edges = [FlowEdge(1, 2, None, "onbekend")]
    picture = draw_down(NODES[:2], edges)
    assert [bar.width for bar in picture.bars] == [6.0, 6.0]


def test_a_chain_without_links_is_an_empty_picture() -> None:
    assert draw_across([], []).bars == ()
    assert draw_down([], []).bands == ()


def test_a_long_name_takes_two_lines_and_dots() -> None:
    assert wrap("Bakkerij Oost", 200) == ("Bakkerij Oost",)
    assert wrap("Coöperatieve Zuivelfabriek De Eendracht", 150) == (
        "Coöperatieve",
        "Zuivelfabriek …",
    )


flows = st.lists(st.one_of(st.none(), st.integers(0, 10**7)), min_size=1, max_size=8)


@given(flows)
def test_nothing_is_drawn_outside_the_frame(amounts: list[int | None]) -> None:
    nodes = [FlowNode(key, f"Plaats {key}") for key in range(len(amounts) + 1)]
    edges = [FlowEdge(key // 2, key + 1, amount, "x") for key, amount in enumerate(amounts)]
    for picture in (draw_across(nodes, edges), draw_down(nodes, edges)):
        check_frame(picture)


def check_frame(picture: FlowPicture) -> None:
    for bar in picture.bars:
        assert -0.2 <= bar.y <= picture.height
        assert bar.y + bar.height <= picture.height + 0.2
    for band in picture.bands:
        assert all(-0.2 <= y <= picture.height + 0.2 for _, y in corners(band.path))
