"""Transport chain elements, hubs and chains of them (ISO 14083:2023, iLEAP 1.0.0)."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from ketens.domain import transport
from ketens.domain.calculations.inputs import Inputs
from ketens.domain.calculations.refusal import CalculationRefused
from ketens.domain.calculations.registry import Values, calculation
from ketens.domain.distances import distance_adjustment

SECTION = "Emission of transport"
WTW = ("intensity_wtw_kg_tkm", "g_wtw_kg_tkm", "intensity_wtw", "wtw", "g")
TTW = ("intensity_ttw_kg_tkm", "g_ttw_kg_tkm", "intensity_ttw", "ttw", "g_ttw")
HUB_WTW = ("g_hoc", "intensity_wtw_kg_t", "g_wtw", "kg_per_t", "wtw")
HUB_TTW = ("g_hoc_ttw", "intensity_ttw_kg_t", "ttw")


@dataclass(frozen=True, slots=True)
class Element:
    """One leg or one stay at a hub; a hub has no activity, TTW is None when not known."""

    name: str
    tkm: Decimal
    wtw_kg: Decimal
    ttw_kg: Decimal | None
    is_primary: bool


@calculation("transport_activity", unit="tkm", section=SECTION, example="WE01")
def transport_activity(inputs: Inputs) -> Values:
    """Mass times distance, in tonne-kilometres (ISO 14083:2023 3.1.24)."""
    return {"tkm": activity_of(inputs)}


@calculation(
    "transport_element",
    unit={"tkm": "tkm", "co2e_wtw_kg": "kgCO2e", "co2e_ttw_kg": "kgCO2e"},
    section=SECTION,
    example="WE02",
)
def transport_element(inputs: Inputs) -> Values:
    """One leg: activity times intensity; a distance factor only where the bases differ."""
    leg = _leg(inputs, "")
    values: dict[str, Any] = {"tkm": leg.tkm, "co2e_wtw_kg": leg.wtw_kg}
    if leg.ttw_kg is not None:
        values["co2e_ttw_kg"] = leg.ttw_kg
    return values


@calculation("hub_emission", unit="kgCO2e", section=SECTION)
def hub_emission(inputs: Inputs) -> Values:
    """A stay at a hub: tonnes of throughput times the hub's intensity, or its year's energy."""
    mass_t = _tonnes(inputs)
    if any(name in inputs for name in HUB_WTW):
        intensity = inputs.amount(*HUB_WTW)
    else:
        energy = inputs.amount("energy_kg_co2e", "kwh") * inputs.amount(
            "kg_per_kwh", "ef", default=1
        )
        leak = inputs.amount("refrigerant_kg", default=0) * inputs.amount("gwp", default=0)
        intensity = (energy + leak) / inputs.positive("throughput_t")
    return {"kg": mass_t * intensity, "kg_per_t": intensity, "mass_t": mass_t}


@calculation(
    "transport_chain",
    unit={"tkm_total": "tkm", "wtw_total": "kgCO2e", "intensity_kg_tkm": "kgCO2e/tkm"},
    section=SECTION,
    example="WE03",
)
def transport_chain(inputs: Inputs) -> Values:
    """A chain is the sum of its legs and hubs; hubs bring emission and no tonne-kilometres."""
    elements = elements_of(inputs)
    tkm = sum((one.tkm for one in elements), Decimal(0))
    wtw = sum((one.wtw_kg for one in elements), Decimal(0))
    values: dict[str, Any] = {
        "tkm_total": tkm,
        "wtw_total": wtw,
        "intensity_kg_tkm": wtw / tkm if tkm else None,
        "ttw_total": _sum_known([one.ttw_kg for one in elements]),
    }
    for one in elements:
        values[f"{one.name}_tkm"] = one.tkm
        values[f"{one.name}_wtw"] = one.wtw_kg
        if one.ttw_kg is not None:
            values[f"{one.name}_ttw"] = one.ttw_kg
    return values


@calculation("primary_data_share", unit="%", section=SECTION, example="WE04")
def primary_data_share(inputs: Inputs) -> Values:
    """The share of primary data, weighted by activity (iLEAP) and by emission (PACT v3)."""
    elements = elements_of(inputs)
    named = inputs.given.get("primary_tce", inputs.given.get("primary", []))
    names = {named} if isinstance(named, str) else {str(one) for one in named}
    unknown = names - {one.name for one in elements}
    if unknown:
        raise CalculationRefused("unknown_element", name=", ".join(sorted(unknown)))
    primary = [one for one in elements if one.is_primary or one.name in names]
    return {
        "pds_activity_pct": _percent([e.tkm for e in primary], [e.tkm for e in elements]),
        "pds_emission_pct": _percent([e.wtw_kg for e in primary], [e.wtw_kg for e in elements]),
    }


def activity_of(inputs: Inputs) -> Decimal:
    """Return the activity in tkm of one leg, its mass in kg or in tonnes."""
    distance_km = inputs.amount("distance_km", "km", "sfd_km", "gcd_km")
    return transport.transport_activity(_tonnes(inputs) * 1000, distance_km).value


def elements_of(inputs: Inputs) -> list[Element]:
    """Return the elements under `elements`, or every input that is an element itself."""
    if "elements" in inputs:
        items = inputs.items("elements")
    else:
        given = {name: one for name, one in inputs.given.items() if isinstance(one, Mapping)}
        items = [inputs.inner({"id": name, **one}, f"{name}.") for name, one in given.items()]
    if not items:
        raise CalculationRefused("missing", name="elements")
    return [
        _element(one, one.text("id", "name", default=f"tce{place}"))
        for place, one in enumerate(items, start=1)
    ]


def _element(inputs: Inputs, name: str) -> Element:
    is_hub = inputs.flag("hub") or "g_hoc" in inputs
    return _hub(inputs, name) if is_hub else _leg(inputs, name)


def _hub(inputs: Inputs, name: str) -> Element:
    mass_t = _tonnes(inputs)
    ttw = mass_t * inputs.amount(*HUB_TTW) if any(n in inputs for n in HUB_TTW) else None
    wtw = mass_t * inputs.amount(*HUB_WTW)
    return Element(name, Decimal(0), wtw, ttw, inputs.flag("primary"))


def _leg(inputs: Inputs, name: str) -> Element:
    tkm = activity_of(inputs)
    wtw = inputs.amount(*WTW)
    ttw = inputs.amount(*TTW) if any(n in inputs for n in TTW) else None
    if ttw is not None and ttw > wtw:
        raise CalculationRefused("ttw_above_wtw", ttw=str(ttw), wtw=str(wtw))
    adjusted = tkm * distance_adjustment(
        distance_basis=inputs.text("distance_basis", default="sfd"),
        intensity_basis=inputs.text(
            "intensity_basis", default=inputs.text("distance_basis", default="sfd")
        ),
        factor=inputs.positive("daf") if "daf" in inputs else None,
    )
    return Element(
        name,
        tkm,
        adjusted * wtw,
        adjusted * ttw if ttw is not None else None,
        inputs.flag("primary"),
    )


def _tonnes(inputs: Inputs) -> Decimal:
    if "mass_t" in inputs or "t" in inputs:
        return inputs.amount("mass_t", "t")
    return inputs.amount("mass_kg", "mass", "kg") / 1000


def _percent(part: list[Decimal], whole: list[Decimal]) -> Decimal | None:
    total = sum(whole, Decimal(0))
    return sum(part, Decimal(0)) / total * 100 if total else None


def _sum_known(values: list[Decimal | None]) -> Decimal | None:
    known = [value for value in values if value is not None]
    return sum(known, Decimal(0)) if len(known) == len(values) else None
