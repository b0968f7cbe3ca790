"""Footprints of food: one database, own stages in place of its stages, coverage by mass."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from ketens.domain.calculations.inputs import Inputs
from ketens.domain.calculations.refusal import CalculationRefused
from ketens.domain.calculations.registry import Values, calculation
from ketens.domain.uncertainty import Lognormal, probability_lower

SECTION = "Food"
LEAST_PROBABILITY = Decimal("0.95")
SAME = ("unit", "database", "stage")
OPTIONS = ("database", "stage", "products", "activity_date")


@calculation("stage_sum", unit="kgCO2e/kg", section=SECTION, example="WE14")
def stage_sum(inputs: Inputs) -> Values:
    """The footprint of a product as the sum of its stages; a stage may be below zero."""
    given = inputs.raw("stages")
    values = inputs.numbers("stages")
    named = dict(zip(given, values, strict=True)) if isinstance(given, Mapping) else {}
    return {"sum": sum(values, Decimal(0)), "stages": named or values}


@calculation("database_spread", unit="ratio", section=SECTION, example="WE15")
def database_spread(inputs: Inputs) -> Values:
    """How far databases differ for one product: largest over smallest; never mixed in a chain."""
    values = {name: inputs.positive(name) for name in inputs if name != "activity_date"}
    if len(values) < 2:
        raise CalculationRefused("too_few", least="2")
    lowest, highest = min(values, key=values.__getitem__), max(values, key=values.__getitem__)
    return {"ratio": values[highest] / values[lowest], "lowest": lowest, "highest": highest}


@calculation("basket_footprint", unit="kgCO2e", section=SECTION, example="WE16")
def basket_footprint(inputs: Inputs) -> Values:
    """Kilos times their factors in one database; what has no factor is left out and told."""
    database = inputs.text("database", default="agribalyse")
    stage = inputs.text("stage", default="to_retail")
    lines = _lines(inputs, database, stage)
    databases = {line[3] for line in lines if line[2] is not None}
    if len(databases) > 1:
        raise CalculationRefused("mixed_databases", names=", ".join(sorted(databases)))
    covered = [(mass, factor) for _, mass, factor, _ in lines if factor is not None]
    total_kg = sum((mass for _, mass, _, _ in lines), Decimal(0))
    covered_kg = sum((mass for mass, _ in covered), Decimal(0))
    return {
        "kg": sum((mass * factor for mass, factor in covered), Decimal(0)) if covered else None,
        **{name: factor for name, _, factor, _ in lines},
        "coverage": covered_kg / total_kg if total_kg else None,
        "uncovered_kg": total_kg - covered_kg,
    }


@calculation("ratio", unit="kgCO2e/kg", section=SECTION, example="WE17")
def ratio(inputs: Inputs) -> Values:
    """A generic factor: what was emitted over what it was emitted for, in the same weight."""
    top = inputs.amount("gt_co2e", "t_co2e", "kg_co2e", "numerator")
    return {"kg_per_kg": top / inputs.positive("gt_food", "t_food", "kg_food", "denominator")}


@calculation("chain_footprint", unit="kgCO2e", section=SECTION)
def chain_footprint(inputs: Inputs) -> Values:
    """Database stages up to those that the chain measures itself, plus its own stages."""
    mass = inputs.amount("mass_kg", default=1)
    stages = _named(inputs, "database_stages", "stages")
    own = _named(inputs, "own_stages", "own")
    added = set(own) - set(stages)
    if added and not inputs.flag("allow_new_stages"):
        raise CalculationRefused("unknown_stage", name=", ".join(sorted(added)))
    kept = {name: value * mass for name, value in stages.items() if name not in own}
    return {
        "kg": sum(kept.values(), Decimal(0)) + sum(own.values(), Decimal(0)),
        "database_kg": sum(kept.values(), Decimal(0)),
        "own_kg": sum(own.values(), Decimal(0)),
        "replaced": sorted(set(own) & set(stages)),
    }


@calculation("coverage", unit="share", section=SECTION)
def coverage(inputs: Inputs) -> Values:
    """The share of the weight that has a footprint; unknown is left out, never nothing."""
    lines = inputs.items("lines", "products")
    total = sum((one.amount("mass_kg", "kg") for one in lines), Decimal(0))
    known = sum((one.amount("mass_kg", "kg") for one in lines if _is_known(one)), Decimal(0))
    return {"coverage": known / total if total else None, "uncovered_kg": total - known}


@calculation("comparison", unit={"probability": "share", "difference": "kgCO2e"}, section=SECTION)
def comparison(inputs: Inputs) -> Values:
    """Whether a product may be called lower: same unit, database, stage; 95% sure."""
    left, right = _side(inputs, "a", "own"), _side(inputs, "b", "reference")
    differing = [
        name for name in SAME if left.text(name, default="") != right.text(name, default="")
    ]
    a, b = _spread(left), _spread(right)
    correlation = inputs.number("correlation", default=0)
    probability = probability_lower(a, b, correlation)
    return {
        "probability": probability,
        "difference": a.median - b.median,
        "differing": differing,
        "may_claim": not differing and probability >= LEAST_PROBABILITY,
    }


def _lines(
    inputs: Inputs, database: str, stage: str
) -> list[tuple[str, Decimal, Decimal | None, str]]:
    if "products" not in inputs:
        return [
            (name, inputs.amount(name), _known(inputs, f"{name}.{database}.{stage}"), database)
            for name in inputs
            if name not in OPTIONS
        ]
    return [_line(one, database, stage) for one in inputs.items("products")]


def _line(one: Inputs, database: str, stage: str) -> tuple[str, Decimal, Decimal | None, str]:
    name = one.text("id", "name", "product")
    own_database = one.text("database", default=database)
    if "kg_per_kg" in one or "factor" in one:
        factor: Decimal | None = one.amount("kg_per_kg", "factor")
    else:
        factor = _known(one, f"{name}.{own_database}.{stage}")
    return name, one.amount("kg", "mass_kg"), factor, own_database


def _known(inputs: Inputs, key: str) -> Decimal | None:
    try:
        return inputs.factor(key)
    except CalculationRefused as refusal:
        if refusal.code != "unknown_factor":
            raise
        return None


def _is_known(one: Inputs) -> bool:
    has_factor = "kg_per_kg" in one or "factor" in one or one.flag("covered")
    return has_factor and one.text("match_quality", default="exact") != "none"


def _named(inputs: Inputs, *names: str) -> dict[str, Decimal]:
    name = inputs.first_of(*names)
    given = inputs.raw(name)
    if not isinstance(given, Mapping):
        raise CalculationRefused("not_an_item", name=name)
    inner = inputs.inner(given, f"{name}.")
    return {stage: inner.number(stage) for stage in given}


def _side(inputs: Inputs, *names: str) -> Inputs:
    name = inputs.first_of(*names)
    given: Any = inputs.raw(name)
    if not isinstance(given, Mapping):
        raise CalculationRefused("not_an_item", name=name)
    return inputs.inner(given, f"{name}.")


def _spread(one: Inputs) -> Lognormal:
    return Lognormal.from_gsd(one.positive("median", "value", "kg"), one.positive("gsd", default=1))
