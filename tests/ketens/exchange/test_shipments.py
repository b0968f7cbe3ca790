"""Rounds and booked stretches as iLEAP asks: activity times intensity is the emission again."""

from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.cache import cache
from django.test import Client

from ketens.domain.exchange.ileap import (
    TOC_GAPS,
    ElementRecord,
    Energy,
    HocRecord,
    ShipmentRecord,
    build_carriers,
    build_hoc,
    build_shipment,
    say_number,
)
from ketens.domain.transport import ImplausibleInput
from ketens.models import Calculation, Factor, Round
from ketens.operations import book_sale
from ketens.operations.rounds import DrivenRound, DrivenStop, record_round
from tests.ketens.exchange.checking import faults_of
from tests.ketens.exchange.clients import build_reader
from tests.ketens.street import (
    COOKIES,
    DAY,
    NOW,
    BreadChain,
    build_bread_chain,
    build_sale,
    line_of_bread,
)

PURCHASE = UUID("cc2d74c9-6575-49d0-9d8d-f40d18ac1579")
MILLIGRAM = Decimal("0.000001")
ELEMENT = ElementRecord(
    element_id=UUID(int=1),
    toc_id=UUID(int=2),
    mass_kg=Decimal(87),
    distance_km=Decimal(423),
    wtw_kg=Decimal("3.6801"),
    ttw_kg=Decimal("3.2801"),
)


def test_an_element_gives_its_activity_in_tonne_kilometres() -> None:
    document = build_shipment(ShipmentRecord(UUID(int=3), Decimal(87), (ELEMENT,)))
    assert faults_of(document, "ileap-1.0.0-shipment") == []
    (element,) = document["tces"]
    assert (element["transportActivity"], element["distance"]) == ("36.801", {"sfd": "423"})
    assert "prevTceIds" not in element


def test_tank_to_wheel_above_well_to_wheel_and_a_way_without_stretches_are_refused() -> None:
    wrong = ElementRecord(
        UUID(int=1), UUID(int=2), Decimal(1), Decimal(1), Decimal("2.67"), Decimal("2.80")
    )
    for elements in [(), (wrong,)]:
        with pytest.raises(ImplausibleInput):
            build_shipment(ShipmentRecord(UUID(int=3), Decimal(1), elements))


def test_a_hub_counts_by_the_tonne() -> None:
    power = Energy("stroom_onbekend.total", "kgCO2e/kWh", Decimal("0.244"), Decimal(0))
    hub = HocRecord(UUID(int=4), "warehouse", Decimal("0.0061"), Decimal(0), power)
    document = build_hoc(hub)
    assert faults_of(document, "ileap-1.0.0-hoc") == []
    assert (document["hubActivityUnit"], document["co2eIntensityWTW"]) == ("tonnes", "0.0061")


@pytest.mark.parametrize(
    ("key", "carrier"),
    [
        ("diesel_b7.wtw", "Diesel"),
        ("hvo100.wtw", "HVO"),
        ("stroom_wind.total", "Electric"),
        ("hvo30.wtw", None),
    ],
)
def test_a_carrier_without_a_word_is_not_given(key: str, carrier: str | None) -> None:
    found = build_carriers(Energy(key, "kgCO2e/liter", Decimal(2), Decimal(1)))
    assert (found[0]["energyCarrier"] if found else None) == carrier


@pytest.mark.parametrize(
    ("value", "said"), [("120", "120"), ("0.1200", "0.12"), ("1E+2", "100"), ("0", "0")]
)
def test_a_number_is_a_string_with_a_point(value: str, said: str) -> None:
    assert say_number(Decimal(value)) == said


@pytest.fixture
def bread() -> BreadChain:
    cache.clear()
    return build_bread_chain()


def drive(bread: BreadChain, key: str, energy: str) -> Round:
    """Drive a round from the bakery with two stops."""
    stops = [
        DrivenStop(bread.members["shop"], 120_000, 6_000),
        DrivenStop(bread.members["mill"], 80_000, 11_000),
    ]
    factor = Factor.objects.get(key=key)
    driven = DrivenRound(DAY, 38_000, Decimal(energy), factor, stops)
    return record_round(carrier=bread.members["bakery"], driven=driven, user=None, now=NOW)


def check_elements(answer: Any) -> None:
    """Hold every element to its category: activity times intensity, within a milligram."""
    tocs = {toc["tocId"]: toc for toc in answer["tocs"]}
    assert len(tocs) == len(answer["tocs"])
    elements = [one for shipment in answer["shipments"] for one in shipment["tces"]]
    assert {one["tocId"] for one in elements} == set(tocs)
    for one in elements:
        activity, toc = Decimal(one["transportActivity"]), tocs[one["tocId"]]
        assert activity == Decimal(one["mass"]) * Decimal(one["distance"]["sfd"]) / 1000
        for scope in ("WTW", "TTW"):
            expected = activity * Decimal(toc[f"co2eIntensity{scope}"])
            assert abs(Decimal(one[f"co2e{scope}"]) - expected) <= MILLIGRAM


@pytest.mark.django_db
def test_a_round_is_a_shipment_for_every_stop_and_adds_up(bread: BreadChain, settings: Any) -> None:
    row = drive(bread, "diesel_b7.wtw", "3.8")
    answer = build_reader(settings).get(f"/ileap/rounds/{row.public_id}.json").json()
    assert [faults_of(one, "ileap-1.0.0-shipment") for one in answer["shipments"]] == [[], []]
    (toc,) = answer["tocs"]
    assert faults_of(toc, "ileap-1.0.0-toc") == []
    check_elements(answer)
    elements = [one for shipment in answer["shipments"] for one in shipment["tces"]]
    assert sum(Decimal(one["co2eWTW"]) for one in elements) == Decimal("12.3538")
    assert sum(Decimal(one["co2eTTW"]) for one in elements) == Decimal("9.3556")
    assert toc["energyCarriers"] == [
        {
            "energyCarrier": "Diesel",
            "relativeShare": "1",
            "energyConsumption": "3.8",
            "energyConsumptionUnit": "l",
            "emissionFactorWTW": "3.251",
            "emissionFactorTTW": "2.462",
        }
    ]
    assert (answer["hocs"], answer["leftOut"]) == ([], 0)


@pytest.mark.django_db
def test_a_round_on_power_emits_nothing_from_its_own_tank(bread: BreadChain, settings: Any) -> None:
    row = drive(bread, "stroom_onbekend.total", "9.5")
    answer = build_reader(settings).get(f"/ileap/rounds/{row.public_id}.json").json()
    assert {one["co2eTTW"] for ship in answer["shipments"] for one in ship["tces"]} == {"0"}
    assert answer["tocs"][0]["energyCarriers"][0]["feedstocks"] == [{"feedstock": "Grid"}]
    check_elements(answer)


@pytest.mark.django_db
def test_a_round_of_which_tank_to_wheel_is_unknown_is_left_out(
    bread: BreadChain, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = drive(bread, "diesel_b7.wtw", "3.8")
    monkeypatch.setattr("ketens.queries.exchange.shipments.ttw_key", lambda key: f"{key}.none")
    answer = build_reader(settings).get(f"/ileap/rounds/{row.public_id}.json").json()
    assert answer == {"shipments": [], "tocs": [], "hocs": [], "leftOut": 2}


@pytest.mark.django_db
def test_a_purchase_is_a_shipment_for_every_line_with_its_way_in_order(
    bread: BreadChain, settings: Any, django_assert_num_queries: Any
) -> None:
    lines = [line_of_bread(), line_of_bread(800, line_ref="8"), line_of_bread(None, line_ref="9")]
    lines.append(line_of_bread(500, line_ref="10", product_ref=COOKIES))
    book_sale(sale=build_sale(bread, *lines, purchase_ref=PURCHASE), now=NOW)
    reader = build_reader(settings)
    with django_assert_num_queries(3):
        answer = reader.get(f"/ileap/purchases/{PURCHASE}.json").json()
    assert [faults_of(one, "ileap-1.0.0-shipment") for one in answer["shipments"]] == [[], []]
    check_elements(answer)
    first = answer["shipments"][0]
    assert (first["mass"], answer["leftOut"]) == ("1.6", 1)
    assert [one["mass"] for one in first["tces"]] == ["1.28", "1.216", "1.6"]
    ids = [one["tceId"] for one in first["tces"]]
    assert [one.get("prevTceIds") for one in first["tces"]] == [None, [ids[0]], [ids[1]]]
    booked = Calculation.objects.filter(leg__isnull=False).values_list("public_id", flat=True)
    assert set(ids) <= {str(one) for one in booked}


@pytest.mark.django_db
def test_an_average_of_a_country_names_no_energy_and_only_that_is_missing(
    bread: BreadChain, settings: Any
) -> None:
    book_sale(sale=build_sale(bread, purchase_ref=PURCHASE), now=NOW)
    answer = build_reader(settings).get(f"/ileap/purchases/{PURCHASE}.json").json()
    gap = [f"$: '{name}' is a required property" for name in TOC_GAPS]
    found = [faults_of(one, "ileap-1.0.0-toc") for one in answer["tocs"]]
    assert found == [gap, gap, []]
    assert answer["tocs"][2]["energyCarriers"][0]["emissionFactorWTW"] == "0.26"
    assert answer["tocs"][1]["emptyDistanceFactor"] == "0.5"


@pytest.mark.django_db
def test_what_was_not_booked_is_not_found_and_without_a_token_nothing_is_read(
    bread: BreadChain, settings: Any
) -> None:
    row = drive(bread, "diesel_b7.wtw", "3.8")
    reader = build_reader(settings)
    for address in (f"/ileap/rounds/{uuid4()}.json", f"/ileap/purchases/{uuid4()}.json"):
        assert (reader.get(address).status_code, Client().get(address).status_code) == (404, 403)
    assert Client().get(f"/ileap/rounds/{row.public_id}.json").status_code == 403
