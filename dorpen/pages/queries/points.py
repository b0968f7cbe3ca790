"""Read the pick-up points of a village, or the nearest where it has none."""

from dataclasses import dataclass

from django.utils.dates import WEEKDAYS

from dorpen.register.queries import VillageRow, list_villages
from winkelstraat.delivery.queries import PickupPointRow, list_pickup_points
from winkelstraat.shop.queries.wording import distance_text

NEAREST = 3


@dataclass(frozen=True)
class PointRow:
    """A pick-up point with its hours in words; the distance is empty in its own village."""

    name: str
    village_id: int
    village_slug: str
    address: str
    distance_text: str
    hours: tuple[str, ...]


def list_points_for(village: VillageRow) -> list[PickupPointRow]:
    """Return a village's pick-up points, else the three nearest (2 queries)."""
    places = {row.id: row for row in list_villages()}
    points = list_pickup_points()
    own = [point for point in points if point.village_id == village.id]
    if own:
        return own
    return sorted(points, key=lambda point: village.distance_m(places[point.village_id]))[:NEAREST]


def build_point(point: PickupPointRow, village: VillageRow) -> PointRow:
    """Return a pick-up point as it is shown to people of a village."""
    place = next(row for row in list_villages() if row.id == point.village_id)
    is_own = place.id == village.id
    return PointRow(
        name=point.name,
        village_id=place.id,
        village_slug=place.slug,
        address=f"{point.street_address}, {point.village_name}",
        distance_text="" if is_own else distance_text(village.distance_m(place)),
        hours=tuple(
            f"{str(WEEKDAYS[window.weekday - 1]).capitalize()} "
            f"{window.opens_at:%H.%M} - {window.closes_at:%H.%M}"
            for window in point.windows
        ),
    )
