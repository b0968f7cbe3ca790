"""An input has more than one name in the sources; each gives the same result."""

from typing import Any

import pytest

from tests.ketens.domain.asking import values_of

ELEMENT = {"mass_kg": 500, "distance_km": 10, "g": 2, "g_ttw": 1}
HUB = {"id": "hub", "mass_kg": 500, "hub": True, "g_wtw": 2, "ttw": 1}
POWER = {"vkm": 10, "kwh_per_vkm": 2, "kg_per_kwh": "0.3"}
RESCUE = {"kg": 10, "c": "0.7", "d": "0.6", "ef": 2, "w": "0.1", "reprocessing": 1}
TRIP = {"round_trip_km": 10, "ef": "0.3", "share": "0.4"}

# (calculation, inputs, the name that is replaced, its synonyms)
SYNONYMS: list[tuple[str, dict[str, Any], str, tuple[str, ...]]] = [
    ("transport_activity", {"mass_kg": 3, "km": 7}, "mass_kg", ("mass", "kg")),
    ("transport_activity", {"mass_t": 3, "km": 7}, "mass_t", ("t",)),
    ("transport_activity", {"t": 3, "km": 7}, "km", ("distance_km", "sfd_km", "gcd_km")),
    (
        "transport_element",
        ELEMENT,
        "g",
        ("intensity_wtw_kg_tkm", "g_wtw_kg_tkm", "intensity_wtw", "wtw"),
    ),
    (
        "transport_element",
        ELEMENT,
        "g_ttw",
        ("intensity_ttw_kg_tkm", "g_ttw_kg_tkm", "intensity_ttw", "ttw"),
    ),
    (
        "hub_emission",
        {"t": 2, "g_hoc": 3},
        "g_hoc",
        ("intensity_wtw_kg_t", "g_wtw", "kg_per_t", "wtw"),
    ),
    (
        "hub_emission",
        {"t": 2, "kwh": 9, "ef": "0.2", "throughput_t": 4},
        "kwh",
        ("energy_kg_co2e",),
    ),
    (
        "hub_emission",
        {"t": 2, "kwh": 9, "ef": "0.2", "throughput_t": 4},
        "ef",
        ("kg_per_kwh",),
    ),
    ("energy_emission", {"items": [{"id": "a", "quantity": 2, "ef": 3}]}, "items", ()),
    (
        "toc_intensity",
        {"energy": 9, "ef": 2, "tkm": 3, "ttw": 1},
        "ef",
        ("wtw_kg_l", "wtw_kg_kwh", "wtw_kg_per_unit", "wtw"),
    ),
    (
        "toc_intensity",
        {"energy": 9, "ef": 2, "tkm": 3},
        "energy",
        ("fuel", "amount", "kwh", "diesel_b7_l", "grey_kWh", "wind_kwh", "cng_kg"),
    ),
    ("toc_intensity", {"energy": 9, "ef": 2, "tkm": 3}, "tkm", ("tkm_year",)),
    ("toc_intensity", {"energy": 9, "ef": 2, "tkm": 3, "ttw": 1}, "ttw", ("ttw_kg_l",)),
    ("electric_round", POWER, "vkm", ("km",)),
    ("electric_round", POWER, "kwh_per_vkm", ("kwh_per_km",)),
    ("electric_round", POWER, "kg_per_kwh", ("ef",)),
    ("load_interpolation", {"E0": 1, "E100": 3, "LF": "0.5"}, "E0", ("empty",)),
    ("load_interpolation", {"E0": 1, "E100": 3, "LF": "0.5"}, "E100", ("full",)),
    ("load_interpolation", {"E0": 1, "E100": 3, "LF": "0.5"}, "LF", ("load_factor",)),
    ("wtw_sum", {"ttw": 1, "wtt": 2, "t": 3, "km": 4}, "km", ("distance_km",)),
    ("refrigerated", {"kg": 10}, "kg", ("ambient_kg", "base_kg")),
    ("refrigerated", {"kg": 10, "leak_kg": 1, "gwp": 5}, "leak_kg", ("refrigerant_kg",)),
    (
        "refrigerated",
        {"kg": 10, "unit_energy": 2, "ef": 3},
        "ef",
        ("unit_kg_per_unit",),
    ),
    ("round_emission", {"vkm": 3, "kg_per_vkm": 2}, "vkm", ("round_vkm", "round_km")),
    (
        "round_emission",
        {"vkm": 3, "kwh_per_vkm": 2, "ef": 4},
        "kwh_per_vkm",
        ("consumption_per_vkm",),
    ),
    (
        "round_emission",
        {"vkm": 3, "kwh_per_vkm": 2, "ef": 4},
        "ef",
        (
            "kg_per_unit",
            "kg_per_kwh",
        ),
    ),
    ("round_emission", {"measured_energy": 3, "ef": 4}, "ef", ("kg_per_unit",)),
    (
        "empty_running",
        {"loaded_km": 3, "empty_share": "0.4"},
        "loaded_km",
        (
            "vkm_loaded",
            "loaded_vkm",
        ),
    ),
    (
        "empty_running",
        {"loaded_km": 3, "empty_share": "0.4"},
        "empty_share",
        ("empty_distance_factor",),
    ),
    ("consumer_trip", TRIP, "ef", ("kg_per_vkm", "ef_vkm")),
    ("consumer_trip", {"km": 5}, "km", ("one_way_km", "distance_km")),
    (
        "separate_trips",
        {"households": 3, "round_trip_km": 4, "round_kg": 1},
        "households",
        ("trips",),
    ),
    (
        "separate_trips",
        {"households": 3, "round_trip_km": 4, "round_kg": 1},
        "round_trip_km",
        ("km_per_trip",),
    ),
    ("ratio", {"kg_co2e": 3, "kg_food": 2}, "kg_co2e", ("gt_co2e", "t_co2e", "numerator")),
    ("ratio", {"kg_co2e": 3, "kg_food": 2}, "kg_food", ("gt_food", "t_food", "denominator")),
    ("chain_footprint", {"stages": {"a": 1}, "own": {}}, "stages", ("database_stages",)),
    ("chain_footprint", {"stages": {"a": 1}, "own": {}}, "own", ("own_stages",)),
    ("coverage", {"lines": [{"kg": 2, "factor": 3}]}, "lines", ("products",)),
    ("coverage", {"lines": [{"mass_kg": 2, "kg_per_kg": 3}]}, "lines", ("products",)),
    ("meal_equivalents", {"kg": 3}, "kg", ("mass_kg",)),
    ("meal_equivalents", {"t": 3}, "t", ("tonnes",)),
    ("rescued_food_benefit", RESCUE, "kg", ("rescued_kg",)),
    ("rescued_food_benefit", RESCUE, "c", ("consumed_share_c", "consumed_share")),
    ("rescued_food_benefit", RESCUE, "d", ("displacement_d", "displacement")),
    (
        "rescued_food_benefit",
        RESCUE,
        "ef",
        ("EF_to_retail", "ef_to_retail", "EF", "EF_to_point"),
    ),
    ("rescued_food_benefit", RESCUE, "w", ("baseline_disposal_w", "w_baseline")),
    ("rescued_food_benefit", RESCUE, "reprocessing", ("reprocessing_kg",)),
    (
        "rescued_food_benefit",
        {**RESCUE, "d_low": "0.3", "d_high": "0.8"},
        "d_low",
        ("displacement_low",),
    ),
    (
        "rescued_food_benefit",
        {**RESCUE, "d_low": "0.3", "d_high": "0.8"},
        "d_high",
        ("displacement_high",),
    ),
    (
        "waste_prevented",
        {"w0": 2, "w1": 1, "S1": 5, "ef": 3},
        "S1",
        (
            "s1",
            "sales1",
            "sales_1_kg",
            "sales1_kg",
            "sales_after_kg",
        ),
    ),
    ("waste_prevented", {"w0": 2, "w1": 1, "S1": 5, "ef": 3}, "ef", ("EF", "kg_per_kg")),
    (
        "waste_prevented",
        {"waste0": 2, "S0": 4, "w1": 1, "S1": 5},
        "waste0",
        (
            "waste0_kg",
            "waste_before_kg",
        ),
    ),
    (
        "waste_prevented",
        {"waste0": 2, "S0": 4, "w1": 1, "S1": 5},
        "S0",
        (
            "sales0",
            "sales0_kg",
            "sales_before_kg",
        ),
    ),
    (
        "waste_prevented",
        {"w0": 2, "waste1": 1, "S1": 5},
        "waste1",
        (
            "waste1_kg",
            "waste_after_kg",
        ),
    ),
    ("mass_balance", {"in": 9, "sold": 4, "stock": 2, "shrink": 1}, "in", ("in_kg",)),
    ("mass_balance", {"in": 9, "sold": 4, "stock": 2, "shrink": 1}, "sold", ("sold_kg",)),
    ("mass_balance", {"in": 9, "sold": 4, "stock": 2, "shrink": 1}, "stock", ("stock_kg",)),
    ("mass_balance", {"in": 9, "sold": 4, "stock": 2, "shrink": 1}, "shrink", ("shrink_kg",)),
    ("mass_balance", {"in": 9, "rungs": {"4": 3}}, "rungs", ("residual_by_rung",)),
    ("pedigree_factors", {"scores": [2, 3, 4, 5, 1], "Ub": "1.1"}, "Ub", ("basic",)),
    (
        "pedigree_variances",
        {"scores": [2, 3, 4, 5, 1], "basic": "0.1"},
        "basic",
        ("basic_variance", "sigma2_basic", "sigma_basic2", "var_basic"),
    ),
    (
        "pedigree_variances",
        {"scores": [2, 3, 4, 5, 1]},
        "scores",
        ("scores_rel_comp_temp_geo_tech",),
    ),
    ("lognormal_sum", {"m": [1, 2], "g": [2, 3]}, "m", ("medians",)),
    ("lognormal_sum", {"m": [1, 2], "g": [2, 3]}, "g", ("gsds", "gsd")),
    ("lognormal_sum", {"terms": [{"m": 2, "g": 3}]}, "terms", ("items", "components")),
    ("monte_carlo_sum", {"m": [1], "g": [2], "n": 11_000}, "n", ("draws",)),
    ("data_quality_rating", {"E": [1, 2], "q": [3, 5]}, "E", ("emissions",)),
    ("data_quality_rating", {"E": [1, 2], "q": [3, 5]}, "q", ("scores",)),
]


@pytest.mark.parametrize(("name", "inputs", "replaced", "synonyms"), SYNONYMS)
def test_a_synonym_gives_the_same(
    name: str, inputs: dict[str, Any], replaced: str, synonyms: tuple[str, ...]
) -> None:
    expected = values_of(name, **inputs)
    for synonym in synonyms:
        others = {key: one for key, one in inputs.items() if key != replaced}
        assert values_of(name, **others, **{synonym: inputs[replaced]}) == expected, synonym


@pytest.mark.parametrize(
    ("names", "terms"),
    [
        (("median", "m", "value", "kg"), {"gsd": 2}),
        (("gsd", "g"), {"m": 3}),
        (("sigma", "sigma_ln"), {"m": 3}),
    ],
)
def test_a_term_has_synonyms_too(names: tuple[str, ...], terms: dict[str, int]) -> None:
    results = [values_of("lognormal_sum", terms=[{**terms, name: 2}]) for name in names]
    assert all(one == results[0] for one in results)
    assert results[0]["median"] > 0
    assert results[0]["gsd"] > 1


@pytest.mark.parametrize("mode", ["walk", "bike", "walking", "cycling", "lopen", "fiets"])
def test_walking_and_cycling_emit_nothing(mode: str) -> None:
    assert values_of("consumer_trip", km=5, mode=mode)["consumer_trip_kg"] == 0
