"""Transport emissions by the formulas of ISO 14083:2023 as the iLEAP 1.0.0 rules quote them.

Exact ``Decimal`` arithmetic; nothing is rounded before it is booked in whole
milligrams. Published average factors already hold empty trips, so an empty share
belongs only to formulas that start from the kilometres of a vehicle.
"""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import IntEnum, StrEnum

from ketens.domain.units import PhysicalUnit, Quantity, kg_co2e, total

MG_PER_KG = 1_000_000
DEFAULT_TRIP_SHARE = Decimal("0.5")


class SpendBasedRefused(Exception):
    """An emission derived from euros says nothing about transport; it is not accepted."""


class ImplausibleInput(Exception):
    """An input lies outside what the formula is made for."""


class Method(StrEnum):
    """How the emission of a leg is found."""

    ROUND_ENERGY = "round_energy"
    ANNUAL_TOC = "annual_toc"
    MODELLED = "modelled"
    VKM_DEFAULT = "vkm_default"
    TKM_DEFAULT = "tkm_default"
    SPEND = "spend"


class Quality(IntEnum):
    """Data quality from best to worst (after GLEC: primary, modelled, default)."""

    MEASURED_ROUND = 1
    MEASURED_YEAR = 2
    MODELLED = 3
    DEFAULT_PER_VKM = 4
    DEFAULT_PER_TKM = 5
    SPEND_BASED = 6


_QUALITY = {
    Method.ROUND_ENERGY: Quality.MEASURED_ROUND,
    Method.ANNUAL_TOC: Quality.MEASURED_YEAR,
    Method.MODELLED: Quality.MODELLED,
    Method.VKM_DEFAULT: Quality.DEFAULT_PER_VKM,
    Method.TKM_DEFAULT: Quality.DEFAULT_PER_TKM,
    Method.SPEND: Quality.SPEND_BASED,
}

FACTOR_UNITS = {
    Method.ANNUAL_TOC: ("kgCO2e/kWh", "kgCO2e/liter", "kgCO2e/kg"),
    Method.MODELLED: ("kgCO2e/kWh", "kgCO2e/liter", "kgCO2e/kg"),
    Method.VKM_DEFAULT: ("kgCO2e/vkm",),
    Method.TKM_DEFAULT: ("kgCO2e/tkm",),
}


@dataclass(frozen=True, slots=True)
class Stop:
    """What one consignment weighs, and its shortest feasible distance from the depot."""

    mass_kg: Decimal
    distance_km: Decimal


def quality_of(method: Method) -> Quality:
    """Return the data quality of a method.

    :raises SpendBasedRefused: for level 6, which the house does not accept.
    """
    quality = _QUALITY[method]
    if quality is Quality.SPEND_BASED:
        raise SpendBasedRefused(method)
    return quality


def transport_activity(mass_kg: Decimal, distance_km: Decimal) -> Quantity:
    """Return mass times distance in tonne-kilometres (ISO 14083:2023 3.1.24)."""
    if mass_kg < 0 or distance_km < 0:
        raise ImplausibleInput("mass and distance are never negative")
    return Quantity(mass_kg * distance_km / 1000, PhysicalUnit.TKM)


def element_emission(activity: Quantity, intensity_kg_per_tkm: Decimal) -> Quantity:
    """Return the emission in kg CO2e of one transport chain element, ``E = A * g``."""
    if activity.unit is not PhysicalUnit.TKM:
        raise ImplausibleInput("an intensity per tkm needs an activity in tkm")
    return kg_co2e(activity.value * intensity_kg_per_tkm)


def chain_emission(elements: list[Quantity]) -> Quantity:
    """Return the emission of a transport chain, the sum of its elements."""
    return total(elements)


def fuel_emission(amount: Decimal, factor_kg_per_unit: Decimal) -> Quantity:
    """Return kg CO2e of an amount of fuel or power; add results, never amounts."""
    return kg_co2e(amount * factor_kg_per_unit)


def intensity_from_energy(emissions: list[Quantity], activities: list[Quantity]) -> Decimal:
    """Return kg CO2e per tkm of a year's energy, empty kilometres included.

    :raises ImplausibleInput: when nothing was carried.
    """
    carried = total(activities)
    if carried.value <= 0:
        raise ImplausibleInput("an intensity needs a positive transport activity")
    return total(emissions).value / carried.value


def measured_emission(
    activity: Quantity, consumption_per_tkm: Decimal, factor_kg_per_unit: Decimal
) -> Quantity:
    """Return what a transport activity emits by its own measured fuel or power per tonne-km."""
    return element_emission(activity, consumption_per_tkm * factor_kg_per_unit)


def vehicle_kilometres(loaded_km: Decimal, empty_share: Decimal) -> Decimal:
    """Return all kilometres of a vehicle, of which `empty_share` are driven empty.

    :raises ImplausibleInput: when the share is not in [0, 1).
    """
    if not 0 <= empty_share < 1:
        raise ImplausibleInput("an empty share lies in [0, 1)")
    return loaded_km / (1 - empty_share)


def modelled_round(
    vehicle_km: Decimal, consumption_per_km: Decimal, factor_kg_per_unit: Decimal
) -> Quantity:
    """Return the emission of a round, ``E = vkm * consumption * EF``."""
    return kg_co2e(vehicle_km * consumption_per_km * factor_kg_per_unit)


def default_round(vehicle_km: Decimal, factor_kg_per_vkm: Decimal) -> Quantity:
    """Return the emission of a round by an average per vehicle-kilometre."""
    return kg_co2e(vehicle_km * factor_kg_per_vkm)


def electricity_factor(
    factor_kg_per_kwh: Decimal, infrastructure_kg_per_kwh: Decimal, *, include_infra: bool
) -> Decimal:
    """Return the factor of power; ISO 14083 output counts the energy infrastructure too."""
    return factor_kg_per_kwh + (infrastructure_kg_per_kwh if include_infra else 0)


def share_of_round(round_emission: Quantity, mass_kg: Decimal, load_kg: Decimal) -> Quantity:
    """Return the part of a round for `mass_kg` of a typical load that rides as far.

    :raises ImplausibleInput: when the load is not positive.
    """
    if load_kg <= 0:
        raise ImplausibleInput("a typical load is positive")
    return kg_co2e(round_emission.value * mass_kg / load_kg)


def interpolate_load(empty: Decimal, full: Decimal, load_factor: Decimal) -> Decimal:
    """Return consumption or emission at a load factor, ``E0 + (E100 - E0) * LF``.

    :raises ImplausibleInput: when the load factor is not in [0, 1].
    """
    if not 0 <= load_factor <= 1:
        raise ImplausibleInput("a load factor lies in [0, 1]")
    return empty + (full - empty) * load_factor


def consumer_trip(
    round_trip_km: Decimal,
    factor_kg_per_vkm: Decimal,
    share: Decimal = DEFAULT_TRIP_SHARE,
) -> Quantity:
    """Return the emission of a resident's own trip, which is never part of a chain's total.

    `share` is 1 when he came only for the pick-up; half is the house's default.
    """
    if not 0 <= share <= 1:
        raise ImplausibleInput("a share lies in [0, 1]")
    return kg_co2e(round_trip_km * factor_kg_per_vkm * share)


def to_mg(emission: Quantity) -> int:
    """Return whole milligrams, halves up."""
    if emission.unit is not PhysicalUnit.KG_CO2E:
        raise ImplausibleInput("only kg CO2e is booked in milligrams")
    return int((emission.value * MG_PER_KG).quantize(Decimal(1), rounding=ROUND_HALF_UP))


def allocate_round(round_mg: int, stops: list[Stop]) -> list[int]:
    """Divide a round's milligrams over its stops by mass times distance from the depot.

    The distance is the shortest feasible one, not the kilometres driven before the
    stop, so the last stop is not punished. Largest remainders get the last milligrams
    and the parts always add up to the round.

    :raises ImplausibleInput: when nothing was carried over any distance.
    """
    weights = [stop.mass_kg * stop.distance_km for stop in stops]
    whole = sum(weights, Decimal(0))
    if whole <= 0 or min(weights) < 0:
        raise ImplausibleInput("a round needs a stop with mass and distance")
    shares = [divmod(round_mg * weight, whole) for weight in weights]
    parts = [int(quotient) for quotient, _ in shares]
    by_remainder = sorted(range(len(parts)), key=lambda i: (-shares[i][1], i))
    for index in by_remainder[: round_mg - sum(parts)]:
        parts[index] += 1
    return parts
