"""Release the tables on work of one quarter; suppression happens here and nowhere later."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction

from ketens.domain.cubes import Cube, Entry, Key
from ketens.domain.disclosure import PUBLIC, RELEASE_DELAY_DAYS, Counted, Shown, round_to
from ketens.domain.factors import digest_of
from ketens.domain.work import TargetGroup, months_later
from ketens.models import WorkMonth, WorkRelease
from winkelstraat.accounts.models import Audited
from winkelstraat.accounts.operations import Thing, record

MINUTES = 60
ALL = ""
WHOLE: Key = (ALL, ALL)
GROUP = 1
Table = dict[str, dict[str, int | None]]


class QuarterNotOver(Exception):
    """A quarter is released whole, thirty days after its end."""


class AlreadyReleased(Exception):
    """A release is never made again: two of them could be subtracted."""


def release_quarter(*, quarter: date, user: Any, now: datetime) -> WorkRelease:
    """Write what the public may read of a quarter.

    The split over groups is of the whole province; a municipality has one sum. What was
    withheld in an earlier release stays withheld.

    :raises QuarterNotOver: before thirty days after its end.
    :raises AlreadyReleased: the second time.
    """
    first = date(quarter.year, (quarter.month - 1) // 3 * 3 + 1, 1)
    if now.date() < months_later(first, 3) + timedelta(days=RELEASE_DELAY_DAYS):
        raise QuarterNotOver(f"{first:%Y-%m}")
    earlier = {
        tuple(cell)
        for hidden in WorkRelease.objects.values_list("hidden", flat=True)
        for cell in hidden
    }
    tables = hide_tables(build_cube(newest_rows(first)), {key_of(*cell) for cell in earlier})
    hidden = [
        (name, key)
        for name, table in tables.items()
        for key, row in table.items()
        if row["people"] is None
    ]
    content = {"quarter": first.isoformat(), "tables": tables}
    try:
        with transaction.atomic():
            release = WorkRelease.objects.create(
                quarter=first,
                tables=tables,
                hidden=sorted({*hidden, *earlier}),
                digest=digest_of(content),
                released_by=user,
                released_at=now,
            )
            about = Thing("release", release.pk, f"work {first:%Y-%m}")
            record(action=Audited.RELEASED, about=about, by=user)
            return release
    except IntegrityError as error:
        raise AlreadyReleased(f"{first:%Y-%m}") from error


def newest_rows(first: date) -> list[WorkMonth]:
    """Return the newest versions of the three months of a quarter."""
    return list(
        WorkMonth.objects.filter(month__gte=first, month__lt=months_later(first, 3))
        .select_related("employer__village__municipality")
        .order_by("employer_id", "group", "month", "-version")
        .distinct("employer_id", "group", "month")
    )


def build_cube(rows: list[WorkMonth]) -> Cube:
    """Return people and minutes by municipality and by group, with the one total of both.

    People of one employer and group are the most of any of the three months, since the
    same person works in more than one of them.
    """
    people: dict[Key, dict[tuple[int, str], int]] = {WHOLE: {}}
    people |= {key_of("group", one.value): {} for one in TargetGroup}
    minutes: dict[Key, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for row in rows:
        place = key_of("municipality", row.employer.village.municipality.name)
        who = (row.employer_id, row.group)
        for key in (WHOLE, place, key_of("group", row.group)):
            counted = people.setdefault(key, {})
            counted[who] = max(counted.get(who, 0), row.people)
            minutes[key][row.employer_id] += row.minutes
    entries = {key: Entry(sum(one.values()), minutes[key]) for key, one in people.items()}
    places, groups = ({key[index] for key in entries} - {ALL} for index in (0, 1))
    trees = (dict.fromkeys(places, ALL), dict.fromkeys(groups, ALL))
    return Cube(entries, trees, groups=(GROUP,))


def hide_tables(cube: Cube, earlier: Collection[Key]) -> dict[str, Table]:
    """Return both tables as the public reads them, hidden together: they share their total.

    What is hidden follows from a total together, so together it must be of enough people
    and employers: else one employer subtracts himself and reads the other.
    """
    tables: dict[str, Table] = {"group": {}, "municipality": {}}
    for key, one in PUBLIC.show_cube(cube, Counted.PEOPLE, also=earlier).items():
        if key == WHOLE:
            for table in tables.values():
                table["total"] = {"people": people_of(one), "hours": None}
            continue
        people = people_of(one)
        hours = sum(cube.entries[key].by.values()) // MINUTES
        row = {
            "people": people,
            "hours": None if people is None else round_to(hours, PUBLIC.rounding),
        }
        place, group = key
        tables["group" if group else "municipality"][group or place] = row
    return tables


def people_of(shown: Shown) -> int | None:
    """Return a number of people, None where it is withheld."""
    return None if shown.value is None else int(shown.value)


def key_of(table: str, name: str) -> Key:
    """Return where a line of a table stands in the cube; one table's total is the other's too."""
    return (ALL, name) if table == "group" else (name, ALL)
