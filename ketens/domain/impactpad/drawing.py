"""A theory of change as a layered drawing: columns from input to impact, arrows forward.

`columns` says where each step stands; here it gets its coordinates. Plain numbers and SVG
path text; the table beside the drawing holds the same rows.
"""

import itertools
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from textwrap import wrap

from ketens.domain.impactpad.columns import Key, fill_columns, find_way, place_in_columns
from ketens.domain.impactpad.content import Kind, Link, Step

BOX, GAP, AIR, BEND, HEAD, PORT = 170, 54, 20, 16, 34, 15
LINE, LETTERS, MOST_LINES, ARROW, PADDING = 17, 21, 5, 7, 12


@dataclass(frozen=True, slots=True)
class Box:
    """A step as drawn, with its text in lines."""

    key: str
    kind: Kind
    x: float
    y: float
    width: float
    height: float
    lines: tuple[str, ...]

    @property
    def text_x(self) -> float:
        """Where every line of the text begins."""
        return self.x + PADDING

    @property
    def text_y(self) -> float:
        """The foot of the first line."""
        return self.y + PADDING + PADDING / 2 + 2


@dataclass(frozen=True, slots=True)
class Arrow:
    """A link as drawn; `number` is its row in the table, `bends` are the points it passes."""

    number: int
    grade: int | None
    path: str
    bends: tuple[tuple[float, float], ...]
    number_x: float
    number_y: float


@dataclass(frozen=True, slots=True)
class Head:
    """The name of a column, over all columns of its kind."""

    kind: Kind
    x: float


@dataclass(frozen=True, slots=True)
class Drawing:
    """A whole drawing in its own coordinates."""

    width: int
    height: int
    heads: tuple[Head, ...]
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]


def draw(steps: Sequence[Step], links: Sequence[Link]) -> Drawing:
    """Lay steps and links out; links run from an earlier kind to a later or the same one."""
    column = place_in_columns(steps, links)
    ways = [find_way(number, link, column) for number, link in enumerate(links)]
    rows = fill_columns(steps, column, ways)
    lines = {step.key: tuple(_lines(step.text)) for step in steps}
    heights = _heights(lines, ways)
    tops, bottom = _stack(rows, heights)
    lefts = [HEAD / 2 + place * (BOX + GAP) for place in range(len(rows))]
    boxes = tuple(
        Box(
            step.key,
            step.kind,
            lefts[column[step.key]],
            tops[step.key],
            BOX,
            heights[step.key],
            lines[step.key],
        )
        for step in steps
    )
    arrows = _arrows(links, ways, {box.key: box for box in boxes}, tops, lefts)
    firsts: dict[Kind, float] = {}
    for step in sorted(steps, key=lambda one: column[one.key]):
        firsts.setdefault(step.kind, lefts[column[step.key]])
    heads = tuple(Head(kind, x) for kind, x in firsts.items())
    width = round(lefts[-1] + BOX + HEAD / 2) if lefts else 0
    return Drawing(width, round(bottom), heads, boxes, arrows)


def _heights(lines: Mapping[str, Sequence[str]], ways: Sequence[Sequence[Key]]) -> dict[Key, float]:
    """Return how high every box is: enough for its text, and for its arrows side by side."""
    ends = [Counter(way[0] for way in ways), Counter(way[-1] for way in ways)]
    return {
        key: max(22 + LINE * len(text), PORT * (1 + max(count[key] for count in ends)))
        for key, text in lines.items()
    }


def _lines(text: str) -> list[str]:
    return wrap(text, LETTERS, max_lines=MOST_LINES, placeholder=" …") or [""]


def _stack(
    rows: Sequence[Sequence[Key]], heights: Mapping[Key, float]
) -> tuple[dict[Key, float], float]:
    """Return the top of everything and the bottom of the drawing; columns are centred."""
    sizes = [sum(heights.get(key, BEND) + AIR for key in row) - AIR for row in rows]
    tallest = max(sizes, default=0)
    tops: dict[Key, float] = {}
    for row, size in zip(rows, sizes, strict=True):
        at = HEAD + (tallest - size) / 2
        for key in row:
            tops[key] = round(at, 1)
            at += heights.get(key, BEND) + AIR
    return tops, HEAD + tallest + AIR


def _arrows(
    links: Sequence[Link],
    ways: Sequence[list[Key]],
    boxes: Mapping[str, Box],
    tops: Mapping[Key, float],
    lefts: Sequence[float],
) -> tuple[Arrow, ...]:
    """Return every arrow; those that share a box leave and arrive beside each other."""
    leaving = _ports([(way[0], tops[way[1]]) for way in ways], boxes)
    arriving = _ports([(way[-1], tops[way[-2]]) for way in ways], boxes)
    arrows = []
    for number, (link, way) in enumerate(zip(links, ways, strict=True)):
        points = [(boxes[link.tail].x + BOX, leaving[number])]
        for key in way[1:-1]:
            x, y = lefts[key[1] if isinstance(key, tuple) else 0], tops[key] + BEND / 2
            points += [(x, y), (x + BOX, y)]
        points.append((boxes[link.head].x - ARROW, arriving[number]))
        x, y = points[0]
        path = _path(points)
        arrows.append(Arrow(number + 1, link.grade, path, tuple(points), x + 5, y - 3))
    return tuple(arrows)


def _ports(ends: Sequence[tuple[Key, float]], boxes: Mapping[str, Box]) -> list[float]:
    """Return for each arrow at which height it meets its box, in the order of its other end."""
    by_box: dict[Key, list[int]] = defaultdict(list)
    for number, (key, _other) in enumerate(ends):
        by_box[key].append(number)
    ports = [0.0] * len(ends)
    for key, numbers in by_box.items():
        box = boxes[str(key)]
        for place, number in enumerate(sorted(numbers, key=lambda one: ends[one][1]), start=1):
            ports[number] = round(box.y + box.height * place / (len(numbers) + 1), 1)
    return ports


def _path(points: Sequence[tuple[float, float]]) -> str:
    """Return a path that curves between two columns and goes straight past a column."""
    path = f"M{points[0][0]:.1f} {points[0][1]:.1f}"
    for place, (here, there) in enumerate(itertools.pairwise(points)):
        if place % 2:
            path += f"L{there[0]:.1f} {there[1]:.1f}"
            continue
        middle = (here[0] + there[0]) / 2
        path += f"C{middle:.1f} {here[1]:.1f} {middle:.1f} {there[1]:.1f}"
        path += f" {there[0]:.1f} {there[1]:.1f}"
    return path
