"""The transport formulas give the worked examples of the method, to the last digit."""

from decimal import Decimal as D  # noqa: N817

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ketens.domain import transport
from ketens.domain.transport import Method, Quality, Stop
from ketens.domain.units import UnlikeUnits, kg_co2e, km, total


def test_transport_activity_is_mass_times_distance() -> None:
    """WE01, iLEAP 1.0.0."""
    assert transport.transport_activity(D(230), D(700)).value == D(161)


def test_an_element_emits_activity_times_intensity() -> None:
    """WE02, iLEAP 1.0.0."""
    activity = transport.transport_activity(D(87), D(423))
    assert activity.value == D("36.801")
    assert transport.element_emission(activity, D("0.1")) == kg_co2e("3.6801")


def test_a_chain_emits_the_sum_of_its_elements() -> None:
    """WE03, iLEAP 1.0.0."""
    first = transport.transport_activity(D(87), D(423))
    second = transport.transport_activity(D(87), D(321))
    emissions = [
        transport.element_emission(first, D("0.1")),
        transport.element_emission(second, D("0.17")),
    ]
    assert total([first, second]).value == D("64.728")
    assert emissions[1] == kg_co2e("4.74759")
    assert transport.chain_emission(emissions) == kg_co2e("8.42769")
    assert transport.element_emission(second, D("0.153")) == kg_co2e("4.272831")


def test_primary_share_differs_by_activity_and_by_emission() -> None:
    """WE04: 56.85% by activity (cut off, as iLEAP prints it), 43.67% by emission."""
    assert D("36.801") / D("64.728") * 100 // D("0.01") * D("0.01") == D("56.85")
    assert round(D("3.6801") / D("8.42769") * 100, 2) == D("43.67")


def test_fuel_and_power_add_up_as_emissions() -> None:
    """WE05."""
    parts = [
        transport.fuel_emission(D(1000), D("3.059")),
        transport.fuel_emission(D(500), D("0.483")),
    ]
    assert transport.chain_emission(parts) == kg_co2e("3300.500")


def test_a_year_of_diesel_gives_an_intensity() -> None:
    """WE06: empty kilometres are in the litres."""
    wtw = transport.fuel_emission(D(2400), D("3.251"))
    carried = [transport.transport_activity(D(5_200_000), D(1))]
    assert wtw == kg_co2e("7802.400")
    assert round(transport.intensity_from_energy([wtw], carried), 6) == D("1.500462")
    ttw = transport.fuel_emission(D(2400), D("2.462"))
    assert round(transport.intensity_from_energy([ttw], carried), 6) == D("1.136308")
    assert round(wtw.value / 26000, 6) == D("0.300092")


def test_a_milk_round_is_shared_by_mass_times_distance_from_the_depot() -> None:
    """WE07: the parts add up to the round of 11.21 kg, to the milligram."""
    round_mg = transport.to_mg(transport.default_round(D(38), D("0.295")))
    stops = [Stop(D(120), D(6)), Stop(D(80), D(11)), Stop(D(200), D(14)), Stop(D(40), D(9))]
    assert round_mg == 11_210_000
    assert sum(stop.mass_kg * stop.distance_km for stop in stops) == 4760
    parts = transport.allocate_round(round_mg, stops)
    assert parts == [1_695_630, 2_072_437, 6_594_118, 847_815]
    assert sum(parts) == round_mg


def test_an_electric_round_follows_its_power_label() -> None:
    """WE09: infrastructure is a switch."""
    driven, consumption = D(38), D("0.25")
    assert driven * consumption == D("9.5")

    def emission(factor: str, infra: str = "0", *, include_infra: bool = False) -> D:
        per_kwh = transport.electricity_factor(D(factor), D(infra), include_infra=include_infra)
        return transport.modelled_round(driven, consumption, per_kwh).value

    assert emission("0.244", "0.016") == D("2.3180")
    assert emission("0.483") == D("4.5885")
    assert emission("0", "0.062", include_infra=True) == D("0.5890")
    assert emission("0.244", "0.016", include_infra=True) == D("2.4700")


def test_a_load_factor_interpolates_between_empty_and_full() -> None:
    """WE11: reproduces the printed value at half load."""
    assert transport.interpolate_load(D("0.55061"), D("0.70603"), D("0.5")) == D("0.628320")


def test_countries_differ_for_the_same_trip() -> None:
    """WE12: 0.35 t over 24 km with the British and the Dutch default."""
    activity = transport.transport_activity(D(350), D(24))
    british = D("0.6313") + D("0.15095")
    assert british == D("0.78225")
    assert transport.element_emission(activity, british) == kg_co2e("6.5709")
    assert transport.element_emission(activity, D("1.326")) == kg_co2e("11.1384")


def test_a_residents_trip_is_half_his_errand_unless_he_says_otherwise() -> None:
    assert transport.consumer_trip(D(10), D("0.19")) == kg_co2e("0.95")
    assert transport.consumer_trip(D(10), D("0.19"), D(1)) == kg_co2e("1.9")


def test_empty_kilometres_belong_to_the_round() -> None:
    assert transport.vehicle_kilometres(D(14), D("0.5")) == D(28)
    with pytest.raises(transport.ImplausibleInput):
        transport.vehicle_kilometres(D(14), D(1))


def test_spend_based_results_are_refused() -> None:
    assert transport.quality_of(Method.TKM_DEFAULT) is Quality.DEFAULT_PER_TKM
    with pytest.raises(transport.SpendBasedRefused):
        transport.quality_of(Method.SPEND)


def test_kilometres_are_not_an_activity() -> None:
    with pytest.raises(transport.ImplausibleInput):
        transport.element_emission(km(3), D(1))
    with pytest.raises(UnlikeUnits):
        transport.chain_emission([kg_co2e(1), km(1)])


def test_an_empty_round_cannot_be_shared() -> None:
    with pytest.raises(transport.ImplausibleInput):
        transport.allocate_round(100, [Stop(D(0), D(5))])


stops_strategy = st.lists(
    st.builds(
        Stop,
        st.decimals(min_value=0, max_value=2000, places=3),
        st.decimals(min_value=0, max_value=200, places=3),
    ),
    min_size=1,
    max_size=30,
).filter(lambda stops: any(stop.mass_kg * stop.distance_km > 0 for stop in stops))


@given(round_mg=st.integers(min_value=0, max_value=10**10), stops=stops_strategy)
def test_the_parts_of_any_round_add_up_to_the_milligram(round_mg: int, stops: list[Stop]) -> None:
    parts = transport.allocate_round(round_mg, stops)
    whole = sum(stop.mass_kg * stop.distance_km for stop in stops)
    assert sum(parts) == round_mg
    for part, stop in zip(parts, stops, strict=True):
        assert abs(part - round_mg * stop.mass_kg * stop.distance_km / whole) < 1
