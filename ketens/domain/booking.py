"""What one leg, one spell of work or one trip adds to a sold line, exact and repeatable.

Every function returns a ``Result``: the number or the reason why there is none, and
all inputs as text, so the row that keeps it can be computed again by anyone.
"""

from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from ketens.domain import transport
from ketens.domain.transport import Method, Quality
from ketens.domain.units import Quantity

METHOD_VERSION = "2026.1"
FORMULA_VERSIONS = {
    "transport.tkm": 1,
    "transport.measured": 1,
    "transport.vkm_share": 1,
    "transport.energy_share": 1,
    "trip.consumer": 1,
    "work.per_kg": 1,
    "work.per_piece": 1,
}
# These need no typical load: they count by the tonne-kilometre.
PER_TONNE_KM = (Method.TKM_DEFAULT, Method.ANNUAL_TOC)
TRIP_FACTOR_KEY = "auto_onbekend.wtw"


@dataclass(frozen=True, slots=True)
class UsedFactor:
    """A factor as a calculation names it."""

    factor_id: int
    key: str
    value: Decimal
    unit: str
    set_version: str


@dataclass(frozen=True, slots=True)
class RouteLeg:
    """A leg on the way of a product, with the factors that hold on the day of the sale."""

    leg_id: int
    link_id: int
    grams_per_kg_sold: int
    method: Method
    distance_m: int | None
    typical_load_g: int | None
    empty_share: Decimal
    consumption_per_km: Decimal | None
    consumption_per_tkm: Decimal | None
    factor: UsedFactor | None
    infrastructure: UsedFactor | None
    wants_infrastructure: bool


@dataclass(frozen=True, slots=True)
class Result:
    """A number in its unit, or None with the reason."""

    formula: str
    unit: str
    value: Decimal | None
    unknown_because: str = ""
    quality_level: int | None = None
    factor: UsedFactor | None = None
    inputs: dict[str, str] = field(default_factory=dict)

    @property
    def whole(self) -> int | None:
        """The amount as it is booked: milligrams, minutes; halves up."""
        if self.value is None:
            return None
        scale = transport.MG_PER_KG if self.unit == "kgCO2e" else 1
        return round_whole(self.value * scale)

    @property
    def is_primary(self) -> bool:
        """Whether it rests on fuel or power that was measured (PACT: primary data)."""
        return self.quality_level in (Quality.MEASURED_ROUND, Quality.MEASURED_YEAR)


def round_whole(value: Decimal) -> int:
    """Round to the nearest whole number, halves up."""
    return int(value.quantize(Decimal(1), rounding=ROUND_HALF_UP))


def carried_mass_g(sold_g: int, grams_per_kg_sold: int) -> Decimal:
    """Return the grams on a link for the grams sold in the end."""
    return Decimal(sold_g) * grams_per_kg_sold / 1000


def emission_of_leg(sold_g: int, leg: RouteLeg) -> Result:
    """Return the kg CO2e that a leg puts on a line of `sold_g` grams."""
    formula = {
        Method.ANNUAL_TOC: "transport.measured",
        Method.TKM_DEFAULT: "transport.tkm",
        Method.VKM_DEFAULT: "transport.vkm_share",
        Method.MODELLED: "transport.energy_share",
    }[leg.method]
    inputs = _inputs_of_leg(sold_g, leg)
    reason = _what_is_missing(leg)
    if reason or leg.factor is None or leg.distance_m is None:
        return Result(formula, "kgCO2e", None, reason or "no_factor", None, leg.factor, inputs)
    mass_kg = carried_mass_g(sold_g, leg.grams_per_kg_sold) / 1000
    km = Decimal(leg.distance_m) / 1000
    if leg.method in PER_TONNE_KM:
        activity = transport.transport_activity(mass_kg, km)
        emission = (
            transport.element_emission(activity, leg.factor.value)
            if leg.method is Method.TKM_DEFAULT
            else transport.measured_emission(
                activity, leg.consumption_per_tkm or Decimal(0), leg.factor.value
            )
        )
    else:
        emission = transport.share_of_round(
            _emission_of_round(leg, leg.factor, km),
            mass_kg,
            Decimal(leg.typical_load_g or 0) / 1000,
        )
    quality = transport.quality_of(leg.method)
    return Result(formula, "kgCO2e", emission.value, "", int(quality), leg.factor, inputs)


def vehicle_metres(sold_g: int, leg: RouteLeg) -> int | None:
    """Return the line's share of the vehicle's metres, None when its load is not known."""
    if leg.distance_m is None or leg.typical_load_g is None:
        return None
    driven = transport.vehicle_kilometres(Decimal(leg.distance_m), leg.empty_share)
    return round_whole(driven * carried_mass_g(sold_g, leg.grams_per_kg_sold) / leg.typical_load_g)


def minutes_of_work(
    sold_g: int | None,
    quantity: Decimal,
    *,
    per_kg: Decimal | None,
    per_piece: Decimal | None,
) -> Result:
    """Return the minutes of social work in a line, unknown when it counts an unknown mass."""
    inputs = {"quantity": str(quantity), "mass_g": _text(sold_g)}
    if per_piece is not None:
        inputs["minutes_per_piece"] = str(per_piece)
        return Result("work.per_piece", "min", quantity * per_piece, inputs=inputs)
    inputs["minutes_per_kg"] = _text(per_kg)
    if sold_g is None or per_kg is None:
        return Result("work.per_kg", "min", None, "no_mass", inputs=inputs)
    return Result("work.per_kg", "min", Decimal(sold_g) / 1000 * per_kg, inputs=inputs)


def emission_of_trip(one_way_m: int, factor: UsedFactor | None) -> Result:
    """Return what a resident's own trip would emit by car; shown apart, never booked."""
    inputs = {
        "one_way_m": str(one_way_m),
        "share": str(transport.DEFAULT_TRIP_SHARE),
        **_inputs_of_factor("factor", factor),
    }
    if factor is None:
        return Result("trip.consumer", "kgCO2e", None, "no_factor", inputs=inputs)
    round_trip_km = Decimal(one_way_m) * 2 / 1000
    value = transport.consumer_trip(round_trip_km, factor.value).value
    return Result("trip.consumer", "kgCO2e", value, "", 4, factor, inputs)


def _emission_of_round(leg: RouteLeg, factor: UsedFactor, km: Decimal) -> Quantity:
    driven = transport.vehicle_kilometres(km, leg.empty_share)
    if leg.method is Method.VKM_DEFAULT:
        return transport.default_round(driven, factor.value)
    per_unit = transport.electricity_factor(
        factor.value,
        leg.infrastructure.value if leg.infrastructure else Decimal(0),
        include_infra=leg.infrastructure is not None,
    )
    return transport.modelled_round(driven, leg.consumption_per_km or Decimal(0), per_unit)


def _what_is_missing(leg: RouteLeg) -> str:
    if leg.distance_m is None:
        return "no_distance"
    if leg.factor is None or (leg.wants_infrastructure and leg.infrastructure is None):
        return "no_factor"
    if leg.method not in PER_TONNE_KM and leg.typical_load_g is None:
        return "no_load"
    if leg.method is Method.MODELLED and leg.consumption_per_km is None:
        return "no_consumption"
    if leg.method is Method.ANNUAL_TOC and leg.consumption_per_tkm is None:
        return "no_consumption"
    return ""


def _inputs_of_leg(sold_g: int, leg: RouteLeg) -> dict[str, str]:
    inputs = {
        "sold_mass_g": str(sold_g),
        "grams_per_kg_sold": str(leg.grams_per_kg_sold),
        "distance_m": _text(leg.distance_m),
        **_inputs_of_factor("factor", leg.factor),
    }
    if leg.method is Method.ANNUAL_TOC:
        inputs["consumption_per_tkm"] = _text(leg.consumption_per_tkm)
    if leg.method not in PER_TONNE_KM:
        inputs["typical_load_g"] = _text(leg.typical_load_g)
        inputs["empty_share"] = str(leg.empty_share)
    if leg.method is Method.MODELLED:
        inputs["consumption_per_km"] = _text(leg.consumption_per_km)
        inputs.update(_inputs_of_factor("infrastructure", leg.infrastructure))
    return inputs


def _inputs_of_factor(name: str, factor: UsedFactor | None) -> dict[str, str]:
    if factor is None:
        return {}
    return {
        f"{name}_key": factor.key,
        f"{name}_value": str(factor.value),
        f"{name}_unit": factor.unit,
        f"{name}_set": factor.set_version,
    }


def _text(value: object) -> str:
    return "unknown" if value is None else str(value)
