"""Count the profile: from a snapshot of a quarter, or from what is known today."""

from collections.abc import Sequence
from datetime import date

from ketens.domain.profile import Counts, Profile, count_profiles, read_profile
from ketens.domain.profile_tables import PUBLIC_ENTERPRISES, Earlier, list_exact, pool
from ketens.models import ProfileRelease, ProfileSnapshot
from ketens.queries.profiles.questions import list_keys


def list_snapshot(quarter: date) -> list[Profile]:
    """Return every enterprise as it was written down at the end of a quarter."""
    rows = ProfileSnapshot.objects.filter(quarter=quarter).order_by("enterprise_id")
    return [read_profile(*row) for row in rows.values_list("enterprise_id", "facts")]


def count(profiles: Sequence[Profile]) -> Counts:
    """Count profiles by everything that the newest questions can answer."""
    return count_profiles(profiles, list_keys())


def count_snapshots(quarter: date) -> Counts:
    """Return the exact counts of a quarter."""
    return count(list_snapshot(quarter))


def list_earlier(*, but: date | None = None) -> list[Earlier]:
    """Return what other releases hid, with their exact counts, the oldest first."""
    found = []
    for release in ProfileRelease.objects.order_by("quarter"):
        if release.quarter == but:
            continue
        counts = count_snapshots(release.quarter)
        rows, _pooled = pool(counts.municipalities, least=PUBLIC_ENTERPRISES.least_people)
        hidden = [(table, key) for table, key in release.hidden]
        found.append(Earlier(list_exact(counts, rows), hidden, release.pooled))
    return found
