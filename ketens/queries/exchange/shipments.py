"""Rounds and booked transport as the records that iLEAP shipments are built from.

Tank-to-wheel comes from the factor beside the one that was booked, in the same list; a
vehicle on power has none. A line with a stretch of which either is unknown is left out.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from uuid import UUID, uuid5

from ketens.domain.exchange.ileap import (
    ElementRecord,
    Energy,
    ShipmentRecord,
    TocRecord,
    intensity_per_tkm,
    unique_tocs,
)
from ketens.domain.transport import MG_PER_KG, Stop, allocate_round, fuel_emission, to_mg
from ketens.models import Calculation, Factor, Round, SaleBooking

ON_POWER = "kgCO2e/kWh"
WITH_ENERGY = ("transport.measured", "transport.energy_share")


@dataclass(slots=True)
class Shipments:
    """What can be told, and how many shipments cannot."""

    shipments: list[ShipmentRecord] = field(default_factory=list)
    tocs: list[TocRecord] = field(default_factory=list)
    left_out: int = 0


def get_round_shipments(public_id: UUID) -> Shipments | None:
    """Return a measured round as a shipment for every stop, None without it; three queries.

    The round is a category of its own: its energy over its tonne-kilometres.
    """
    row = (
        Round.objects.filter(public_id=public_id)
        .select_related("factor", "carrier__enterprise")
        .first()
    )
    if row is None:
        return None
    stops = list(row.stops.all())
    ttw = get_ttw([row.factor]).get(row.factor_id)
    activity = sum((Decimal(one.mass_g) * one.direct_m for one in stops), Decimal(0)) / 10**9
    if ttw is None or not activity:
        return Shipments(left_out=len(stops))
    whole = to_mg(fuel_emission(row.energy, ttw))
    parts = allocate_round(
        whole, [Stop(Decimal(one.mass_g) / 1000, Decimal(one.direct_m) / 1000) for one in stops]
    )
    toc = TocRecord(
        toc_id=row.public_id,
        description=f"{row.carrier.enterprise.trade_name}, {row.driven_on.isoformat()}",
        wtw_kg_tkm=row.energy * row.factor.value / activity,
        ttw_kg_tkm=row.energy * ttw / activity,
        energy=Energy(row.factor.key, row.factor.unit, row.factor.value, ttw, row.energy),
    )
    shipments = [
        ShipmentRecord(
            shipment_id=uuid5(row.public_id, f"shipment:{stop.pk}"),
            mass_kg=Decimal(stop.mass_g) / 1000,
            elements=(
                ElementRecord(
                    element_id=uuid5(row.public_id, f"element:{stop.pk}"),
                    toc_id=row.public_id,
                    mass_kg=Decimal(stop.mass_g) / 1000,
                    distance_km=Decimal(stop.direct_m) / 1000,
                    wtw_kg=Decimal(stop.emission_mg_co2e) / MG_PER_KG,
                    ttw_kg=Decimal(part) / MG_PER_KG,
                ),
            ),
        )
        for stop, part in zip(stops, parts, strict=True)
    ]
    return Shipments(shipments, [toc])


def get_purchase_shipments(purchase_ref: UUID) -> Shipments | None:
    """Return the transport of a purchase, a shipment for every line; three queries.

    None when no purchase was booked with this reference. A line without a known weight is
    left out, and so is what runs in no chain, which is not counted.
    """
    booked = SaleBooking.objects.filter(purchase_ref=purchase_ref).values_list(
        "lines__pk", "lines__chain_id"
    )
    in_chains = {line_id for line_id, chain_id in booked if chain_id is not None}
    if not booked:
        return None
    rows = list(
        Calculation.objects.filter(
            booking__purchase_ref=purchase_ref, leg__isnull=False, superseded_by__isnull=True
        )
        .select_related("booking", "line", "factor", "leg__link")
        .order_by("pk")
    )
    ttw = get_ttw(row.factor for row in rows if row.factor is not None)
    lines: dict[int, list[Calculation]] = {}
    for row in rows:
        lines.setdefault(row.line_id or 0, []).append(row)
    found = Shipments(left_out=len(in_chains - set(lines)))
    for calculations in lines.values():
        if all(row.result is not None and row.factor_id in ttw for row in calculations):
            add_line(found, calculations, ttw)
        else:
            found.left_out += 1
    found.tocs = unique_tocs(found.tocs)
    return found


def add_line(found: Shipments, rows: list[Calculation], ttw: dict[int, Decimal]) -> None:
    """Add the shipment of one line and the categories of its stretches."""
    elements = []
    for row in rows:
        toc = build_toc(row, ttw)
        mass_kg, km = carried_kg(row), Decimal(row.inputs["distance_m"]) / 1000
        elements.append(
            ElementRecord(
                element_id=row.public_id,
                toc_id=toc.toc_id,
                mass_kg=mass_kg,
                distance_km=km,
                wtw_kg=row.result or Decimal(0),
                ttw_kg=toc.ttw_kg_tkm * mass_kg * km / 1000,
                previous_ids=previous_of(row, rows),
            )
        )
        found.tocs.append(toc)
    sold_g = Decimal(rows[0].inputs["sold_mass_g"])
    found.shipments.append(
        ShipmentRecord(
            shipment_id=uuid5(rows[0].public_id, "shipment"),
            mass_kg=sold_g / 1000,
            elements=tuple(elements),
        )
    )


def build_toc(row: Calculation, ttw: dict[int, Decimal]) -> TocRecord:
    """Return the category of a stretch as it was booked, with the intensity of that day."""
    if row.leg is None or row.factor is None:
        raise ValueError(f"calculation {row.public_id} is of no stretch")
    inputs, factor = row.inputs, row.factor
    built = Decimal(inputs.get("infrastructure_value", 0))
    same_kind = {
        name: value
        for name, value in inputs.items()
        if name not in ("sold_mass_g", "grams_per_kg_sold", "distance_m")
    }
    has_energy = row.formula in WITH_ENERGY
    energy = Energy(factor.key, factor.unit, factor.value + built, ttw[factor.pk])
    return TocRecord(
        toc_id=uuid5(row.leg.public_id, repr(sorted(same_kind.items()))),
        description=row.leg.vehicle,
        wtw_kg_tkm=intensity_per_tkm(inputs, row.formula, factor.value + built),
        ttw_kg_tkm=intensity_per_tkm(inputs, row.formula, ttw[factor.pk]),
        energy=energy if has_energy else None,
        empty_share=Decimal(inputs["empty_share"]) if "empty_share" in inputs else None,
    )


def carried_kg(row: Calculation) -> Decimal:
    """Return the kilos on a stretch, which may be less or more than what was sold."""
    sold_g, per_kg = row.inputs["sold_mass_g"], row.inputs["grams_per_kg_sold"]
    return Decimal(sold_g) * Decimal(per_kg) / 1_000_000


def previous_of(row: Calculation, rows: list[Calculation]) -> tuple[UUID, ...]:
    """Return the stretches that come before one: on its link, else on the links that feed it."""
    own = row.leg
    if own is None:
        return ()
    others = [(other, other.leg) for other in rows if other.leg is not None]
    earlier = [
        (other, leg)
        for other, leg in others
        if leg.link_id == own.link_id and leg.position < own.position
    ]
    if earlier:
        return (max(earlier, key=lambda pair: pair[1].position)[0].public_id,)
    last: dict[int, tuple[int, UUID]] = {}
    for other, leg in others:
        if leg.link.to_member_id == own.link.from_member_id:
            found = (leg.position, other.public_id)
            last[leg.link_id] = max(last.get(leg.link_id, found), found)
    return tuple(public_id for _position, public_id in last.values())


def get_ttw(factors: Iterable[Factor]) -> dict[int, Decimal]:
    """Return the tank-to-wheel value of factors, by their id; at most one query.

    Without a value beside it in its list, only power and a factor of nothing have one: zero.
    """
    wanted = {factor.pk: factor for factor in factors}
    found = {
        pk: Decimal(0)
        for pk, factor in wanted.items()
        if factor.unit == ON_POWER or factor.value == 0
    }
    missing = [factor for pk, factor in wanted.items() if pk not in found]
    if not missing:
        return found
    beside = Factor.objects.filter(
        factor_set__in={factor.factor_set_id for factor in missing},
        key__in={ttw_key(factor.key) for factor in missing},
    )
    values = {(row.factor_set_id, row.key): row.value for row in beside}
    for factor in missing:
        value = values.get((factor.factor_set_id, ttw_key(factor.key)))
        if value is not None:
            found[factor.pk] = value
    return found


def ttw_key(key: str) -> str:
    """Return the key of the tank-to-wheel value that stands beside a factor."""
    return f"{key.rpartition('.')[0]}.ttw"
