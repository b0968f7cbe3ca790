"""Tell the chains what became of what had to go: every gram in exactly one state."""

from dataclasses import dataclass
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


@dataclass(frozen=True)
class ToCount:
    """Grams for the books of a chain; `destination` is where what was left went."""

    counted: Counted
    weighing: Weighing = Weighing.COUNTED
    was_at_risk: bool = True
    destination: str = ""


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
    for one in list_counts(settled):
        count = Count(one.counted, one.weighing.value, day, _say_origin(settled, one))
        count_entry(batch=batch, count=count, user=None, now=now)


def _say_origin(settled: Settled, one: ToCount) -> str:
    """Say of a count why it had to go and, of what was left, where exactly it went."""
    if not one.was_at_risk:
        return f"shop:{settled.public_id}"
    why = f"{SURPLUS_ORIGIN}{settled.public_id} ({settled.reason})"
    return f"{why} -> {one.destination}" if one.destination else why


def list_counts(settled: Settled) -> list[ToCount]:
    """Return what went in and where all of it is, in grams, and whether it had to go by then.

    What went in is what was made, and without that number what there was when it had to
    go. Where nobody knows what one weighs, only what was weighed is counted.
    """
    found: list[ToCount] = []
    if settled.piece_g:
        made = settled.made_pieces or settled.pieces
        found.append(ToCount(Counted(Entry.IN, made * settled.piece_g), was_at_risk=False))
        for sold, was_at_risk in ((made - settled.pieces, False), (settled.sold_pieces, True)):
            if sold:
                counted = Counted(Entry.SOLD, sold * settled.piece_g)
                found.append(ToCount(counted, was_at_risk=was_at_risk))
    for line in settled.left:
        kind = NO_RUNG.get(line.destination, Entry.RESIDUAL)
        weighing = Weighing.WEIGHED if line.is_weighed else Weighing.COUNTED
        counted = Counted(kind, line.mass_g, line.rung)
        found.append(ToCount(counted, weighing, destination=line.destination))
    return found
