"""Open pick-up points and appoint their hosts."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from winkelstraat.accounts.models import User
from winkelstraat.delivery.domain.windows import WeeklyWindow
from winkelstraat.delivery.models import PickupPoint, PickupWindow


@dataclass(frozen=True)
class PickupPointDraft:
    """What a pick-up point needs before it opens; the place in WGS84."""

    name: str
    slug: str
    village_id: int
    street_address: str
    postcode: str
    latitude: float
    longitude: float
    instructions: str = ""


@transaction.atomic
def open_pickup_point(*, draft: PickupPointDraft, windows: Sequence[WeeklyWindow]) -> PickupPoint:
    """Open a pick-up point, or bring the one with this slug up to date."""
    point, _made = PickupPoint.objects.update_or_create(
        slug=draft.slug,
        defaults={
            "name": draft.name,
            "village_id": draft.village_id,
            "street_address": draft.street_address,
            "postcode": draft.postcode,
            "latitude": draft.latitude,
            "longitude": draft.longitude,
            "instructions": draft.instructions,
            "is_active": True,
        },
    )
    point.windows.all().delete()
    PickupWindow.objects.bulk_create(
        PickupWindow(
            pickup_point=point,
            weekday=window.weekday,
            opens_at=window.opens_at,
            closes_at=window.closes_at,
        )
        for window in windows
    )
    return point


@transaction.atomic
def appoint_host(*, point: PickupPoint, user: User) -> None:
    """Let a person hand out at a pick-up point; twice is once."""
    point.hosts.add(user)


@transaction.atomic
def dismiss_host(*, point: PickupPoint, user: User) -> None:
    """End a person's work at a pick-up point, from the next request on."""
    point.hosts.remove(user)
