"""Lay blocks on an obligation, move them on, and fill in what a block counts for."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction

from dorpen.register.models import Enterprise
from ketens.domain import social_return
from ketens.domain.social_return import COUNTED_BY_TIME, BlockRefused, BlockStatus, BlockUnit
from ketens.domain.work import TargetGroup, months_later
from ketens.models import (
    Block,
    BlockStep,
    Obligation,
    Placement,
    Region,
    StackedBlock,
    StackedMonth,
)
from ketens.operations.group_secrets import hide_group
from ketens.queries.obligations import rule_of

FORGET_AFTER_MONTHS = 24
LONGEST_EFFORT_MONTHS = 120


@dataclass(frozen=True, slots=True)
class Contract:
    """What was tendered: value without VAT, the share asked, and the day of the tender."""

    title: str
    buyer: str
    tender_date: date
    contract_cents: int
    percentage: Decimal


@dataclass(frozen=True, slots=True)
class Plan:
    """What a contractor lays on an obligation: time, or hours, days or euros without VAT.

    A `group` begins a new placement, where none is named.
    """

    first_month: date | None = None
    months: int | None = None
    hours_per_week: Decimal | None = None
    quantity: Decimal | None = None
    group: TargetGroup | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """The next status of a block, with what was seen and why."""

    status: BlockStatus
    evidence: str = ""
    reason: str = ""


def open_obligation(
    *, contractor: Enterprise, region: Region, contract: Contract, user: Any, now: datetime
) -> Obligation:
    """Write down what a contract asks of a contractor.

    :raises BlockRefused: ``example_region``, or ``impossible_obligation``.
    """
    if region.is_example:
        raise BlockRefused("example_region")
    social_return.obligation_value(Decimal(contract.contract_cents) / 100, contract.percentage)
    return Obligation.objects.create(
        contractor=contractor,
        region=region,
        title=contract.title,
        buyer=contract.buyer,
        tender_date=contract.tender_date,
        contract_cents=contract.contract_cents,
        percentage=contract.percentage,
        opened_by=user,
        opened_at=now,
    )


def begin_placement(*, employer: Enterprise, group: TargetGroup, began_on: date) -> Placement:
    """Make a random number for one working relation; its group is encrypted."""
    return Placement.objects.create(
        employer=employer, group_secret=hide_group(group), began_on=began_on
    )


@transaction.atomic
def stack_block(
    *,
    obligation: Obligation,
    block: Block,
    plan: Plan,
    placement: Placement | None,
    user: Any,
    now: datetime,
) -> StackedBlock:
    """Plan a block on an obligation.

    :raises BlockRefused: ``closed``, ``other_region``, ``other_tender_date``,
        ``placement_missing``, ``placement_elsewhere``, ``hours_claimed`` when a month of the
        placement counts under an obligation already, or an impossible effort.
    """
    if obligation.closed_on is not None:
        raise BlockRefused("closed")
    social_return.check_block(
        rule_of(block), region=obligation.region_id, tender_date=obligation.tender_date
    )
    check_plan(block, plan)
    if placement is None and plan.group is not None and plan.first_month is not None:
        placement = begin_placement(
            employer=obligation.contractor, group=plan.group, began_on=plan.first_month
        )
    check_placement(obligation, block, plan, placement)
    stacked = StackedBlock.objects.create(
        obligation=obligation,
        block=block,
        placement=placement,
        first_month=plan.first_month and plan.first_month.replace(day=1),
        months=plan.months,
        hours_per_week=plan.hours_per_week,
        quantity=plan.quantity,
    )
    claim_months(stacked)
    write_step(stacked, Verdict(BlockStatus.PLANNED), user=user, now=now)
    return stacked


@transaction.atomic
def move_block(*, stacked: StackedBlock, verdict: Verdict, user: Any, now: datetime) -> None:
    """Move a block to its next status; a rejected one gives its months free again.

    :raises BlockRefused: ``no_such_step``, ``evidence_missing``, ``reason_missing``,
        ``hours_claimed``, or ``no_value`` when it would count for an unknown amount.
    """
    held = StackedBlock.objects.select_for_update().select_related("block").get(pk=stacked.pk)
    was = BlockStatus(held.status)
    social_return.check_move(was, verdict.status)
    if verdict.status is BlockStatus.EVIDENCED and not verdict.evidence:
        raise BlockRefused("evidence_missing")
    if verdict.status is BlockStatus.REJECTED and not verdict.reason.strip():
        raise BlockRefused("reason_missing")
    if verdict.status is BlockStatus.ACCEPTED and held.block.cents is None:
        raise BlockRefused("no_value")
    if verdict.status is BlockStatus.REJECTED:
        held.claimed.all().delete()
    if was is BlockStatus.REJECTED:
        claim_months(held)
    held.status = verdict.status.value
    held.save(update_fields=["status"])
    write_step(held, verdict, user=user, now=now)


def fill_block(*, block: Block, cents: int, source: str, user: Any) -> None:
    """Fill in what a block counts for, with where that is written.

    :raises BlockRefused: ``no_source``, or ``already_filled``: a block that counts is not
        changed, since obligations were met with it.
    """
    if not source.strip() or cents <= 0:
        raise BlockRefused("no_source")
    filled = Block.objects.filter(pk=block.pk, cents__isnull=True).update(
        cents=cents, source=source.strip(), filled_by=user
    )
    if not filled:
        raise BlockRefused("already_filled")


def fill_region(*, region: Region, full_time_hours: Decimal) -> None:
    """Fill in of how many hours a week a full-time job is in a region, once.

    :raises BlockRefused: ``impossible_hours`` or ``already_filled``.
    """
    if not 20 <= full_time_hours <= 48:
        raise BlockRefused("impossible_hours")
    rows = Region.objects.filter(pk=region.pk, is_example=False, full_time_hours__isnull=True)
    if not rows.update(full_time_hours=full_time_hours):
        raise BlockRefused("already_filled")


def close_obligation(*, obligation: Obligation, day: date) -> None:
    """Close an obligation; two years later its placements are forgotten."""
    Obligation.objects.filter(pk=obligation.pk, closed_on__isnull=True).update(closed_on=day)


@transaction.atomic
def forget_placements(*, today: date) -> int:
    """Delete the placements whose obligations all closed 24 months ago; return how many.

    The blocks stay, with their value; only the number that ties months together goes.
    """
    limit = months_later(today, -FORGET_AFTER_MONTHS)
    kept = StackedBlock.objects.exclude(
        obligation__closed_on__isnull=False, obligation__closed_on__lte=limit
    )
    old = Placement.objects.exclude(stacked__in=kept).filter(stacked__isnull=False)
    loose = Placement.objects.filter(
        stacked__isnull=True, began_on__lte=limit - timedelta(days=365)
    )
    found = set(old.values_list("pk", flat=True)) | set(loose.values_list("pk", flat=True))
    Placement.objects.filter(pk__in=found).delete()
    return len(found)


def check_plan(block: Block, plan: Plan) -> None:
    """Refuse an effort that cannot be, or that is not what the block counts.

    :raises BlockRefused: ``time_missing``, ``impossible_hours``, ``impossible_months`` or
        ``impossible_quantity``.
    """
    if BlockUnit(block.unit) not in COUNTED_BY_TIME:
        if plan.quantity is None or plan.quantity <= 0:
            raise BlockRefused("impossible_quantity")
        return
    if plan.first_month is None or plan.months is None or plan.hours_per_week is None:
        raise BlockRefused("time_missing")
    if not 0 < plan.hours_per_week <= 60:
        raise BlockRefused("impossible_hours")
    if not 1 <= plan.months <= LONGEST_EFFORT_MONTHS:
        raise BlockRefused("impossible_months")


def check_placement(
    obligation: Obligation, block: Block, plan: Plan, placement: Placement | None
) -> None:
    """Refuse a block with a longest duration that has no placement, and another's placement.

    :raises BlockRefused: ``placement_missing`` or ``placement_elsewhere``.
    """
    if placement is None:
        if block.max_months is not None and BlockUnit(block.unit) in COUNTED_BY_TIME:
            raise BlockRefused("placement_missing")
        return
    if placement.employer_id != obligation.contractor_id:
        raise BlockRefused("placement_elsewhere")


def claim_months(stacked: StackedBlock) -> None:
    """Take the months of a placement for this block.

    :raises BlockRefused: ``hours_claimed`` when one of them counts elsewhere.
    """
    if stacked.placement_id is None or stacked.first_month is None:
        return
    months = [months_later(stacked.first_month, step) for step in range(stacked.months or 0)]
    try:
        with transaction.atomic():
            StackedMonth.objects.bulk_create(
                StackedMonth(stacked=stacked, placement_id=stacked.placement_id, month=month)
                for month in months
            )
    except IntegrityError as error:
        raise BlockRefused("hours_claimed") from error


def write_step(stacked: StackedBlock, verdict: Verdict, *, user: Any, now: datetime) -> None:
    """Note who moved a block, and why."""
    BlockStep.objects.create(
        stacked=stacked,
        status=verdict.status.value,
        evidence=verdict.evidence,
        reason=verdict.reason,
        moved_by=user,
        moved_at=now,
    )
