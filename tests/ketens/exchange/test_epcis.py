"""A batch told in GS1 events is the same batch when the events are read back."""

import json
from collections import Counter
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ketens.domain.batches import LARGEST_BATCH_G, Counted, Entry, balance_of
from ketens.domain.exchange.epcis import (
    BatchRecord,
    CountRecord,
    LoadRecord,
    build_document,
    counts_that_stand,
)
from ketens.domain.exchange.epcis_reading import (
    ReadLoad,
    UnreadableEvent,
    read_document,
    read_events,
)
from tests.ketens.exchange.checking import faults_of

NOW = datetime(2026, 11, 20, 10, tzinfo=UTC)
DAY = date(2026, 11, 19)
BATCH = UUID(int=1)

grams = st.integers(1, LARGEST_BATCH_G)
plain_kinds = st.sampled_from([Entry.IN, Entry.SOLD, Entry.STOCK, Entry.SHRINK])
counted = st.one_of(
    st.builds(Counted, st.just(Entry.RESIDUAL), grams, st.integers(1, 10)),
    st.builds(Counted, plain_kinds, grams),
)
counts = st.builds(
    CountRecord,
    event_id=st.uuids(),
    counted=counted,
    day=st.dates(date(2024, 1, 1), date(2027, 12, 31)),
    weighing=st.sampled_from(["weighed", "estimated"]),
    recorded_at=st.just(NOW),
    taken_back_at=st.none() | st.just(NOW),
)
loads = st.builds(
    LoadRecord,
    load_id=st.uuids(),
    sender_kvk=st.just("12345678"),
    receiver_kvk=st.just("87654321"),
    sent_g=grams,
    received_g=st.none() | st.integers(0, LARGEST_BATCH_G),
    day=st.just(DAY),
    recorded_at=st.just(NOW),
)
batches = st.builds(
    BatchRecord,
    batch_id=st.just(BATCH),
    code=st.just("R-12"),
    what=st.just("Roggebrood"),
    maker_kvk=st.just("12345678"),
    is_grown=st.booleans(),
    counts=st.lists(counts, min_size=1, unique_by=lambda one: one.event_id).map(tuple),
    loads=st.lists(loads, unique_by=lambda one: one.load_id).map(tuple),
)


def count(kind: Entry, mass_g: int, rung: int | None = None, **given: Any) -> CountRecord:
    """Return a count with an id of its own."""
    event_id = UUID(int=hash((kind, mass_g, rung)) % 2**64)
    return CountRecord(event_id, Counted(kind, mass_g, rung), DAY, "weighed", NOW, **given)


def batch(*records: CountRecord, is_grown: bool = False, **given: Any) -> BatchRecord:
    """Return a batch of bread with these counts."""
    return BatchRecord(
        batch_id=BATCH,
        code="R-12",
        what="Roggebrood",
        maker_kvk="12345678",
        is_grown=is_grown,
        counts=records,
        loads=given.get("loads", ()),
    )


def through_json(record: BatchRecord) -> Any:
    """Return a batch's document as a reader gets it."""
    return json.loads(json.dumps(build_document(record, created_at=NOW)))


@given(batches, st.randoms())
def test_events_read_back_in_any_order_give_the_same_balance(
    record: BatchRecord, chance: Any
) -> None:
    document = through_json(record)
    chance.shuffle(document["epcisBody"]["eventList"])
    found = read_document(document)
    stand = counts_that_stand(record.counts)
    if not stand and not record.loads:
        assert found == ()
        return
    (read,) = found
    assert read.batch_id == BATCH
    assert balance_of(read.counts) == balance_of(stand)
    assert Counter(read.counts) == Counter(stand)
    assert set(read.loads) == {
        ReadLoad(load.load_id, load.sent_g, load.received_g) for load in record.loads
    }


@given(batches)
def test_every_batch_is_a_document_that_fits_the_standard(record: BatchRecord) -> None:
    assert faults_of(build_document(record, created_at=NOW), "epcis-2.0") == []


@pytest.mark.parametrize(
    ("kind", "rung", "said"),
    [
        (Entry.SOLD, None, ("OBSERVE", "retail_selling", "retail_sold")),
        (Entry.STOCK, None, ("OBSERVE", "cycle_counting", None)),
        (Entry.SHRINK, None, ("DELETE", "decommissioning", "inactive")),
        (Entry.RESIDUAL, 2, ("OBSERVE", "shipping", "in_transit")),
        (Entry.RESIDUAL, 4, ("OBSERVE", "shipping", "in_transit")),
        (Entry.RESIDUAL, 7, ("DELETE", "decommissioning", "disposed")),
        (Entry.RESIDUAL, 9, ("DELETE", "destroying", "destroyed")),
        (Entry.RESIDUAL, 10, ("DELETE", "destroying", "disposed")),
    ],
)
def test_a_count_is_said_in_the_words_of_the_vocabulary(
    kind: Entry, rung: int | None, said: tuple[str, str, str | None]
) -> None:
    (event,) = through_json(batch(count(kind, 1_250, rung)))["epcisBody"]["eventList"]
    assert (event["action"], event["bizStep"], event.get("disposition")) == said
    assert event["quantityList"] == [
        {"epcClass": f"urn:uuid:{BATCH}", "quantity": 1.25, "uom": "KGM"}
    ]
    assert event.get("ketens:rung") == rung


def test_what_is_grown_is_commissioned_and_what_is_made_is_transformed() -> None:
    (grown,) = through_json(batch(count(Entry.IN, 800_000), is_grown=True))["epcisBody"][
        "eventList"
    ]
    assert (grown["type"], grown["action"], grown["bizStep"]) == (
        "ObjectEvent",
        "ADD",
        "commissioning",
    )
    (made,) = through_json(batch(count(Entry.IN, 800_000)))["epcisBody"]["eventList"]
    assert made["type"] == "TransformationEvent"
    assert "action" not in made
    assert [amount["quantity"] for amount in made["inputQuantityList"]] == [800]
    assert made["outputQuantityList"][0]["epcClass"] == f"urn:uuid:{BATCH}"


def test_a_day_in_winter_and_in_summer_has_its_own_offset() -> None:
    winter = count(Entry.IN, 1)
    summer = CountRecord(UUID(int=2), Counted(Entry.IN, 2), date(2026, 7, 1), "weighed", NOW)
    events = through_json(batch(winter, summer))["epcisBody"]["eventList"]
    assert [(one["eventTime"], one["eventTimeZoneOffset"]) for one in events] == [
        ("2026-11-19T12:00:00+01:00", "+01:00"),
        ("2026-07-01T12:00:00+02:00", "+02:00"),
    ]
    assert {one["ketens:timePrecision"] for one in events} == {"day"}


def test_a_count_taken_back_stays_and_is_declared_an_error() -> None:
    wrong = count(Entry.SOLD, 500, taken_back_at=NOW)
    document = through_json(batch(count(Entry.IN, 1_000), wrong))
    events = document["epcisBody"]["eventList"]
    assert [("errorDeclaration" in one, one["eventID"]) for one in events[1:]] == [
        (False, f"urn:uuid:{wrong.event_id}"),
        (True, f"urn:uuid:{wrong.event_id}"),
    ]
    (read,) = read_document(document)
    assert read.counts == (Counted(Entry.IN, 1_000),)


def test_an_event_told_twice_counts_once() -> None:
    events = through_json(batch(count(Entry.IN, 1_000)))["epcisBody"]["eventList"]
    (read,) = read_events([*events, *events])
    assert read.counts == (Counted(Entry.IN, 1_000),)


def spoil(**changes: Any) -> dict[str, Any]:
    """Return an event of a residual with some fields changed, or left out when None."""
    (event,) = through_json(batch(count(Entry.RESIDUAL, 1_500, 7)))["epcisBody"]["eventList"]
    return {name: value for name, value in (event | changes).items() if value is not None}


@pytest.mark.parametrize(
    "changes",
    [
        {"eventID": None},
        {"bizStep": "inspecting"},
        {"bizStep": None},
        {"ketens:rung": None},
        {"ketens:rung": 11},
        {"ketens:rung": "7"},
        {"ketens:rung": True},
        {"quantityList": ["1 KGM"]},
        {"quantityList": []},
        {"quantityList": [{"epcClass": f"urn:uuid:{BATCH}", "quantity": 1, "uom": "LBR"}]},
        {"quantityList": [{"epcClass": f"urn:uuid:{BATCH}", "quantity": -1, "uom": "KGM"}]},
        {"quantityList": [{"epcClass": f"urn:uuid:{BATCH}", "quantity": 1e9, "uom": "KGM"}]},
        {"quantityList": [{"epcClass": f"urn:uuid:{BATCH}", "quantity": 0.0001, "uom": "KGM"}]},
        {"quantityList": [{"epcClass": f"urn:uuid:{BATCH}", "quantity": "x", "uom": "KGM"}]},
        {"quantityList": [{"epcClass": "urn:epc:id:x", "quantity": 1, "uom": "KGM"}]},
    ],
)
def test_an_event_that_cannot_be_counted_is_refused(changes: dict[str, Any]) -> None:
    assert read_events([spoil()])[0].counts == (Counted(Entry.RESIDUAL, 1_500, 7),)
    with pytest.raises(UnreadableEvent):
        read_events([spoil(**changes)])


@pytest.mark.parametrize(
    "prefix",
    ["https://ref.gs1.org/cbv/BizStep-", "cbv:BizStep-", "urn:epcglobal:cbv:bizstep:"],
)
def test_a_step_that_is_written_out_is_read_as_well(prefix: str) -> None:
    event = spoil(bizStep=f"{prefix}decommissioning")
    assert read_events([event])[0].counts == (Counted(Entry.RESIDUAL, 1_500, 7),)


def test_one_id_for_two_things_and_a_load_that_never_left_are_refused() -> None:
    with pytest.raises(UnreadableEvent, match="two different things"):
        read_events([spoil(), spoil(**{"ketens:rung": 8})])
    load = LoadRecord(UUID(int=9), "12345678", "87654321", 100, 99, DAY, NOW)
    events = through_json(batch(count(Entry.IN, 1_000), loads=(load,)))["epcisBody"]["eventList"]
    with pytest.raises(UnreadableEvent, match="never left"):
        read_events([events[0], events[2]])


@pytest.mark.parametrize(
    "document",
    [
        {},
        {"type": "EPCISDocument", "schemaVersion": "1.2"},
        {"type": "EPCISDocument", "schemaVersion": "2.0"},
        {"type": "EPCISDocument", "schemaVersion": "2.0", "epcisBody": {"eventList": [1]}},
    ],
)
def test_another_document_is_refused(document: dict[str, Any]) -> None:
    with pytest.raises(UnreadableEvent):
        read_document(document)
