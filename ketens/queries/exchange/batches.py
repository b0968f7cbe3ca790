"""A batch with its counts and loads, as the record that EPCIS events are built from."""

from uuid import UUID

from django.db.models import Prefetch

from ketens.domain.batches import Counted, Entry
from ketens.domain.exchange.epcis import BatchRecord, CountRecord, LoadRecord
from ketens.models import Batch, BatchEntry, LinkCount, Role


def get_batch_record(public_id: UUID) -> BatchRecord | None:
    """Return a batch by its public id, None when there is none; three queries."""
    links = LinkCount.objects.select_related(
        "link__from_member__enterprise", "link__to_member__enterprise"
    )
    batch = (
        Batch.objects.filter(public_id=public_id)
        .select_related("member__enterprise")
        .prefetch_related("entries", Prefetch("link_counts", queryset=links))
        .first()
    )
    if batch is None:
        return None
    entries = list(batch.entries.all())
    backs = {row.takes_back_id: row for row in entries if row.takes_back_id}
    return BatchRecord(
        batch_id=batch.public_id,
        code=batch.code,
        what=batch.what,
        maker_kvk=batch.member.enterprise.kvk_number,
        is_grown=batch.member.role == Role.GROWER,
        counts=tuple(
            build_count(row, backs.get(row.pk)) for row in entries if row.takes_back_id is None
        ),
        loads=tuple(build_load(row) for row in batch.link_counts.all()),
    )


def build_count(row: BatchEntry, back: BatchEntry | None) -> CountRecord:
    """Return a count, with the moment of the row that took it back when there is one."""
    return CountRecord(
        event_id=row.public_id,
        counted=Counted(Entry(row.kind), row.mass_g, row.rung),
        day=row.activity_date,
        weighing=row.weighing,
        recorded_at=row.recorded_at,
        taken_back_at=back.recorded_at if back else None,
    )


def build_load(row: LinkCount) -> LoadRecord:
    """Return what went over a link."""
    return LoadRecord(
        load_id=row.public_id,
        sender_kvk=row.link.from_member.enterprise.kvk_number,
        receiver_kvk=row.link.to_member.enterprise.kvk_number,
        sent_g=row.sent_g,
        received_g=row.received_g,
        day=row.activity_date,
        recorded_at=row.recorded_at,
    )
