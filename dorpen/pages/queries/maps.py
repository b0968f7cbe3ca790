"""Drawn maps: the villages and pick-up points around a village, and all of Drenthe."""

from collections.abc import Iterable
from dataclasses import dataclass

from dorpen.pages.domain.maps import Frame, fit_frame
from dorpen.register.queries import VillageRow
from dorpen.register.queries.outlines import list_outlines
from winkelstraat.delivery.queries import PickupPointRow

NEARBY_WIDTH, NEARBY_HEIGHT = 560, 360
PROVINCE_WIDTH = 520
NAME_WIDTH, NAME_HEIGHT = 110, 22


@dataclass(frozen=True)
class MapSpot:
    """A place as drawn; `kind` is ``here``, ``village`` or ``point``."""

    name: str
    kind: str
    x: float
    y: float
    anchor: str
    text_x: float
    number: int = 0


@dataclass(frozen=True)
class NearbyMap:
    """A picture of `width` by `height` with its spots."""

    width: int
    height: int
    spots: tuple[MapSpot, ...]


@dataclass(frozen=True)
class MunicipalityShape:
    """A municipality as drawn, with the address of its villages."""

    name: str
    slug: str
    path: str
    label_x: float
    label_y: float


@dataclass(frozen=True)
class ProvinceMap:
    """The municipalities of Drenthe in a picture of `width` by `height`."""

    width: int
    height: int
    shapes: tuple[MunicipalityShape, ...]


def draw_nearby(
    here: VillageRow, villages: Iterable[VillageRow], points: Iterable[PickupPointRow]
) -> NearbyMap:
    """Draw a village with what lies around it; points carry the number of their row."""
    rows = list(points)
    places = [(here.longitude, here.latitude)]
    places += [(row.longitude, row.latitude) for row in villages]
    places += [(point.longitude, point.latitude) for point in rows]
    frame = fit_frame(places, width=NEARBY_WIDTH, height=NEARBY_HEIGHT, margin=40)
    middle = _spot(frame, here, "here")
    spots = [_spot(frame, point, "point", number) for number, point in enumerate(rows, start=1)]
    taken = [middle, *spots]
    for row in villages:
        spot = _spot(frame, row, "village")
        # A name that would cover another one is left out; the list below has them all.
        if not any(_touch(spot, other) for other in taken):
            taken.append(spot)
    names = [spot for spot in taken if spot.kind == "village"]
    return NearbyMap(frame.width, frame.height, (*names, middle, *spots))


def draw_province() -> ProvinceMap:
    """Draw the twelve municipalities (CBS/Kadaster, CC BY 4.0), read once per process."""
    outlines = list_outlines()
    corners = [corner for outline in outlines for ring in outline.rings for corner in ring]
    frame = fit_frame(corners, width=PROVINCE_WIDTH, margin=6)
    shapes = []
    for outline in outlines:
        label_x, label_y = frame.place(*outline.label)
        path = "".join(frame.path(ring) for ring in outline.rings)
        shapes.append(MunicipalityShape(outline.name, outline.slug, path, label_x, label_y))
    return ProvinceMap(frame.width, frame.height, tuple(shapes))


def _spot(frame: Frame, row: VillageRow | PickupPointRow, kind: str, number: int = 0) -> MapSpot:
    x, y = frame.place(row.longitude, row.latitude)
    is_east = x > frame.width * 0.66
    text_x = round(x - 11 if is_east else x + 11, 1)
    return MapSpot(row.name, kind, x, y, "end" if is_east else "start", text_x, number)


def _touch(one: MapSpot, other: MapSpot) -> bool:
    return abs(one.x - other.x) < NAME_WIDTH and abs(one.y - other.y) < NAME_HEIGHT
