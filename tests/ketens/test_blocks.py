"""Blocks on obligations: of the right region, each hour once, counted when accepted."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction

from dorpen.register.models import Enterprise
from ketens.domain.social_return import BlockRefused, BlockStatus
from ketens.domain.work import TargetGroup
from ketens.models import (
    Block,
    BlockStep,
    Obligation,
    Placement,
    Region,
    StackedBlock,
    StackedMonth,
)
from ketens.operations.block_lists import load_blocks
from ketens.operations.blocks import (
    Contract,
    Plan,
    Verdict,
    begin_placement,
    close_obligation,
    fill_block,
    forget_placements,
    move_block,
    open_obligation,
    stack_block,
)
from ketens.operations.group_secrets import reveal_group
from ketens.queries.obligations import get_obligation
from tests.builders import build_enterprise

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 20, 10, tzinfo=UTC)
BLOCKS: Path = settings.PROJECT_DIR / "fixtures" / "reference" / "social_return"
JANUARY = date(2026, 1, 1)
NINE_MONTHS = Plan(first_month=JANUARY, months=9, hours_per_week=Decimal(24))


@pytest.fixture
def north() -> Region:
    load_blocks(folder=BLOCKS)
    Region.objects.filter(pk="noord").update(full_time_hours=36)
    return Region.objects.get(pk="noord")


def block(key: str = "participatiewet", euro: int | None = 40_000) -> Block:
    found = Block.objects.select_related("region").get(region_id="noord", key=key)
    if euro is not None:
        fill_block(block=found, cents=euro * 100, source="Besluit 2026-14", user=None)
        found.refresh_from_db()
    return found


def oblige(contractor: Enterprise, region: Region, title: str = "Groenonderhoud") -> Obligation:
    contract = Contract(title, "Gemeente Westerveld", JANUARY, 40_000_000, Decimal(5))
    return open_obligation(
        contractor=contractor, region=region, contract=contract, user=None, now=NOW
    )


def stack(
    obligation: Obligation, of: Block, plan: Plan = NINE_MONTHS, placement: Placement | None = None
) -> StackedBlock:
    return stack_block(
        obligation=obligation, block=of, plan=plan, placement=placement, user=None, now=NOW
    )


def move(stacked: StackedBlock, *verdicts: Verdict) -> None:
    for verdict in verdicts:
        move_block(stacked=stacked, verdict=verdict, user=None, now=NOW)


CLAIMED = Verdict(BlockStatus.CLAIMED)
SEEN = Verdict(BlockStatus.EVIDENCED, evidence="statement")
ACCEPTED = Verdict(BlockStatus.ACCEPTED)
REJECTED = Verdict(BlockStatus.REJECTED, reason="De urenstaat mist twee weken.")


def test_only_an_accepted_block_counts_and_the_rest_waits(north: Region):
    bakery = build_enterprise()
    obligation = oblige(bakery, north)
    stacked = stack(obligation, block())
    move(stacked, CLAIMED, SEEN)
    before = get_obligation(obligation.public_id)
    assert before is not None
    assert (before.due_cents, before.accepted_cents, before.waiting_cents) == (
        2_000_000,
        0,
        2_000_000,
    )
    move(stacked, ACCEPTED)
    after = get_obligation(obligation.public_id)
    assert after is not None
    assert (after.accepted_cents, after.remaining_cents, after.is_met) == (2_000_000, 0, True)
    assert [step.status for step in BlockStep.objects.all()] == [
        "planned",
        "claimed",
        "evidenced",
        "accepted",
    ]


def test_a_block_of_an_example_region_or_another_tender_date_meets_no_obligation(north: Region):
    bakery = build_enterprise()
    obligation = oblige(bakery, north)
    foreign = Block.objects.select_related("region").filter(region_id="utrecht")[0]
    with pytest.raises(BlockRefused, match="other_region"):
        stack(obligation, foreign)
    with pytest.raises(BlockRefused, match="example_region"):
        oblige(bakery, Region.objects.get(pk="utrecht"))
    own = block()
    Block.objects.filter(pk=own.pk).update(tenders_from=date(2026, 6, 1))
    own.refresh_from_db()
    with pytest.raises(BlockRefused, match="other_tender_date"):
        stack(obligation, own)
    assert not StackedBlock.objects.exists()


def test_a_block_without_a_value_can_be_planned_and_not_accepted(north: Region):
    obligation = oblige(build_enterprise(), north)
    stacked = stack(obligation, block(euro=None))
    move(stacked, CLAIMED, SEEN)
    with pytest.raises(BlockRefused, match="no_value"):
        move(stacked, ACCEPTED)
    found = get_obligation(obligation.public_id)
    assert found is not None
    assert found.blocks[0].value_cents is None
    assert found.unvalued == 1


def test_an_hour_counts_under_one_obligation_until_its_block_is_rejected(north: Region):
    bakery = build_enterprise()
    first, second = oblige(bakery, north), oblige(bakery, north, "Catering")
    person = begin_placement(employer=bakery, group=TargetGroup.WAJONG, began_on=JANUARY)
    of = block("banenafspraak")
    held = stack(first, of, NINE_MONTHS, person)
    with pytest.raises(BlockRefused, match="hours_claimed"):
        stack(second, of, Plan(date(2026, 9, 1), 3, Decimal(24)), person)
    assert StackedBlock.objects.count() == 1
    stack(second, of, Plan(date(2026, 10, 1), 3, Decimal(24)), person)
    move(held, CLAIMED, SEEN, REJECTED)
    stack(second, of, Plan(date(2026, 9, 1), 1, Decimal(24)), person)
    with pytest.raises(BlockRefused, match="hours_claimed"):
        move(held, SEEN)
    with pytest.raises(IntegrityError), transaction.atomic():
        StackedMonth.objects.create(stacked=held, placement=person, month=date(2026, 10, 1))


def test_months_above_the_longest_duration_count_for_nothing(north: Region):
    bakery = build_enterprise()
    of = block()
    Block.objects.filter(pk=of.pk).update(max_months=12)
    of.refresh_from_db()
    first, second = oblige(bakery, north), oblige(bakery, north, "Catering")
    with pytest.raises(BlockRefused, match="placement_missing"):
        stack(first, of)
    person = begin_placement(
        employer=bakery, group=TargetGroup.PARTICIPATION_OVER_2_YEARS, began_on=JANUARY
    )
    stack(first, of, NINE_MONTHS, person)
    stack(second, of, Plan(date(2026, 10, 1), 9, Decimal(24)), person)
    later = get_obligation(second.public_id)
    assert later is not None
    # 40.000 x 24/36 x 3/12: nine of twelve months were counted before.
    assert later.blocks[0].value_cents == 666_667


@pytest.mark.parametrize(
    ("plan", "code"),
    [
        (Plan(JANUARY, 9, Decimal(61)), "impossible_hours"),
        (Plan(JANUARY, 9, Decimal(0)), "impossible_hours"),
        (Plan(JANUARY, 0, Decimal(24)), "impossible_months"),
        (Plan(JANUARY, 121, Decimal(24)), "impossible_months"),
        (Plan(JANUARY, None, Decimal(24)), "time_missing"),
    ],
)
def test_an_impossible_effort_is_refused(north: Region, plan: Plan, code: str):
    obligation = oblige(build_enterprise(), north)
    with pytest.raises(BlockRefused, match=code):
        stack(obligation, block(), plan)
    assert not StackedBlock.objects.exists()


def test_a_verdict_needs_what_it_rests_on(north: Region):
    stacked = stack(oblige(build_enterprise(), north), block())
    bare: list[Callable[[], Verdict]] = [
        lambda: Verdict(BlockStatus.EVIDENCED),
        lambda: Verdict(BlockStatus.REJECTED),
    ]
    move(stacked, CLAIMED)
    with pytest.raises(BlockRefused, match="evidence_missing"):
        move(stacked, bare[0]())
    move(stacked, SEEN)
    with pytest.raises(BlockRefused, match="reason_missing"):
        move(stacked, bare[1]())
    with pytest.raises(BlockRefused, match="no_such_step"):
        move(stacked, CLAIMED)


def test_a_filled_block_is_not_changed_and_needs_a_source(north: Region):
    of = block()
    with pytest.raises(BlockRefused, match="already_filled"):
        fill_block(block=of, cents=1, source="Elders", user=None)
    with pytest.raises(BlockRefused, match="no_source"):
        fill_block(block=block("ww", None), cents=100, source=" ", user=None)
    load_blocks(folder=BLOCKS)
    of.refresh_from_db()
    assert of.cents == 4_000_000


def test_a_placement_tells_nothing_and_is_forgotten_two_years_after_closing(north: Region):
    bakery = build_enterprise()
    obligation = oblige(bakery, north)
    person = begin_placement(employer=bakery, group=TargetGroup.WAJONG, began_on=JANUARY)
    assert "WAJONG" not in person.group_secret
    assert reveal_group(person.group_secret) is TargetGroup.WAJONG
    stacked = stack(obligation, block("banenafspraak"), NINE_MONTHS, person)
    assert forget_placements(today=date(2032, 1, 1)) == 0
    close_obligation(obligation=obligation, day=date(2027, 1, 31))
    assert forget_placements(today=date(2029, 1, 30)) == 0
    assert forget_placements(today=date(2029, 1, 31)) == 1
    stacked.refresh_from_db()
    assert stacked.placement_id is None
    assert not StackedMonth.objects.exists()
