"""Look at the kept months each night, and write down what stands out; once."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone

from ketens.domain.factors import digest_of
from ketens.domain.monitor import MEASURES, UNKNOWN_GROUP, MonitorMeasure
from ketens.domain.signals import RULES, Finding, Series, find_behind, find_silence
from ketens.domain.signals.watching import COUNT, build_series, find_all, list_watched
from ketens.domain.targets import Basis, Line
from ketens.models import Signal, SignalStatus, SignalStep
from ketens.queries.monitor.factors import read_factors
from ketens.queries.steering.grounds import Ground, Kept, list_last_days, read_kept
from ketens.queries.targets import StandingTarget, list_all_targets

YEAR_DAYS = 365


class SignalRefused(Exception):
    """A closed signal stays closed, and who closes one says why; the message is a key."""


@dataclass(frozen=True, slots=True)
class Found:
    """A finding with what it is about."""

    finding: Finding
    ground: Ground
    measure: str = ""
    target: StandingTarget | None = None


def find_signals(*, now: datetime) -> int:
    """Apply every rule to every ground; return how many signals are new.

    The same night again finds the same and writes nothing.
    """
    today = timezone.localdate(now)
    kept = read_kept(today=today)
    found = [*find_trends(kept), *find_late(kept), *find_silent(today)]
    before = Signal.objects.count()
    Signal.objects.bulk_create(
        [build_signal(one, now) for one in found], batch_size=500, ignore_conflicts=True
    )
    return Signal.objects.count() - before


def find_trends(kept: Kept) -> Iterator[Found]:
    """Yield what rises or is known less and less, by measure and ground."""
    for measure in list_watched():
        factors = read_factors(measure)[0]
        for ground, stretches in kept.stretches.items():
            if not is_kept_by(measure, ground):
                continue
            for finding in find_all(
                measure,
                stretches,
                factors,
                is_closed_circle=ground.is_closed_circle,
                is_whole=not ground.product_group,
            ):
                yield Found(finding, ground, measure.code)


def is_kept_by(measure: MonitorMeasure, ground: Ground) -> bool:
    """Tell whether a measure is counted by chain or by group; no group is no subject."""
    if ground.product_group == UNKNOWN_GROUP:
        return False
    if ground.chain is not None:
        return measure.is_by_chain
    return measure.is_by_group or not ground.product_group


def find_late(kept: Kept) -> Iterator[Found]:
    """Yield which targets a figure is behind on."""
    for target in list_all_targets():
        measure = MEASURES.get(target.measure)
        stretches = kept.stretches.get(Ground(target.place))
        if measure is None or stretches is None or measure.is_about_people:
            continue
        # How many took part in a month is less than in the longer stretch of a baseline.
        if measure.unit == COUNT and target.basis is Basis.CHANGE:
            continue
        series = build_series(measure, stretches, read_factors(measure)[0])
        series = Series(series.months, target.better, series.is_level)
        line = build_line(target, series, is_level=not measure.adds_up)
        finding = find_behind(series, line) if line is not None else None
        if finding is not None:
            yield Found(finding, Ground(target.place), measure.code, target)


def build_line(target: StandingTarget, series: Series, *, is_level: bool) -> Line | None:
    """Return the straight line to a target, per day unless it is a level.

    It begins at the baseline, or without one at the first month that counts.
    """
    if target.basis is Basis.CHANGE:
        if target.baseline_amount is None or target.baseline_last_day is None:
            return None
        first, first_day = target.baseline_amount, target.baseline_last_day
        last = first * (1 + target.value / 100)
    else:
        month = series.months[0] if series.months else None
        rate = series.rate(month) if month is not None else None
        if month is None or rate is None:
            return None
        first, first_day = rate, month.last_day
        last = target.value if is_level else target.value / YEAR_DAYS
    return Line(first_day, first, target.last_day, last)


def find_silent(today: date) -> Iterator[Found]:
    """Yield the running chains that handed over nothing for four weeks."""
    for chain, last_day in list_last_days().items():
        finding = find_silence([last_day], today=today)
        if finding is not None:
            yield Found(finding, Ground(chain=chain))


def build_signal(found: Found, now: datetime) -> Signal:
    """Return a finding as it is kept: with everything that it was computed from."""
    finding, target = found.finding, found.target
    text = RULES[finding.rule]
    measure = MEASURES.get(found.measure)
    calculation: dict[str, Any] = {
        "rule": finding.rule.value,
        "version": text.version,
        "thresholds": dict(text.thresholds),
        "trend": finding.trend.value,
        "on": finding.on.isoformat(),
        "unit": measure.unit if measure else "",
        "adds_up": bool(measure and measure.adds_up),
        "numbers": dict(finding.numbers),
        "months": [plain(asdict(month)) for month in finding.months],
    }
    if target is not None:
        calculation["target"] = {"version": target.version, "sentence": target.sentence}
    return Signal(
        rule=finding.rule.value,
        rule_version=text.version,
        measure=found.measure,
        place=found.ground.place,
        chain_id=found.ground.chain,
        product_group=found.ground.product_group,
        target_year=target.year if target else None,
        month=finding.on.replace(day=1),
        calculation=calculation,
        digest=digest_of(calculation),
        found_at=now,
    )


def plain(values: dict[str, Any]) -> dict[str, Any]:
    """Return values as JSON keeps them: decimals and days as text."""
    return {
        name: str(value) if isinstance(value, Decimal | date) else value
        for name, value in values.items()
    }


def move_signal(
    *, signal: Signal, status: SignalStatus, reason: str, user: Any, now: datetime
) -> SignalStep:
    """Write that somebody saw, noted or closed a signal.

    :raises SignalRefused: ``closed`` when it was closed before, ``no_reason``, ``not_new``.
    """
    newest = signal.steps.order_by("-id").values_list("status", flat=True).first()
    if newest == SignalStatus.CLOSED:
        raise SignalRefused("closed")
    if status == SignalStatus.NEW:
        raise SignalRefused("not_new")
    if status == SignalStatus.CLOSED and not reason.strip():
        raise SignalRefused("no_reason")
    return SignalStep.objects.create(
        signal=signal, status=status, reason=reason.strip(), moved_by=user, moved_at=now
    )
