"""Chains as graphs: no circles, and which links a product travels."""

from collections.abc import Iterable

Edge = tuple[int, int]


class ChainWouldRunInACircle(Exception):
    """Goods would come back to a member that they already left."""


def reachable(edges: Iterable[Edge], start: int) -> set[int]:
    """Return every node that can be reached from `start`, itself included."""
    following: dict[int, list[int]] = {}
    for tail, head in edges:
        following.setdefault(tail, []).append(head)
    seen, waiting = {start}, [start]
    while waiting:
        for node in following.get(waiting.pop(), []):
            if node not in seen:
                seen.add(node)
                waiting.append(node)
    return seen


def check_new_edge(edges: Iterable[Edge], edge: Edge) -> None:
    """Refuse an edge that closes a circle.

    :raises ChainWouldRunInACircle: when its tail can be reached from its head.
    """
    tail, head = edge
    if tail in reachable(edges, head):
        raise ChainWouldRunInACircle(f"{head} already leads to {tail}")


def edges_of_product(edges: list[Edge], maker: int, shop: int) -> list[Edge]:
    """Return the edges of a product: all that feeds its maker, then the way to the shop."""
    backwards = [(head, tail) for tail, head in edges]
    feeds_maker = reachable(backwards, maker)
    feeds_shop = reachable(backwards, shop)
    after_maker = reachable(edges, maker)
    return [
        (tail, head)
        for tail, head in edges
        if head in feeds_maker or (tail in after_maker and head in feeds_shop)
    ]


def layers(edges: list[Edge], nodes: list[int]) -> dict[int, int]:
    """Return for every node the length of the longest way that leads to it."""
    depth = dict.fromkeys(nodes, 0)
    for _ in nodes:
        for tail, head in edges:
            depth[head] = max(depth[head], depth[tail] + 1)
    return depth
