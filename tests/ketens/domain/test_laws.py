"""What holds for any numbers: nothing appears, nothing vanishes, order does not matter."""

import random
from collections.abc import Sequence
from decimal import Decimal as D  # noqa: N817
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from ketens.domain.api import calculate
from ketens.domain.batches import Counted, Entry, balance_of
from ketens.domain.uncertainty import Line, Lognormal, sum_independent, sum_lines

kilos = st.integers(min_value=1, max_value=2_000_000).map(lambda grams: D(grams) / 1000)
kilometres = st.integers(min_value=1, max_value=200_000).map(lambda metres: D(metres) / 1000)
gsds = st.integers(min_value=100, max_value=300).map(lambda percent: D(percent) / 100)
stops = st.lists(st.tuples(kilos, kilometres), min_size=1, max_size=25)
MG = D("0.000001")


def allocate(round_kg: D, loads: Sequence[tuple[D, D]]) -> dict[str, Any]:
    items = [{"id": f"s{i}", "kg": kg, "sfd_km": km} for i, (kg, km) in enumerate(loads)]
    return dict(calculate("round_allocation", {"round_kg": round_kg, "stops": items}).values)


@given(round_mg=st.integers(min_value=0, max_value=10**9), loads=stops)
def test_stops_carry_the_round_to_the_milligram(round_mg: int, loads: list[tuple[D, D]]) -> None:
    values = allocate(round_mg * MG, loads)
    parts = [values[f"s{i}"] for i in range(len(loads))]
    assert sum(parts) == values["sum_check"] == round_mg * MG
    assert all(part == part.quantize(MG) for part in parts)
    for part, (kg, km) in zip(parts, loads, strict=True):
        assert abs(part - round_mg * MG * kg * km / values["sum_kgkm"]) < MG


@given(
    sold=st.lists(st.integers(1, 10**6), max_size=8),
    residuals=st.lists(st.tuples(st.integers(1, 10), st.integers(1, 10**6)), max_size=8),
    rest=st.integers(1, 10**6),
    seed=st.integers(0, 100),
)
def test_mass_in_is_mass_out_in_any_order(
    sold: list[int], residuals: list[tuple[int, int]], rest: int, seed: int
) -> None:
    into = sum(sold) + sum(grams for _, grams in residuals) + rest
    entries = [
        Counted(Entry.IN, into) if into <= 50_000_000 else Counted(Entry.IN, 50_000_000),
        *(Counted(Entry.SOLD, grams) for grams in sold),
        *(Counted(Entry.RESIDUAL, grams, rung) for rung, grams in residuals),
        Counted(Entry.STOCK, rest),
    ]
    balance = balance_of(entries)
    assert balance.difference_g == 0
    assert balance.holds is True
    random.Random(seed).shuffle(entries)
    assert balance_of(entries) == balance


@given(
    records=st.lists(
        st.tuples(kilos, st.sampled_from(["retail", "households"]), st.integers(1, 10)),
        min_size=1,
        max_size=15,
    ),
    seed=st.integers(0, 100),
)
def test_an_inventory_does_not_know_the_order_of_its_records(
    records: list[tuple[D, str, int]], seed: int
) -> None:
    items = [{"kg": kg, "stage": stage, "rung": rung} for kg, stage, rung in records]
    values = calculate("waste_inventory", {"records": items}).values
    random.Random(seed).shuffle(items)
    assert calculate("waste_inventory", {"records": items}).values == values
    assert sum(values["by_rung"].values()) == values["total_kg"] == sum(kg for kg, _, _ in records)
    assert values["food_waste_kg"] == sum(kg for kg, _, rung in records if rung > 5)


@given(mass=kilos, distance=kilometres, times=st.integers(1, 1000))
def test_more_goods_emit_in_proportion(mass: D, distance: D, times: int) -> None:
    once = {"mass_kg": mass, "distance_km": distance, "g": "1.326"}
    many = {**once, "mass_kg": mass * times}
    one = calculate("transport_element", once).values
    all_of_it = calculate("transport_element", many).values
    assert all_of_it["tkm"] == one["tkm"] * times
    assert all_of_it["co2e_wtw_kg"] == one["co2e_wtw_kg"] * times


@given(loads=stops, times=st.integers(2, 9))
def test_heavier_loads_in_proportion_leave_the_shares(loads: list[tuple[D, D]], times: int) -> None:
    heavier = [(kg * times, km) for kg, km in loads]
    first, second = allocate(D("11.21"), loads), allocate(D("11.21"), heavier)
    assert [first[f"s{i}"] for i in range(len(loads))] == [
        second[f"s{i}"] for i in range(len(loads))
    ]


def relative_width(amount: Lognormal) -> D:
    return (amount.high - amount.low) / amount.median


@given(
    activity=kilos,
    cut=st.integers(1, 99),
    spread=gsds,
    factor_spread=gsds,
    other=kilos,
    other_spread=gsds,
)
def test_an_interval_never_shrinks_when_a_line_is_split(
    activity: D, cut: int, spread: D, factor_spread: D, other: D, other_spread: D
) -> None:
    factor = Lognormal.from_gsd(D("0.3"), factor_spread)

    def line(kg: D) -> Line:
        return Line(Lognormal.from_gsd(kg, spread), "van", factor)

    beside = Line(
        Lognormal.from_gsd(other, other_spread), "shop", Lognormal.from_gsd(D("0.7"), D("1.2"))
    )
    part = activity * cut / 100
    whole = sum_lines([line(activity), beside])
    split = sum_lines([line(part), beside, line(activity - part)])
    tiny = D("1e-20")
    assert abs(split.median - whole.median) <= tiny * whole.median
    assert relative_width(split) >= relative_width(whole) * (1 - tiny)


def test_lines_that_share_a_factor_are_wider_than_strangers() -> None:
    """The control: summing as if the factor were drawn anew makes a false precision."""
    factor = Lognormal.from_gsd(D("0.3"), D("1.5"))
    activity = Lognormal.from_gsd(D(50), D("1.1"))
    together = sum_lines([Line(activity, "van", factor), Line(activity, "van", factor)])
    strangers = sum_independent([activity * factor, activity * factor])
    assert relative_width(together) > relative_width(strangers) * D("1.2")


@given(terms=st.lists(st.tuples(kilos, gsds), min_size=1, max_size=8), times=st.integers(2, 50))
def test_a_sum_scales_with_its_terms(terms: list[tuple[D, D]], times: int) -> None:
    once = sum_independent([Lognormal.from_gsd(m, g) for m, g in terms])
    many = sum_independent([Lognormal.from_gsd(m * times, g) for m, g in terms])
    tiny = D("1e-18")
    assert abs(many.median - once.median * times) <= tiny * many.median
    assert abs(many.variance - once.variance) <= tiny
