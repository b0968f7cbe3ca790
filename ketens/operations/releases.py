"""Release the tables on work of one quarter; suppression happens here and nowhere later."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction

from ketens.domain.disclosure import PUBLIC, RELEASE_DELAY_DAYS, Ground, Group
from ketens.domain.factors import digest_of
from ketens.domain.work import TargetGroup, months_later
from ketens.models import WorkMonth, WorkRelease
from winkelstraat.accounts.models import Audited
from winkelstraat.accounts.operations import Thing, record

MINUTES = Decimal(60)
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
    rows = newest_rows(first)
    earlier = {
        tuple(cell)
        for hidden in WorkRelease.objects.values_list("hidden", flat=True)
        for cell in hidden
    }
    tables: dict[str, Table] = {}
    hidden: list[tuple[str, str]] = []
    for name, groups, ground in (
        ("group", groups_by(rows, "group", [one.value for one in TargetGroup]), Ground.PROVINCE),
        ("municipality", groups_by(rows, "place", []), Ground.MUNICIPALITY),
    ):
        withheld = {key for table, key in earlier if table == name}
        tables[name] = suppress_table(groups, ground, withheld)
        hidden += [(name, key) for key, row in tables[name].items() if row["people"] is None]
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


def groups_by(rows: list[WorkMonth], what: str, keys: list[str]) -> dict[str, Group]:
    """Return people and hours by target group or by municipality.

    People of one employer and group are the most of any of the three months, since the
    same person works in more than one of them.
    """
    people: dict[str, dict[tuple[int, str], int]] = defaultdict(dict)
    hours: dict[str, dict[int, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for row in rows:
        key = row.group if what == "group" else row.employer.village.municipality.name
        who = (row.employer_id, row.group)
        people[key][who] = max(people[key].get(who, 0), row.people)
        hours[key][row.employer_id] += row.minutes / MINUTES
    return {
        key: Group(sum(people[key].values()), dict(hours[key])) for key in sorted({*keys, *people})
    }


def suppress_table(groups: Mapping[str, Group], ground: Ground, withheld: set[str]) -> Table:
    """Return people and hours of each line, None where it is withheld; a total where it may."""
    is_split = ground is Ground.PROVINCE
    keys = list(groups)
    also = {
        number
        for number, key in enumerate(keys)
        if key in withheld
        or PUBLIC.show_count(groups[key], ground, is_split=is_split).withheld is not None
    }
    counts = [groups[key].people for key in keys]
    shown, total = PUBLIC.show_line(counts, also=also) if keys else ((), 0)
    table: Table = {}
    for key, people in zip(keys, shown, strict=True):
        hours = PUBLIC.show_hours(groups[key], ground, is_split=is_split)
        table[key] = {
            "people": people,
            "hours": None if people is None or hours.value is None else int(hours.value),
        }
    table["total"] = {"people": total, "hours": None}
    return table
