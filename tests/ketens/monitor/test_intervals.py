"""Intervals of the monitor: one factor errs together, however a stretch of time is cut."""

from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from ketens.domain.monitor import MEASURES, Parts, Share, add_parts
from ketens.domain.monitor.computing import (
    SCORES,
    emission,
    interval_by_factor,
    variance_of,
)
from ketens.domain.transport import Quality
from ketens.domain.uncertainty import Lognormal, sum_independent

FACTORS = ("nl-2026-v1|van.wtw", "nl-2026-v1|stroom.total", "nl-2027-v1|van.wtw")
keys = st.builds("{}/{}".format, st.sampled_from(FACTORS), st.integers(1, 5))
month = st.dictionaries(keys, st.integers(1, 10**12), min_size=1, max_size=6)
months = st.lists(month, min_size=1, max_size=12)


def parts_of(family: dict[str, int]) -> Parts:
    return Parts(
        {"emission_mg": sum(family.values()), "with_emission": 1},
        {"emission_mg_by_factor": family},
    )


def width(low: int | None, high: int | None) -> int:
    assert low is not None
    assert high is not None
    return high - low


@given(months, st.data())
def test_however_a_period_is_cut_its_interval_is_the_same(
    told: list[dict[str, int]], data: st.DataObject
):
    whole = emission(add_parts(parts_of(one) for one in told), {})
    cut = data.draw(st.integers(0, len(told)))
    halves = [add_parts(parts_of(one) for one in half) for half in (told[:cut], told[cut:])]
    assert emission(add_parts(halves), {}) == whole


@given(months)
def test_adding_months_as_if_they_erred_apart_would_be_narrower_and_is_not_done(
    told: list[dict[str, int]],
):
    whole = add_parts(parts_of(one) for one in told).family("emission_mg_by_factor")
    low, high = interval_by_factor(whole)
    as_apart = sum_independent(
        [
            Lognormal(Decimal(amount), variance_of(Quality(int(key.rsplit("/", 1)[1]))))
            for one in told
            for key, amount in one.items()
        ]
    )
    # One milligram at each end is what rounding outwards may add.
    assert width(low, high) >= int(as_apart.high - as_apart.low) * Decimal("0.999") - 2


@given(month, st.integers(2, 9))
def test_one_factor_in_more_months_is_no_surer_than_in_one(family: dict[str, int], times: int):
    key = next(iter(family))
    one = {key: family[key]}
    low, high = interval_by_factor(one)
    more_low, more_high = interval_by_factor({key: family[key] * times})
    assert abs(width(more_low, more_high) - times * width(low, high)) <= 2 * times


def test_the_value_lies_in_its_interval_and_worse_data_makes_it_wider():
    widths = []
    for quality in SCORES:
        told = emission(parts_of({f"nl|van/{int(quality)}": 1_000_000}), {})
        assert told is not None
        assert told.low is not None
        assert told.high is not None
        assert told.low < told.value < told.high
        widths.append(told.high - told.low)
    assert widths == sorted(widths)
    # Scores (4, 3, 1, 2, 4) on the basic uncertainty of transport services.
    assert round(variance_of(Quality.DEFAULT_PER_TKM), 6) == Decimal("0.168738")


def test_the_page_of_the_method_prints_the_variances_that_are_used():
    method = (Path(settings.PROJECT_DIR) / "ketens" / "METHOD.md").read_text(encoding="utf-8")
    for quality, scores in SCORES.items():
        printed = (
            f"| {', '.join(map(str, scores))} | {round(variance_of(quality), 6).normalize()} |"
        )
        assert printed in next(
            line for line in method.splitlines() if line.startswith(f"| {int(quality)} ")
        )


def test_versions_of_one_factor_err_together():
    together = interval_by_factor({"nl-2026-v1|van/5": 500, "nl-2027-v1|van/5": 500})
    assert together == interval_by_factor({"nl-2026-v1|van/5": 1_000})
    apart = interval_by_factor({"nl-2026-v1|van/5": 500, "nl-2026-v1|bus/5": 500})
    assert width(*apart) < width(*together)


@given(st.lists(month, max_size=5))
def test_adding_parts_does_not_depend_on_their_order(told: list[dict[str, int]]):
    parts = [parts_of(one) for one in told]
    assert add_parts(parts) == add_parts(reversed(parts))


def test_nothing_is_unknown_in_every_measure_that_is_measured():
    nothing = Parts()
    counted = {"turnover_cents", "own_municipality_cents", "active_enterprises"}
    counted |= {"active_chains", "villages_with_active_chain"}
    for code, row in MEASURES.items():
        value = row.compute(nothing, {})
        assert (value is not None and value.value == 0) == (code in counted), code
        assert nothing.permille(row.coverage) is None


@pytest.mark.parametrize(
    ("part", "whole", "permille"), [(1, 3, 333), (2, 2, 1000), (999, 1000, 999)]
)
def test_a_share_is_rounded_down_so_that_what_is_missing_shows(
    part: int, whole: int, permille: int
):
    assert Parts({"a": part, "b": whole}).permille(Share("a", "b")) == permille


def test_every_row_of_the_registry_is_complete():
    for code, row in MEASURES.items():
        assert row.code == code
        assert len(code) <= 40
        assert row.label_nl != row.label_en
        assert row.meaning_nl.endswith(".")
        assert all(target.official != "11.4" for target in row.sdg)
