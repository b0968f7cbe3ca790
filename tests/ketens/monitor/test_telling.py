"""Words of the monitor: what changed, what is withheld, and what is not said."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.utils import translation

from ketens.domain.monitor import MEASURES
from ketens.domain.periods import read_period
from ketens.queries.monitor_pages.telling import build_bars, build_line
from ketens.queries.monitor_pages.told import Told, add_told
from ketens.queries.monitor_pages.words import say_amount, say_told

WASTE, EMISSION = MEASURES["food_waste_g"], MEASURES["emission_mg_co2e"]
SUMMER, AUTUMN = read_period("2026-K3"), read_period("2026-K4")


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


def test_a_change_within_the_margin_is_not_claimed():
    told = [(SUMMER, Told(100_000, 60_000, 150_000)), (AUTUMN, Told(90_000, 50_000, 140_000))]
    assert "within the margin" in build_line(EMISSION, told).sentence
    sure = [(SUMMER, Told(100_000, 95_000, 105_000)), (AUTUMN, Told(50_000, 45_000, 55_000))]
    assert (
        "Per day that is 50% less, which is the wanted way." in build_line(EMISSION, sure).sentence
    )


def test_a_stretch_that_still_runs_is_drawn_and_left_out_of_the_sentence():
    told = [(SUMMER, Told(2_000)), (AUTUMN, Told(100))]
    line = build_line(WASTE, told, today=date(2026, 11, 28))
    assert line.sentence.startswith("In the third quarter of 2026 it was 2.0 kg.")
    assert len(line.wide.dots) == 2


def test_many_rows_without_a_figure_are_folded_and_a_few_are_not():
    many = [("Norg", "", Told(400)), *((f"Dorp {number}", "", Told()) for number in range(13))]
    words = {"title": "", "column": "", "what": "village"}
    folded = build_bars(WASTE, many, **words)
    assert [row.name for row in folded.shown] == ["Norg"]
    assert len(folded.folded) == 13
    few = build_bars(WASTE, many[:5], **words)
    assert (len(few.shown), len(few.folded)) == (5, 0)
    assert "Of 4 villages it is not known or not published." in few.sentence


def test_a_sum_over_something_withheld_is_withheld_for_its_reason():
    hidden = add_told([Told(400), Told(withheld="few_enterprises")])
    assert say_told(WASTE, hidden) == "not shown: too few enterprises"
    assert say_told(WASTE, Told(withheld="a reason to come")) == "not published for now"
    assert say_told(WASTE, Told()) == "unknown"
    assert add_told([Told(1, 1, 2, 500), Told(2, 1, 4, 300)]) == Told(3, 2, 6, 300)


@pytest.mark.parametrize(
    ("unit", "value", "words"),
    [
        ("g", 999_999, "1,000 kg"),
        ("g", 2_100_000, "2.1 tonnes"),
        ("g", 12_400_000, "12.4 tonnes"),
        ("mg CO2e", 15_000, "15 g CO₂e"),
        ("mg CO2e/kg", 92_162, "92 g CO₂e per kilo"),
        ("min", 90, "2 hours"),
        ("cents", 1_234_567, "€ 12,346"),
        ("l", 40, "40 l"),
        ("count", None, "unknown"),
    ],
)
def test_an_amount_is_said_in_a_unit_that_a_person_can_picture(
    unit: str, value: int | None, words: str
):
    assert say_amount(unit, value) == words
