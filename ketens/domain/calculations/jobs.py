"""Work in the list of calculations: blocks, obligations, jobs, and the ratio of an SROI."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from ketens.domain.calculations.inputs import Inputs
from ketens.domain.calculations.refusal import CalculationRefused
from ketens.domain.calculations.registry import Values, calculation
from ketens.domain.social_return import (
    Block,
    BlockStatus,
    BlockUnit,
    Effort,
    EffortValue,
    block_value,
    obligation_value,
    stack,
)
from ketens.domain.sroi import SroiInputs, social_return_on_investment
from ketens.domain.work import (
    AGREEMENT_JOB_HOURS,
    FULL_TIME_BASES,
    Placement,
    agreement_jobs,
    full_time_equivalents,
    net_new_jobs,
    retention,
    weekly_hours,
)

SECTION = "Social work"
HOURS_NAMES = ("hours", "hours_week", "hours_per_week")
PERCENT = Decimal(100)


@calculation("block_value", unit="eur", section=SECTION, example="WE21")
def count_block(inputs: Inputs) -> Values:
    """What a block of social return counts for: value x hours / full time x months / 12."""
    return {"eur": _value_of(inputs).euro}


@calculation("obligation", unit="eur", section=SECTION)
def count_obligation(inputs: Inputs) -> Values:
    """What a contract asks (a percentage of its value without VAT), and how far blocks reach."""
    due = obligation_value(
        inputs.positive("contract_eur", "contract_value_eur", "contract_value", "contract"),
        _percentage(inputs),
    )
    blocks = _blocks(inputs) if "blocks" in inputs else []
    state = stack(due, blocks)
    return {
        "obligation_eur": state.due.euro,
        "accepted_eur": state.accepted.euro,
        "waiting_eur": state.waiting.euro,
        "remaining_eur": state.remaining.euro,
        "surplus_eur": state.surplus.euro,
        "met": state.is_met,
    }


@calculation("agreement_jobs", unit="job", section=SECTION, example="WE24")
def count_agreement_jobs(inputs: Inputs) -> Values:
    """Jobs of the banenafspraak: paid hours a week over 25.5, smaller and larger pro rata."""
    found = agreement_jobs(_hours_list(inputs))
    return {"jobs": list(found.jobs), "sum": found.total}


@calculation("full_time_equivalents", unit="fte", section=SECTION)
def count_full_time(inputs: Inputs) -> Values:
    """Full-time equivalents of 36, 38 and 40 hours a week, and agreement jobs beside them."""
    if any(name in inputs for name in ("hours_month", "hours_per_month", "paid_hours")):
        months = inputs.whole("months", default=1)
        hours = weekly_hours(inputs.amount("hours_month", "hours_per_month", "paid_hours"), months)
    else:
        hours = sum(_hours_list(inputs), Decimal(0))
    bases = [inputs.positive("base")] if "base" in inputs else list(FULL_TIME_BASES)
    values: dict[str, Any] = {
        f"fte_{base.normalize():f}": full_time_equivalents(hours, base) for base in bases
    }
    values["hours_per_week"] = hours
    values["agreement_jobs"] = full_time_equivalents(hours, AGREEMENT_JOB_HOURS)
    return values


@calculation("net_new_jobs", unit="job", section=SECTION)
def count_net_new_jobs(inputs: Inputs) -> Values:
    """Placements less the jobs that were there for the group at the baseline; may be negative."""
    placements = inputs.amount("placements", "jobs")
    return {"net_new_jobs": net_new_jobs(placements, inputs.amount("at_baseline", "baseline"))}


@calculation("retention", unit={"share": "1"}, section=SECTION)
def count_retention(inputs: Inputs) -> Values:
    """How many still work after 6 and 12 months, of those who began that long ago."""
    today = _day(inputs.text("today"))
    placements = [
        Placement(_day(one.text("began")), _day(one.text("ended")) if "ended" in one else None)
        for one in inputs.items("placements")
    ]
    months = inputs.numbers("months") if "months" in inputs else [Decimal(6), Decimal(12)]
    found = [retention(placements, months=int(one), today=today) for one in months]
    return {
        f"after_{one.months}": {"kept": one.kept, "of": one.of, "share": one.share} for one in found
    }


@calculation("sroi", unit={"ratio": "1", "pv": "eur"}, section=SECTION, example="WE26")
def compute_sroi(inputs: Inputs) -> Values:
    """Social value over what was put in, with its four reductions and a sensitivity table."""
    found = social_return_on_investment(
        SroiInputs(
            count=inputs.amount("n", "count"),
            proxy_euro=inputs.amount("proxy_eur", "proxy", "v"),
            deadweight=inputs.share("deadweight", "dw", default=0),
            displacement=inputs.share("displacement", "disp", default=0),
            attribution_to_others=inputs.share("attribution_to_others", "attribution", default=0),
            drop_off=inputs.share("drop_off", "drop", default=0),
            years=inputs.whole("years", default=1),
            discount_rate=inputs.number("discount", "discount_rate", "r", default="0.035"),
            input_euro=inputs.positive("input_eur", "input", "investment_eur"),
        )
    )
    return {
        "gross_y1": found.gross_euro,
        "impact_y1": found.years_euro[0],
        "years": list(found.years_euro),
        "pv": found.present_value_euro,
        "ratio": found.ratio,
        "net_pv": found.net_euro,
        "net_ratio": found.ratio - 1,
        "sensitivity": {row.name: {"low": row.low, "high": row.high} for row in found.sensitivity},
        "needs_review": found.needs_review,
    }


def _value_of(inputs: Inputs) -> EffortValue:
    unit = BlockUnit(inputs.text("unit", default=BlockUnit.YEAR.value))
    caps = ("max_months", "cap_months", "cap")
    cap = inputs.amount(*caps) if any(name in inputs for name in caps) else None
    block = Block(
        region=inputs.text("region", default=""),
        key="",
        euro=inputs.amount("block", "block_eur", "block_value", "block_value_eur", "value"),
        unit=unit,
        full_time_hours=inputs.positive(
            "fulltime_hours", "full_time_hours", "fulltime", "base", default=36
        ),
        max_months=cap,
        is_bonus_prorated=inputs.flag("bonus_prorated"),
    )
    has_weeks = "weeks" in inputs
    bonuses = ("bonuses", "bonus", "bonus_eur")
    effort = Effort(
        hours_per_week=inputs.amount(*HOURS_NAMES, default=0),
        months=None if has_weeks else inputs.amount("months", default=12),
        weeks=inputs.amount("weeks") if has_weeks else None,
        months_before=inputs.amount("months_before", "months_used", default=0),
        bonuses=tuple(_numbers(inputs, *bonuses)) if any(n in inputs for n in bonuses) else (),
        quantity=inputs.amount("quantity", "invoice_eur") if _has_quantity(inputs) else None,
    )
    found = block_value(block, effort)
    if found is None:
        raise CalculationRefused("missing", name="block")
    return found


def _blocks(inputs: Inputs) -> list[tuple[BlockStatus, EffortValue]]:
    """Read blocks by their effort or value; bare numbers are values that were accepted."""
    given = inputs.raw("blocks")
    if isinstance(given, (list, tuple)) and not any(isinstance(one, Mapping) for one in given):
        return [(BlockStatus.ACCEPTED, EffortValue(one)) for one in inputs.numbers("blocks")]
    return [_stacked(one) for one in inputs.items("blocks")]


def _stacked(one: Inputs) -> tuple[BlockStatus, EffortValue]:
    status = BlockStatus(one.text("status", default=BlockStatus.ACCEPTED.value))
    whole = ("eur", "value_eur", "euro")
    if any(name in one for name in whole):
        return status, EffortValue(one.amount(*whole))
    return status, _value_of(one)


def _percentage(inputs: Inputs) -> Decimal:
    if "share" in inputs:
        return inputs.share("share") * PERCENT
    told = inputs.positive("percentage", "pct", "percent", default=5)
    # Nobody asks for less than one percent: 0.05 is five percent written as a share.
    return told * PERCENT if told < 1 else told


def _hours_list(inputs: Inputs) -> list[Decimal]:
    hours = _numbers(inputs, *HOURS_NAMES)
    if any(one < 0 for one in hours):
        raise CalculationRefused("negative", name=inputs.first_of(*HOURS_NAMES))
    return hours


def _numbers(inputs: Inputs, *names: str) -> list[Decimal]:
    """Return a list of numbers, or the one that was given."""
    given = inputs.raw(*names)
    if isinstance(given, (list, tuple, Mapping)):
        return inputs.numbers(*names)
    return [inputs.number(*names)]


def _has_quantity(inputs: Inputs) -> bool:
    return "quantity" in inputs or "invoice_eur" in inputs


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise CalculationRefused("not_a_day", value=text) from None
