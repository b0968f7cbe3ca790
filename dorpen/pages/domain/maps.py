"""Degrees become points of a picture, north up.

Drenthe is small enough for an equirectangular picture in which the longitude is
shortened by the cosine of the middle latitude.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import cos, radians

Corner = tuple[float, float]
SMALLEST_DEGREES = 0.02
GRID = 4


@dataclass(frozen=True)
class Frame:
    """A picture of `width` by `height`, and how a place in degrees finds its point in it."""

    width: int
    height: int
    left: float
    top: float
    west: float
    north: float
    shorten: float
    scale: float

    def place(self, longitude: float, latitude: float) -> Corner:
        """Return the point of a place, to a tenth."""
        x = self.left + (longitude - self.west) * self.shorten * self.scale
        y = self.top + (self.north - latitude) * self.scale
        return round(x, 1), round(y, 1)

    def path(self, ring: Sequence[Corner]) -> str:
        """Return a ring of places as a closed SVG path.

        Corners are moved to a grid, neighbours to the same one: a few units of detail
        less, and borders still meet.
        """
        points = [self.place(longitude, latitude) for longitude, latitude in ring]
        corners = [f"{round(x / GRID) * GRID} {round(y / GRID) * GRID}" for x, y in points]
        kept = [one for one, after in pairwise([*corners, ""]) if one != after]
        return f"M{'L'.join(kept)}Z"


def fit_frame(
    places: Sequence[Corner], *, width: int, height: int | None = None, margin: int = 0
) -> Frame:
    """Return the frame in which all places fit; without a height it is as high as needed."""
    longitudes, latitudes = [place[0] for place in places], [place[1] for place in places]
    west, east = min(longitudes), max(longitudes)
    south, north = min(latitudes), max(latitudes)
    shorten = cos(radians((north + south) / 2))
    broad = max((east - west) * shorten, SMALLEST_DEGREES)
    high = max(north - south, SMALLEST_DEGREES)
    scale = (width - 2 * margin) / broad
    if height is not None:
        scale = min(scale, (height - 2 * margin) / high)
    fitted = height or round(high * scale) + 2 * margin
    return Frame(
        width=width,
        height=fitted,
        left=(width - (east - west) * shorten * scale) / 2,
        top=(fitted - (north - south) * scale) / 2,
        west=west,
        north=north,
        shorten=shorten,
        scale=scale,
    )
