"""The targets that stand today, and every version that stood before."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from ketens.domain.measures import Measure
from ketens.domain.targets import PROVINCE, Basis, Better
from ketens.models import Target
from ketens.queries.wording import say, trim


@dataclass(frozen=True, slots=True)
class StandingTarget:
    """A target as it stands; percent of the baseline when its basis is a change."""

    measure: str
    place: str
    year: int
    version: int
    value: Decimal
    better: Better
    basis: Basis
    baseline_id: int | None
    baseline_title: str
    baseline_amount: Decimal | None
    baseline_last_day: date | None
    source: str
    decision: str
    set_at: datetime
    sentence: str

    @property
    def is_proposal(self) -> bool:
        """Nobody decided it yet."""
        return not self.decision

    @property
    def last_day(self) -> date:
        """The day on which it should be reached."""
        return date(self.year, 12, 31)


def list_targets(measure: str, place: str = PROVINCE) -> tuple[StandingTarget, ...]:
    """Return the targets of a measure at a place by year; one query.

    ``place`` is PV22 for the province or the CBS code of a municipality.
    """
    return list_all_targets(measure=measure, place=place)


def list_all_targets(**which: str) -> tuple[StandingTarget, ...]:
    """Return every target that stands, by measure, place and year; one query."""
    newest = (
        Target.objects.filter(**which)
        .select_related("baseline")
        .order_by("measure", "place", "year", "-version")
        .distinct("measure", "place", "year")
    )
    return tuple(build_target(row, row.value) for row in newest if row.value is not None)


def build_target(row: Target, value: Decimal) -> StandingTarget:
    """Return a row as it is read."""
    title = row.baseline.title if row.baseline else ""
    return StandingTarget(
        measure=row.measure,
        place=row.place,
        year=row.year,
        version=row.version,
        value=value,
        better=Better(row.better),
        basis=Basis(row.basis),
        baseline_id=row.baseline_id,
        baseline_title=title,
        baseline_amount=row.baseline_amount,
        baseline_last_day=row.baseline.last_day if row.baseline else None,
        source=row.source,
        decision=row.decision,
        set_at=row.set_at,
        sentence=say_target(row, value, title),
    )


def say_target(row: Target, value: Decimal, title: str) -> str:
    """Return a target in words: how much, by when, measured from what."""
    if row.basis == Basis.AMOUNT:
        words = {"amount": say_amount(row.measure, value), "year": row.year}
        if row.better == Better.LOWER:
            return _("at most %(amount)s in %(year)s") % words
        return _("at least %(amount)s in %(year)s") % words
    words = {"percent": trim(abs(value)), "year": row.year, "baseline": title}
    if value < 0:
        return _("%(percent)s%% less in %(year)s than in “%(baseline)s”") % words
    if value > 0:
        return _("%(percent)s%% more in %(year)s than in “%(baseline)s”") % words
    return _("as much in %(year)s as in “%(baseline)s”") % words


def say_amount(measure: str, value: Decimal) -> str:
    """Return an amount of a measure in words."""
    if measure in Measure.__members__.values():
        return say(Measure(measure), int(value))
    return trim(value)
