"""Every worked example comes out of the public door, to the last digit that it prints."""

import json
from decimal import ROUND_HALF_UP, Decimal
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from tests.ketens.domain.examples import EXAMPLES, Example


def run_file(folder: Path, items: list[Any]) -> tuple[list[Any], int]:
    """Run the command over a file; return its answers and exit code."""
    path = folder / "calculations.json"
    path.write_text(json.dumps(items), encoding="utf-8")
    out, code = StringIO(), 0
    try:
        call_command("calculate", str(path), stdout=out)
    except SystemExit as stop:
        code = int(stop.code or 0)
    return json.loads(out.getvalue()), code


def agrees(got: Any, expected: Any) -> bool:
    """Tell whether a printed value is the expected one in the digits of the latter."""
    if isinstance(expected, list):
        return len(got) == len(expected) and all(map(agrees, got, expected))
    try:
        digits = Decimal(expected)
    except (ArithmeticError, TypeError, ValueError):
        return bool(got == expected)
    return Decimal(got).quantize(digits, rounding=ROUND_HALF_UP) == digits


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.id)
def test_a_worked_example_comes_out(example: Example, tmp_path: Path) -> None:
    item = {"calculation": example.calculation, "inputs": example.inputs}
    [answer], code = run_file(tmp_path, [item])
    assert code == 0, answer
    for name, expected in example.expected.items():
        assert agrees(answer["result"][name], expected), (name, answer["result"][name])
    used = {factor["key"] for factor in answer["provenance"]["factors"]}
    assert set(example.factors) <= used
    assert all(factor["source"] for factor in answer["provenance"]["factors"])
    assert answer["provenance"]["function"].startswith("ketens.domain.calculations.")


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.id)
def test_text_and_numbers_give_the_same(example: Example, tmp_path: Path) -> None:
    def as_text(value: Any) -> Any:
        if isinstance(value, dict):
            return {name: as_text(one) for name, one in value.items()}
        if isinstance(value, list):
            return [as_text(one) for one in value]
        return value if isinstance(value, str) else str(value)

    items = [
        {"calculation": example.calculation, "inputs": example.inputs},
        {"calculation": example.calculation, "inputs": as_text(example.inputs)},
    ]
    [plain, text], _ = run_file(tmp_path, items)
    assert plain == text


def test_a_bad_item_leaves_the_others(tmp_path: Path) -> None:
    good = {"calculation": "transport_activity", "inputs": {"mass_kg": 230, "distance_km": 700}}
    bad = {"calculation": "transport_activity", "inputs": {"mass_kg": -1, "distance_km": 700}}
    answers, code = run_file(tmp_path, [bad, good, {"calculation": "nonsense"}, "text", good])
    assert code == 1
    assert [one.get("error", {}).get("code") for one in answers] == [
        "negative",
        None,
        "unknown_calculation",
        "not_an_item",
        None,
    ]
    assert answers[0]["error"]["params"] == {"name": "mass_kg", "value": "-1"}
    assert answers[1]["result"] == answers[4]["result"] == {"tkm": "161"}


def test_a_factor_is_refused_outside_its_year(tmp_path: Path) -> None:
    item = {"calculation": "energy_emission", "inputs": {"diesel_b7_l": 10}}
    within = {**item, "activity_date": "2026-06-01"}
    after = {**item, "activity_date": "2027-01-01"}
    [first, second], code = run_file(tmp_path, [within, after])
    assert first["result"]["kg"] == "32.51"
    assert second["error"]["code"] == "outside_dates"
    assert code == 1


def test_a_number_may_be_a_factor_with_its_source(tmp_path: Path) -> None:
    inputs = {"mass_kg": 350, "distance_km": 24, "wtw": {"factor": "bestelauto_lt2t.wtw"}}
    [answer], _ = run_file(tmp_path, [{"calculation": "transport_element", "inputs": inputs}])
    assert Decimal(answer["result"]["co2e_wtw_kg"]) == Decimal("11.1384")
    [row] = answer["provenance"]["factors"]
    assert (row["key"], row["set"], row["status"]) == (
        "bestelauto_lt2t.wtw",
        "nl-2026.1",
        "verified",
    )
