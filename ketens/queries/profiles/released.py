"""The profile that anybody may read: the newest release, and nothing live."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from ketens.domain.movement import Place, next_quarter
from ketens.domain.profile_tables import MUNICIPALITY, TOTAL
from ketens.models import ProfileRelease
from ketens.queries.profiles.showing import (
    ShownPlace,
    ShownTable,
    say_count,
    show_municipalities,
    show_tables,
)


@dataclass(frozen=True, slots=True)
class ReleasedProfile:
    """One release in words."""

    quarter: date
    until: date
    sentence: str
    tables: tuple[ShownTable, ...]
    municipalities: tuple[ShownPlace, ...]
    pooled: tuple[str, ...]
    digest: str
    released_on: date


def get_released_profile() -> ReleasedProfile | None:
    """Return the newest release, None before the first; one query."""
    release = ProfileRelease.objects.order_by("-quarter").first()
    return None if release is None else build_released(release)


def build_released(release: ProfileRelease) -> ReleasedProfile:
    """Return a release in words."""
    until = last_day_of(release.quarter)
    return ReleasedProfile(
        quarter=release.quarter,
        until=until,
        sentence=say_profile(release.tables, until),
        tables=show_tables(release.tables),
        municipalities=show_municipalities(release.tables[MUNICIPALITY]),
        pooled=tuple(release.pooled),
        digest=release.digest,
        released_on=release.released_at.date(),
    )


def say_profile(tables: dict[str, dict[str, int | None]], until: date) -> str:
    """Return what is to be seen in one sentence."""
    stance = tables["stance"]
    total = stance[TOTAL]
    day = date_format(until, "j F Y")
    if total is None:
        return _("On %(day)s the groups were too small to be told apart.") % {"day": day}
    first, second = stance.get("impact_first"), stance.get("impact_second")
    return _(
        "On %(day)s there were about %(total)s enterprises in the register; of %(first)s the "
        "social aim comes first, of %(second)s it comes second."
    ) % {
        "day": day,
        "total": say_count(total),
        "first": say_count(first),
        "second": say_count(second),
    }


def say_places(places: dict[str, int | None]) -> str:
    """Return who leads, follows and rides in the peloton, as far as that may be told."""
    return _("%(leaders)s leaders, %(followers)s followers and %(peloton)s in the peloton") % {
        "leaders": say_count(places.get(Place.LEADER)),
        "followers": say_count(places.get(Place.FOLLOWER)),
        "peloton": say_count(places.get(Place.PELOTON)),
    }


def last_day_of(quarter: date) -> date:
    """Return the last day of a quarter."""
    return next_quarter(quarter) - timedelta(days=1)
