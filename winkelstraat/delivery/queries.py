"""Read pick-up points: where they are, when they are open, and who is the host."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet

from winkelstraat.accounts.models import User
from winkelstraat.accounts.queries import Person
from winkelstraat.delivery.domain.windows import WeeklyWindow
from winkelstraat.delivery.models import PickupPoint, PickupWindow


@dataclass(frozen=True)
class PickupPointRow:
    """A pick-up point with its weekly windows, ready to be shown."""

    id: int
    name: str
    slug: str
    village_id: int
    village_name: str
    street_address: str
    postcode: str
    latitude: float
    longitude: float
    instructions: str
    windows: tuple[WeeklyWindow, ...]


def list_pickup_points(*, village_ids: Iterable[int] | None = None) -> list[PickupPointRow]:
    """Return the active pick-up points, of these villages or of all, by name (2 queries)."""
    points = _active()
    if village_ids is not None:
        points = points.filter(village_id__in=list(village_ids))
    return [_row(point) for point in points]


def get_pickup_point(slug: str) -> PickupPointRow | None:
    """Return the active pick-up point with this slug, if there is one."""
    return next((_row(point) for point in _active().filter(slug=slug)), None)


def is_host(user: Person, pickup_point_id: int) -> bool:
    """Tell whether this person hands out at this point now."""
    return (
        isinstance(user, User)
        and user.is_active
        and PickupPoint.hosts.through.objects.filter(
            user_id=user.pk, pickuppoint_id=pickup_point_id
        ).exists()
    )


def list_hosted_points(user: Person) -> list[PickupPointRow]:
    """Return the pick-up points where this person is a host."""
    if not isinstance(user, User):
        return []
    return [_row(point) for point in _active().filter(hosts=user)]


def _active() -> QuerySet[PickupPoint]:
    windows = Prefetch("windows", PickupWindow.objects.order_by("weekday", "opens_at"))
    return (
        PickupPoint.objects.filter(is_active=True)
        .select_related("village")
        .prefetch_related(windows)
        .order_by("name")
    )


def _row(point: PickupPoint) -> PickupPointRow:
    return PickupPointRow(
        id=point.pk,
        name=point.name,
        slug=point.slug,
        village_id=point.village_id,
        village_name=point.village.name,
        street_address=point.street_address,
        postcode=point.postcode,
        latitude=point.latitude,
        longitude=point.longitude,
        instructions=point.instructions,
        windows=tuple(
            WeeklyWindow(window.weekday, window.opens_at, window.closes_at)
            for window in point.windows.all()
        ),
    )
