"""The worked examples of the method: a calculation, its inputs, and what comes out.

Results are compared in as many digits as the example prints.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Example:
    """One worked example; an expected number is text, so its digits count."""

    id: str
    calculation: str
    inputs: Mapping[str, Any]
    expected: Mapping[str, Any]
    factors: tuple[str, ...] = field(default=())


TCE1 = {"mass": "87", "km": "423", "g": "0.1"}
TCE2 = {"mass": "87", "km": "321", "g": "0.17"}
STOPS = [
    {"id": "A", "kg": 120, "sfd_km": 6},
    {"id": "B", "kg": 80, "sfd_km": 11},
    {"id": "C", "kg": 200, "sfd_km": 14},
    {"id": "D", "kg": 40, "sfd_km": 9},
]
BREAD = {
    "rescued_kg": "120",
    "consumed_share_c": "0.85",
    "displacement_d": "0.5",
    "EF_to_retail": "0.68666",
    "baseline_disposal_w": "0.007",
    "redistribution": "0.120 t x 18 km x 1.326",
}

EXAMPLES = [
    Example("WE01", "transport_activity", {"mass_kg": "230", "distance_km": "700"}, {"tkm": "161"}),
    Example(
        "WE02",
        "transport_element",
        {"mass_kg": "87", "distance_km": "423", "intensity_wtw_kg_tkm": "0.1"},
        {"tkm": "36.801", "co2e_wtw_kg": "3.6801"},
    ),
    Example(
        "WE03",
        "transport_chain",
        {"tce1": TCE1, "tce2": {**TCE2, "g_ttw": "0.153"}},
        {
            "tkm_total": "64.728",
            "wtw_total": "8.42769",
            "tce1_tkm": "36.801",
            "tce1_wtw": "3.6801",
            "tce2_wtw": "4.74759",
            "tce2_ttw": "4.272831",
            "ttw_total": None,
        },
    ),
    Example(
        "WE04",
        "primary_data_share",
        {"primary_tce": "tce1", "tce1": TCE1, "tce2": TCE2},
        # The iLEAP example cuts 56.855 off at two digits; the emission share is rounded.
        {"pds_activity_pct": "56.854838709677", "pds_emission_pct": "43.67"},
    ),
    Example(
        "WE05",
        "energy_emission",
        {"petrol_E0_l": "1000", "grey_kWh": "500"},
        {"kg": "3300.500"},
        ("benzine_e0.wtw", "stroom_grijs.total"),
    ),
    Example(
        "WE06",
        "toc_intensity",
        {
            "diesel_b7_l": "2400",
            "wtw_kg_l": "3.251",
            "ttw": "2.462",
            "tkm_year": "5200",
            "vkm": "26000",
        },
        {
            "wtw_kg": "7802.400",
            "g_wtw_kg_tkm": "1.500462",
            "g_ttw_kg_tkm": "1.136308",
            "kg_per_vkm": "0.300092",
        },
    ),
    Example(
        "WE07",
        "round_allocation",
        {"round_vkm": "38", "kg_per_vkm": "0.295", "stops": STOPS},
        {
            "round_kg": "11.210",
            "sum_kgkm": "4760",
            "A": "1.695630",
            "B": "2.072437",
            "C": "6.594118",
            "D": "0.847815",
            "sum_check": "11.210000",
        },
    ),
    Example(
        "WE09",
        "electric_round",
        {"vkm": "38", "kwh_per_vkm": "0.25"},
        {
            "kwh": "9.5",
            "onbekend_0.244": "2.3180",
            "grijs_0.483": "4.5885",
            "zon_incl_infra_0.062": "0.5890",
            "onbekend_incl_infra_0.260": "2.4700",
        },
        ("stroom_onbekend.total", "stroom_grijs.total", "stroom_zon.infrastructure"),
    ),
    Example(
        "WE11",
        "load_interpolation",
        {
            "E0": "0.55061",
            "E100": "0.70603",
            "LF": "0.5",
            "kg_per_vkm": {"factor": "defra_rigid_7_5_17_vkm.ttw"},
            "kg_per_tkm": {"factor": "defra_rigid_7_5_17_tkm.ttw"},
        },
        {"E50_calc": "0.628320", "implied_avg_load_t": "1.664"},
        ("defra_rigid_7_5_17_vkm.ttw", "defra_rigid_7_5_17_tkm.ttw"),
    ),
    Example(
        "WE12",
        "wtw_sum",
        {"ttw": "0.6313", "wtt": "0.15095", "t": "0.35", "km": "24"},
        {"wtw_kg_tkm": "0.78225", "kg": "6.5709000", "nl2026_same_tce_kg": "11.13840"},
        ("bestelauto_lt2t.wtw",),
    ),
    Example(
        "WE14",
        "stage_sum",
        {
            "stages": [
                "23.237535",
                "56.22806",
                "2.6809785",
                "1.811083",
                "0.4941246",
                "0.23353784",
                "0.35208446",
                "14.439998",
            ]
        },
        {"sum": "99.47740140"},
    ),
    Example(
        "WE15",
        "database_spread",
        {"rivm": "3.83733", "agb": "0.47707", "pn": "1.53"},
        {"ratio": "8.044", "lowest": "agb", "highest": "rivm"},
    ),
    Example(
        "WE16",
        "basket_footprint",
        {"aardappel": 5, "wortel": 2, "kaas_gouda": 1},
        {
            "kg": "8.97592",
            "aardappel": "0.48382",
            "wortel": "0.33218",
            "kaas_gouda": "5.89246",
            "coverage": "1",
        },
        ("aardappel.agribalyse.to_retail", "kaas_gouda.agribalyse.to_retail"),
    ),
    Example("WE17", "ratio", {"gt_co2e": "3.3", "gt_food": "1.3"}, {"kg_per_kg": "2.53846"}),
    Example(
        "WE18",
        "meal_equivalents",
        {"tonnes": "1", "kg_per_meal": "0.420"},
        {"meals": "2381", "meals_refed_0.544": "1838"},
    ),
    Example(
        "WE19",
        "rescued_food_benefit",
        BREAD,
        {
            "gross_headline_kg": "82.3992",
            "redistribution_kg": "2.86416",
            "net_kg": "32.8695",
            "net_d0.2": "11.8577",
            "net_d0.9": "60.8852",
        },
    ),
    Example(
        "WE27",
        "pedigree_factors",
        {"scores_rel_comp_temp_geo_tech": [2, 2, 3, 1, 3], "Ub": 1.05},
        {"gsd2": "1.243457", "sigma_ln": "0.108948"},
    ),
    Example(
        "WE27 with its factors",
        "pedigree_factors",
        {"U": [1.05, 1.02, 1.1, 1.0, 1.2], "Ub": 1.05},
        {"gsd2": "1.243457", "sigma_ln": "0.108948"},
    ),
    Example(
        "WE29",
        "lognormal_product",
        {"activity": 100, "gsd_activity": 1.1, "factor": 0.3, "gsd_factor": 1.35},
        {
            "median": "30.0",
            "gsd": "1.370089",
            "p2_5": "16.1843",
            "p97_5": "55.6095",
            "mean": "31.5247",
        },
    ),
    Example(
        "WE31",
        "data_quality_rating",
        {"E": [30, 12, 5], "q": [1, 3, 5]},
        {"dqr": "1.9362"},
    ),
    Example(
        "WE21", "block_value", {"block": "40000", "hours": "24", "months": "9"}, {"eur": "20000"}
    ),
    Example(
        "WE24",
        "agreement_jobs",
        {"hours": ["34", "12", "25.5"]},
        {"jobs": ["1.3333", "0.4706", "1"], "sum": "2.8039"},
    ),
    Example(
        "WE26",
        "sroi",
        {
            "n": 8,
            "proxy_eur": 9000,
            "deadweight": 0.25,
            "displacement": 0.1,
            "attribution_to_others": 0.3,
            "drop_off": 0.35,
            "years": 3,
            "discount": 0.035,
            "input_eur": 60000,
        },
        {
            "gross_y1": "72000",
            "impact_y1": "34020.0",
            "years": ["34020.0", "22113.0", "14373.45"],
            "pv": "66476.32",
            "ratio": "1.1079",
            "net_pv": "6476.32",
        },
    ),
    Example("WE32", "rounding", {"n": [0, 49, 50, 149, 150]}, {"rounded": [0, 0, 100, 100, 200]}),
    Example(
        "WE33",
        "dominance",
        {"x": [10, 12, 11, 40], "limit": 0.3},
        {"share": "0.5479", "publish_mean": False},
    ),
    Example(
        "WE34",
        "table_suppression",
        {
            "rows": {"Assen": [14, 4, 22], "Emmen": [31, 17, 12]},
            "cols": ["Pwet", "WIA", "Banenafspraak"],
            "threshold": 10,
        },
        {
            "primary": ["Assen/WIA"],
            "complementary": ["Assen/Pwet", "Emmen/WIA", "Emmen/Pwet"],
            "published": {"Assen": ["x", "x", 22], "Emmen": ["x", "x", 12]},
            "totals_kept": {"Assen": 40, "Emmen": 60, "Pwet": 45, "WIA": 21, "Banenafspraak": 34},
        },
    ),
]
