"""A chain never runs in a circle, and a product travels its own links only."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ketens.domain.graph import (
    ChainWouldRunInACircle,
    check_new_edge,
    edges_of_product,
    layers,
    reachable,
)

GROWER, MILL, BAKERY, SHOP, DAIRY, FARM_SHOP = range(6)
EDGES = [(GROWER, MILL), (MILL, BAKERY), (BAKERY, SHOP), (DAIRY, SHOP), (BAKERY, FARM_SHOP)]


def test_an_edge_that_closes_a_circle_is_refused() -> None:
    with pytest.raises(ChainWouldRunInACircle):
        check_new_edge(EDGES, (SHOP, GROWER))
    with pytest.raises(ChainWouldRunInACircle):
        check_new_edge([], (SHOP, SHOP))
    check_new_edge(EDGES, (GROWER, SHOP))


def test_a_product_travels_what_feeds_its_maker_and_the_way_to_its_shop() -> None:
    assert edges_of_product(EDGES, BAKERY, SHOP) == EDGES[:3]
    assert edges_of_product(EDGES, DAIRY, SHOP) == [(DAIRY, SHOP)]
    assert edges_of_product(EDGES, BAKERY, BAKERY) == EDGES[:2]


def test_layers_count_the_longest_way() -> None:
    assert layers([*EDGES, (GROWER, SHOP)], list(range(6)))[SHOP] == 3


edges = st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)), max_size=40)


@given(edges)
def test_whatever_is_tried_no_node_reaches_itself(tried: list[tuple[int, int]]) -> None:
    accepted: list[tuple[int, int]] = []
    for edge in tried:
        try:
            check_new_edge(accepted, edge)
        except ChainWouldRunInACircle:
            continue
        accepted.append(edge)
    for tail, head in accepted:
        assert tail not in reachable(accepted, head)
