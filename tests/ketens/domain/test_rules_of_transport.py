"""Legs, hubs, rounds and trips: the rule, and what it refuses."""

from decimal import Decimal as D  # noqa: N817

import pytest

from ketens.domain.calculations.refusal import CalculationRefused
from ketens.domain.distances import check_piece, check_speed
from tests.ketens.domain.asking import refusal_of, values_of

LEG = {"mass_kg": 1000, "distance_km": 100, "g": "0.5"}
STOPS = [{"id": "A", "kg": 1, "sfd_km": 2}, {"id": "B", "kg": 3, "sfd_km": 2}]


def test_a_distance_factor_is_used_only_where_bases_differ() -> None:
    assert values_of("transport_element", **LEG) == {"tkm": 100, "co2e_wtw_kg": 50}
    driven = {**LEG, "intensity_basis": "actual"}
    assert values_of("transport_element", **driven)["co2e_wtw_kg"] == D("52.5")
    assert values_of("transport_element", **driven, daf="1.2")["co2e_wtw_kg"] == 60
    assert values_of("transport_element", **LEG, daf=1)["co2e_wtw_kg"] == 50
    both = {**LEG, "distance_basis": "gcd"}
    assert values_of("transport_element", **both)["co2e_wtw_kg"] == 50
    circle = {**both, "intensity_basis": "actual"}
    assert values_of("transport_element", **circle, daf="1.3")["co2e_wtw_kg"] == 65
    assert refusal_of("transport_element", **LEG, daf="1.05") == (
        "daf_not_allowed",
        {"basis": "sfd"},
    )
    assert refusal_of("transport_element", **circle) == ("missing", {"name": "daf"})
    assert refusal_of("transport_element", **LEG, distance_basis="actual", intensity_basis="sfd")[
        1
    ] == {"distance": "actual", "intensity": "sfd"}
    assert refusal_of("transport_element", **LEG, distance_basis="beeline")[0] == "unknown_basis"


def test_driving_never_emits_more_than_the_whole_way() -> None:
    code, params = refusal_of("transport_element", **LEG, g_ttw="0.51")
    assert (code, params) == ("ttw_above_wtw", {"ttw": "0.51", "wtw": "0.5"})
    assert values_of("transport_element", **LEG, g_ttw="0.5")["co2e_ttw_kg"] == 50


@pytest.mark.parametrize("name", ["mass_kg", "distance_km", "g"])
def test_nothing_is_negative_or_missing(name: str) -> None:
    assert refusal_of("transport_element", **{**LEG, name: "-0.001"})[0] == "negative"
    code, _ = refusal_of("transport_element", **{**LEG, name: None})
    assert code == "missing"
    for value in ("NaN", "inf", "1,5", "", True, [1]):
        assert refusal_of("transport_element", **{**LEG, name: value})[0] == "not_a_number"


def test_a_hub_brings_emission_and_no_tonne_kilometres() -> None:
    values = values_of(
        "transport_chain",
        elements=[
            {"id": "van", "mass_kg": 500, "km": 20, "g": "1.3", "g_ttw": "1.0"},
            {"id": "hub", "mass_kg": 500, "g_hoc": "1.2", "g_hoc_ttw": "0.4"},
        ],
    )
    assert values["tkm_total"] == 10
    assert (values["wtw_total"], values["ttw_total"]) == (D("13.6"), D("10.2"))
    assert (values["hub_tkm"], values["hub_wtw"], values["hub_ttw"]) == (0, D("0.6"), D("0.2"))
    assert values["intensity_kg_tkm"] == D("1.36")


def test_a_hub_by_its_energy_and_leaks() -> None:
    year = {"mass_kg": 250, "kwh": 1000, "kg_per_kwh": "0.25", "throughput_t": 100}
    assert values_of("hub_emission", **year) == {
        "kg": D("0.625"),
        "kg_per_t": D("2.5"),
        "mass_t": D("0.25"),
    }
    leaking = values_of("hub_emission", **year, refrigerant_kg="0.1", gwp=1500)
    assert leaking["kg_per_t"] == 4
    assert values_of("hub_emission", mass_t=2, g_hoc="1.2")["kg"] == D("2.4")
    assert refusal_of("hub_emission", **{**year, "throughput_t": 0}) == (
        "zero",
        {"name": "throughput_t"},
    )


def test_a_chain_needs_elements_and_knows_their_names() -> None:
    assert refusal_of("transport_chain") == ("missing", {"name": "elements"})
    elements = [{"mass": 1, "km": 1000, "g": 2, "primary": True}, {"mass": 3, "km": 1000, "g": 2}]
    values = values_of("transport_chain", elements=elements)
    assert (values["tce1_wtw"], values["tce2_wtw"], values["ttw_total"]) == (2, 6, None)
    shares = values_of("primary_data_share", elements=elements)
    assert shares == {"pds_activity_pct": 25, "pds_emission_pct": 25}
    both = values_of("primary_data_share", elements=elements, primary=["tce1", "tce2"])
    assert both["pds_emission_pct"] == 100
    assert refusal_of("primary_data_share", elements=elements, primary="tce9") == (
        "unknown_element",
        {"name": "tce9"},
    )
    nothing = [{"mass": 0, "km": 0, "g": 0}]
    assert values_of("transport_chain", elements=nothing)["intensity_kg_tkm"] is None
    assert values_of("primary_data_share", elements=nothing)["pds_activity_pct"] is None


def test_the_best_data_of_a_round_goes_first() -> None:
    tkm = {"kg_per_tkm": "1.326", "tkm": 10}
    vkm = {**tkm, "vkm": 38, "kg_per_vkm": "0.3"}
    modelled = {**vkm, "kwh_per_vkm": "0.25", "kg_per_kwh": "0.2"}
    year = {**modelled, "toc_kg_per_tkm": "1.5"}
    measured = {**year, "measured_energy": 9, "kg_per_unit": "0.2"}
    expected = [
        (measured, "1.8", "round_energy", 1),
        (year, "15", "annual_toc", 2),
        ({**modelled, "kg_per_vkm": None}, "1.9", "modelled", 3),
        (vkm, "11.4", "vkm_default", 4),
        (tkm, "13.26", "tkm_default", 5),
    ]
    for inputs, kg, method, quality in expected:
        values = values_of("round_emission", **inputs)
        assert values == {"kg": D(kg), "method": method, "quality": quality}
    assert refusal_of("round_emission", spend_eur=100) == ("spend_based", {})
    assert refusal_of("round_emission") == ("missing", {"name": "kg_per_vkm"})


def test_empty_kilometres_count_once() -> None:
    values = values_of("empty_running", loaded_km=30, empty_share="0.4", kg_per_vkm="0.3")
    assert values == {"vkm": 50, "empty_km": 20, "kg": 15}
    power = values_of(
        "empty_running",
        loaded_km=30,
        empty_share="0.4",
        kwh_per_vkm="0.25",
        kg_per_kwh="0.244",
        infra_kg_per_kwh="0.016",
    )
    assert power["kg"] == D("3.25")
    off = {"loaded_km": 30, "empty_share": 0, "kwh_per_vkm": 1, "kg_per_kwh": 1}
    plain = values_of("empty_running", **off, infra_kg_per_kwh=1, include_infra=False)
    assert plain["kg"] == 30
    round_of = {"loaded_km": 30, "empty_share": "0.4", "kg_per_vkm": "0.3"}
    assert values_of("round_emission", **round_of)["kg"] == 15
    for twice in (
        {"loaded_km": 30, "empty_share": "0.4", "factor_includes_empty": True},
        {"loaded_km": 30, "empty_share": "0.4", "kg_per_tkm": "1.3"},
    ):
        assert refusal_of("empty_running", **twice)[0] == "empty_running_twice"
    driven = {"vkm": 38, "kg_per_vkm": 1, "empty_share": "0.1"}
    assert refusal_of("round_emission", **driven)[1] == {"name": "vkm"}
    by_tkm = {"kg_per_tkm": 1, "tkm": 1, "empty_share": "0.1"}
    assert refusal_of("round_emission", **by_tkm)[1] == {"name": "kg_per_tkm"}
    assert refusal_of("empty_running", loaded_km=1, empty_share=1)[0] == "all_empty"
    assert refusal_of("empty_running", loaded_km=1, empty_share="1.01")[0] == "above_one"


def test_a_round_is_shared_by_a_declared_key() -> None:
    by_items = [{"id": "A", "items": 1, "km": 5}, {"id": "B", "items": 3, "km": 5}]
    values = values_of("round_allocation", round_kg=4, key="items", stops=by_items)
    assert (values["A"], values["B"], values["sum_kgkm"]) == (1, 3, 20)
    named = {"A": {"kg": 1, "sfd_km": 2}, "B": {"kg": 3, "sfd_km": 2}}
    assert values_of("round_allocation", round_kg=4, stops=named)["B"] == 3
    assert refusal_of("round_allocation", round_kg=4, key="euro", stops=STOPS)[0] == "unknown_key"
    doubled = [STOPS[0], STOPS[0]]
    assert refusal_of("round_allocation", round_kg=4, stops=doubled)[0] == "named_twice"
    empty = [{"id": "A", "kg": 0, "sfd_km": 2}]
    assert refusal_of("round_allocation", round_kg=4, stops=empty) == ("zero", {"name": "stops"})
    assert refusal_of("round_allocation", round_kg=4, stops=[])[0] == "not_a_list"
    assert refusal_of("round_allocation", round_kg=4, stops=["A"])[0] == "not_an_item"
    code, params = refusal_of("round_allocation", round_kg=4, stops=[{"id": "A", "kg": 1}])
    assert (code, params) == ("missing", {"name": "stops[0].sfd_km"})


def test_no_van_drives_400_kilometres_an_hour() -> None:
    fast = {"vkm": 400, "kg_per_vkm": 1, "hours": 1}
    assert refusal_of("round_emission", **fast) == ("too_fast", {"kmh": "400"})
    assert refusal_of("electric_round", vkm=400, kwh_per_vkm=1, hours=1)[0] == "too_fast"
    assert values_of("round_emission", **{**fast, "vkm": 130})["kg"] == 130
    check_speed(D(130), D(1))
    with pytest.raises(CalculationRefused, match="zero: name=hours"):
        check_speed(D(1), D(0))


def test_no_carrot_weighs_three_tonnes() -> None:
    check_piece(D(50))
    check_piece(D(3000), D(3000))
    with pytest.raises(CalculationRefused, match="too_heavy: kg=3000, most=50"):
        check_piece(D(3000))
    with pytest.raises(CalculationRefused, match="zero"):
        check_piece(D(0))


def test_a_residents_trip_stands_on_its_own_line() -> None:
    trip = values_of("consumer_trip", one_way_km=5)
    assert trip == {"consumer_trip_kg": D("0.95"), "km": 10, "share": D("0.5")}
    assert values_of("consumer_trip", round_trip_km=10, share=1)["consumer_trip_kg"] == D("1.9")
    assert values_of("consumer_trip", km=5, mode="bike")["consumer_trip_kg"] == 0
    assert values_of("consumer_trip", km=5, ef="0.1")["consumer_trip_kg"] == D("0.5")
    coffee = values_of(
        "consumer_trip", round_trip_km=10, share=1, product_kg="0.5", product_factor="9.5"
    )
    assert (coffee["product_kg_co2e"], coffee["ratio"]) == (D("4.75"), D("0.4"))
    assert values_of("consumer_trip", km=5, product_kg_co2e=0)["ratio"] is None
    assert refusal_of("consumer_trip", km=5, share="1.2") == (
        "above_one",
        {"name": "share", "value": "1.2"},
    )


def test_separate_trips_are_a_stated_baseline() -> None:
    values = values_of("separate_trips", households=10, round_trip_km=8, round_kg="5.6")
    assert values == {
        "baseline_km": 80,
        "baseline_kg": D("7.6"),
        "round_kg": D("5.6"),
        "difference_kg": 2,
        "share": D("0.5"),
    }
    trips = [{"km": 3}, {"km": 7}]
    own = values_of(
        "separate_trips", trips=trips, car_kg_per_vkm="0.2", share=1, vkm=10, kg_per_vkm="0.3"
    )
    assert (own["baseline_kg"], own["difference_kg"]) == (2, -1)


def test_cooling_is_measured_or_raised() -> None:
    assert values_of("refrigerated", ambient_kg=10) == {
        "kg": D("11.91"),
        "cooling_kg": D("1.91"),
        "leak_kg_co2e": 0,
    }
    measured = values_of("refrigerated", ambient_kg=10, unit_energy=2, ef="0.5")
    assert measured["kg"] == 11
    leaking = values_of("refrigerated", ambient_kg=10, uplift="1.5", leak_kg="0.01", gwp=4728)
    assert leaking["kg"] == D("62.28")
    assert refusal_of("refrigerated", ambient_kg=10, uplift="0.9")[0] == "below_one"
    assert refusal_of("refrigerated", ambient_kg=10, leak_kg="0.01") == (
        "missing",
        {"name": "gwp"},
    )


def test_energy_by_items_and_by_name() -> None:
    items = [
        {"id": "diesel", "quantity": 10, "factor": "3.251"},
        {"id": "car", "quantity": 10, "factor": "auto_onbekend.wtw"},
        {"quantity": 2, "ef": "0.5"},
    ]
    values = values_of("energy_emission", items=items)
    assert values["kg"] == D("35.41")
    assert values["parts"] == {"diesel": D("32.51"), "car": D("1.9"), "3": 1}
    assert refusal_of("energy_emission", diesel_b7=10) == ("unknown_unit", {"name": "diesel_b7"})
    assert refusal_of("energy_emission", oil_l=10) == ("unknown_factor", {"name": "oil.wtw"})


def test_a_year_of_power_gives_an_intensity() -> None:
    values = values_of("toc_intensity", kwh=1000, ef="0.25", tkm=500)
    assert values == {"wtw_kg": 250, "g_wtw_kg_tkm": D("0.5")}
    assert refusal_of("toc_intensity", kwh=1, ef=1, tkm=0) == ("zero", {"name": "tkm"})
    assert refusal_of("toc_intensity", kwh=1, ef=1, ttw=2, tkm=1)[0] == "ttw_above_wtw"


def test_a_power_label_may_be_ones_own() -> None:
    power = {"vkm": 10, "kwh_per_vkm": "0.2", "kg_per_kwh": "0.1", "infra_kg_per_kwh": "0.05"}
    assert values_of("electric_round", **power) == {"kwh": 2, "kg": D("0.2")}
    assert values_of("electric_round", **power, include_infra=True)["kg"] == D("0.3")
    assert refusal_of("electric_round", **power, include_infra="yes")[0] == "not_a_flag"


def test_a_load_factor_lies_between_empty_and_full() -> None:
    values = values_of("load_interpolation", E0=1, E100=3, LF="0.25")
    assert values == {"E_calc": D("1.5"), "E25_calc": D("1.5")}
    assert refusal_of("load_interpolation", E0=1, E100=3, LF="1.5")[0] == "above_one"


def test_a_sum_of_two_parts() -> None:
    assert values_of("wtw_sum", ttw=1, wtt=2) == {"wtw_kg_tkm": 3}
    by_kilos = values_of("wtw_sum", ttw=1, wtt=2, mass_kg=500, km=10)
    assert (by_kilos["tkm"], by_kilos["kg"]) == (5, 15)
    assert by_kilos["nl2026_same_tce_kg"] == D("6.63")
