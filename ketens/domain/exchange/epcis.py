"""A batch as GS1 EPCIS 2.0 events (JSON-LD): what came in, where it went, and to whom.

One event for every count and for every end of a load. A count that was taken back stays,
and is declared an error by the same event with an ``errorDeclaration``, as EPCIS asks
(EPCIS 2.0, 7.4.1.2). Only the day of a count is known: the time is noon, and the event
says that its precision is a day.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from uuid import UUID
from zoneinfo import ZoneInfo

from ketens.domain.batches import Counted, Entry
from ketens.domain.exchange.naming import (
    VOCABULARY,
    Json,
    company_urn,
    derived_urn,
    thing_urn,
    without_unknown,
)

CONTEXT = [
    "https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld",
    {"ketens": VOCABULARY},
]
DUTCH_TIME = ZoneInfo("Europe/Amsterdam")
KILOGRAM = "KGM"
HANDED_ON_RUNGS = range(1, 6)
REUSED_RUNGS = range(6, 9)


@dataclass(frozen=True, slots=True)
class CountRecord:
    """One count of a batch; `taken_back_at` is when it was found to be wrong."""

    event_id: UUID
    counted: Counted
    day: date
    weighing: str
    recorded_at: datetime
    taken_back_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class LoadRecord:
    """What left one member for another; `received_g` is None when that is not counted yet."""

    load_id: UUID
    sender_kvk: str
    receiver_kvk: str
    sent_g: int
    received_g: int | None
    day: date
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class BatchRecord:
    """A batch with all its counts and loads; `is_grown` tells a harvest from a making."""

    batch_id: UUID
    code: str
    what: str
    maker_kvk: str
    is_grown: bool
    counts: tuple[CountRecord, ...]
    loads: tuple[LoadRecord, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """How a kind of count is said in the Core Business Vocabulary 2.0."""

    action: str
    biz_step: str
    disposition: str | None


STEPS = {
    Entry.SOLD: Step("OBSERVE", "retail_selling", "retail_sold"),
    Entry.STOCK: Step("OBSERVE", "cycle_counting", None),
    Entry.SHRINK: Step("DELETE", "decommissioning", "inactive"),
}


def step_of(counted: Counted) -> Step:
    """Return the step of a count that leaves a batch, or stays in it.

    Rungs 1 to 5 hand goods on, 6 to 8 give them up for something else, 9 and 10 end them.
    """
    if counted.rung is None:
        return STEPS[counted.kind]
    if counted.rung in HANDED_ON_RUNGS:
        return Step("OBSERVE", "shipping", "in_transit")
    if counted.rung in REUSED_RUNGS:
        return Step("DELETE", "decommissioning", "disposed")
    return Step("DELETE", "destroying", "destroyed" if counted.rung == 9 else "disposed")


def build_document(batch: BatchRecord, *, created_at: datetime) -> Json:
    """Return the EPCIS document of a batch."""
    return {
        "@context": CONTEXT,
        "type": "EPCISDocument",
        "schemaVersion": "2.0",
        "creationDate": say_moment(created_at),
        "epcisBody": {"eventList": build_events(batch)},
    }


def build_events(batch: BatchRecord) -> list[Json]:
    """Return the events of a batch: its counts in the order of writing, then its loads."""
    events: list[Json] = []
    for count in batch.counts:
        event = build_count(batch, count)
        events.append(event)
        if count.taken_back_at is not None:
            events.append(event | {"errorDeclaration": declare_error(count.taken_back_at)})
    for load in batch.loads:
        events += build_load(batch, load)
    return events


def build_count(batch: BatchRecord, count: CountRecord) -> Json:
    """Return the event of a count: goods that came into a batch, left it, or stay in it."""
    amount = [quantity(thing_urn(batch.batch_id), count.counted.mass_g)]
    here = {
        "readPoint": {"id": company_urn(batch.maker_kvk)},
        "bizLocation": {"id": company_urn(batch.maker_kvk)},
    }
    common = base_event(count.event_id, count.day, count.recorded_at) | here
    common |= without_unknown(
        {
            "ketens:count": count.counted.kind.value,
            "ketens:rung": count.counted.rung,
            "ketens:weighing": count.weighing,
            "ketens:batchCode": batch.code,
        }
    )
    if count.counted.kind is not Entry.IN:
        step = step_of(count.counted)
        words = {
            "type": "ObjectEvent",
            "action": step.action,
            "bizStep": step.biz_step,
            "disposition": step.disposition,
            "quantityList": amount,
        }
        return common | without_unknown(words)
    made = {"bizStep": "commissioning", "disposition": "active"}
    ilmd = {"ilmd": {"ketens:what": batch.what}}
    if batch.is_grown:
        grown = {"type": "ObjectEvent", "action": "ADD", "quantityList": amount}
        return common | made | grown | ilmd
    intake = quantity(derived_urn(batch.batch_id, "intake"), count.counted.mass_g)
    processed = {
        "type": "TransformationEvent",
        "transformationID": derived_urn(batch.batch_id, "transformation"),
        "inputQuantityList": [intake],
        "outputQuantityList": amount,
    }
    return common | made | processed | ilmd


def build_load(batch: BatchRecord, load: LoadRecord) -> list[Json]:
    """Return the leaving and, when it was counted, the arriving of a load."""
    parties = {
        "sourceList": [{"type": "possessing_party", "source": company_urn(load.sender_kvk)}],
        "destinationList": [
            {"type": "possessing_party", "destination": company_urn(load.receiver_kvk)}
        ],
    }
    ends = [("ADD", "shipping", "in_transit", load.sender_kvk, load.sent_g)]
    if load.received_g is not None:
        ends.append(("DELETE", "receiving", "in_progress", load.receiver_kvk, load.received_g))
    lot = thing_urn(batch.batch_id)
    return [
        base_event(load.load_id, load.day, load.recorded_at)
        | {
            "type": "AggregationEvent",
            "eventID": derived_urn(load.load_id, biz_step),
            "parentID": thing_urn(load.load_id),
            "childQuantityList": [quantity(lot, grams)],
            "action": action,
            "bizStep": biz_step,
            "disposition": disposition,
            "readPoint": {"id": company_urn(place)},
        }
        | parties
        for action, biz_step, disposition, place, grams in ends
    ]


def base_event(event_id: UUID, day: date, recorded_at: datetime) -> Json:
    """Return what every event says: its id, its day at noon, and when it was written down."""
    noon = datetime.combine(day, time(12), DUTCH_TIME)
    offset = noon.strftime("%z")
    return {
        "eventID": thing_urn(event_id),
        "eventTime": noon.isoformat(),
        "eventTimeZoneOffset": f"{offset[:3]}:{offset[3:]}",
        "recordTime": say_moment(recorded_at),
        "ketens:timePrecision": "day",
    }


def declare_error(found_at: datetime) -> Json:
    """Return the declaration that an event did not happen."""
    return {"declarationTime": say_moment(found_at), "reason": "did_not_occur"}


def quantity(epc_class: str, mass_g: int) -> Json:
    """Return an amount of a class of goods in kilos; grams fit a JSON number exactly."""
    return {"epcClass": epc_class, "quantity": mass_g / 1000, "uom": KILOGRAM}


def say_moment(moment: datetime) -> str:
    """Return a moment in UTC, to the second."""
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def counts_that_stand(records: Iterable[CountRecord]) -> tuple[Counted, ...]:
    """Return the counts that were not taken back."""
    return tuple(record.counted for record in records if record.taken_back_at is None)
