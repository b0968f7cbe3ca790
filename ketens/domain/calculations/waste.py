"""Food waste: the inventory, what was prevented, and what rescuing food is worth."""

import re
from collections.abc import Mapping
from decimal import Decimal
from enum import Enum
from typing import Any, TypeVar

from ketens.domain import batches, waste
from ketens.domain.calculations.inputs import Inputs
from ketens.domain.calculations.refusal import CalculationRefused
from ketens.domain.calculations.registry import Values, calculation
from ketens.domain.waste import Rescue, Rung, Stage, WasteLine

SECTION = "Food waste"
WRAP_KG_PER_MEAL = Decimal("0.420")
REFED_KG_PER_MEAL = Decimal("0.544")
Word = TypeVar("Word", bound=Enum)


@calculation("meal_equivalents", unit="meals", section=SECTION, example="WE18")
def meal_equivalents(inputs: Inputs) -> Values:
    """Weight in meals by a named convention (WRAP 0.420 kg), with ReFED's beside it."""
    kilos = (
        inputs.amount("tonnes", "t") * 1000
        if any(name in inputs for name in ("tonnes", "t"))
        else inputs.amount("kg", "mass_kg")
    )
    per_meal = inputs.positive("kg_per_meal", default=WRAP_KG_PER_MEAL)
    return {
        "meals": kilos / per_meal,
        f"meals_refed_{REFED_KG_PER_MEAL}": kilos / REFED_KG_PER_MEAL,
        "kg_per_meal": per_meal,
    }


@calculation("rescued_food_benefit", unit="kgCO2e", section=SECTION, example="WE19")
def rescued_food_benefit(inputs: Inputs) -> Values:
    """What rescued food saves net: share eaten, displacement, disposal and extra transport."""
    rescue = Rescue(
        rescued_kg=inputs.amount("rescued_kg", "kg"),
        consumed_share=inputs.share(
            "consumed_share_c", "consumed_share", "c", default=waste.DEFAULT_CONSUMED
        ),
        factor=inputs.amount("EF_to_retail", "ef_to_retail", "EF", "ef", "EF_to_point"),
        disposal_factor=inputs.amount("baseline_disposal_w", "w_baseline", "w", default=0),
        redistribution_kg=_redistribution(inputs),
        reprocessing_kg=inputs.amount("reprocessing_kg", "reprocessing", default=0),
    )
    middle = inputs.share("displacement_d", "displacement", "d", default=waste.DEFAULT_DISPLACEMENT)
    low = inputs.share("displacement_low", "d_low", default=waste.LOW_DISPLACEMENT)
    high = inputs.share("displacement_high", "d_high", default=waste.HIGH_DISPLACEMENT)
    if not low <= middle <= high:
        low, high = min(low, middle), max(high, middle)
    return {
        "gross_headline_kg": rescue.rescued_kg * rescue.factor,
        "redistribution_kg": rescue.redistribution_kg,
        "net_kg": rescue.net_kg(middle),
        f"net_d{low}": rescue.net_kg(low),
        f"net_d{high}": rescue.net_kg(high),
        "net_low_kg": rescue.net_kg(low),
        "net_high_kg": rescue.net_kg(high),
    }


@calculation(
    "waste_prevented", unit={"prevented_kg": "kg", "prevented_kg_co2e": "kgCO2e"}, section=SECTION
)
def waste_prevented(inputs: Inputs) -> Values:
    """Waste prevented against a baseline, (w0 - w1) x S1; more waste is shown below zero."""
    waste.check_baseline(
        inputs.amount("baseline_months", "months", default=waste.LEAST_BASELINE_MONTHS),
        is_same_season=inputs.flag("same_season"),
    )
    sales = inputs.amount("S1", "s1", "sales1", "sales_1_kg", "sales1_kg", "sales_after_kg")
    before = _share_of_sales(
        inputs,
        "w0",
        ("waste0", "waste0_kg", "waste_before_kg"),
        ("S0", "sales0", "sales0_kg", "sales_before_kg"),
    )
    if "w1" in inputs or sales:
        after = _share_of_sales(
            inputs,
            "w1",
            ("waste1", "waste1_kg", "waste_after_kg"),
            ("S1", "s1", "sales1", "sales1_kg", "sales_after_kg"),
        )
    else:
        after = Decimal(0)
    kilos = waste.prevented_kg(before, after, sales)
    values: dict[str, Any] = {"w0": before, "w1": after, "prevented_kg": kilos}
    if any(name in inputs for name in ("EF", "ef", "kg_per_kg")):
        values["prevented_kg_co2e"] = kilos * inputs.amount("EF", "ef", "kg_per_kg")
    return values


@calculation("waste_inventory", unit="kg", section=SECTION)
def waste_inventory(inputs: Inputs) -> Values:
    """Residuals by EU stage and by rung; food waste is rungs 6 to 10, and 5 when it is waste."""
    inventory = waste.inventory_of(
        WasteLine(
            kg=one.amount("kg", "mass_kg"),
            stage=_word(Stage, one.text("stage"), "stage"),
            rung=_rung(one),
            is_waste=one.flag("is_waste"),
        )
        for one in inputs.items("records", "lines")
    )
    return {
        "food_waste_kg": inventory.food_waste_kg,
        "by_stage": {str(stage): kg for stage, kg in inventory.by_stage_kg.items()},
        "by_rung": {str(int(rung)): kg for rung, kg in inventory.by_rung_kg.items()},
        "share_rungs_1_4": inventory.share_on_top,
        "total_kg": inventory.total_kg,
    }


@calculation("rescue_check", unit="kg", section=SECTION)
def rescue_check(inputs: Inputs) -> Values:
    """Rescued kilos, refused when a batch is claimed twice or was never at risk."""
    items = inputs.items("rescues", "records")
    waste.check_rescues(
        (one.text("batch", "batch_id"), one.text("claimed_by"), one.text("reason", default=""))
        for one in items
    )
    return {"rescued_kg": sum((one.amount("kg", "mass_kg") for one in items), Decimal(0))}


@calculation("mass_balance", unit="kg", section=SECTION)
def mass_balance(inputs: Inputs) -> Values:
    """What went into a batch or link against all that was found again; within 2%."""
    into = inputs.amount("in_kg", "in")
    rungs = _rungs(inputs)
    out = (
        inputs.amount("sold_kg", "sold", default=0)
        + inputs.amount("stock_kg", "stock", default=0)
        + inputs.amount("shrink_kg", "shrink", default=0)
        + sum(rungs.values(), Decimal(0))
    )
    tolerance = inputs.share("tolerance", default=batches.TOLERANCE)
    difference = into - out
    return {
        "in_kg": into,
        "out_kg": out,
        "difference_kg": difference,
        "difference_share": difference / into if into else None,
        "holds": abs(difference) <= tolerance * into if into else None,
    }


def _rungs(inputs: Inputs) -> dict[str, Decimal]:
    given = inputs.given.get("residual_by_rung", inputs.given.get("rungs"))
    if isinstance(given, Mapping):
        inner = inputs.inner(given, "residual_by_rung.")
        for name in given:
            _word(Rung, int(name) if str(name).isdigit() else name, "rung")
        return {str(name): inner.amount(str(name)) for name in given}
    return {name: inputs.amount(name) for name in inputs if re.match(r"(rung|residual)", name)}


def _rung(one: Inputs) -> Rung:
    return _word(Rung, one.whole("rung"), "rung")


def _word(kind: type[Word], given: object, name: str) -> Word:
    try:
        return kind(given)
    except ValueError as error:
        raise CalculationRefused("unknown_word", name=name, value=str(given)) from error


def _share_of_sales(
    inputs: Inputs, share: str, wasted: tuple[str, ...], sold: tuple[str, ...]
) -> Decimal:
    if share in inputs:
        return inputs.amount(share)
    return inputs.amount(*wasted) / inputs.positive(*sold)


def _redistribution(inputs: Inputs) -> Decimal:
    """Read kg CO2e, or mass, distance and intensity, or a product as "0.120 t x 18 km x 1.326"."""
    if "redistribution_kg" in inputs:
        return inputs.amount("redistribution_kg")
    given = inputs.given.get("redistribution", 0)
    if isinstance(given, Mapping):
        part = inputs.inner(given, "redistribution.")
        tonnes = part.amount("t") if "t" in part else part.amount("mass_kg", "kg") / 1000
        return tonnes * part.amount("km", "distance_km") * part.amount("g", "intensity", "kg_tkm")
    if not isinstance(given, str):
        return inputs.amount("redistribution", default=0)
    product = Decimal(1)
    for factor in re.split(r"\s*[x*×]\s*", given.strip()):
        found = re.fullmatch(r"(\d+(?:\.\d+)?)\s*(t|kg|km|kg ?CO2e.*)?", factor)
        if found is None:
            raise CalculationRefused("not_a_number", name="redistribution", value=given)
        product *= Decimal(found[1]) / (1000 if found[2] == "kg" else 1)
    return product
