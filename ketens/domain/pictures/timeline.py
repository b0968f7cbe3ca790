"""A line over time: what is known as dots and line, its margin as a band, unknown as a gap.

Levels are straight lines across: where it began (the baseline) and what should be reached.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ketens.domain.pictures.scales import ticks

HEIGHT = 270
LEFT, RIGHT, TOP, BOTTOM = 104.0, 26.0, 22.0, 40.0
LABEL_WIDTH = 78
LEVEL_HEIGHT = 18.0

Say = Callable[[int], str]


@dataclass(frozen=True, slots=True)
class TimePoint:
    """A value in a stretch of time, with the 95% interval where there is one."""

    label: str
    value: int | None
    low: int | None = None
    high: int | None = None


@dataclass(frozen=True, slots=True)
class Level:
    """A value to compare with: `kind` is ``baseline`` or ``target``."""

    value: int
    text: str
    kind: str


@dataclass(frozen=True, slots=True)
class Tick:
    """A place on an axis and what stands there."""

    at: float
    text: str


@dataclass(frozen=True, slots=True)
class Dot:
    """A known value as drawn, with both ends of its margin."""

    x: float
    y: float
    low_y: float | None
    high_y: float | None


@dataclass(frozen=True, slots=True)
class DrawnLevel:
    """A level as drawn; its words stand clear of those of other levels."""

    y: float
    text_y: float
    text: str
    kind: str


@dataclass(frozen=True, slots=True)
class TimeLine:
    """A whole picture in its own coordinates."""

    width: int
    height: int
    left: float
    right: float
    bottom: float
    ticks: tuple[Tick, ...]
    labels: tuple[Tick, ...]
    lines: tuple[str, ...]
    bands: tuple[str, ...]
    dots: tuple[Dot, ...]
    gaps: tuple[float, ...]
    levels: tuple[DrawnLevel, ...]


@dataclass(frozen=True, slots=True)
class _Plot:
    """How places in the row and values become units of the picture."""

    width: int
    top: int
    count: int

    def x(self, index: int) -> float:
        room = self.width - LEFT - RIGHT
        return round(LEFT + room * ((index + 0.5) / self.count if self.count else 0.5), 1)

    def y(self, value: int) -> float:
        room = HEIGHT - TOP - BOTTOM
        return round(HEIGHT - BOTTOM - room * min(value, self.top) / self.top, 1)


def draw_timeline(
    points: Sequence[TimePoint],
    *,
    say: Say,
    levels: Sequence[Level] = (),
    width: int = 720,
    base: int = 1,
) -> TimeLine:
    """Draw values in the order of time; the axis begins at nought."""
    highest = [end for point in points for end in (point.value, point.high) if end is not None]
    marks = ticks(max([*highest, *(level.value for level in levels)], default=0), base=base)
    plot = _Plot(width, marks[-1], len(points))
    runs = _runs(points)
    every = max(1, -(-len(points) * LABEL_WIDTH // int(width - LEFT - RIGHT)))
    return TimeLine(
        width=width,
        height=HEIGHT,
        left=LEFT,
        right=width - RIGHT,
        bottom=HEIGHT - BOTTOM,
        ticks=tuple(Tick(plot.y(mark), say(mark)) for mark in marks),
        labels=tuple(
            Tick(plot.x(index), point.label)
            for index, point in enumerate(points)
            if (len(points) - 1 - index) % every == 0
        ),
        lines=tuple(_line(run, points, plot) for run in runs if len(run) > 1),
        bands=tuple(band for run in runs for band in _bands(run, points, plot)),
        dots=tuple(_dot(index, points[index], plot) for run in runs for index in run),
        gaps=tuple(plot.x(index) for index, point in enumerate(points) if point.value is None),
        levels=_draw_levels(levels, plot),
    )


def _runs(points: Sequence[TimePoint]) -> list[list[int]]:
    """Return the stretches without a gap, as places in the row."""
    runs: list[list[int]] = [[]]
    for index, point in enumerate(points):
        if point.value is None:
            runs.append([])
        else:
            runs[-1].append(index)
    return [run for run in runs if run]


def _line(run: list[int], points: Sequence[TimePoint], plot: _Plot) -> str:
    return "M" + "L".join(
        f"{plot.x(index):g} {plot.y(points[index].value or 0):g}" for index in run
    )


def _bands(run: list[int], points: Sequence[TimePoint], plot: _Plot) -> list[str]:
    """Return the margins between every two neighbours that both have one."""
    bands = []
    for first, second in pairwise(run):
        one, two = points[first], points[second]
        if None in (one.low, one.high, two.low, two.high):
            continue
        corners = (
            (first, one.high),
            (second, two.high),
            (second, two.low),
            (first, one.low),
        )
        path = "L".join(f"{plot.x(index):g} {plot.y(value or 0):g}" for index, value in corners)
        bands.append(f"M{path}Z")
    return bands


def _dot(index: int, point: TimePoint, plot: _Plot) -> Dot:
    has_margin = point.low is not None and point.high is not None
    return Dot(
        x=plot.x(index),
        y=plot.y(point.value or 0),
        low_y=plot.y(point.low or 0) if has_margin else None,
        high_y=plot.y(point.high or 0) if has_margin else None,
    )


def _draw_levels(levels: Sequence[Level], plot: _Plot) -> tuple[DrawnLevel, ...]:
    """Draw levels from the top down, each with its words under those of the one above."""
    drawn, free = [], TOP - LEVEL_HEIGHT
    for level in sorted(levels, key=lambda level: -level.value):
        y = plot.y(level.value)
        text_y = max(y - 5, free + LEVEL_HEIGHT)
        free = text_y
        drawn.append(DrawnLevel(y, round(text_y, 1), level.text, level.kind))
    return tuple(drawn)
