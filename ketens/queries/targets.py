"""The targets that stand today, and every version that stood before."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from ketens.domain.monitor import MEASURES
from ketens.domain.targets import PROVINCE, Basis, Better
from ketens.models import Target
from ketens.queries.steering.amounts import say_amount
from ketens.queries.wording import trim


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


@dataclass(frozen=True, slots=True)
class TargetVersion:
    """One version of a target, also one that withdrew it, with who set it and why."""

    version: int
    sentence: str
    source: str
    decision: str
    reason: str
    set_by: str
    set_at: datetime


def list_versions(**which: str) -> tuple[TargetVersion, ...]:
    """Return every version of the target of a measure, place and year; one query or none."""
    if not is_complete(which):
        return ()
    rows = Target.objects.filter(**which).select_related("baseline", "set_by")
    return tuple(
        TargetVersion(
            version=row.version,
            sentence=_("withdrawn")
            if row.value is None
            else say_target(row, row.value, row.baseline.title if row.baseline else ""),
            source=row.source,
            decision=row.decision,
            reason=row.reason,
            set_by=str(row.set_by or ""),
            set_at=row.set_at,
        )
        for row in rows.order_by("-version")
    )


def find_newest_version(**which: str) -> int:
    """Return the newest version of the target of a measure, place and year; 0 without one."""
    if not is_complete(which):
        return 0
    rows = Target.objects.filter(**which).order_by("-version")
    return rows.values_list("version", flat=True).first() or 0


def is_complete(which: dict[str, str]) -> bool:
    """Tell whether a measure, a place and a year are all named, in their own shape."""
    return {*which} == {"measure", "place", "year"} and which["year"].isdigit()


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
        words = {"amount": say_unit(row.measure, value), "year": row.year}
        if row.better == Better.LOWER:
            return _("at most %(amount)s in %(year)s") % words
        return _("at least %(amount)s in %(year)s") % words
    words = {"percent": trim(abs(value)), "year": row.year, "baseline": title}
    if value < 0:
        return _("%(percent)s%% less in %(year)s than in “%(baseline)s”") % words
    if value > 0:
        return _("%(percent)s%% more in %(year)s than in “%(baseline)s”") % words
    return _("as much in %(year)s as in “%(baseline)s”") % words


def say_unit(code: str, value: Decimal) -> str:
    """Return an amount of a measure in words."""
    measure = MEASURES.get(code)
    return say_amount(measure.unit, value) if measure else trim(value)
