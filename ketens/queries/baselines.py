"""What happened between two days by scope, and how that differs from a baseline."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Sum

from ketens.domain.booking import METHOD_VERSION
from ketens.domain.codes import CHAIN_PREFIX, RESIDENTS_PREFIX
from ketens.domain.disclosure import PUBLIC
from ketens.domain.factors import digest_of
from ketens.domain.monitor import MonitorMeasure
from ketens.models import Baseline, Calculation, FlowDay
from ketens.queries.monitor.days import measure_days
from winkelstraat.ledger.domain import Unit

Figures = dict[str, dict[str, int]]
STREET = "street"
UNITS = frozenset(unit.value for unit in Unit)


@dataclass(frozen=True, slots=True)
class Movement:
    """One figure then and now, per day so that stretches of another length compare."""

    scope: str
    unit: str
    before_a_day: Decimal
    after_a_day: Decimal

    @property
    def change(self) -> Decimal | None:
        """The part by which it moved; None when there was nothing before."""
        if not self.before_a_day:
            return None
        return self.after_a_day / self.before_a_day - 1


@dataclass(frozen=True, slots=True)
class Comparison:
    """Movements since a baseline; a break says why they may come from the method."""

    movements: tuple[Movement, ...]
    breaks: tuple[str, ...]


def sum_everything(first_day: date, last_day: date) -> Figures:
    """Return all figures of some days by scope: by unit of the ledger, and by measure.

    Scopes are ``street``, ``municipality:<id>``, ``village:<id>`` and ``chain:<id>``.
    """
    found = sum_units(first_day, last_day)
    for scope, amounts in measure_days(first_day, last_day).items():
        found.setdefault(scope, {}).update(amounts)
    return found


def sum_units(first_day: date, last_day: date) -> Figures:
    """Return what reached residents by chain, village and the whole street, in whole units."""
    rows = (
        FlowDay.objects.filter(
            day__range=(first_day, last_day),
            debit__startswith=RESIDENTS_PREFIX,
            credit__startswith=CHAIN_PREFIX,
        )
        .values_list("unit", "debit", "credit")
        .annotate(amount=Sum("amount"))
        .order_by("unit", "debit", "credit")
    )
    found: Figures = {}
    for unit, debit, credit, amount in rows:
        village, chain = debit.split(":")[1], credit.split(":")[1]
        for scope in ("street", f"village:{village}", f"chain:{chain}"):
            units = found.setdefault(scope, {})
            units[unit] = units.get(unit, 0) + amount
    return found


def compare(baseline: Baseline, *, first_day: date, last_day: date) -> Comparison:
    """Return how figures moved since a baseline, and whether the method changed in between."""
    before_days = (baseline.last_day - baseline.first_day).days + 1
    after_days = (last_day - first_day).days + 1
    after = sum_units(first_day, last_day)
    keys = sorted(
        {
            (scope, unit)
            for figures in (baseline.figures, after)
            for scope, units in figures.items()
            for unit in units
            if unit in UNITS
        }
    )
    return Comparison(
        movements=tuple(
            Movement(
                scope,
                unit,
                Decimal(baseline.figures.get(scope, {}).get(unit, 0)) / before_days,
                Decimal(after.get(scope, {}).get(unit, 0)) / after_days,
            )
            for scope, unit in keys
        ),
        breaks=find_breaks(baseline, first_day, last_day),
    )


def may_be_told(measure: MonitorMeasure, scope: str, figures: Figures) -> bool:
    """Tell whether the amount of a measure in a baseline may be told to anybody.

    A baseline knows no threshold, so money is told of the whole street only, when enough
    enterprises sold in it; numbers about people are read in releases alone.
    """
    if not measure.guard:
        return True
    if measure.is_about_people or scope != STREET:
        return False
    return figures.get(STREET, {}).get("active_enterprises", 0) >= PUBLIC.least_enterprises


def digest_content(baseline: Baseline) -> dict[str, Any]:
    """Return what the digest of a baseline is made over: all that it says but its title.

    What came with the profile is in it only where there is one, so that a baseline from
    before it keeps its digest.
    """
    content: dict[str, Any] = {
        "first_day": baseline.first_day.isoformat(),
        "last_day": baseline.last_day.isoformat(),
        "method": baseline.method_version,
        "factor_sets": baseline.factor_sets,
        "figures": baseline.figures,
    }
    if baseline.round_id is not None or baseline.reason:
        content |= {
            "profile": baseline.profile,
            "public_profile": baseline.public_profile,
            "scope": baseline.scope,
            "definitions": baseline.definitions,
            "questions": baseline.questionnaire.digest if baseline.questionnaire else "",
            "round": str(baseline.round.public_id) if baseline.round else "",
            "replaces": baseline.replaces.digest if baseline.replaces else "",
            "reason": baseline.reason,
        }
    return content


def is_intact(baseline: Baseline) -> bool:
    """Tell whether a baseline still says what its digest was made over."""
    return digest_of(digest_content(baseline)) == baseline.digest


def find_breaks(baseline: Baseline, first_day: date, last_day: date) -> tuple[str, ...]:
    """Return what changed in the method since: its version, and databases that came or went."""
    sets = (
        Calculation.objects.filter(activity_date__range=(first_day, last_day))
        .exclude(factor_set_version="")
        .order_by()
        .values_list("factor_set_version", flat=True)
        .distinct()
    )
    before = {database_of(name) for name in baseline.factor_sets}
    after = {database_of(name) for name in sets}
    found = [f"database:{name}" for name in sorted(before ^ after)]
    if baseline.method_version != METHOD_VERSION:
        found.insert(0, f"method:{baseline.method_version}:{METHOD_VERSION}")
    return tuple(found)


def database_of(factor_set: str) -> str:
    """Return the list that a factor set is a version of: ``nl`` of ``nl-2026-v1``."""
    return factor_set.rsplit("-", 2)[0]
