"""Write down the profile at the end of each quarter, and release what the public may read."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from dorpen.register.models import Enterprise
from dorpen.register.models.enterprises import EnterpriseStatus
from ketens.domain.disclosure import RELEASE_DELAY_DAYS
from ketens.domain.factors import digest_of
from ketens.domain.movement import next_quarter, quarters_between
from ketens.domain.profile import write_profile
from ketens.domain.profile_tables import PUBLIC_ENTERPRISES, publish
from ketens.models import ProfileRelease, ProfileSnapshot
from ketens.operations.releases import AlreadyReleased, QuarterNotOver
from ketens.queries.profiles.counting import count_snapshots, list_earlier
from ketens.queries.profiles.facts import list_known
from winkelstraat.accounts.models import Audited
from winkelstraat.accounts.operations import Thing, record

ONE_DAY = timedelta(days=1)


def record_quarters(*, now: datetime) -> int:
    """Write every quarter that is over and has no snapshot; return how many were written."""
    today = timezone.localdate(now)
    first = (
        Enterprise.objects.filter(status=EnterpriseStatus.VERIFIED)
        .order_by("registered_at")
        .values_list("registered_at", flat=True)
        .first()
    )
    if first is None:
        return 0
    known = set(ProfileSnapshot.objects.order_by().values_list("quarter", flat=True).distinct())
    waiting = [
        quarter
        for quarter in quarters_between(timezone.localdate(first), today)
        if quarter not in known
    ]
    for quarter in waiting:
        record_quarter(quarter=quarter, now=now)
    return len(waiting)


def record_quarter(*, quarter: date, now: datetime) -> int:
    """Write every enterprise as it stood on the last day of a quarter; return how many.

    :raises QuarterNotOver: while the quarter runs.
    :raises AlreadyReleased: the second time; a snapshot is never made again.
    """
    last_day = next_quarter(quarter) - ONE_DAY
    if timezone.localdate(now) <= last_day:
        raise QuarterNotOver(f"{quarter:%Y-%m}")
    rows = [
        ProfileSnapshot(
            quarter=quarter,
            enterprise_id=one.profile.enterprise_id,
            place=one.profile.place.value,
            facts=write_profile(one.profile),
            recorded_at=now,
        )
        for one in list_known(on=last_day)
    ]
    try:
        with transaction.atomic():
            ProfileSnapshot.objects.bulk_create(rows, batch_size=500)
    except IntegrityError as error:
        raise AlreadyReleased(f"{quarter:%Y-%m}") from error
    return len(rows)


def release_profiles(*, user: Any, now: datetime) -> int:
    """Release every recorded quarter that is due, the oldest first; return how many."""
    quarters = (
        ProfileSnapshot.objects.exclude(quarter__in=ProfileRelease.objects.values("quarter"))
        .order_by("quarter")
        .values_list("quarter", flat=True)
        .distinct()
    )
    released = 0
    for quarter in quarters:
        due = next_quarter(quarter) + timedelta(days=RELEASE_DELAY_DAYS)
        if due <= timezone.localdate(now):
            release_profile(quarter=quarter, user=user, now=now)
            released += 1
    return released


def release_profile(*, quarter: date, user: Any, now: datetime) -> ProfileRelease:
    """Write what the public may read of the profile of a quarter; hidden before it is written.

    :raises QuarterNotOver: before thirty days after its end.
    :raises AlreadyReleased: the second time.
    """
    if timezone.localdate(now) < next_quarter(quarter) + timedelta(days=RELEASE_DELAY_DAYS):
        raise QuarterNotOver(f"{quarter:%Y-%m}")
    published = publish(count_snapshots(quarter), PUBLIC_ENTERPRISES, list_earlier(but=quarter))
    content = {"quarter": quarter.isoformat(), "tables": published.tables}
    try:
        with transaction.atomic():
            release = ProfileRelease.objects.create(
                quarter=quarter,
                tables=published.tables,
                hidden=[list(key) for key in published.hidden],
                pooled=list(published.pooled),
                digest=digest_of(content),
                released_by=user,
                released_at=now,
            )
            about = Thing("release", release.pk, f"profile {quarter:%Y-%m}")
            record(action=Audited.RELEASED, about=about, by=user)
            return release
    except IntegrityError as error:
        raise AlreadyReleased(f"{quarter:%Y-%m}") from error
