"""Which column each step stands in, and its place there with few arrows crossing.

Sugiyama's first three steps: columns by kind and longest way, a bend in every column that
an arrow passes by, and sweeps that put each box near the middle of its neighbours.
"""

import itertools
from collections import defaultdict
from collections.abc import Mapping, Sequence

from ketens.domain.graph import layers
from ketens.domain.impactpad.content import Kind, Link, Step

SWEEPS = 6

Key = str | tuple[int, int]


def place_in_columns(steps: Sequence[Step], links: Sequence[Link]) -> dict[str, int]:
    """Return the column of every step: kinds in order, and within one kind the longest way."""
    column: dict[str, int] = {}
    first = 0
    for kind in Kind:
        own = [step.key for step in steps if step.kind is kind]
        places = {key: place for place, key in enumerate(own)}
        edges = [
            (places[link.tail], places[link.head])
            for link in links
            if link.tail in places and link.head in places
        ]
        depth = layers(edges, list(places.values()))
        column |= {key: first + depth[place] for key, place in places.items()}
        first += max(depth.values(), default=-1) + 1
    return column


def find_way(number: int, link: Link, column: Mapping[str, int]) -> list[Key]:
    """Return the step, the bends in the columns between, and the step of an arrow."""
    between = range(column[link.tail] + 1, column[link.head])
    return [link.tail, *((number, place) for place in between), link.head]


def fill_columns(
    steps: Sequence[Step], column: Mapping[str, int], ways: Sequence[list[Key]]
) -> list[list[Key]]:
    """Return every column from top to bottom, with as few crossings as some sweeps find."""
    rows: list[list[Key]] = [[] for _ in range(max(column.values(), default=-1) + 1)]
    for step in steps:
        rows[column[step.key]].append(step.key)
    near: dict[Key, list[Key]] = defaultdict(list)
    for way in ways:
        for key in way[1:-1]:
            rows[key[1] if isinstance(key, tuple) else 0].append(key)
        for left, right in itertools.pairwise(way):
            near[left].append(right)
            near[right].append(left)
    for sweep in range(SWEEPS):
        for place in range(len(rows))[:: 1 if sweep % 2 == 0 else -1]:
            _sort(rows, place, near)
    return rows


def _sort(rows: list[list[Key]], place: int, near: Mapping[Key, list[Key]]) -> None:
    """Put a column in the order of the middles of what its boxes are joined to."""
    heights = {
        key: (index + 0.5) / len(row)
        for beside, row in enumerate(rows)
        if abs(beside - place) == 1
        for index, key in enumerate(row)
    }
    own = {key: (index + 0.5) / len(rows[place]) for index, key in enumerate(rows[place])}

    def middle(key: Key) -> float:
        found = [heights[one] for one in near.get(key, ()) if one in heights]
        return sum(found) / len(found) if found else own[key]

    rows[place].sort(key=middle)
