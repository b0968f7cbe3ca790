"""Which measures are watched, and what never is: people, money, and what only grows with sales."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from ketens.domain.monitor import MEASURES, Better, Guard, MonitorMeasure, Parts
from ketens.domain.monitor.measures import Factors
from ketens.domain.signals.rules import Finding, find_coverage_fall, find_rise, find_waste_rise
from ketens.domain.signals.series import Month, Series
from ketens.domain.targets import Better as Way

# More trade drives more kilometres and emits more; that is news about trade. What is lost
# and what is saved is worth a look at any size.
AMOUNTS = ("food_waste_g", "rescued_g")
WASTE = "food_waste_g"
COUNT = "count"
WHOLE_MONTH_DAYS = 28


@dataclass(frozen=True, slots=True)
class Stretch:
    """What is known of one place, chain or group in one month."""

    month: Month
    parts: Parts


def is_watched(measure: MonitorMeasure) -> bool:
    """Tell whether a measure may give a signal.

    Never one that is guarded: it counts people, or money of few shops.
    """
    if measure.guard is not Guard.NONE or measure.is_from_releases or not measure.is_public:
        return False
    if measure.better is Better.NEUTRAL:
        return False
    return not measure.adds_up or measure.code in AMOUNTS


def list_watched() -> tuple[MonitorMeasure, ...]:
    """Return the measures that are watched, in the order of the registry."""
    return tuple(row for row in MEASURES.values() if is_watched(row))


def watches_coverage(measure: MonitorMeasure) -> bool:
    """Tell whether falling coverage is told with this measure: the first of each whole.

    Two measures of the same goods would tell the same gap twice.
    """
    whole = measure.coverage.whole if measure.coverage else ""
    same = (row for row in list_watched() if row.coverage and row.coverage.whole == whole)
    return measure.code == next((row.code for row in same), "")


def build_series(measure: MonitorMeasure, stretches: Sequence[Stretch], factors: Factors) -> Series:
    """Return a measure month by month; how many took part is counted over whole months only."""
    months = []
    for one in stretches:
        if measure.unit == COUNT and one.month.days < WHOLE_MONTH_DAYS:
            continue
        amount = measure.compute(one.parts, factors)
        months.append(
            Month(
                one.month.first_day,
                one.month.days,
                None if amount is None else Decimal(amount.value),
                None if amount is None or amount.low is None else Decimal(amount.low),
                None if amount is None or amount.high is None else Decimal(amount.high),
                one.parts.permille(measure.coverage),
            )
        )
    return Series(months, Way(measure.better.value), is_level=not measure.adds_up)


def build_waste_share(stretches: Sequence[Stretch], factors: Factors) -> Series:
    """Return the share that was lost of all that was sold or lost, where losses are counted."""
    waste = MEASURES[WASTE]
    months = []
    for one in stretches:
        lost = waste.compute(one.parts, factors)
        sold = one.parts["counted_chain_g"]
        share = None
        if lost is not None and lost.value + sold:
            share = Decimal(lost.value) / (lost.value + sold)
        months.append(Month(one.month.first_day, one.month.days, share))
    return Series(months, Way.LOWER, is_level=True)


def find_all(
    measure: MonitorMeasure,
    stretches: Sequence[Stretch],
    factors: Factors,
    *,
    is_closed_circle: bool,
    is_whole: bool,
) -> Iterator[Finding]:
    """Yield what the rules find of one measure in one place, chain or group.

    What is known is asked of a whole place or chain, not of each product group in it. Sold
    and lost meet in the province, a chain or a product group; in a municipality they do not,
    because goods are lost at the maker and sold at a pick-up point elsewhere. So a share of
    waste is asked of a closed circle only.
    """
    series = build_series(measure, stretches, factors)
    rise = find_rise(series)
    if rise is not None:
        yield rise
    fall = find_coverage_fall(series) if is_whole and watches_coverage(measure) else None
    if fall is not None:
        yield fall
    if measure.code == WASTE and is_closed_circle:
        share = find_waste_rise(build_waste_share(stretches, factors))
        if share is not None:
            yield share
