"""Work and disclosure through the public door: the rule, not the worked case."""

from decimal import Decimal as D  # noqa: N817
from typing import Any

import pytest

from ketens.domain.api import CALCULATIONS, CalculationRefused, calculate


def values(name: str, **inputs: Any) -> Any:
    return calculate(name, inputs).values


def block(**changes: Any) -> D:
    given = {"block": 30_000, "hours": 30, "months": 12} | changes
    return values("block_value", **given)["eur"]


def test_a_block_counts_to_full_time_and_to_its_longest_duration():
    assert block() == 25_000
    assert block(hours=44) == 30_000
    assert block(fulltime_hours=40) == 22_500
    for cap in ("max_months", "cap_months", "cap"):
        assert block(months=30, **{cap: 24}) == 50_000
    assert round(block(months=12, max_months=24, months_before=20), 6) == D("8333.333333")
    assert block(months=6, bonus=10_000) == 22_500
    assert block(months=6, bonus=10_000, bonus_prorated=True) == D("12500") + D(10_000) * 5 / 12
    assert values("block_value", block=5_000, hours=36, weeks=26)["eur"] == 2_500
    assert values("block_value", block=100, unit="hour", quantity=12)["eur"] == 1_200
    assert values("block_value", block=1, unit="invoice", invoice_eur="1250.50")["eur"] == D(
        "1250.5"
    )


def test_blocks_are_stacked_until_the_obligation_is_met():
    blocks = [
        {"block": 40_000, "hours": 24, "months": 9},
        {"eur": 15_000, "status": "claimed"},
        {"eur": 99_000, "status": "rejected"},
    ]
    state = values("obligation", contract_eur=800_000, pct=5, blocks=blocks)
    assert state == {
        "obligation_eur": 40_000,
        "accepted_eur": 20_000,
        "waiting_eur": 15_000,
        "remaining_eur": 20_000,
        "surplus_eur": 0,
        "met": False,
    }
    for told in ({"share": "0.05"}, {"pct": "0.05"}, {"percentage": 5}, {}):
        for blocks in ([{"eur": 6_000}], [2_000, "4000"]):
            met = values("obligation", contract_eur=100_000, blocks=blocks, **told)
            assert (met["met"], met["surplus_eur"]) == (True, 1_000)
    assert values("obligation", contract_eur=100_000)["remaining_eur"] == 5_000


def test_hours_are_full_time_jobs_of_three_kinds_and_agreement_jobs():
    found = values("full_time_equivalents", hours=[24, 12])
    assert (found["fte_36"], found["fte_40"]) == (1, D("0.9"))
    assert found["fte_38"] == D(36) / 38
    assert found["agreement_jobs"] == D(36) / D("25.5")
    month = values("full_time_equivalents", hours_month=156, base=36)
    assert month["fte_36"] == 1
    assert values("agreement_jobs", hours="25.5")["sum"] == 1
    assert values("net_new_jobs", placements=7, baseline=9)["net_new_jobs"] == -2


def test_retention_counts_those_who_began_long_enough_ago():
    placements = [
        {"began": "2025-01-15"},
        {"began": "2025-02-01", "ended": "2025-07-31"},
        {"began": "2026-10-01"},
    ]
    found = values("retention", placements=placements, today="2026-11-20")
    assert found["after_6"] == {"kept": 1, "of": 2, "share": D("0.5")}
    assert found["after_12"]["of"] == 2
    three = values("retention", placements=placements, today="2026-11-20", months=[1])
    assert three["after_1"] == {"kept": 3, "of": 3, "share": 1}


def test_people_are_shown_when_enough_of_them_work_for_enough_employers():
    assert values("publishable_count", n=12, employers=3) == {
        "shown": 10,
        "withheld": None,
        "text": None,
    }
    few = values("publishable_count", n=9, employers=3)
    assert (few["withheld"], few["text"]) == ("few_people", "<10")
    assert values("publishable_count", n=40, employers=2)["withheld"] == "few_employers"
    large = values("publishable_count", n=40, by_employer=[80, 10, 10])
    assert large["withheld"] == "dominance"
    village = values("publishable_count", n=400, employers=9, ground="village")
    assert village["withheld"] == "small_ground"


def test_tables_without_names_and_lines_are_suppressed_too():
    table = values("table_suppression", rows=[[14, 4, 22], [31, 17, 12]])
    assert table["primary"] == ["1/2"]
    assert table["published"]["2"] == ["x", "x", 12]
    line = values("line_suppression", n=[40, 3, 12])
    assert line == {"published": [40, "x", "x"], "total": 55}
    assert values("line_suppression", n=[3, 0])["total"] is None
    assert values("rounding", n=[12, 13], base=5)["rounded"] == [10, 15]


@pytest.mark.parametrize(
    ("name", "inputs", "code"),
    [
        ("block_value", {"hours": 24}, "missing"),
        ("block_value", {"block": -1, "hours": 24}, "negative"),
        ("block_value", {"block": 1, "hours": 0}, "implausible"),
        ("block_value", {"block": 1, "hours": 300}, "implausible"),
        ("block_value", {"block": 1, "hours": 24, "unit": "dag"}, "implausible"),
        ("obligation", {"contract": 0}, "zero"),
        ("obligation", {"contract": 9, "pct": 101}, "implausible"),
        ("agreement_jobs", {"hours": [3, -1]}, "negative"),
        ("sroi", {"n": 1, "proxy_eur": 1, "deadweight": 2, "input_eur": 1}, "above_one"),
        ("sroi", {"n": 1, "proxy_eur": 1, "input_eur": 0}, "zero"),
        ("sroi", {"n": 1, "proxy_eur": 1, "input_eur": 1, "years": 0}, "implausible"),
        ("rounding", {"n": [1], "base": 0}, "zero"),
        ("rounding", {"n": [-1]}, "negative"),
        ("rounding", {"n": ["1.5"]}, "not_whole"),
        ("table_suppression", {"rows": {"a": [1, 2], "b": [1]}}, "not_a_list"),
        ("table_suppression", {"rows": {"a": [1, 2]}, "cols": ["x"]}, "not_a_list"),
        ("table_suppression", {"rows": "veel"}, "not_a_list"),
        ("retention", {"placements": [{"began": "gisteren"}], "today": "2026-01-01"}, "not_a_day"),
        ("publishable_count", {"n": 12, "employers": 3, "ground": "straat"}, "implausible"),
    ],
)
def test_what_cannot_be_is_refused(name: str, inputs: dict[str, Any], code: str):
    with pytest.raises(CalculationRefused) as refused:
        calculate(name, inputs)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("name", "plain", "other"),
    [
        ("block_value", {"block": 36_000, "hours": 18, "months": 6}, given)
        for given in (
            {"block_eur": 36_000, "hours_week": 18, "months": 6},
            {"block_value": 36_000, "hours_per_week": 18, "months": 6},
            {"block_value_eur": 36_000, "hours": 18, "months": 6, "fulltime_hours": 36},
            {"value": 36_000, "hours": 18, "months": 6, "full_time_hours": 36},
            {"block": 36_000, "hours": 18, "weeks": 26, "fulltime": 36},
            {"block": 36_000, "hours": 20, "months": 6, "base": 40},
            {"block": 36_000, "hours": 18, "months": 9, "cap": 12, "months_before": 6},
            {"block": 36_000, "hours": 18, "months": 9, "cap": 12, "months_used": 6},
            {"block": 18_000, "hours": 18, "bonuses": [0, 0]},
            {"block": 0, "hours": 18, "bonus_eur": 9_000},
            {"block": 100, "unit": "hour", "quantity": 90},
            {"block": 1, "unit": "invoice", "invoice_eur": 9_000},
        )
    ]
    + [
        ("obligation", {"contract": 200_000, "pct": 5, "blocks": [4_000]}, given)
        for given in (
            {"contract_eur": 200_000, "percentage": 5, "blocks": [{"eur": 4_000}]},
            {"contract_value_eur": 200_000, "percent": 5, "blocks": [{"value_eur": 4_000}]},
            {"contract_value": 200_000, "share": "0.05", "blocks": [{"euro": 4_000}]},
            {"contract": 200_000, "blocks": [{"block": 4_000, "hours": 36, "status": "accepted"}]},
        )
    ]
    + [
        ("full_time_equivalents", {"hours": [18]}, given)
        for given in (
            {"hours_week": 18},
            {"hours_per_week": [9, 9]},
            {"hours_month": 78},
            {"hours_per_month": 78, "months": 1},
            {"paid_hours": 156, "months": 2},
        )
    ]
    + [
        ("net_new_jobs", {"placements": 7, "at_baseline": 2}, {"jobs": 7, "baseline": 2}),
        ("rounding", {"n": [50]}, {"x": [50]}),
        ("rounding", {"n": [3], "base": 5}, {"counts": [3], "rounding": 5}),
        ("dominance", {"x": [1, 2, 9]}, {"amounts": [1, 2, 9], "limit": "0.30"}),
        ("line_suppression", {"n": [40, 3, 12]}, {"x": [40, 3, 12], "threshold": 10}),
        ("line_suppression", {"n": [40, 3, 12]}, {"counts": [40, 3, 12]}),
        ("publishable_count", {"n": 12, "employers": 3}, {"people": 12, "employers": 3}),
        ("publishable_count", {"n": 12, "employers": 3}, {"persons": 12, "by_employer": [1, 1, 1]}),
        ("table_suppression", {"rows": [[14, 4], [31, 17]]}, {"table": [[14, 4], [31, 17]]}),
        (
            "table_suppression",
            {"rows": {"a": [14, 4], "b": [31, 17]}, "cols": ["x", "y"]},
            {"counts": {"a": [14, 4], "b": [31, 17]}, "columns": ["x", "y"], "threshold": 10},
        ),
        (
            "sroi",
            {"n": 8, "proxy_eur": 9, "deadweight": "0.1", "input_eur": 5, "discount": "0.035"},
            {"count": 8, "proxy": 9, "dw": "0.1", "input": 5, "years": 1},
        ),
        (
            "sroi",
            {"n": 8, "v": 9, "disp": "0.2", "attribution": "0.3", "investment_eur": 5, "years": 2}
            | {"drop": "0.5", "r": "0.1"},
            {
                "n": 8,
                "proxy_eur": 9,
                "displacement": "0.2",
                "attribution_to_others": "0.3",
                "input_eur": 5,
                "years": 2,
                "drop_off": "0.5",
                "discount_rate": "0.1",
            },
        ),
    ],
)
def test_a_quantity_may_be_named_in_other_ways(
    name: str, plain: dict[str, Any], other: dict[str, Any]
):
    assert values(name, **plain) == values(name, **other)


@pytest.mark.parametrize(
    ("name", "inputs", "params"),
    [
        ("block_value", {"hours": 24}, {"name": "block"}),
        ("agreement_jobs", {"hours_week": [3, -1]}, {"name": "hours_week"}),
        ("rounding", {"n": [1], "base": 0}, {"name": "base"}),
        ("rounding", {"n": [-1]}, {"name": "n", "value": "-1"}),
        ("rounding", {"n": ["1.5"]}, {"name": "n", "value": "1.5"}),
        ("table_suppression", {"rows": {"a": [1, 2], "b": [1]}}, {"name": "rows"}),
        ("table_suppression", {"rows": [[1, 2]], "cols": ["x"]}, {"name": "cols"}),
        ("retention", {"placements": [{"began": "x"}], "today": "2026-01-01"}, {"value": "x"}),
    ],
)
def test_a_refusal_names_what_is_wrong(name: str, inputs: dict[str, Any], params: dict[str, str]):
    with pytest.raises(CalculationRefused) as refused:
        calculate(name, inputs)
    assert refused.value.params == params


def test_units_and_extra_results_are_told():
    found = calculate("sroi", {"n": 22, "proxy_eur": 1, "discount": 0, "input_eur": 2})
    assert found.unit == {"ratio": "1", "pv": "eur"}
    assert (found.values["ratio"], found.values["net_ratio"]) == (11, 10)
    assert found.values["needs_review"]
    assert set(found.values["sensitivity"]["deadweight"]) == {"low", "high"}
    assert found.provenance.method_section == "Social work"
    assert calculate("dominance", {"x": [1]}).unit == {"share": "1"}
    assert calculate("rounding", {"n": [1]}).provenance.method_section == "Disclosure"
    assert calculate(
        "retention", {"placements": [{"began": "2026-01-01"}], "today": "2026-01-02"}
    ).unit == {"share": "1"}
    for name, unit in (
        ("block_value", "eur"),
        ("obligation", "eur"),
        ("agreement_jobs", "job"),
        ("full_time_equivalents", "fte"),
        ("net_new_jobs", "job"),
        ("table_suppression", "person"),
        ("line_suppression", "person"),
        ("publishable_count", "person"),
        ("rounding", "person"),
    ):
        assert CALCULATIONS[name].unit == unit
