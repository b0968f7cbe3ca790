"""A drawn map: places in degrees become points in a picture, north up.

Drenthe is small enough for an equirectangular picture with the longitude shortened
by the cosine of the middle latitude; no tile and no third party is needed.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import cos, radians

WIDTH = 640
MARGIN = 18


@dataclass(frozen=True, slots=True)
class MapPlace:
    """A place to draw; `weight` is None for a place that is only ground."""

    key: int
    name: str
    latitude: float
    longitude: float
    weight: int | None = None


@dataclass(frozen=True, slots=True)
class MapPoint:
    """A place as drawn."""

    key: int
    name: str
    x: float
    y: float
    radius: float
    is_marked: bool
    anchor: str
    text_x: float
    text_y: float


@dataclass(frozen=True, slots=True)
class DrawnMap:
    """Points in a picture of `width` by `height`."""

    width: int
    height: int
    points: tuple[MapPoint, ...]


def draw_map(places: Iterable[MapPlace]) -> DrawnMap:
    """Place every point; marked ones grow with their weight and carry their name."""
    rows = list(places)
    if not rows:
        return DrawnMap(WIDTH, WIDTH, ())
    north, south = max(p.latitude for p in rows), min(p.latitude for p in rows)
    west, east = min(p.longitude for p in rows), max(p.longitude for p in rows)
    shorten = cos(radians((north + south) / 2))
    span = max((east - west) * shorten, 0.01)
    scale = (WIDTH - 2 * MARGIN) / span
    height = round((north - south) * scale + 2 * MARGIN)
    heaviest = max((p.weight or 0 for p in rows), default=0) or 1
    points: list[MapPoint] = []
    taken: list[tuple[float, float]] = []
    for place in sorted(rows, key=lambda p: (p.weight is None, -(p.weight or 0))):
        x = MARGIN + (place.longitude - west) * shorten * scale
        y = MARGIN + (north - place.latitude) * scale
        marked = place.weight is not None
        radius = 5 + 7 * ((place.weight or 0) / heaviest) ** 0.5 if marked else 2.2
        anchor = "end" if x > WIDTH * 0.72 else "start"
        text_x = x - radius - 5 if anchor == "end" else x + radius + 5
        text_y = y + 5
        if marked:
            text_y = _free_height(taken, text_x, text_y)
            taken.append((text_x, text_y))
        points.append(
            MapPoint(
                place.key,
                place.name,
                round(x, 1),
                round(y, 1),
                round(radius, 1),
                marked,
                anchor,
                round(text_x, 1),
                round(text_y, 1),
            )
        )
    return DrawnMap(WIDTH, height, tuple(reversed(points)))


def _free_height(taken: list[tuple[float, float]], x: float, y: float) -> float:
    """Move a name a line down or up until it covers no other name."""
    for shift in (0, 18, -18, 34, -34):
        if all(
            abs(x - other_x) > 130 or abs(y + shift - other_y) > 16 for other_x, other_y in taken
        ):
            return y + shift
    return y
