"""Building blocks, obligations, SROI and the PSO self-check."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from ketens.domain.pso import check_pso
from ketens.domain.social_return import (
    Block,
    BlockRefused,
    BlockStatus,
    BlockUnit,
    Effort,
    EffortValue,
    block_value,
    check_block,
    check_move,
    obligation_value,
    stack,
)
from ketens.domain.sroi import SroiInputs, SroiRefused, social_return_on_investment

UTRECHT = Block("utrecht", "participatiewet", Decimal(40000))
HAAGLANDEN_WW = Block("haaglanden", "ww", Decimal(20000), max_months=Decimal(12))
SROI = SroiInputs(
    count=Decimal(8),
    proxy_euro=Decimal(9000),
    deadweight=Decimal("0.25"),
    displacement=Decimal("0.1"),
    attribution_to_others=Decimal("0.3"),
    drop_off=Decimal("0.35"),
    years=3,
    discount_rate=Decimal("0.035"),
    input_euro=Decimal(60000),
)


def test_a_block_counts_by_hours_and_by_months():
    assert block_value(UTRECHT, Effort(Decimal(24), months=Decimal(9))) == EffortValue(
        Decimal(20000)
    )


def test_more_than_full_time_counts_as_full_time():
    assert block_value(UTRECHT, Effort(Decimal(40), months=Decimal(12))) == EffortValue(
        Decimal(40000)
    )


def test_months_above_the_maximum_do_not_count():
    assert block_value(HAAGLANDEN_WW, Effort(Decimal(36), months=Decimal(18))) == EffortValue(
        Decimal(20000)
    )
    later = Effort(Decimal(36), months=Decimal(6), months_before=Decimal(9))
    assert block_value(HAAGLANDEN_WW, later) == EffortValue(Decimal(5000))
    assert block_value(HAAGLANDEN_WW, replace(later, months_before=Decimal(20))) == EffortValue(
        Decimal(0)
    )


def test_an_internship_counts_by_weeks():
    leiden = Block("leiden", "bol", Decimal(10000), full_time_hours=Decimal(40))
    assert block_value(leiden, Effort(Decimal(40), weeks=Decimal(13))) == EffortValue(Decimal(2500))
    capped = replace(leiden, max_months=Decimal(6))
    assert block_value(capped, Effort(Decimal(40), weeks=Decimal(52))) == EffortValue(Decimal(5000))


def test_a_bonus_counts_whole_unless_the_region_counts_it_pro_rata():
    effort = Effort(Decimal(18), months=Decimal(6), bonuses=(Decimal(10000), Decimal(5000)))
    assert block_value(UTRECHT, effort) == EffortValue(Decimal(25000))
    prorated = replace(UTRECHT, is_bonus_prorated=True)
    assert block_value(prorated, effort) == EffortValue(Decimal(13750))


def test_hours_of_help_and_invoices_count_by_the_piece():
    help_hour = Block("utrecht", "uur_hulp", Decimal(100), unit=BlockUnit.HOUR)
    assert block_value(help_hour, Effort(Decimal(0), quantity=Decimal("7.5"))) == EffortValue(
        Decimal(750)
    )
    with pytest.raises(BlockRefused):
        block_value(help_hour, Effort(Decimal(0)))


def test_a_block_that_nobody_filled_in_has_no_value():
    assert block_value(replace(UTRECHT, euro=None), Effort(Decimal(24), months=Decimal(9))) is None


@pytest.mark.parametrize(
    "effort",
    [
        Effort(Decimal(0), months=Decimal(9)),
        Effort(Decimal(169), months=Decimal(9)),
        Effort(Decimal(24)),
        Effort(Decimal(24), months=Decimal(9), weeks=Decimal(4)),
        Effort(Decimal(24), months=Decimal(-1)),
        Effort(Decimal(24), weeks=Decimal(-1)),
    ],
)
def test_an_effort_that_cannot_be_is_refused(effort):
    with pytest.raises(BlockRefused):
        block_value(UTRECHT, effort)


def test_a_block_counts_in_its_own_region_and_for_its_own_tenders():
    block = replace(HAAGLANDEN_WW, tenders_from=date(2023, 7, 1), tenders_until=date(2025, 6, 30))
    check_block(block, region="haaglanden", tender_date=date(2023, 7, 1))
    check_block(block, region="haaglanden", tender_date=date(2025, 6, 30))
    with pytest.raises(BlockRefused, match="other_region"):
        check_block(block, region="noord", tender_date=date(2024, 1, 1))
    for day in (date(2023, 6, 30), date(2025, 7, 1)):
        with pytest.raises(BlockRefused, match="other_tender_date"):
            check_block(block, region="haaglanden", tender_date=day)


def test_only_accepted_blocks_meet_an_obligation():
    due = obligation_value(Decimal(800000), Decimal(5))
    assert due == EffortValue(Decimal(40000))
    blocks = [
        (BlockStatus.ACCEPTED, EffortValue(Decimal(25000))),
        (BlockStatus.EVIDENCED, EffortValue(Decimal(20000))),
        (BlockStatus.REJECTED, EffortValue(Decimal(9000))),
    ]
    result = stack(due, blocks)
    assert (result.accepted.euro, result.waiting.euro) == (Decimal(25000), Decimal(20000))
    assert (result.remaining.euro, result.is_met) == (Decimal(15000), False)
    met = stack(due, [*blocks, (BlockStatus.ACCEPTED, EffortValue(Decimal(20000)))])
    assert (met.remaining.euro, met.surplus.euro, met.is_met) == (Decimal(0), Decimal(5000), True)


@pytest.mark.parametrize(("contract", "percentage"), [(0, 5), (-1, 5), (100, 0), (100, 101)])
def test_an_obligation_that_cannot_be_is_refused(contract, percentage):
    with pytest.raises(BlockRefused):
        obligation_value(Decimal(contract), Decimal(percentage))


def test_nothing_is_accepted_without_evidence():
    check_move(BlockStatus.CLAIMED, BlockStatus.EVIDENCED)
    for current in (BlockStatus.PLANNED, BlockStatus.CLAIMED, BlockStatus.REJECTED):
        with pytest.raises(BlockRefused):
            check_move(current, BlockStatus.ACCEPTED)
    with pytest.raises(BlockRefused):
        check_move(BlockStatus.ACCEPTED, BlockStatus.REJECTED)


def test_effort_value_never_adds_up_with_other_euros():
    assert EffortValue(Decimal(1)) + EffortValue(Decimal(2)) == EffortValue(Decimal(3))
    with pytest.raises(TypeError):
        EffortValue(Decimal(1)) + Decimal(2)


def test_an_investment_ratio_comes_with_its_reductions():
    result = social_return_on_investment(SROI)
    assert result.gross_euro == Decimal(72000)
    assert result.years_euro == (Decimal(34020), Decimal(22113), Decimal("14373.45"))
    assert round(result.present_value_euro, 2) == Decimal("66476.32")
    assert round(result.ratio, 4) == Decimal("1.1079")
    assert round(result.net_euro, 2) == Decimal("6476.32")
    assert not result.needs_review


def test_the_sensitivity_table_moves_every_input_a_quarter_down_and_up():
    rows = {row.name: row for row in social_return_on_investment(SROI).sensitivity}
    assert list(rows) == [
        "proxy_euro",
        "deadweight",
        "displacement",
        "attribution_to_others",
        "drop_off",
    ]
    ratio = social_return_on_investment(SROI).ratio
    assert rows["proxy_euro"].low == ratio * Decimal("0.75")
    assert round(rows["proxy_euro"].high, 20) == round(ratio * Decimal("1.25"), 20)
    # 1 - 0.1875 instead of 1 - 0.25.
    assert round(rows["deadweight"].low, 15) == round(
        ratio / Decimal("0.75") * Decimal("0.8125"), 15
    )
    assert rows["drop_off"].low > ratio > rows["drop_off"].high


def test_a_reduction_never_rises_above_all():
    result = social_return_on_investment(replace(SROI, deadweight=Decimal("0.9")))
    assert {row.name: row for row in result.sensitivity}["deadweight"].high == 0


def test_a_ratio_above_ten_asks_for_a_signature():
    at_ten = replace(
        SROI, drop_off=Decimal(0), years=1, discount_rate=Decimal(0), input_euro=Decimal(3402)
    )
    assert social_return_on_investment(at_ten).ratio == Decimal(10)
    assert not social_return_on_investment(at_ten).needs_review
    assert social_return_on_investment(replace(at_ten, input_euro=Decimal(3401))).needs_review


@pytest.mark.parametrize(
    "change",
    [
        {"deadweight": Decimal("1.1")},
        {"displacement": Decimal("-0.1")},
        {"count": Decimal(-1)},
        {"proxy_euro": Decimal(-1)},
        {"input_euro": Decimal(0)},
        {"discount_rate": Decimal(-1)},
        {"years": 0},
        {"years": 101},
    ],
)
def test_an_investment_that_cannot_be_is_refused(change):
    with pytest.raises(SroiRefused, match=next(iter(change))):
        social_return_on_investment(replace(SROI, **change))


PSO = {
    10: (Decimal("6.7"), Decimal("9.0"), Decimal("15.5")),
    20: (Decimal("5.7"), Decimal("7.3"), Decimal("10.8")),
}


def test_the_self_check_of_a_social_employer_is_indicative():
    result = check_pso(
        employees=12, weighted_people=Decimal(1), indirect_percent=Decimal("0.7"), norms=PSO
    )
    assert round(result.contribution_percent, 4) == Decimal("9.0333")
    assert (result.norm.employees, result.step, result.is_indicative) == (10, 2, True)


def test_a_workforce_below_the_table_gets_no_step():
    result = check_pso(
        employees=1, weighted_people=Decimal(1), indirect_percent=Decimal(0), norms=PSO
    )
    assert (result.step, result.norm) == (None, None)
    with pytest.raises(ValueError, match="workforce"):
        check_pso(employees=0, weighted_people=Decimal(1), indirect_percent=Decimal(0), norms=PSO)
