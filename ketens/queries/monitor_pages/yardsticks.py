"""What a figure is compared with: the frozen baseline, and the targets of 2028 and 2030.

This is the one seam to both. A baseline's amount is per its own days, so every comparison
is per day; a target that is a percentage is one of the baseline.
"""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as _

from ketens.domain.monitor import MonitorMeasure, Place, PlaceKind
from ketens.domain.periods import Period
from ketens.domain.pictures import Level
from ketens.domain.targets import Basis, aim, is_as_good
from ketens.models import Baseline
from ketens.queries.baselines import may_be_told
from ketens.queries.monitor_pages.words import say_amount
from ketens.queries.targets import StandingTarget, list_targets

YEAR_DAYS = 365
# Older baselines froze a few measures, under the names of the ledger's units.
FROZEN_UNITS = {
    "goods_g": "grams",
    "emission_mg_co2e": "mg_co2e",
    "vehicle_metres": "metres",
}


@dataclass(frozen=True, slots=True)
class BaselineAmount:
    """What a measure was at the baseline; None is not in it."""

    title: str
    first_day: date
    last_day: date
    value: int | None

    @property
    def days(self) -> int:
        """How many days the baseline has."""
        return (self.last_day - self.first_day).days + 1


@dataclass(frozen=True, slots=True)
class TargetRow:
    """A target with how it stands now."""

    year_text: str
    sentence: str
    standing_text: str
    is_proposal: bool
    amount: Decimal | None


@dataclass(frozen=True, slots=True)
class Yardsticks:
    """The baseline and the targets of one measure at one place."""

    baseline: BaselineAmount | None
    targets: tuple[StandingTarget, ...]


def get_yardsticks(measure: MonitorMeasure, place: Place, code: str) -> Yardsticks:
    """Return what a measure is compared with; two queries. `code` is PV22 or of the CBS.

    Numbers about people have no yardstick here: they are read in releases alone.
    """
    newest = Baseline.objects.order_by("-frozen_at", "-pk").first()
    return Yardsticks(
        baseline=build_baseline(newest, measure, place) if newest else None,
        targets=() if place.kind is PlaceKind.VILLAGE else list_targets(measure.code, code),
    )


def build_baseline(row: Baseline, measure: MonitorMeasure, place: Place) -> BaselineAmount:
    """Return the frozen amount of a measure, None when it was not frozen."""
    scope = {
        PlaceKind.PROVINCE: "street",
        PlaceKind.VILLAGE: f"village:{place.id}",
        PlaceKind.MUNICIPALITY: f"municipality:{place.id}",
    }[place.kind]
    units = row.figures.get(scope, {})
    value = units.get(measure.code, units.get(FROZEN_UNITS.get(measure.code, "")))
    return BaselineAmount(
        title=row.title,
        first_day=row.first_day,
        last_day=row.last_day,
        value=value if may_be_told(measure, scope, row.figures) else None,
    )


def list_levels(
    yardsticks: Yardsticks, measure: MonitorMeasure, period: Period
) -> tuple[Level, ...]:
    """Return baseline and targets as levels for stretches as long as this period."""
    baseline = yardsticks.baseline
    levels = []
    if baseline and baseline.value is not None:
        value = per_stretch(Decimal(baseline.value), baseline.days, measure, period)
        words = {"amount": say_amount(measure.unit, value)}
        levels.append(Level(value, _("baseline: %(amount)s") % words, "baseline"))
    for target in yardsticks.targets:
        amount = aim_per_stretch(target, measure, period)
        if amount is not None:
            words = {"year": str(target.year), "amount": say_amount(measure.unit, amount)}
            levels.append(Level(amount, _("target %(year)s: %(amount)s") % words, "target"))
    return tuple(levels)


def aim_per_stretch(target: StandingTarget, measure: MonitorMeasure, period: Period) -> int | None:
    """Return what a target asks of a stretch as long as this period; None when not known.

    A change is one of the target's own baseline, kept with it as an amount per day; any
    other target is an amount of a year.
    """
    amount = aim(target.value, target.basis, target.baseline_amount)
    if amount is None:
        return None
    days = 1 if target.basis is Basis.CHANGE else YEAR_DAYS
    return per_stretch(amount, days, measure, period)


def per_stretch(amount: Decimal, days: int, measure: MonitorMeasure, period: Period) -> int:
    """Return an amount of so many days for a period; what does not add up stays as it is."""
    scaled = amount * period.days / days if measure.adds_up else amount
    return int(scaled.quantize(Decimal(1), rounding=ROUND_HALF_UP))


def list_target_rows(
    yardsticks: Yardsticks, measure: MonitorMeasure, value: int | None, period: Period
) -> tuple[TargetRow, ...]:
    """Return every target with how the figure of a period stands to it."""
    return tuple(
        TargetRow(
            year_text=str(target.year),
            sentence=target.sentence,
            standing_text=say_standing(target, measure, value, period),
            is_proposal=target.is_proposal,
            amount=target.value,
        )
        for target in yardsticks.targets
    )


def say_standing(
    target: StandingTarget,
    measure: MonitorMeasure,
    value: int | None,
    period: Period,
) -> str:
    """Return whether a period is as good as its target, and how far it is from it."""
    amount = aim_per_stretch(target, measure, period)
    if amount is None or value is None:
        return _("not known yet")
    if is_as_good(Decimal(value), Decimal(amount), target.better):
        return _("this period is as good as the target")
    words = {"gap": say_amount(measure.unit, abs(value - amount))}
    return _("%(gap)s from the target in this period") % words
