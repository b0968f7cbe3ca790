"""Transport in the shape of iLEAP 1.0.0: shipments with their elements, and categories.

An element is one stretch; its category (TOC) holds the intensity, so that activity times
intensity is its emission again, to the milligram it was rounded to. A hub's category (HOC)
counts per tonne. iLEAP's own rules are checked here: activity is mass times distance, and
well-to-wheel is never below tank-to-wheel.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from uuid import UUID

from ketens.domain.exchange.naming import Json, without_unknown
from ketens.domain.transport import ImplausibleInput

PLACES = Decimal("0.000000001")
# What iLEAP requires and an average of a country does not tell.
TOC_GAPS = ("energyCarriers",)
CARRIERS = {
    "benzine_e0": "Petrol",
    "benzine_e10": "Petrol",
    "bio_cng": "CNG",
    "cng": "CNG",
    "diesel_b0": "Diesel",
    "diesel_b7": "Diesel",
    "hvo100": "HVO",
    "lpg": "LPG",
    "waterstof_grijs": "Hydrogen",
    "waterstof_groen": "Hydrogen",
}
POWER = "stroom_"
FEEDSTOCKS = {
    "diesel_b0": "Fossil",
    "benzine_e0": "Fossil",
    "stroom_onbekend": "Grid",
    "stroom_wind": "Renewable electricity",
    "stroom_zon": "Renewable electricity",
    "stroom_water": "Renewable electricity",
}
CONSUMPTION_UNITS = {"kgCO2e/liter": "l", "kgCO2e/kg": "kg", "kgCO2e/kWh": "kWh"}


@dataclass(frozen=True, slots=True)
class Energy:
    """What a vehicle or hub ran on; `amount` is in `unit`, None when it was not measured."""

    key: str
    unit: str
    wtw_kg: Decimal
    ttw_kg: Decimal
    amount: Decimal | None = None


@dataclass(frozen=True, slots=True)
class ElementRecord:
    """One stretch of one shipment; distances are the shortest feasible ones."""

    element_id: UUID
    toc_id: UUID
    mass_kg: Decimal
    distance_km: Decimal
    wtw_kg: Decimal
    ttw_kg: Decimal
    previous_ids: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True)
class ShipmentRecord:
    """Goods that travelled together, with every stretch of their way."""

    shipment_id: UUID
    mass_kg: Decimal
    elements: tuple[ElementRecord, ...]


@dataclass(frozen=True, slots=True)
class TocRecord:
    """Transport of one kind, with kg CO2e per tonne-km; no energy when an average was used."""

    toc_id: UUID
    description: str
    wtw_kg_tkm: Decimal
    ttw_kg_tkm: Decimal
    energy: Energy | None
    empty_share: Decimal | None = None


@dataclass(frozen=True, slots=True)
class HocRecord:
    """A hub with kg CO2e per tonne that passes; `hub_type` is a word of iLEAP."""

    hoc_id: UUID
    hub_type: str
    wtw_kg_tonne: Decimal
    ttw_kg_tonne: Decimal
    energy: Energy | None


def build_shipment(record: ShipmentRecord) -> Json:
    """Return a ShipmentFootprint.

    :raises ImplausibleInput: without a stretch, or with an emission that cannot be.
    """
    if not record.elements:
        raise ImplausibleInput("a shipment travels at least one stretch")
    shipment_id = str(record.shipment_id)
    return {
        "shipmentId": shipment_id,
        "mass": say_number(record.mass_kg),
        "tces": [build_element(element, shipment_id) for element in record.elements],
    }


def build_element(record: ElementRecord, shipment_id: str) -> Json:
    """Return a transport chain element.

    :raises ImplausibleInput: when tank-to-wheel is above well-to-wheel, or below zero.
    """
    check_scopes(record.wtw_kg, record.ttw_kg)
    previous = [str(one) for one in record.previous_ids]
    activity = record.mass_kg * record.distance_km / 1000
    return without_unknown(
        {
            "tceId": str(record.element_id),
            "prevTceIds": previous or None,
            "tocId": str(record.toc_id),
            "shipmentId": shipment_id,
            "mass": say_number(record.mass_kg),
            "distance": {"sfd": say_number(record.distance_km)},
            "transportActivity": say_number(activity),
            "co2eWTW": say_number(record.wtw_kg),
            "co2eTTW": say_number(record.ttw_kg),
        }
    )


def build_toc(record: TocRecord) -> Json:
    """Return a transport operation category; all our transport is by road.

    :raises ImplausibleInput: when tank-to-wheel is above well-to-wheel, or below zero.
    """
    check_scopes(record.wtw_kg_tkm, record.ttw_kg_tkm)
    carriers = None if record.energy is None else build_carriers(record.energy)
    empty = None if record.empty_share is None else say_number(record.empty_share)
    return without_unknown(
        {
            "tocId": str(record.toc_id),
            "description": record.description,
            "mode": "Road",
            "emptyDistanceFactor": empty,
            "energyCarriers": carriers,
            "co2eIntensityWTW": say_number(record.wtw_kg_tkm),
            "co2eIntensityTTW": say_number(record.ttw_kg_tkm),
            "transportActivityUnit": "tkm",
        }
    )


def build_hoc(record: HocRecord) -> Json:
    """Return a hub operation category.

    :raises ImplausibleInput: when tank-to-wheel is above well-to-wheel, or below zero.
    """
    check_scopes(record.wtw_kg_tonne, record.ttw_kg_tonne)
    return without_unknown(
        {
            "hocId": str(record.hoc_id),
            "hubType": record.hub_type,
            "energyCarriers": None if record.energy is None else build_carriers(record.energy),
            "co2eIntensityWTW": say_number(record.wtw_kg_tonne),
            "co2eIntensityTTW": say_number(record.ttw_kg_tonne),
            "hubActivityUnit": "tonnes",
        }
    )


def build_carriers(energy: Energy) -> list[Json] | None:
    """Return the energy carrier, None when iLEAP has no word for it (a blend)."""
    name = carrier_of(energy.key)
    if name is None:
        return None
    base = energy.key.split(".")[0]
    feedstock = FEEDSTOCKS.get(base)
    amount = None if energy.amount is None else say_number(energy.amount)
    carrier = {
        "energyCarrier": name,
        "relativeShare": "1",
        "feedstocks": [{"feedstock": feedstock}] if feedstock else None,
        "energyConsumption": amount,
        "energyConsumptionUnit": CONSUMPTION_UNITS[energy.unit],
        "emissionFactorWTW": say_number(energy.wtw_kg),
        "emissionFactorTTW": say_number(energy.ttw_kg),
    }
    return [without_unknown(carrier)]


def carrier_of(factor_key: str) -> str | None:
    """Return iLEAP's word for the fuel or power of a factor."""
    base = factor_key.split(".")[0]
    return "Electric" if base.startswith(POWER) else CARRIERS.get(base)


def check_scopes(wtw_kg: Decimal, ttw_kg: Decimal) -> None:
    """Refuse an emission whose scopes cannot be.

    :raises ImplausibleInput: when tank-to-wheel is above well-to-wheel, or below zero.
    """
    if not 0 <= ttw_kg <= wtw_kg:
        raise ImplausibleInput(f"tank-to-wheel {ttw_kg} within well-to-wheel {wtw_kg}")


def intensity_per_tkm(inputs: dict[str, str], formula: str, factor: Decimal) -> Decimal:
    """Return kg CO2e per tonne-km of a booked stretch, with a factor in the unit of its own.

    `inputs` are those of the calculation (see `booking.emission_of_leg`).
    """
    if formula == "transport.tkm":
        return factor
    if formula == "transport.measured":
        return Decimal(inputs["consumption_per_tkm"]) * factor
    per_km = factor / (1 - Decimal(inputs["empty_share"]))
    if formula == "transport.energy_share":
        per_km *= Decimal(inputs["consumption_per_km"])
    return per_km * 1_000_000 / Decimal(inputs["typical_load_g"])


def unique_tocs(records: Iterable[TocRecord]) -> list[TocRecord]:
    """Return every category once, in the order in which they come."""
    return list({record.toc_id: record for record in records}.values())


def say_number(value: Decimal) -> str:
    """Return a decimal as iLEAP writes it: a string with a point, at most nine places."""
    text = f"{value.quantize(PLACES, rounding=ROUND_HALF_UP):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
