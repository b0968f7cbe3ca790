"""Delivery rounds: their emission by the best data there is, and whose it is."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from ketens.domain import transport
from ketens.domain.calculations.inputs import Inputs
from ketens.domain.calculations.refusal import CalculationRefused
from ketens.domain.calculations.registry import Values, calculation
from ketens.domain.distances import check_speed
from ketens.domain.transport import Method, Quality, Stop
from ketens.domain.units import kg_co2e

SECTION = "Emission of transport"
KEYS = {
    "mass": ("kg", "mass_kg", "mass"),
    "volume": ("m3", "volume_m3"),
    "items": ("items", "pieces"),
}
DISTANCE = ("sfd_km", "gcd_km", "distance_km", "km")
ROUND_KM = ("round_vkm", "vkm", "round_km")


@dataclass(frozen=True, slots=True)
class RoundEmission:
    """The kg CO2e of a round, how it was found and how good that is."""

    kg: Decimal
    method: Method
    quality: Quality


@calculation(
    "round_allocation",
    unit={"round_kg": "kgCO2e", "sum_kgkm": "kg km", "*": "kgCO2e"},
    section=SECTION,
    example="WE07",
)
def round_allocation(inputs: Inputs) -> Values:
    """A round over its stops by mass times distance from the depot, exact to the milligram."""
    emission = emission_of_round(inputs)
    key = inputs.text("key", default="mass")
    if key not in KEYS:
        raise CalculationRefused("unknown_key", name=key)
    items = inputs.items("stops")
    names = [one.text("id", "name", default=str(place)) for place, one in enumerate(items, 1)]
    if len(set(names)) != len(names):
        raise CalculationRefused("named_twice", name="stops")
    stops = [Stop(one.amount(*KEYS[key]), one.amount(*DISTANCE)) for one in items]
    weight = sum((stop.mass_kg * stop.distance_km for stop in stops), Decimal(0))
    if weight == 0:
        raise CalculationRefused("zero", name="stops")
    parts = transport.allocate_round(transport.to_mg(kg_co2e(emission.kg)), stops)
    kilos = [Decimal(part) / transport.MG_PER_KG for part in parts]
    return {
        "round_kg": emission.kg,
        "sum_kgkm": weight,
        **dict(zip(names, kilos, strict=True)),
        "sum_check": sum(kilos, Decimal(0)),
    }


@calculation(
    "round_emission",
    unit={"kg": "kgCO2e", "method": "text", "quality": "level 1 (best) to 5"},
    section=SECTION,
)
def round_emission(inputs: Inputs) -> Values:
    """The emission of a round by the best data given: measured, modelled, default."""
    emission = emission_of_round(inputs)
    return {"kg": emission.kg, "method": str(emission.method), "quality": int(emission.quality)}


@calculation(
    "empty_running", unit={"vkm": "vkm", "empty_km": "vkm", "kg": "kgCO2e"}, section=SECTION
)
def empty_running(inputs: Inputs) -> Values:
    """All kilometres of a vehicle from its loaded ones; never on a factor that has them."""
    loaded = inputs.amount("loaded_km", "vkm_loaded", "loaded_vkm")
    vkm = _with_empty(inputs, loaded)
    values: dict[str, Any] = {"vkm": vkm, "empty_km": vkm - loaded}
    if any(name in inputs for name in ("kg_per_vkm", "consumption_per_vkm", "kwh_per_vkm")):
        values["kg"] = vkm * _per_vkm(inputs)
    return values


@calculation("consumer_trip", unit="kgCO2e", section=SECTION)
def consumer_trip(inputs: Inputs) -> Values:
    """A resident's own trip, on a line of its own and never in a chain's total."""
    if "round_trip_km" in inputs:
        km = inputs.amount("round_trip_km")
    else:
        km = 2 * inputs.amount("one_way_km", "distance_km", "km")
    mode = inputs.text("mode", default="car")
    if mode in ("walk", "bike", "walking", "cycling", "lopen", "fiets"):
        factor = Decimal(0)
    elif any(name in inputs for name in ("kg_per_vkm", "ef_vkm", "ef")):
        factor = inputs.amount("kg_per_vkm", "ef_vkm", "ef")
    else:
        factor = inputs.factor("auto_onbekend.wtw")
    share = inputs.share("share", default=transport.DEFAULT_TRIP_SHARE)
    trip = transport.consumer_trip(km, factor, share).value
    values: dict[str, Any] = {"consumer_trip_kg": trip, "km": km, "share": share}
    if "product_kg_co2e" in inputs or ("product_kg" in inputs and "product_factor" in inputs):
        product = (
            inputs.amount("product_kg_co2e")
            if "product_kg_co2e" in inputs
            else inputs.amount("product_kg") * inputs.amount("product_factor")
        )
        values["product_kg_co2e"] = product
        values["ratio"] = trip / product if product else None
    return values


@calculation(
    "separate_trips",
    unit={"baseline_kg": "kgCO2e", "round_kg": "kgCO2e", "difference_kg": "kgCO2e"},
    section=SECTION,
)
def separate_trips(inputs: Inputs) -> Values:
    """A round beside the stated baseline: every household its own car trip; no saving claimed."""
    share = inputs.share("share", default=transport.DEFAULT_TRIP_SHARE)
    factor = (
        inputs.amount("car_kg_per_vkm")
        if "car_kg_per_vkm" in inputs
        else inputs.factor("auto_onbekend.wtw")
    )
    if "trips" in inputs and isinstance(inputs.raw("trips"), list):
        km = sum((one.amount("round_trip_km", "km") for one in inputs.items("trips")), Decimal(0))
    else:
        km = inputs.amount("households", "trips") * inputs.amount("round_trip_km", "km_per_trip")
    baseline = transport.consumer_trip(km, factor, share).value
    round_kg = inputs.amount("round_kg") if "round_kg" in inputs else emission_of_round(inputs).kg
    return {
        "baseline_km": km,
        "baseline_kg": baseline,
        "round_kg": round_kg,
        "difference_kg": baseline - round_kg,
        "share": share,
    }


def emission_of_round(inputs: Inputs) -> RoundEmission:
    """Return a round's emission by the best data given, in the order of ``Quality``.

    :raises CalculationRefused: when euros are all there is, or nothing is.
    """
    if "hours" in inputs and any(name in inputs for name in ROUND_KM):
        check_speed(inputs.amount(*ROUND_KM), inputs.amount("hours"))
    method, kg = _best(inputs)
    return RoundEmission(kg, method, transport.quality_of(method))


def _best(inputs: Inputs) -> tuple[Method, Decimal]:
    if "measured_energy" in inputs:
        per_unit = inputs.amount("kg_per_unit", "ef")
        return Method.ROUND_ENERGY, inputs.amount("measured_energy") * per_unit
    if "round_kg" in inputs:
        return Method.ROUND_ENERGY, inputs.amount("round_kg")
    if "toc_kg_per_tkm" in inputs:
        return Method.ANNUAL_TOC, inputs.amount("toc_kg_per_tkm") * inputs.amount("tkm")
    has_km = any(name in inputs for name in (*ROUND_KM, "loaded_km"))
    if has_km and any(n in inputs for n in ("kwh_per_vkm", "consumption_per_vkm")):
        return Method.MODELLED, _kilometres(inputs) * _per_vkm(inputs)
    if has_km and "kg_per_vkm" in inputs:
        return Method.VKM_DEFAULT, _kilometres(inputs) * inputs.amount("kg_per_vkm")
    if "kg_per_tkm" in inputs:
        if "empty_share" in inputs:
            raise CalculationRefused("empty_running_twice", name="kg_per_tkm")
        return Method.TKM_DEFAULT, inputs.amount("kg_per_tkm") * inputs.amount("tkm")
    if "euro" in inputs or "spend_eur" in inputs:
        raise CalculationRefused("spend_based")
    raise CalculationRefused("missing", name="kg_per_vkm")


def _kilometres(inputs: Inputs) -> Decimal:
    if "loaded_km" in inputs:
        return _with_empty(inputs, inputs.amount("loaded_km"))
    if "empty_share" in inputs:
        raise CalculationRefused("empty_running_twice", name=inputs.first_of(*ROUND_KM))
    return inputs.amount(*ROUND_KM)


def _with_empty(inputs: Inputs, loaded_km: Decimal) -> Decimal:
    if inputs.flag("factor_includes_empty") or "kg_per_tkm" in inputs:
        raise CalculationRefused("empty_running_twice", name="empty_share")
    share = inputs.share("empty_share", "empty_distance_factor")
    if share == 1:
        raise CalculationRefused("all_empty", name="empty_share")
    return transport.vehicle_kilometres(loaded_km, share)


def _per_vkm(inputs: Inputs) -> Decimal:
    if "kg_per_vkm" in inputs:
        return inputs.amount("kg_per_vkm")
    per_unit = inputs.amount("kg_per_unit", "kg_per_kwh", "ef")
    if "infra_kg_per_kwh" in inputs:
        per_unit = transport.electricity_factor(
            per_unit,
            inputs.amount("infra_kg_per_kwh"),
            include_infra=inputs.flag("include_infra", default=True),
        )
    return inputs.amount("consumption_per_vkm", "kwh_per_vkm") * per_unit
