"""A picture of stacked columns over time, as plain numbers; the table beside it says the same.

What may not be shown is one hatched block on top, as high as what is left of the total.
"""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH = 720
HEIGHT = 300
LEFT = 44
BOTTOM = 34
TOP = 14
MOST_WIDTH = 84
GAP_SHARE = 0.32
STEPS = (1, 2, 5)


@dataclass(frozen=True, slots=True)
class StackColumn:
    """One moment: its parts from the bottom up, None where a part is hidden."""

    label: str
    parts: tuple[int | None, ...]
    total: int | None


@dataclass(frozen=True, slots=True)
class Block:
    """One part of a column as drawn; `part` is its number, None for what is hidden."""

    part: int | None
    x: float
    y: float
    width: float
    height: float
    text: str
    text_x: float
    text_y: float


@dataclass(frozen=True, slots=True)
class Mark:
    """A line of the scale, or the name of a column."""

    text: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class StackPicture:
    """A whole picture in its own coordinates."""

    width: int
    height: int
    left: int
    blocks: tuple[Block, ...]
    scale: tuple[Mark, ...]
    names: tuple[Mark, ...]


def draw_stacks(columns: Sequence[StackColumn]) -> StackPicture:
    """Draw columns from left to right on one scale that begins at nought."""
    heights = [_height(column) for column in columns]
    step = _step(max(heights, default=0))
    top = step * max(1, -(-max(heights, default=0) // step))
    room = HEIGHT - TOP - BOTTOM
    lines = tuple(
        Mark(str(value), LEFT - 8, round(TOP + room - room * value / top, 1))
        for value in range(0, top + 1, step)
    )
    slot = (WIDTH - LEFT) / max(len(columns), 1)
    width = round(min(MOST_WIDTH, slot * (1 - GAP_SHARE)), 1)
    blocks: list[Block] = []
    names = []
    for number, column in enumerate(columns):
        middle = LEFT + slot * (number + 0.5)
        blocks += _stack(column, middle - width / 2, width, room / top)
        names.append(Mark(column.label, round(middle, 1), HEIGHT - 10))
    return StackPicture(WIDTH, HEIGHT, LEFT, tuple(blocks), lines, tuple(names))


def _stack(column: StackColumn, x: float, width: float, scale: float) -> list[Block]:
    """Return the blocks of one column, the first part at the bottom."""
    known = [(number, part) for number, part in enumerate(column.parts) if part]
    rest = _height(column) - sum(part for _number, part in known)
    floor = float(HEIGHT - BOTTOM)
    blocks = []
    for number, amount in [*known, *([(None, rest)] if rest > 0 else [])]:
        height = amount * scale
        floor -= height
        blocks.append(
            Block(
                part=number,
                x=round(x, 1),
                y=round(floor, 1),
                width=width,
                height=round(height, 1),
                text=str(amount) if number is not None and height >= 16 else "",
                text_x=round(x + width / 2, 1),
                text_y=round(floor + height / 2 + 5, 1),
            )
        )
    return blocks


def _height(column: StackColumn) -> int:
    """Return how high a column is: its total, or what is known of it."""
    known = sum(part or 0 for part in column.parts)
    return max(known, column.total or 0)


def _step(highest: int) -> int:
    """Return a round distance between lines that gives at most six of them."""
    size = 1
    while True:
        for step in STEPS:
            if step * size * 5 >= highest:
                return step * size
        size *= 10
