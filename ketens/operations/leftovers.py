"""Take down what was left over in a week, in one go: what, how much, where it went."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.text import slugify

from ketens.domain.batches import Counted, Entry
from ketens.models import Batch, Chain, ChainMember, Weighing
from ketens.operations.batches import BatchDraft, Count, count_entry, open_batch

DOUBTFUL_G = 500_000


class LeftoverDoubtful(Exception):
    """More than half a tonne in one week; possible, so the member is asked once more."""


class WeekNotBegun(Exception):
    """What is left over is known from the first day of its week on."""


@dataclass(frozen=True, slots=True)
class Leftover:
    """What was left over of one thing; `made_g` and `sold_g` are told when they are known."""

    what: str
    rung: int
    mass_g: int
    day: date
    weighing: str = Weighing.WEIGHED.value
    made_g: int | None = None
    sold_g: int | None = None
    is_confirmed: bool = False


@transaction.atomic
def count_leftover(*, member: ChainMember, leftover: Leftover, user: Any, now: datetime) -> Batch:
    """Write a residual on the week's batch of this thing, opened when it is not there yet.

    :raises LeftoverDoubtful: above half a tonne, unless confirmed.
    :raises WeekNotBegun: for a day to come.
    :raises ImpossibleCount: when it weighs nothing, less, or above fifty tonnes.
    """
    if leftover.day > now.date():
        raise WeekNotBegun(leftover.day.isoformat())
    is_doubtful = leftover.mass_g > DOUBTFUL_G
    if is_doubtful and not leftover.is_confirmed:
        raise LeftoverDoubtful(f"{leftover.mass_g} g")
    batch = week_batch(member, leftover, user=user, now=now)
    counts = [
        Counted(Entry.IN, leftover.made_g) if leftover.made_g else None,
        Counted(Entry.SOLD, leftover.sold_g) if leftover.sold_g else None,
        Counted(Entry.RESIDUAL, leftover.mass_g, leftover.rung),
    ]
    origin = "declaration, confirmed" if is_doubtful else "declaration"
    for counted in counts:
        if counted is not None:
            count = Count(counted, leftover.weighing, leftover.day, origin)
            count_entry(batch=batch, count=count, user=user, now=now)
    return batch


def week_batch(member: ChainMember, leftover: Leftover, *, user: Any, now: datetime) -> Batch:
    """Return this member's batch of a thing in a week; one at a time opens it."""
    Chain.objects.select_for_update().get(pk=member.chain_id)
    year, week, _day = leftover.day.isocalendar()
    code = f"{year}-W{week:02}-{member.pk}-{slugify(leftover.what)}"[:40]
    found = Batch.objects.filter(chain_id=member.chain_id, code=code).first()
    if found is not None:
        return found
    draft = BatchDraft(code=code, what=leftover.what, made_on=leftover.day)
    return open_batch(chain=member.chain, member=member, draft=draft, user=user, now=now)
