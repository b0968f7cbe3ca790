"""Emission of fuel and power, and intensities made of them."""

from decimal import Decimal
from typing import Any

from ketens.domain import transport
from ketens.domain.calculations.inputs import Inputs
from ketens.domain.calculations.refusal import CalculationRefused
from ketens.domain.calculations.registry import Values, calculation
from ketens.domain.distances import check_speed
from ketens.domain.units import PhysicalUnit, Quantity, kg_co2e

SECTION = "Emission of transport"
# Refrigerated against ambient rigid 3.5-7.5 t, TTW: 0.62837 / 0.52761 (DEFRA 2025).
REFRIGERATED = Decimal("1.191")
# What an amount may be called, with the factor of the Dutch list that belongs to it.
CARRIERS = {
    "petrol_e0": "benzine_e0.wtw",
    "petrol_e10": "benzine_e10.wtw",
    "diesel_b0": "diesel_b0.wtw",
    "diesel_b7": "diesel_b7.wtw",
    "hvo100": "hvo100.wtw",
    "hvo30": "hvo30.wtw",
    "lpg": "lpg.wtw",
    "cng": "cng.wtw",
    "bio_cng": "bio_cng.wtw",
    "hydrogen_green": "waterstof_groen.wtw",
    "natural_gas": "aardgas.wtw",
    "green_gas": "groengas.wtw",
    "propane": "propaan.wtw",
    "grey": "stroom_grijs.total",
    "unknown": "stroom_onbekend.total",
    "wind": "stroom_wind.total",
    "solar": "stroom_zon.total",
    "hydro": "stroom_water.total",
    "biomass": "stroom_biomassa.total",
}
POWER_LABELS = {
    "onbekend": ("stroom_onbekend", False),
    "grijs": ("stroom_grijs", False),
    "zon_incl_infra": ("stroom_zon", True),
    "onbekend_incl_infra": ("stroom_onbekend", True),
}
UNITS = ("l", "kwh", "kg", "nm3", "gj", "liter")


@calculation("energy_emission", unit="kgCO2e", section=SECTION, example="WE05")
def energy_emission(inputs: Inputs) -> Values:
    """Amounts of fuel and power times their factors; results add up, amounts never do."""
    if "items" in inputs:
        parts = {
            one.text("id", "name", default=str(place)): one.amount("quantity", "amount")
            * _factor_of(one)
            for place, one in enumerate(inputs.items("items"), start=1)
        }
    else:
        parts = {
            name: inputs.amount(name) * inputs.factor(_carrier_key(name))
            for name in inputs
            if name not in ("activity_date",)
        }
    return {"kg": sum(parts.values(), Decimal(0)), "parts": parts}


@calculation(
    "toc_intensity",
    unit={"wtw_kg": "kgCO2e", "g_wtw_kg_tkm": "kgCO2e/tkm", "kg_per_vkm": "kgCO2e/vkm"},
    section=SECTION,
    example="WE06",
)
def toc_intensity(inputs: Inputs) -> Values:
    """A year's energy, empty kilometres included, over the tonne-kilometres it carried."""
    amount = inputs.amount(*_fuel_names(inputs))
    wtw = inputs.amount("wtw_kg_l", "wtw_kg_kwh", "wtw_kg_per_unit", "wtw", "ef")
    carried = [Quantity(inputs.positive("tkm_year", "tkm"), PhysicalUnit.TKM)]
    wtw_kg = transport.fuel_emission(amount, wtw)
    values: dict[str, Any] = {
        "wtw_kg": wtw_kg.value,
        "g_wtw_kg_tkm": transport.intensity_from_energy([wtw_kg], carried),
    }
    if "ttw" in inputs or "ttw_kg_l" in inputs:
        ttw = inputs.amount("ttw", "ttw_kg_l")
        if ttw > wtw:
            raise CalculationRefused("ttw_above_wtw", ttw=str(ttw), wtw=str(wtw))
        ttw_kg = transport.fuel_emission(amount, ttw)
        values["g_ttw_kg_tkm"] = transport.intensity_from_energy([ttw_kg], carried)
    if "vkm" in inputs:
        values["kg_per_vkm"] = wtw_kg.value / inputs.positive("vkm")
    return values


@calculation("electric_round", unit={"kwh": "kWh", "kg": "kgCO2e"}, section=SECTION, example="WE09")
def electric_round(inputs: Inputs) -> Values:
    """A round on power, by power label; the building of plants is a switch."""
    vkm = inputs.amount("vkm", "km")
    kwh = vkm * inputs.amount("kwh_per_vkm", "kwh_per_km")
    if "hours" in inputs:
        check_speed(vkm, inputs.amount("hours"))
    values: dict[str, Any] = {"kwh": kwh}
    if "kg_per_kwh" in inputs or "ef" in inputs:
        factor = transport.electricity_factor(
            inputs.amount("kg_per_kwh", "ef"),
            inputs.amount("infra_kg_per_kwh", default=0),
            include_infra=inputs.flag("include_infra"),
        )
        return {**values, "kg": transport.fuel_emission(kwh, factor).value}
    for label, (stem, include_infra) in POWER_LABELS.items():
        factor = transport.electricity_factor(
            inputs.factor(f"{stem}.total"),
            inputs.factor(f"{stem}.infrastructure"),
            include_infra=include_infra,
        )
        values[f"{label}_{factor}"] = transport.fuel_emission(kwh, factor).value
    return values


@calculation(
    "load_interpolation",
    unit={"E50_calc": "kgCO2e/vkm", "E_calc": "kgCO2e/vkm", "implied_avg_load_t": "t"},
    section=SECTION,
    example="WE11",
)
def load_interpolation(inputs: Inputs) -> Values:
    """Emission at a load factor between empty and full, E0 + (E100 - E0) x LF."""
    empty, full = inputs.amount("E0", "empty"), inputs.amount("E100", "full")
    load_factor = inputs.share("LF", "load_factor")
    value = transport.interpolate_load(empty, full, load_factor)
    values: dict[str, Any] = {"E_calc": value, f"E{int(load_factor * 100)}_calc": value}
    if "kg_per_vkm" in inputs and "kg_per_tkm" in inputs:
        values["implied_avg_load_t"] = inputs.amount("kg_per_vkm") / inputs.positive("kg_per_tkm")
    return values


@calculation(
    "wtw_sum", unit={"wtw_kg_tkm": "kgCO2e/tkm", "kg": "kgCO2e"}, section=SECTION, example="WE12"
)
def wtw_sum(inputs: Inputs) -> Values:
    """Tank-to-wheel plus well-to-tank; with tonnes and km also the emission and the Dutch one."""
    wtw = inputs.amount("ttw") + inputs.amount("wtt")
    values: dict[str, Any] = {"wtw_kg_tkm": wtw}
    if "t" in inputs or "mass_kg" in inputs:
        tonnes = inputs.amount("t") if "t" in inputs else inputs.amount("mass_kg") / 1000
        activity = tonnes * inputs.amount("km", "distance_km")
        values["tkm"] = activity
        values["kg"] = activity * wtw
        values["nl2026_same_tce_kg"] = activity * inputs.factor("bestelauto_lt2t.wtw")
    return values


@calculation("refrigerated", unit="kgCO2e", section=SECTION)
def refrigerated(inputs: Inputs) -> Values:
    """Cooled transport: measured energy of the unit, else the uplift; plus leaked refrigerant."""
    base = inputs.amount("ambient_kg", "base_kg", "kg")
    if "unit_energy" in inputs:
        cooling = inputs.amount("unit_energy") * inputs.amount("unit_kg_per_unit", "ef")
    else:
        uplift = inputs.positive("uplift", default=REFRIGERATED)
        if uplift < 1:
            raise CalculationRefused("below_one", name="uplift", value=str(uplift))
        cooling = base * uplift - base
    leak = inputs.amount("leak_kg", "refrigerant_kg", default=0)
    leak_kg = leak * (inputs.amount("gwp") if leak else 0)
    return {
        "kg": kg_co2e(base + cooling + leak_kg).value,
        "cooling_kg": cooling,
        "leak_kg_co2e": leak_kg,
    }


def _factor_of(inputs: Inputs) -> Decimal:
    if "factor" in inputs:
        given = inputs.given["factor"]
        is_key = isinstance(given, str) and not given.replace(".", "", 1).isdigit()
        return inputs.factor(given) if is_key else inputs.amount("factor")
    return inputs.amount("ef", "kg_per_unit")


def _carrier_key(name: str) -> str:
    stem, _, unit = name.rpartition("_")
    if unit.lower() not in UNITS:
        raise CalculationRefused("unknown_unit", name=name)
    return CARRIERS.get(stem.lower(), f"{stem.lower()}.wtw")


def _fuel_names(inputs: Inputs) -> tuple[str, ...]:
    plain = ("energy", "fuel", "amount", "kwh")
    return (
        *plain,
        *(
            name
            for name in inputs
            if name.endswith(("_l", "_kWh", "_kwh", "_kg")) and not name.startswith(("wtw", "ttw"))
        ),
    )
