"""What each level asks; every rule has a pad that breaks it and nothing else."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from ketens.domain.impactpad.checks import MOST, PadRefused, check_pad
from ketens.domain.impactpad.content import Indicator, Kind, Link, Pad, Step, read_pad, write_pad
from ketens.domain.impactpad.levels import LEVELS, find_level, list_lacks, value
from tests.ketens.impactpad.pads import (
    COMPARISON,
    FULL,
    GOALS,
    INDICATORS,
    LINKS,
    MISSION,
    ROUNDS,
    STEPS,
    TODAY,
    TWICE,
    VALUATION,
    without,
)

ALL = dict.fromkeys(LEVELS)
BROKEN = {
    (1, "no_mission"): without(mission=replace(MISSION, mission="")),
    (1, "no_problem"): without(mission=replace(MISSION, problem="")),
    (1, "no_target_group"): without(mission=replace(MISSION, target_group="")),
    (1, "no_stance_reason"): without(mission=replace(MISSION, stance_reason="")),
    (1, "few_goals"): without(goals=GOALS[:2]),
    (1, "goal_without_target"): without(goals=(*GOALS[:2], replace(GOALS[2], target=""))),
    (2, "loose_step"): without(steps=(*STEPS, Step("s6", Kind.OUTCOME, "Los"))),
    (2, "link_without_assumption"): without(links=(*LINKS[:3], replace(LINKS[3], assumption=""))),
    (2, "link_without_grade"): without(links=(*LINKS[:3], replace(LINKS[3], grade=None))),
    (3, "goal_without_indicator"): without(goals=(*GOALS[:2], replace(GOALS[2], indicator=""))),
    (3, "indicator_without_unit"): without(
        indicators=(INDICATORS[0], replace(INDICATORS[1], unit=""))
    ),
    (3, "indicator_without_source"): without(
        indicators=(INDICATORS[0], replace(INDICATORS[1], source=""))
    ),
    (3, "indicator_without_baseline"): without(
        indicators=(INDICATORS[0], replace(INDICATORS[1], baseline=None))
    ),
    (3, "indicator_without_target"): without(
        indicators=(replace(INDICATORS[0], target=None), INDICATORS[1])
    ),
    (4, "comparison_without_how"): without(comparison=replace(COMPARISON, how="")),
    (4, "comparison_without_value"): without(comparison=replace(COMPARISON, without=None)),
    (5, "valuation_without"): without(valuation=replace(VALUATION, deadweight=None)),
    (5, "proxy_without_source"): without(valuation=replace(VALUATION, proxy_date=None)),
    (5, "input_without_source"): without(valuation=replace(VALUATION, input_source="")),
    (5, "valuation_refused"): without(valuation=replace(VALUATION, drop_off=Decimal(2))),
}


@pytest.mark.parametrize("level", LEVELS)
def test_a_whole_pad_misses_nothing(level: int):
    assert list_lacks(level, FULL, TWICE) == ()


@pytest.mark.parametrize(("level", "code"), BROKEN)
def test_a_level_names_exactly_what_misses(level: int, code: str):
    broken = BROKEN[level, code]
    assert [one.code for one in list_lacks(level, broken, TWICE)] == [code]
    assert find_level(broken, TWICE, ALL, today=TODAY) == level - 1


def test_an_empty_pad_says_everything_that_level_one_asks():
    codes = [one.code for one in list_lacks(1, Pad(), {})]
    assert codes == [
        "no_mission", "no_problem", "no_target_group", "no_stance", "no_stance_reason", "few_goals",
    ]  # fmt: skip


def test_a_graph_that_is_cut_in_two_is_not_connected():
    cut = without(links=LINKS[:2] + LINKS[3:])
    assert [one.what for one in list_lacks(2, cut, TWICE)] == [step.text for step in STEPS]


def test_one_measurement_is_too_few_and_is_counted():
    (lack,) = list_lacks(3, FULL, {"i1": 1, "i2": 2})
    assert (lack.code, lack.what, lack.count) == ("few_rounds", "Brood dat over is", 1)


def test_levels_go_in_order_and_a_proof_that_ran_out_takes_those_above_with_it():
    assert find_level(FULL, TWICE, ALL, today=TODAY) == 5
    assert find_level(FULL, TWICE, {1: None, 3: None}, today=TODAY) == 1
    yesterday = TODAY - timedelta(days=1)
    assert find_level(FULL, TWICE, ALL | {2: yesterday}, today=TODAY) == 1
    assert find_level(FULL, TWICE, ALL | {2: TODAY}, today=TODAY) == 5


def test_a_value_is_the_sroi_with_its_table():
    found = value(FULL)
    assert found is not None
    # 900 x 2,50 x 0,8 x 0,9 x 0,7 = 1.134; the second year half; discounted at 2,25%.
    expected = Decimal(1134) / Decimal("1.0225") + Decimal(567) / Decimal("1.0225") ** 2
    assert found.present_value_euro == pytest.approx(expected)
    assert [row.name for row in found.sensitivity] == [
        "proxy_euro", "deadweight", "displacement", "attribution_to_others", "drop_off",
    ]  # fmt: skip
    assert value(without(valuation=replace(VALUATION, years=None))) is None


def test_a_pad_comes_back_from_json_as_it_went():
    assert read_pad(write_pad(FULL)) == replace(
        FULL, comparison=replace(COMPARISON, without=Decimal(25))
    )
    assert read_pad({}) == Pad()


REFUSED = {
    "link_goes_back": without(links=(*LINKS, Link("s4", "s2"))),
    "link_twice": without(links=(*LINKS, LINKS[0])),
    "step_in_use": without(steps=STEPS[:4]),
    "indicator_in_use": without(indicators=INDICATORS[:1]),
    "feed_is_never_typed": without(rounds=(replace(ROUNDS[0], indicator="i1"),)),
    "round_twice": without(rounds=(ROUNDS[0], ROUNDS[0])),
    "response_above_n": without(rounds=(replace(ROUNDS[0], response=41),)),
    "too_many_goals": without(goals=GOALS * 2),
    "too_many_indicators": without(
        indicators=tuple(Indicator(f"i{n}", "x") for n in range(MOST["indicators"] + 1))
    ),
}


@pytest.mark.parametrize("code", REFUSED)
def test_a_pad_that_contradicts_itself_is_refused(code: str):
    with pytest.raises(PadRefused) as refused:
        check_pad(REFUSED[code])
    assert refused.value.lack.code == code


def test_steps_of_one_kind_may_lead_to_each_other_but_in_no_circle():
    steps = (*STEPS, Step("s6", Kind.OUTCOME, "Meer mensen bestellen"))
    forth = (*LINKS, Link("s4", "s6"))
    check_pad(without(steps=steps, links=forth))
    with pytest.raises(PadRefused, match="link_circle"):
        check_pad(without(steps=steps, links=(*forth, Link("s6", "s4"))))
