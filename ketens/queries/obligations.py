"""Obligations for reading: what is due, what counts, what waits and for whom."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import get_language

from ketens.domain import social_return
from ketens.domain.social_return import (
    COUNTED_BY_TIME,
    NEXT_STATUSES,
    BlockStatus,
    BlockUnit,
    Effort,
    EffortValue,
    StackedObligation,
    block_value,
    obligation_value,
    stack,
)
from ketens.models import (
    Block,
    BlockStep,
    EvidenceKind,
    Obligation,
    Placement,
    Region,
    StackedBlock,
    StackedMonth,
)
from ketens.models.work import STATUS_LABELS

OPEN_STATUSES = (BlockStatus.PLANNED, BlockStatus.CLAIMED, BlockStatus.EVIDENCED)
MONTHS_OF_ALL = dict[int, list[date]]


@dataclass(frozen=True, slots=True)
class StepRow:
    """One step of a block."""

    status_text: str
    evidence_text: str
    reason: str
    moved_at: object


@dataclass(frozen=True, slots=True)
class BlockRow:
    """A block on an obligation; a value of None is not filled in by the region."""

    public_id: UUID
    label: str
    status: str
    status_text: str
    next_statuses: tuple[str, ...]
    value_cents: int | None
    first_month: date | None
    months: int | None
    hours_per_week: Decimal | None
    quantity: Decimal | None
    contractor: str
    obligation_title: str
    steps: tuple[StepRow, ...]


@dataclass(frozen=True, slots=True)
class ObligationView:
    """An obligation with its blocks; cents of social return, which are not money."""

    public_id: UUID
    title: str
    buyer: str
    contractor: str
    contractor_id: int
    region: str
    region_key: str
    tender_date: date
    due_cents: int
    accepted_cents: int
    waiting_cents: int
    remaining_cents: int
    surplus_cents: int
    is_met: bool
    closed_on: date | None
    unvalued: int
    blocks: tuple[BlockRow, ...]

    @property
    def met_percent(self) -> int:
        """How much of what is due is accepted, in whole percents, 100 at most."""
        return min(100, self.accepted_cents * 100 // self.due_cents)


def list_obligations(contractor_id: int | None = None) -> tuple[ObligationView, ...]:
    """Return the obligations of a contractor, or all; five queries however many."""
    rows = Obligation.objects.select_related("contractor", "region").order_by(
        "closed_on", "-tender_date", "-pk"
    )
    if contractor_id is not None:
        rows = rows.filter(contractor_id=contractor_id)
    return _build(rows)


def get_obligation(public_id: UUID, contractor_id: int | None = None) -> ObligationView | None:
    """Return one obligation, of this contractor when one is named."""
    rows = Obligation.objects.filter(public_id=public_id).select_related("contractor", "region")
    if contractor_id is not None:
        rows = rows.filter(contractor_id=contractor_id)
    return next(iter(_build(rows)), None)


def list_fitting_blocks(obligation: ObligationView) -> list[Block]:
    """Return the blocks that may be laid on an obligation, by its region and tender date."""
    rows = Block.objects.filter(region_id=obligation.region_key).select_related("region")
    day = obligation.tender_date
    return [
        block
        for block in rows
        if (block.tenders_from is None or block.tenders_from <= day)
        and (block.tenders_until is None or block.tenders_until >= day)
    ]


def name_block(block: Block) -> str:
    """Return a block's name in the reader's language."""
    return block.label_en if get_language() == "en" else block.label_nl


def rule_of(block: Block) -> social_return.Block:
    """Return a block in the terms of the domain; euros are exact."""
    full_time = block.region.full_time_hours
    rule = social_return.Block(
        region=block.region_id,
        key=block.key,
        euro=None if block.cents is None else Decimal(block.cents) / 100,
        unit=BlockUnit(block.unit),
        max_months=None if block.max_months is None else Decimal(block.max_months),
        tenders_from=block.tenders_from,
        tenders_until=block.tenders_until,
        is_example=block.region.is_example,
    )
    return rule if full_time is None else replace(rule, full_time_hours=full_time)


def value_of(stacked: StackedBlock, months: MONTHS_OF_ALL) -> EffortValue | None:
    """Return what a block counts for, after the months that counted before it.

    None when the region has not filled in the value, or the hours of a full-time job.
    """
    block = stacked.block
    is_by_time = BlockUnit(block.unit) in COUNTED_BY_TIME
    if is_by_time and block.region.full_time_hours is None:
        return None
    before = [
        month
        for month in months.get(stacked.placement_id or 0, [])
        if stacked.first_month and month < stacked.first_month
    ]
    effort = Effort(
        hours_per_week=stacked.hours_per_week or Decimal(0),
        months=None if stacked.months is None else Decimal(stacked.months),
        months_before=Decimal(len(before)),
        quantity=stacked.quantity,
    )
    return block_value(rule_of(block), effort)


def _build(rows: QuerySet[Obligation]) -> tuple[ObligationView, ...]:
    found = list(rows)
    stacked = list(
        StackedBlock.objects.filter(obligation__in=found)
        .select_related("block__region", "obligation__contractor")
        .prefetch_related("steps")
    )
    months = _claimed_months(stacked)
    by_obligation: dict[int, list[StackedBlock]] = defaultdict(list)
    for one in stacked:
        by_obligation[one.obligation_id].append(one)
    return tuple(_build_one(row, by_obligation[row.pk], months) for row in found)


def _claimed_months(stacked: Iterable[StackedBlock]) -> MONTHS_OF_ALL:
    placements = {one.placement_id for one in stacked if one.placement_id}
    found: MONTHS_OF_ALL = defaultdict(list)
    rows = StackedMonth.objects.filter(placement_id__in=placements)
    for placement, month in rows.values_list("placement_id", "month"):
        found[placement].append(month)
    return found


def _build_one(
    row: Obligation, stacked: list[StackedBlock], months: MONTHS_OF_ALL
) -> ObligationView:
    values = [(one, value_of(one, months)) for one in stacked]
    due = obligation_value(Decimal(row.contract_cents) / 100, row.percentage)
    state: StackedObligation = stack(
        due, [(BlockStatus(one.status), value) for one, value in values if value is not None]
    )
    return ObligationView(
        public_id=row.public_id,
        title=row.title,
        buyer=row.buyer,
        contractor=row.contractor.trade_name,
        contractor_id=row.contractor_id,
        region=row.region.title,
        region_key=row.region_id,
        tender_date=row.tender_date,
        due_cents=_cents(state.due),
        accepted_cents=_cents(state.accepted),
        waiting_cents=_cents(state.waiting),
        remaining_cents=_cents(state.remaining),
        surplus_cents=_cents(state.surplus),
        is_met=state.is_met,
        closed_on=row.closed_on,
        unvalued=sum(
            value is None and BlockStatus(one.status) in OPEN_STATUSES for one, value in values
        ),
        blocks=tuple(build_row(one, value) for one, value in values),
    )


def build_row(stacked: StackedBlock, value: EffortValue | None) -> BlockRow:
    """Return a block as a row; its obligation and contractor must be selected with it."""
    status = BlockStatus(stacked.status)
    return BlockRow(
        public_id=stacked.public_id,
        label=name_block(stacked.block),
        status=stacked.status,
        status_text=str(STATUS_LABELS[status]),
        next_statuses=tuple(one.value for one in NEXT_STATUSES[status]),
        value_cents=None if value is None else _cents(value),
        first_month=stacked.first_month,
        months=stacked.months,
        hours_per_week=stacked.hours_per_week,
        quantity=stacked.quantity,
        contractor=stacked.obligation.contractor.trade_name,
        obligation_title=stacked.obligation.title,
        steps=tuple(_build_step(step) for step in stacked.steps.all()),
    )


def _build_step(step: BlockStep) -> StepRow:
    return StepRow(
        status_text=str(STATUS_LABELS[BlockStatus(step.status)]),
        evidence_text=str(EvidenceKind(step.evidence).label) if step.evidence else "",
        reason=step.reason,
        moved_at=step.moved_at,
    )


def _cents(value: EffortValue) -> int:
    return int((value.euro * 100).quantize(Decimal(1), rounding=ROUND_HALF_UP))


def find_obligation(public_id: UUID) -> Obligation:
    """Return an obligation to do something with.

    :raises Obligation.DoesNotExist: when there is none with this id.
    """
    return Obligation.objects.select_related("contractor", "region").get(public_id=public_id)


def find_stacked(public_id: UUID, contractor_id: int | None = None) -> StackedBlock | None:
    """Return a block on an obligation, of this contractor when one is named."""
    rows = StackedBlock.objects.filter(public_id=public_id).select_related("obligation", "block")
    if contractor_id is not None:
        rows = rows.filter(obligation__contractor_id=contractor_id)
    return rows.first()


def find_placement(public_id: str, employer_id: int) -> Placement | None:
    """Return a placement of this employer by its random number, None where none is named."""
    if not public_id:
        return None
    return Placement.objects.get(public_id=public_id, employer_id=employer_id)


def list_placements(employer_id: int) -> list[str]:
    """Return the random numbers of an employer's placements that did not end."""
    rows = Placement.objects.filter(employer_id=employer_id, ended_on__isnull=True)
    return [str(one) for one in rows.order_by("-pk").values_list("public_id", flat=True)[:50]]


def list_waiting() -> tuple[BlockRow, ...]:
    """Return the blocks that wait for a coordinator's word: claimed, or with evidence."""
    waiting = (BlockStatus.CLAIMED.value, BlockStatus.EVIDENCED.value)
    return tuple(row for view in list_obligations() for row in view.blocks if row.status in waiting)


def list_regions() -> list[Region]:
    """Return the regions with their blocks, those that count here first."""
    return list(Region.objects.prefetch_related("blocks").order_by("is_example", "title"))
