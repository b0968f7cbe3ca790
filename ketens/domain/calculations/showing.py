"""Disclosure in the list of calculations: rounding, dominance, and hiding cells."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from ketens.domain.calculations.inputs import Inputs
from ketens.domain.calculations.refusal import CalculationRefused
from ketens.domain.calculations.registry import Values, calculation
from ketens.domain.disclosure import (
    CBS_DOMINANCE,
    CBS_ROUNDING,
    PUBLIC,
    Ground,
    Group,
    dominance,
    round_to,
)
from ketens.domain.suppression import suppress, suppress_line

SECTION = "Disclosure"
HIDDEN = "x"


@calculation("rounding", unit="person", section=SECTION, example="WE32")
def round_counts(inputs: Inputs) -> Values:
    """Counts rounded half up to a base: the CBS to hundreds, our public tables to fives."""
    base = inputs.whole("base", "rounding", default=CBS_ROUNDING)
    if base < 1:
        raise CalculationRefused("zero", name="base")
    return {"rounded": [round_to(count, base) for count in _counts(inputs, "n", "x", "counts")]}


@calculation("dominance", unit={"share": "1"}, section=SECTION, example="WE33")
def find_dominance(inputs: Inputs) -> Values:
    """The largest part of a sum, and whether a mean or sum may be shown (CBS: at most 30%)."""
    found = dominance(inputs.numbers("x", "amounts"), limit=_limit(inputs))
    return {"share": found.share, "publish_mean": found.may_publish}


@calculation("table_suppression", unit="person", section=SECTION, example="WE34")
def suppress_table(inputs: Inputs) -> Values:
    """Cells hidden because they are small, and those hidden so that no total gives them away."""
    rows, columns, counts = _table(inputs)
    found = suppress(counts, threshold=inputs.whole("threshold", default=PUBLIC.least_people))
    named = {
        (row, column): f"{rows[row]}/{columns[column]}"
        for row in range(len(rows))
        for column in range(len(columns))
    }
    totals = {
        **{row: sum(line) for row, line in zip(rows, counts, strict=True)},
        **{
            column: sum(line)
            for column, line in zip(columns, zip(*counts, strict=True), strict=True)
        },
    }
    return {
        "primary": [named[cell] for cell in found.primary],
        "complementary": [named[cell] for cell in found.complementary],
        "published": {
            rows[row]: [
                HIDDEN if (row, column) in found.hidden else count
                for column, count in enumerate(line)
            ]
            for row, line in enumerate(counts)
        },
        "totals_kept": totals if found.are_totals_kept else None,
    }


@calculation("line_suppression", unit="person", section=SECTION)
def suppress_one_line(inputs: Inputs) -> Values:
    """One line of counts with its total: what is hidden, and whether the total may stay."""
    counts = _counts(inputs, "n", "x", "counts")
    threshold = inputs.whole("threshold", default=PUBLIC.least_people)
    hidden = suppress_line(counts, threshold=threshold)
    return {
        "published": [
            HIDDEN if hidden is None or index in hidden else count
            for index, count in enumerate(counts)
        ],
        "total": None if hidden is None else sum(counts),
    }


@calculation("publishable_count", unit="person", section=SECTION)
def show_count(inputs: Inputs) -> Values:
    """Whether a number of people may be shown: enough people, three employers, none dominant."""
    people = inputs.whole("n", "people", "persons")
    if "by_employer" in inputs:
        hours = inputs.numbers("by_employer")
    else:
        number = inputs.whole("employers")
        hours = [Decimal(1)] * number
    ground = Ground(inputs.text("ground", default=Ground.PROVINCE.value))
    group = Group(people, dict(enumerate(hours)))
    found = PUBLIC.show_count(group, ground, is_split=inputs.flag("is_split"))
    return {
        "shown": None if found.value is None else int(found.value),
        "withheld": None if found.withheld is None else found.withheld.value,
        "text": f"<{found.below}" if found.below else None,
    }


def _limit(inputs: Inputs) -> Decimal:
    return inputs.share("limit", default=CBS_DOMINANCE)


def _counts(inputs: Inputs, *names: str) -> list[int]:
    return [_whole(number, names[0]) for number in inputs.numbers(*names)]


def _whole(number: Decimal, name: str) -> int:
    if number < 0:
        raise CalculationRefused("negative", name=name, value=str(number))
    if number != int(number):
        raise CalculationRefused("not_whole", name=name, value=str(number))
    return int(number)


def _table(inputs: Inputs) -> tuple[list[str], list[str], list[list[int]]]:
    """Return names of rows and columns with the counts; unnamed ones are numbered."""
    given: Any = inputs.raw("rows", "table", "counts")
    lines: Mapping[str, Any] = (
        given
        if isinstance(given, Mapping)
        else {str(number): line for number, line in enumerate(given, start=1)}
        if isinstance(given, Sequence) and not isinstance(given, str)
        else {}
    )
    read = Inputs(lines)
    counts = [_counts(read, name) for name in lines]
    if not counts or len({len(line) for line in counts}) != 1:
        raise CalculationRefused("not_a_list", name="rows")
    width = len(counts[0])
    columns = inputs.raw("cols", "columns") if "cols" in inputs or "columns" in inputs else None
    names = [str(name) for name in columns or range(1, width + 1)]
    if len(names) != width:
        raise CalculationRefused("not_a_list", name="cols")
    return list(lines), names, counts
