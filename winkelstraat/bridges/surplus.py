"""Tell the chains what became of what had to go: every gram in exactly one state."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from ketens.domain.batches import SURPLUS_ORIGIN, Counted, Entry
from ketens.models import ChainMember, Weighing
from ketens.operations.batches import BatchDraft, Count, count_entry, open_batch
from ketens.queries.batch_members import find_batch_member
from winkelstraat.shop.operations.surplus import mark_chain_told
from winkelstraat.shop.queries.surplus import Settled, get_settled

NO_RUNG = {"shelf": Entry.STOCK, "lost": Entry.SHRINK}


@transaction.atomic
def book_surplus(*, surplus_id: int, now: datetime) -> bool:
    """Write a settled surplus as a batch of its chain, once; False when there was nothing to do.

    A shop outside every chain keeps its own record; the chains have nothing to count then.
    """
    settled = get_settled(surplus_id)
    if settled is None or not mark_chain_told(surplus_id=surplus_id, now=now):
        return False
    member = find_batch_member(
        enterprise_id=settled.enterprise_id, product_ref=str(settled.listing_id)
    )
    if member is not None:
        _write_batch(settled, member, now)
    return True


def _write_batch(settled: Settled, member: ChainMember, now: datetime) -> None:
    day = timezone.localdate(settled.made_on)
    batch = open_batch(
        chain=member.chain,
        member=member,
        draft=BatchDraft(
            code=f"over-{settled.surplus_id}",
            what=settled.title,
            made_on=day,
            product_ref=str(settled.listing_id),
        ),
        user=None,
        now=now,
    )
    why = f"{SURPLUS_ORIGIN}{settled.public_id} ({settled.reason})"
    for counted, weighing, was_at_risk in list_counts(settled):
        origin = why if was_at_risk else f"shop:{settled.public_id}"
        count = Count(counted, weighing.value, day, origin)
        count_entry(batch=batch, count=count, user=None, now=now)


def list_counts(settled: Settled) -> list[tuple[Counted, Weighing, bool]]:
    """Return what went in and where all of it is, in grams, and whether it had to go by then.

    What went in is what was made, and without that number what there was when it had to
    go. Where nobody knows what one weighs, only what was weighed is counted.
    """
    found: list[tuple[Counted, Weighing, bool]] = []
    if settled.piece_g:
        made = settled.made_pieces or settled.pieces
        found.append((Counted(Entry.IN, made * settled.piece_g), Weighing.COUNTED, False))
        for sold, was_at_risk in ((made - settled.pieces, False), (settled.sold_pieces, True)):
            if sold:
                counted = Counted(Entry.SOLD, sold * settled.piece_g)
                found.append((counted, Weighing.COUNTED, was_at_risk))
    for line in settled.left:
        kind = NO_RUNG.get(line.destination, Entry.RESIDUAL)
        weighing = Weighing.WEIGHED if line.is_weighed else Weighing.COUNTED
        found.append((Counted(kind, line.mass_g, line.rung), weighing, True))
    return found
