"""Paid work in hours, and what hours mean in full-time jobs and agreement jobs.

Hours are the one quantity that is kept. Heads, full-time equivalents and jobs of the
banenafspraak follow from them, and none of the three may stand in for another: a job
is 25,5 paid hours a week, a full-time equivalent 36, 38 or 40, and a person either.
"""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

AGREEMENT_JOB_HOURS = Decimal("25.5")
FULL_TIME_BASES = (Decimal(36), Decimal(38), Decimal(40))
WEEKS_PER_YEAR = Decimal(52)
MONTHS_PER_YEAR = Decimal(12)
# Arbeidstijdenwet art. 5:7: nobody works more than 60 hours in a week.
LONGEST_WEEK_HOURS = Decimal(60)


class ImpossibleHours(ValueError):
    """More hours than the month has, or fewer than none."""


class TargetGroup(StrEnum):
    """Groups whose hours count for social return; a group is never said of a person."""

    PARTICIPATION_UNDER_2_YEARS = "PW_LT2"
    PARTICIPATION_OVER_2_YEARS = "PW_GT2"
    UNEMPLOYED_UNDER_1_YEAR = "WW_LT1"
    UNEMPLOYED_OVER_1_YEAR = "WW_GT1"
    WIA = "WIA"
    WAO = "WAO"
    WAJONG = "WAJONG"
    JOBS_AGREEMENT = "BAFS"
    SHELTERED_ACT = "WSW"
    SHELTERED_WORK = "BESCHUT"
    APPRENTICE_1_2 = "BBL_1_2"
    APPRENTICE_3_PLUS = "BBL_3PLUS"
    INTERN = "BOL"
    PRACTICAL_SCHOOL = "PRO_VSO"
    ENTRY_TRAINING = "ENTREE"
    PERMIT_HOLDER = "STATUS"
    NO_BENEFIT = "NUG"
    YOUTH_WITHOUT_QUALIFICATION = "JZS"


@dataclass(frozen=True, slots=True)
class AgreementJobs:
    """Jobs of the banenafspraak per contract and together."""

    jobs: tuple[Decimal, ...]
    total: Decimal


@dataclass(frozen=True, slots=True)
class Placement:
    """One working relation by its months; nothing in it points at a person."""

    began: date
    ended: date | None = None


@dataclass(frozen=True, slots=True)
class Retention:
    """How many still work after some months, of those who began long enough ago."""

    months: int
    kept: int
    of: int

    @property
    def share(self) -> Decimal | None:
        """The part that is kept; None when nobody began long enough ago."""
        return Decimal(self.kept) / self.of if self.of else None


def full_time_equivalents(hours_per_week: Decimal, base: Decimal) -> Decimal:
    """Return hours a week as full-time equivalents of ``base`` hours a week.

    :raises ImpossibleHours: when hours are negative or the base is not positive.
    """
    if hours_per_week < 0 or base <= 0:
        raise ImpossibleHours(f"{hours_per_week} of {base} hours a week")
    return hours_per_week / base


def agreement_jobs(hours_per_week: Sequence[Decimal]) -> AgreementJobs:
    """Return the jobs of the banenafspraak behind contracts of these hours a week.

    One job is 25,5 paid hours a week; smaller and larger contracts count pro rata
    (Werkgeverslijn 2016).

    :raises ImpossibleHours: when hours are negative.
    """
    jobs = tuple(full_time_equivalents(hours, AGREEMENT_JOB_HOURS) for hours in hours_per_week)
    return AgreementJobs(jobs, sum(jobs, Decimal(0)))


def weekly_hours(hours: Decimal, months: int = 1) -> Decimal:
    """Return the average hours a week behind the hours of some months (52 weeks a year)."""
    if months < 1:
        raise ImpossibleHours(f"hours over {months} months")
    return hours * MONTHS_PER_YEAR / WEEKS_PER_YEAR / months


def most_hours(month: date, people: int = 1) -> int:
    """Return the hours that a month holds for some people."""
    return monthrange(month.year, month.month)[1] * 24 * people


def check_hours(hours: Decimal, *, month: date, people: int = 1) -> None:
    """Refuse hours that no month can hold.

    :raises ImpossibleHours: below zero or above the hours of the calendar month.
    """
    if people < 1 or hours < 0 or hours > most_hours(month, people):
        raise ImpossibleHours(f"{hours} hours of {people} in {month:%Y-%m}")


def are_doubtful(hours: Decimal, *, month: date, people: int = 1) -> bool:
    """Tell whether hours are more than the law allows anyone to work (60 a week)."""
    weeks = Decimal(monthrange(month.year, month.month)[1]) / 7
    return hours > LONGEST_WEEK_HOURS * weeks * people


def net_new_jobs(placements: Decimal, at_baseline: Decimal) -> Decimal:
    """Return the jobs that were not there for this group at the baseline; may be negative."""
    return placements - at_baseline


def retention(placements: Sequence[Placement], *, months: int, today: date) -> Retention:
    """Return how many placements lasted ``months``, of those that began that long ago.

    Who began later is in neither number, so the share never rises by new hires.
    """
    old_enough = [one for one in placements if months_later(one.began, months) <= today]
    kept = [
        one
        for one in old_enough
        if one.ended is None or one.ended >= months_later(one.began, months)
    ]
    return Retention(months, len(kept), len(old_enough))


def months_later(day: date, months: int) -> date:
    """Return the same day some months on, or the last day of a shorter month."""
    year, index = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, index + 1, min(day.day, monthrange(year, index + 1)[1]))
