"""Social return in building blocks (bouwblokken), and obligations of contracts.

A block's value is an *effort value*: a number that a municipality agreed to count with.
It is not spent on anybody, not turnover and not impact, so it has a type of its own and
never adds up with money or with the social value of an SROI.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

WEEKS_PER_YEAR = Decimal(52)
MONTHS_PER_YEAR = Decimal(12)


class BlockRefused(ValueError):
    """A block that this obligation cannot be met with; the text is a short code."""


class BlockUnit(StrEnum):
    """What a block is counted by."""

    YEAR = "year"
    FULL_TIME_YEAR = "fte_year"
    BONUS = "bonus"
    HOUR = "hour"
    DAY = "day"
    INVOICE = "invoice"


COUNTED_BY_TIME = (BlockUnit.YEAR, BlockUnit.FULL_TIME_YEAR)


class BlockStatus(StrEnum):
    """The way of a block; only an accepted one counts."""

    PLANNED = "planned"
    CLAIMED = "claimed"
    EVIDENCED = "evidenced"
    ACCEPTED = "accepted"
    REJECTED = "rejected"


NEXT_STATUSES = {
    BlockStatus.PLANNED: (BlockStatus.CLAIMED,),
    BlockStatus.CLAIMED: (BlockStatus.EVIDENCED,),
    BlockStatus.EVIDENCED: (BlockStatus.ACCEPTED, BlockStatus.REJECTED),
    BlockStatus.ACCEPTED: (),
    BlockStatus.REJECTED: (BlockStatus.EVIDENCED,),
}


@dataclass(frozen=True, slots=True)
class EffortValue:
    """Euros of social return; adds up with its own kind only."""

    euro: Decimal

    def __add__(self, other: "EffortValue") -> "EffortValue":
        if type(other) is not EffortValue:
            raise TypeError("social return adds up with social return only")
        return EffortValue(self.euro + other.euro)


@dataclass(frozen=True, slots=True)
class Block:
    """A block of one region; ``euro`` is None until a coordinator filled it in."""

    region: str
    key: str
    euro: Decimal | None
    unit: BlockUnit = BlockUnit.YEAR
    full_time_hours: Decimal = Decimal(36)
    max_months: Decimal | None = None
    tenders_from: date | None = None
    tenders_until: date | None = None
    is_bonus_prorated: bool = False
    is_example: bool = False


@dataclass(frozen=True, slots=True)
class Effort:
    """What was done: hours a week over months, or weeks for an internship."""

    hours_per_week: Decimal
    months: Decimal | None = None
    weeks: Decimal | None = None
    months_before: Decimal = Decimal(0)
    bonuses: tuple[Decimal, ...] = ()
    quantity: Decimal | None = None


@dataclass(frozen=True, slots=True)
class StackedObligation:
    """How far blocks reach; what is not accepted yet stands apart."""

    due: EffortValue
    accepted: EffortValue
    waiting: EffortValue
    remaining: EffortValue
    surplus: EffortValue

    @property
    def is_met(self) -> bool:
        """Whether accepted blocks reach the obligation."""
        return self.remaining.euro == 0


def block_value(block: Block, effort: Effort) -> EffortValue | None:
    """Return what an effort counts for: value x hours / full time x months / 12 + bonuses.

    Hours above full time count as full time. Months above the block's maximum do not
    count, months of the same placement before this effort included.

    :return: None when the region has not filled in the block's value.
    :raises BlockRefused: when hours, months or the quantity cannot be.
    """
    if block.euro is None:
        return None
    if block.unit in (BlockUnit.HOUR, BlockUnit.DAY, BlockUnit.INVOICE, BlockUnit.BONUS):
        return EffortValue(block.euro * _quantity(block, effort))
    hours_share = _share_of_full_time(block, effort.hours_per_week)
    year_share = _share_of_year(block, effort)
    bonuses = sum(effort.bonuses, Decimal(0))
    if block.is_bonus_prorated:
        bonuses *= hours_share * year_share
    return EffortValue(block.euro * hours_share * year_share + bonuses)


def counted_months(months: Decimal, *, max_months: Decimal | None, before: Decimal) -> Decimal:
    """Return the months that still count of a placement that already had some."""
    if max_months is None:
        return months
    return max(Decimal(0), min(months, max_months - before))


def check_block(block: Block, *, region: str, tender_date: date) -> None:
    """Refuse a block of another region, or of tenders on other days.

    :raises BlockRefused: ``other_region`` or ``other_tender_date``.
    """
    if block.region != region:
        raise BlockRefused("other_region")
    too_early = block.tenders_from is not None and tender_date < block.tenders_from
    too_late = block.tenders_until is not None and tender_date > block.tenders_until
    if too_early or too_late:
        raise BlockRefused("other_tender_date")


def obligation_value(contract_euro: Decimal, percentage: Decimal) -> EffortValue:
    """Return the obligation of a contract: a percentage of its value without VAT.

    :raises BlockRefused: when the contract is not positive or the percentage no percentage.
    """
    if contract_euro <= 0 or not 0 < percentage <= 100:
        raise BlockRefused("impossible_obligation")
    return EffortValue(contract_euro * percentage / 100)


def stack(due: EffortValue, blocks: Sequence[tuple[BlockStatus, EffortValue]]) -> StackedObligation:
    """Stack blocks until the obligation is met; rejected ones are no part of it."""
    waiting_statuses = (BlockStatus.PLANNED, BlockStatus.CLAIMED, BlockStatus.EVIDENCED)
    accepted = sum(
        (value.euro for status, value in blocks if status is BlockStatus.ACCEPTED), Decimal(0)
    )
    waiting = sum(
        (value.euro for status, value in blocks if status in waiting_statuses), Decimal(0)
    )
    return StackedObligation(
        due=due,
        accepted=EffortValue(accepted),
        waiting=EffortValue(waiting),
        remaining=EffortValue(max(Decimal(0), due.euro - accepted)),
        surplus=EffortValue(max(Decimal(0), accepted - due.euro)),
    )


def check_move(current: BlockStatus, wanted: BlockStatus) -> None:
    """Refuse a step that a block cannot take.

    :raises BlockRefused: ``no_such_step``.
    """
    if wanted not in NEXT_STATUSES[current]:
        raise BlockRefused("no_such_step")


def _share_of_full_time(block: Block, hours_per_week: Decimal) -> Decimal:
    if not 0 < hours_per_week <= 168 or block.full_time_hours <= 0:
        raise BlockRefused("impossible_hours")
    return min(hours_per_week, block.full_time_hours) / block.full_time_hours


def _share_of_year(block: Block, effort: Effort) -> Decimal:
    if (effort.months is None) == (effort.weeks is None):
        raise BlockRefused("months_or_weeks")
    if effort.months is not None:
        if effort.months < 0 or effort.months_before < 0:
            raise BlockRefused("impossible_months")
        counted = counted_months(
            effort.months, max_months=block.max_months, before=effort.months_before
        )
        return counted / MONTHS_PER_YEAR
    weeks = effort.weeks or Decimal(0)
    if weeks < 0:
        raise BlockRefused("impossible_months")
    if block.max_months is not None:
        rest = max(Decimal(0), block.max_months - effort.months_before)
        weeks = min(weeks, rest * WEEKS_PER_YEAR / MONTHS_PER_YEAR)
    return weeks / WEEKS_PER_YEAR


def _quantity(block: Block, effort: Effort) -> Decimal:
    if block.unit is BlockUnit.BONUS and effort.quantity is None:
        return Decimal(1)
    if effort.quantity is None or effort.quantity < 0:
        raise BlockRefused("impossible_quantity")
    return effort.quantity
