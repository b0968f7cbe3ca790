"""A drawn map: places in degrees become points in a picture, north up.

Drenthe is small enough for an equirectangular picture with the longitude shortened
by the cosine of the middle latitude; no tile and no third party is needed.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import cos, radians

WIDTH = 640
MARGIN = 18
NAME_WIDTH = 170
NAME_HEIGHT = 22

Ring = Sequence[tuple[float, float]]


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
    """Outlines and points in a picture of `width` by `height`."""

    width: int
    height: int
    outlines: tuple[str, ...]
    points: tuple[MapPoint, ...]


@dataclass(frozen=True, slots=True)
class Frame:
    """How degrees become units of the picture."""

    west: float
    north: float
    shorten: float
    scale: float

    def place(self, longitude: float, latitude: float) -> tuple[float, float]:
        """Return where a place stands in the picture."""
        x = MARGIN + (longitude - self.west) * self.shorten * self.scale
        y = MARGIN + (self.north - latitude) * self.scale
        return round(x, 1), round(y, 1)

    def outline(self, ring: Ring) -> str:
        """Return a ring as a closed path."""
        corners = [self.place(longitude, latitude) for longitude, latitude in ring]
        return "M" + "L".join(f"{x:g} {y:g}" for x, y in corners) + "Z"


def fit_frame(corners: Sequence[tuple[float, float]]) -> tuple[Frame, int, int]:
    """Return the frame in which all these (longitude, latitude) fit, with width and height."""
    if not corners:
        return Frame(0.0, 0.0, 1.0, 1.0), WIDTH, WIDTH
    west, east = min(lon for lon, _ in corners), max(lon for lon, _ in corners)
    south, north = min(lat for _, lat in corners), max(lat for _, lat in corners)
    shorten = cos(radians((north + south) / 2))
    scale = (WIDTH - 2 * MARGIN) / max((east - west) * shorten, 0.01)
    return Frame(west, north, shorten, scale), WIDTH, round((north - south) * scale + 2 * MARGIN)


def draw_map(places: Iterable[MapPlace], rings: Sequence[Ring] = ()) -> DrawnMap:
    """Draw outlines given as rings of (longitude, latitude), and a point for every place.

    Marked places grow with their weight and carry their name; they are drawn last.
    """
    rows = list(places)
    corners = [corner for ring in rings for corner in ring]
    corners += [(row.longitude, row.latitude) for row in rows]
    frame, width, height = fit_frame(corners)
    heaviest = max((row.weight or 0 for row in rows), default=0) or 1
    taken: list[tuple[float, float]] = []
    points = [
        _draw_point(row, frame, heaviest, taken)
        for row in sorted(rows, key=lambda row: (row.weight is None, -(row.weight or 0), row.name))
    ]
    outlines = tuple(frame.outline(ring) for ring in rings)
    return DrawnMap(width, height, outlines, tuple(reversed(points)))


def _draw_point(
    row: MapPlace, frame: Frame, heaviest: int, taken: list[tuple[float, float]]
) -> MapPoint:
    x, y = frame.place(row.longitude, row.latitude)
    is_marked = row.weight is not None
    radius = 5 + 7 * ((row.weight or 0) / heaviest) ** 0.5 if is_marked else 1.8
    anchor = "end" if x > WIDTH * 0.72 else "start"
    text_x = x - radius - 5 if anchor == "end" else x + radius + 5
    text_y = y + 5
    if is_marked:
        text_y = _free_height(taken, text_x, text_y)
        taken.append((text_x, text_y))
    return MapPoint(
        key=row.key,
        name=row.name,
        x=x,
        y=y,
        radius=round(radius, 1),
        is_marked=is_marked,
        anchor=anchor,
        text_x=round(text_x, 1),
        text_y=round(text_y, 1),
    )


def _free_height(taken: list[tuple[float, float]], x: float, y: float) -> float:
    """Move a name a line down or up until it covers no other name."""
    for shift in (0, 24, -24, 48, -48, 72, -72):
        lowered = y + shift
        if all(abs(x - a) > NAME_WIDTH or abs(lowered - b) > NAME_HEIGHT for a, b in taken):
            return lowered
    return y
