"""Read GS1 EPCIS 2.0 events back into the counts and loads of batches.

The business step says what a count is, so events of others are read as well. Only the
rung of a residual has no word in GS1's vocabulary and must be told by us or by them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from ketens.domain.batches import Counted, Entry, ImpossibleCount, RungMissing, check_count
from ketens.domain.exchange.epcis import KILOGRAM
from ketens.domain.exchange.naming import read_thing_urn

# A step may be written out: by its address, shortened, or in the way of EPCIS 1.
STEP_PREFIXES = (
    "https://ref.gs1.org/cbv/BizStep-",
    "cbv:BizStep-",
    "urn:epcglobal:cbv:bizstep:",
)
KINDS = {
    "commissioning": Entry.IN,
    "creating_class_instance": Entry.IN,
    "retail_selling": Entry.SOLD,
    "cycle_counting": Entry.STOCK,
}
LEFT_OVER = frozenset({"shipping", "decommissioning", "destroying"})


class UnreadableEvent(ValueError):
    """An event that says something this house cannot count."""


@dataclass(frozen=True, slots=True)
class ReadLoad:
    """A load as its two events told it; `received_g` is None when it did not arrive yet."""

    load_id: UUID
    sent_g: int
    received_g: int | None


@dataclass(frozen=True, slots=True)
class ReadBatch:
    """The counts that stand and the loads of one batch."""

    batch_id: UUID
    counts: tuple[Counted, ...]
    loads: tuple[ReadLoad, ...]


def read_document(document: Mapping[str, Any]) -> tuple[ReadBatch, ...]:
    """Return the batches that an EPCIS document tells of.

    :raises UnreadableEvent: when it is no EPCIS 2.0 document, or an event cannot be counted.
    """
    if document.get("type") != "EPCISDocument" or document.get("schemaVersion") != "2.0":
        raise UnreadableEvent("no EPCIS document of version 2.0")
    body = document.get("epcisBody")
    events = body.get("eventList") if isinstance(body, Mapping) else None
    if not isinstance(events, list):
        raise UnreadableEvent("an EPCIS document has a list of events")
    return read_events(events)


def read_events(events: Iterable[Mapping[str, Any]]) -> tuple[ReadBatch, ...]:
    """Return the batches of events, in any order; an event told twice counts once.

    :raises UnreadableEvent: when an event cannot be counted, or one id tells two things.
    """
    standing: dict[str, Mapping[str, Any]] = {}
    wrong: set[str] = set()
    for event in events:
        if not isinstance(event, Mapping):
            raise UnreadableEvent("an event is an object")
        key = str(event.get("eventID", ""))
        if not key:
            raise UnreadableEvent("an event without an id cannot be counted once")
        if event.get("errorDeclaration"):
            wrong.add(key)
        elif standing.setdefault(key, event) != event:
            raise UnreadableEvent(f"{key} tells two different things")
    counts: dict[UUID, list[Counted]] = {}
    ends: dict[UUID, dict[UUID, dict[str, int]]] = {}
    for key, event in standing.items():
        if key in wrong:
            continue
        batch_id, mass_g = read_amount(event)
        counts.setdefault(batch_id, [])
        if event.get("type") == "AggregationEvent":
            loads = ends.setdefault(batch_id, {})
            read_end(event, mass_g, loads.setdefault(read_id(event.get("parentID")), {}))
        else:
            counts[batch_id].append(read_count(event, mass_g))
    return tuple(
        ReadBatch(batch_id, tuple(found), build_loads(ends.get(batch_id, {})))
        for batch_id, found in counts.items()
    )


def read_amount(event: Mapping[str, Any]) -> tuple[UUID, int]:
    """Return the batch of an event and its grams.

    :raises UnreadableEvent: when it tells no one amount, or not in whole grams of kilos.
    """
    names = {"TransformationEvent": "outputQuantityList", "AggregationEvent": "childQuantityList"}
    amounts = event.get(names.get(str(event.get("type")), "quantityList"))
    if not isinstance(amounts, list) or len(amounts) != 1 or not isinstance(amounts[0], Mapping):
        raise UnreadableEvent("an event tells one amount of one batch")
    amount = amounts[0]
    if amount.get("uom") != KILOGRAM:
        raise UnreadableEvent(f"an amount is in {KILOGRAM}, not {amount.get('uom')}")
    try:
        grams = Decimal(str(amount.get("quantity"))) * 1000
        whole = int(grams)
    except (InvalidOperation, ValueError, OverflowError):
        raise UnreadableEvent(f"{amount.get('quantity')} is no amount") from None
    if whole != grams or whole < 0:
        raise UnreadableEvent(f"{grams} g is no amount")
    return read_id(amount.get("epcClass")), whole


def read_count(event: Mapping[str, Any], mass_g: int) -> Counted:
    """Return the count that an event tells.

    :raises UnreadableEvent: for a step without a count, or a residual without a rung.
    """
    step = read_step(event)
    rung = event.get("ketens:rung")
    if rung is not None and type(rung) is not int:
        raise UnreadableEvent(f"{rung} is no rung")
    kind = KINDS.get(step)
    if kind is None and step in LEFT_OVER:
        is_shrink = step == "decommissioning" and rung is None
        is_shrink = is_shrink and event.get("disposition") == "inactive"
        kind = Entry.SHRINK if is_shrink else Entry.RESIDUAL
    if kind is None:
        raise UnreadableEvent(f"the step {step or 'without a name'} is no count")
    counted = Counted(kind, mass_g, rung)
    try:
        check_count(counted)
    except (ImpossibleCount, RungMissing) as error:
        raise UnreadableEvent(str(error)) from error
    return counted


def read_step(event: Mapping[str, Any]) -> str:
    """Return the business step of an event as one word of the vocabulary."""
    step = str(event.get("bizStep", ""))
    for prefix in STEP_PREFIXES:
        step = step.removeprefix(prefix)
    return step


def read_end(event: Mapping[str, Any], mass_g: int, load: dict[str, int]) -> None:
    """Add one end of a load to what is known of it.

    :raises UnreadableEvent: when the end is unknown, or was told already.
    """
    step = read_step(event)
    if step not in ("shipping", "receiving") or step in load:
        raise UnreadableEvent(f"a load is shipped once and received once, not {step}")
    load[step] = mass_g


def build_loads(ends: Mapping[UUID, Mapping[str, int]]) -> tuple[ReadLoad, ...]:
    """Return the loads of a batch.

    :raises UnreadableEvent: when a load arrived that never left.
    """
    for load_id, load in ends.items():
        if "shipping" not in load:
            raise UnreadableEvent(f"{load_id} arrived and never left")
    return tuple(
        ReadLoad(load_id, load["shipping"], load.get("receiving")) for load_id, load in ends.items()
    )


def read_id(text: object) -> UUID:
    """Return the id in a URN of a thing.

    :raises UnreadableEvent: when it is no ``urn:uuid:``.
    """
    try:
        return read_thing_urn(str(text))
    except ValueError as error:
        raise UnreadableEvent(str(error)) from error
