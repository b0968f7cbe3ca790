"""What is known of every enterprise on a day, from dated facts: four queries.

The register says who it is, the last two rounds what it answered, chains where it takes
part, and the books in how many months of a year it counted something itself.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import TruncMonth
from django.utils import timezone

from dorpen.register.models import Enterprise
from dorpen.register.models.enterprises import EnterpriseStatus
from ketens.domain.batches import Entry
from ketens.domain.movement import MONTHS_LOOKED_AT, Facts
from ketens.domain.profile import NOBODY, Profile, official_codes
from ketens.domain.work import months_later
from ketens.models import (
    BatchEntry,
    ChainMember,
    ChainStatus,
    LevelClaim,
    LevelStatus,
    ProfileAnswer,
    ProfileInvitation,
    ProfileRound,
    Round,
    WorkMonth,
)

ROUNDS_THAT_COUNT = 2
Answers = dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Known:
    """An enterprise with its public name and what is known of it."""

    slug: str
    name: str
    profile: Profile


def list_known(*, on: date) -> list[Known]:
    """Return every verified enterprise with what was known at the end of a day, by name."""
    return build_known(on=on, answers=list_answers_until(on))


def build_known(*, on: date, answers: Mapping[int, Answers]) -> list[Known]:
    """Return every verified enterprise with these answers; three queries."""
    chains, months = list_chains_of(on), count_months(on)
    rows = (
        Enterprise.objects.filter(status=EnterpriseStatus.VERIFIED, registered_at__lt=_end_of(on))
        .select_related("village__municipality")
        .annotate(reviewed=Subquery(reviewed_level(on)))
        .order_by("trade_name", "pk")
    )
    return [
        Known(
            row.slug,
            row.trade_name,
            build_profile(
                row, answers.get(row.pk, {}), chains.get(row.pk, ()), months.get(row.pk, 0)
            ),
        )
        for row in rows
    ]


def build_profile(
    row: Enterprise, answers: Answers, chains: tuple[str, ...], months: int
) -> Profile:
    """Return one profile; an answer goes before what the register says.

    The level is the higher of what was answered and what was reviewed in the Impactpad.
    """
    told = answers.get("measuring")
    levels = [int(told[0])] if told else []
    levels += [row.reviewed] if row.reviewed else []  # type: ignore[attr-defined]
    return Profile(
        enterprise_id=row.pk,
        municipality=row.village.municipality.name,
        village=row.village.name,
        facts=Facts(
            stance=answers.get("stance", (row.impact_stance,))[0],
            chains=chains,
            level=max(levels, default=None),
            months=months,
        ),
        dimensions=_said(answers, "dimensions", row.dimensions),
        drives=_said(answers, "drives", row.drives),
        sdg_targets=official_codes(_said(answers, "sdg_targets", row.sdg_targets)),
        answers=answers,
    )


def reviewed_level(day: date) -> QuerySet[LevelClaim, int]:
    """Return the highest level of an enterprise's Impactpad that stood at the end of a day."""
    return (
        LevelClaim.objects.filter(
            Q(valid_until__isnull=True) | Q(valid_until__gte=day),
            pad__enterprise=OuterRef("pk"),
            status=LevelStatus.REVIEWED,
            decided_at__lt=_end_of(day),
        )
        .order_by("-level")
        .values_list("level", flat=True)[:1]
    )


def list_answers_until(day: date) -> dict[int, Answers]:
    """Return the newest answers by enterprise as they stood at the end of a day."""
    rows = (
        ProfileAnswer.objects.filter(
            answered_at__lt=_end_of(day), invitation__round__in=rounds_that_count(day)
        )
        .order_by("answered_at", "pk")
        .values_list("invitation__enterprise_id", "question", "chosen")
    )
    found: dict[int, Answers] = defaultdict(dict)
    for enterprise_id, question, chosen in rows:
        found[enterprise_id][question] = tuple(chosen)
    return dict(found)


def merge_current(rows: Iterable[ProfileInvitation]) -> dict[int, Answers]:
    """Return the newest answers by enterprise from invitations, the oldest round first."""
    found: dict[int, Answers] = defaultdict(dict)
    for row in rows:
        for question, chosen in row.current.items():
            found[row.enterprise_id][question] = tuple(chosen)
    return dict(found)


def rounds_that_count(day: date) -> QuerySet[ProfileRound]:
    """Return the last two rounds that had begun: what is older says little of today."""
    begun = ProfileRound.objects.filter(first_day__lte=day).order_by("-first_day")
    return begun[:ROUNDS_THAT_COUNT]


def list_chains_of(day: date) -> dict[int, tuple[str, ...]]:
    """Return the names of the chains that ran on a day, by enterprise."""
    rows = (
        ChainMember.objects.filter(
            Q(chain__ended_on__isnull=True) | Q(chain__ended_on__gt=day),
            chain__started_on__lte=day,
        )
        .exclude(chain__status=ChainStatus.IDEA)
        .order_by()
        .values_list("enterprise_id")
        .annotate(names=ArrayAgg("chain__name", distinct=True, order_by="chain__name"))
    )
    return {enterprise_id: tuple(names) for enterprise_id, names in rows}


def count_months(day: date) -> dict[int, int]:
    """Return in how many of the twelve months up to a day an enterprise counted itself.

    Leftovers, rounds with their energy, and hours; what was taken back does not count.
    """
    since = months_later(day.replace(day=1), 1 - MONTHS_LOOKED_AT)
    stretch = (since, day)
    left = BatchEntry.objects.filter(
        kind=Entry.RESIDUAL.value,
        activity_date__range=stretch,
        takes_back__isnull=True,
        taken_back_by__isnull=True,
    ).values_list(F("batch__member__enterprise_id"), TruncMonth("activity_date"))
    driven = Round.objects.filter(driven_on__range=stretch).values_list(
        F("carrier__enterprise_id"), TruncMonth("driven_on")
    )
    worked = WorkMonth.objects.filter(month__range=stretch, minutes__gt=0).values_list(
        F("employer_id"), TruncMonth("month")
    )
    counts: dict[int, int] = defaultdict(int)
    for enterprise_id, _month in left.order_by().union(driven.order_by(), worked.order_by()):
        counts[enterprise_id] += 1
    return dict(counts)


def _said(answers: Answers, key: str, registered: list[str]) -> tuple[str, ...]:
    """Return what was answered, or what the register says; no answer at all is not an option."""
    return tuple(one for one in answers.get(key, registered) if one not in NOBODY)


def _end_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))
