"""When and where a shop's goods can be collected."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.cache import cache
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from winkelstraat.delivery.domain.windows import LOCAL, Moment, list_moments
from winkelstraat.delivery.queries import PickupPointRow, list_pickup_points

CACHE_KEY = "shop.pickup_points"
CACHE_SECONDS = 60


@dataclass(frozen=True)
class PlaceAndMoment:
    """A moment at a pick-up point, with the words that people read."""

    pickup_point: PickupPointRow
    moment: Moment
    text: str


def list_points_by_id() -> dict[int, PickupPointRow]:
    """Return all active pick-up points (2 queries, then cached for a minute)."""
    found: dict[int, PickupPointRow] | None = cache.get(CACHE_KEY)
    if found is None:
        found = {point.id: point for point in list_pickup_points()}
        cache.set(CACHE_KEY, found, CACHE_SECONDS)
    return found


def list_moments_of(
    *, pickup_point_id: int | None, not_before: datetime, now: datetime, most: int = 3
) -> list[PlaceAndMoment]:
    """Return the first moments at a shop's pick-up point after the goods are ready."""
    point = list_points_by_id().get(pickup_point_id or 0)
    if point is None:
        return []
    return [
        PlaceAndMoment(point, moment, say_moment(moment, now=now))
        for moment in list_moments(point.windows, not_before=not_before, most=most)
    ]


def say_day(moment: datetime, *, now: datetime) -> str:
    """Return "vandaag", "morgen" or the day with its date, in local time."""
    day, today = moment.astimezone(LOCAL).date(), now.astimezone(LOCAL).date()
    if day == today:
        return _("today")
    if day == today + timedelta(days=1):
        return _("tomorrow")
    return date_format(day, "l j F")


def say_moment(moment: Moment, *, now: datetime) -> str:
    """Return a stretch the way people say it, as in "morgen 16.00 tot 18.00 uur"."""
    start, end = moment.start.astimezone(LOCAL), moment.end.astimezone(LOCAL)
    return _("%(day)s from %(start)s to %(end)s") % {
        "day": say_day(moment.start, now=now),
        "start": f"{start:%H.%M}",
        "end": f"{end:%H.%M}",
    }


def list_points_open_today(points: Iterable[PickupPointRow], *, now: datetime) -> set[int]:
    """Return the ids of the points that still hand out today."""
    local = now.astimezone(LOCAL)
    return {
        point.id
        for point in points
        if any(
            window.weekday == local.isoweekday() and window.closes_at > local.time()
            for window in point.windows
        )
    }


def local_now() -> datetime:
    """Return this moment in local time; views pass it on."""
    return timezone.now().astimezone(LOCAL)
