"""Read who looks along with whom."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from winkelstraat.accounts.models import LookingAlong, Role, User

STAFF_ROLES = (Role.PLATFORM_STAFF, Role.PROVINCE_ANALYST, Role.SOCIAL_RETURN_COORDINATOR)
PERMISSION = "accounts.look_along"
BACK_OFFICE = "wagtailadmin.access_admin"


@dataclass(frozen=True)
class Looking:
    """What a page says about it: with whom, until when."""

    id: int
    person: User
    name: str
    until: datetime


@dataclass(frozen=True)
class PastLooking:
    """One time that somebody looked along."""

    staff: str
    person: str
    reason: str
    started_at: datetime
    ended_at: datetime | None
    is_told: bool


def find_looking(*, looking_id: int, staff: User, now: datetime) -> Looking | None:
    """Return what goes on, or None once it ended, its time is over, or a right is gone."""
    row = (
        LookingAlong.objects.select_related("person")
        .filter(pk=looking_id, staff=staff, ended_at=None, ends_at__gt=now)
        .first()
    )
    if row is None or not staff.has_perm(PERMISSION):
        return None
    if not row.person.is_active or is_staff_of_any_kind(row.person):
        return None
    return Looking(row.pk, row.person, str(row.person), row.ends_at)


def is_staff_of_any_kind(person: User) -> bool:
    """Tell whether this person works for the street or the province, or edits its pages."""
    if person.is_staff or person.is_superuser:
        return True
    has_role = person.role_grants.filter(role__in=STAFF_ROLES).exists()
    return has_role or person.has_perm(BACK_OFFICE)


def list_lookings(*, limit: int = 50) -> list[PastLooking]:
    """Return the last times, the newest first; one query."""
    rows = LookingAlong.objects.select_related("staff", "person").order_by("-pk")[:limit]
    return [
        PastLooking(
            staff=str(row.staff),
            person=str(row.person),
            reason=row.reason,
            started_at=row.started_at,
            ended_at=row.ended_at,
            is_told=row.told_at is not None,
        )
        for row in rows
    ]


def list_overdue(*, now: datetime) -> list[int]:
    """Return those whose time is over and that nobody ended."""
    rows = LookingAlong.objects.filter(ended_at=None, ends_at__lte=now)
    return list(rows.values_list("pk", flat=True))


def list_untold() -> list[int]:
    """Return those that ended and whose person does not know yet."""
    rows = LookingAlong.objects.filter(~Q(ended_at=None), told_at=None)
    return list(rows.values_list("pk", flat=True))
