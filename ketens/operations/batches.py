"""Write down batches and what became of them; grams move in the ledger as well.

A count that was wrong is taken back by a row of its own, which reverses its transfer.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from ketens.domain import codes
from ketens.domain.batches import LARGEST_BATCH_G, Counted, Entry, ImpossibleCount, check_count
from ketens.models import (
    Batch,
    BatchEntry,
    Chain,
    ChainChange,
    ChainLink,
    ChainMember,
    ChangeKind,
    LinkCount,
    Weighing,
)
from ketens.operations.chains import MemberOfAnotherChain, check_membership
from winkelstraat.ledger.domain import Unit
from winkelstraat.ledger.operations import Posting, post_transfers


class AlreadyTakenBack(Exception):
    """A count is taken back once, and what takes back is never taken back."""


@dataclass(frozen=True, slots=True)
class BatchDraft:
    """A batch as a member names it."""

    code: str
    what: str
    made_on: date
    product_ref: str = ""


@transaction.atomic
def open_batch(
    *, chain: Chain, member: ChainMember, draft: BatchDraft, user: Any, now: datetime
) -> Batch:
    """Write down a batch that a member made.

    :raises MemberOfAnotherChain: when the member is not of this chain.
    """
    check_membership(chain, member)
    batch = Batch.objects.create(
        chain=chain,
        member=member,
        code=draft.code,
        what=draft.what,
        product_ref=draft.product_ref,
        made_on=draft.made_on,
        created_by=user,
        created_at=now,
    )
    ChainChange.objects.create(
        chain=chain,
        kind=ChangeKind.BATCH_ADDED,
        what=f"{batch.code}: {batch.what}",
        changed_by=user,
        changed_at=now,
    )
    return batch


@dataclass(frozen=True, slots=True)
class Count:
    """One count with how it was weighed, its day, and the paper it comes from."""

    counted: Counted
    weighing: str
    activity_date: date
    origin: str = ""


@transaction.atomic
def count_entry(*, batch: Batch, count: Count, user: Any, now: datetime) -> BatchEntry:
    """Write a count of a batch and move its grams.

    :raises ImpossibleCount: when it weighs nothing, less, or above fifty tonnes.
    :raises RungMissing: when a residual has no rung, or something else has one.
    """
    check_count(count.counted)
    entry = BatchEntry.objects.create(
        batch=batch,
        kind=count.counted.kind.value,
        rung=count.counted.rung,
        mass_g=count.counted.mass_g,
        weighing=Weighing(count.weighing),
        activity_date=count.activity_date,
        origin=count.origin,
        recorded_by=user,
        recorded_at=now,
    )
    post_transfers(postings=[posting_of(entry)], now=now)
    return entry


@transaction.atomic
def take_back_entry(*, entry: BatchEntry, day: date, user: Any, now: datetime) -> BatchEntry:
    """Take a wrong count back, dated on the day it is found; both rows stay.

    :raises AlreadyTakenBack: when that was done before.
    """
    Batch.objects.select_for_update().get(pk=entry.batch_id)
    if entry.takes_back_id or BatchEntry.objects.filter(takes_back=entry).exists():
        raise AlreadyTakenBack(str(entry))
    back = BatchEntry.objects.create(
        batch=entry.batch,
        kind=entry.kind,
        rung=entry.rung,
        mass_g=entry.mass_g,
        weighing=entry.weighing,
        activity_date=day,
        origin=entry.origin,
        takes_back=entry,
        recorded_by=user,
        recorded_at=now,
    )
    post_transfers(postings=[posting_of(back)], now=now)
    return back


def posting_of(entry: BatchEntry) -> Posting:
    """Return the transfer of a count in grams: into the batch, or out of it to where it went."""
    inside = codes.batch_account(entry.batch_id)
    place = f"rung:{entry.rung}" if entry.rung else entry.kind
    outside = codes.batch_account(entry.batch_id, place)
    into_batch = (entry.kind == Entry.IN) is (entry.takes_back_id is None)
    debit, credit = (inside, outside) if into_batch else (outside, inside)
    return Posting(
        unit=Unit.GRAMS,
        debit=debit,
        credit=credit,
        amount=entry.mass_g,
        source=f"batch:{entry.batch_id}",
        reason=f"grams:entry:{entry.pk}",
        activity_date=entry.activity_date,
    )


@dataclass(frozen=True, slots=True)
class Load:
    """What left one member and what arrived at the next, in grams; None is not counted yet."""

    sent_g: int
    received_g: int | None
    activity_date: date


@transaction.atomic
def count_link(*, batch: Batch, link: ChainLink, load: Load, user: Any, now: datetime) -> LinkCount:
    """Write what went over a link.

    :raises MemberOfAnotherChain: when the link is of another chain.
    :raises ImpossibleCount: when a weight cannot be.
    """
    if link.chain_id != batch.chain_id:
        raise MemberOfAnotherChain(f"{link} is not in {batch.chain}")
    if not 1 <= load.sent_g <= LARGEST_BATCH_G:
        raise ImpossibleCount(f"{load.sent_g} g")
    if load.received_g is not None and not 0 <= load.received_g <= LARGEST_BATCH_G:
        raise ImpossibleCount(f"{load.received_g} g")
    return LinkCount.objects.create(
        batch=batch,
        link=link,
        sent_g=load.sent_g,
        received_g=load.received_g,
        activity_date=load.activity_date,
        recorded_by=user,
        recorded_at=now,
    )
