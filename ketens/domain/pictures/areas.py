"""A map of municipalities in a few classes, with a dot for each village that takes part.

The classes are told apart by their tint and by the number that stands in each area: its
place in the row from most to least, which is also the order of the table beside the map.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import sqrt

from ketens.domain.drawn_map import Ring, fit_frame
from ketens.domain.pictures.scales import STEPS, class_of, classes

LARGEST_DOT = 9.0
SMALLEST_DOT = 2.5


@dataclass(frozen=True, slots=True)
class Region:
    """A municipality with its value; None is not known, and `text` then says why."""

    key: str
    name: str
    rings: Sequence[Ring]
    label: tuple[float, float]
    value: int | None
    text: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Spot:
    """A village with how much it weighs on the map; nought is only ground."""

    name: str
    latitude: float
    longitude: float
    weight: int = 0
    text: str = ""


@dataclass(frozen=True, slots=True)
class DrawnRegion:
    """A municipality as drawn; `rank` counts from 1 for the highest, 0 without a value."""

    key: str
    name: str
    path: str
    step: int | None
    rank: int
    text: str
    url: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class DrawnSpot:
    """A village as drawn."""

    name: str
    text: str
    x: float
    y: float
    radius: float
    is_marked: bool


@dataclass(frozen=True, slots=True)
class Class:
    """A class of the legend: from the lowest to the highest value in it."""

    step: int
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class AreaMap:
    """A whole map in its own coordinates, with the legend that belongs to it."""

    width: int
    height: int
    regions: tuple[DrawnRegion, ...]
    spots: tuple[DrawnSpot, ...]
    legend: tuple[Class, ...]
    has_unknown: bool
    has_nought: bool


def draw_areas(regions: Sequence[Region], spots: Iterable[Spot] = ()) -> AreaMap:
    """Draw municipalities and villages; every value gets its class and its rank."""
    villages = list(spots)
    corners = [corner for region in regions for ring in region.rings for corner in ring]
    corners += [(spot.longitude, spot.latitude) for spot in villages]
    frame, width, height = fit_frame(corners)
    found = classes(region.value for region in regions)
    # With few classes the highest still has the strongest tint.
    shift = STEPS - len(found)
    ranks = _ranks(regions)
    drawn = []
    for region in regions:
        x, y = frame.place(*region.label)
        drawn.append(
            DrawnRegion(
                key=region.key,
                name=region.name,
                path="".join(frame.outline(ring) for ring in region.rings),
                step=_shifted(class_of(region.value, found), shift),
                rank=ranks.get(region.key, 0),
                text=region.text,
                url=region.url,
                x=x,
                y=y,
            )
        )
    heaviest = max((spot.weight for spot in villages), default=0) or 1
    points = [
        DrawnSpot(
            spot.name,
            spot.text,
            *frame.place(spot.longitude, spot.latitude),
            radius=_radius(spot.weight, heaviest),
            is_marked=spot.weight > 0,
        )
        for spot in sorted(villages, key=lambda spot: spot.weight)
    ]
    return AreaMap(
        width=width,
        height=height,
        regions=tuple(drawn),
        spots=tuple(points),
        legend=tuple(Class(step, low, high) for step, (low, high) in enumerate(found, shift + 1)),
        has_unknown=any(region.value is None for region in regions),
        has_nought=any(region.value == 0 for region in regions),
    )


def _shifted(step: int | None, shift: int) -> int | None:
    return step + shift if step else step


def _ranks(regions: Sequence[Region]) -> dict[str, int]:
    """Return the place of each value from high to low; equal values share the better place."""
    values = sorted((region.value for region in regions if region.value is not None), reverse=True)
    return {
        region.key: values.index(region.value) + 1 for region in regions if region.value is not None
    }


def _radius(weight: int, heaviest: int) -> float:
    """Return a radius whose surface grows with the weight."""
    if weight <= 0:
        return SMALLEST_DOT / 2
    part = sqrt(weight / heaviest)
    return round(SMALLEST_DOT + (LARGEST_DOT - SMALLEST_DOT) * part, 1)
