"""A product's footprint as PACT asks for it, with nothing in it that nobody knows."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from ketens.domain.exchange.pact import (
    GAPS,
    FactorSource,
    FootprintRecord,
    MethodFacts,
    build_footprint,
    say_decimal,
)
from ketens.models import FactorSet, Leg
from ketens.operations.chains import add_product
from ketens.operations.foods import choose_basis
from ketens.queries.exchange.footprints import list_footprints
from tests.ketens.exchange.checking import faults_of
from tests.ketens.exchange.clients import build_reader
from tests.ketens.street import BREAD, COOKIES, DAY, BreadChain, build_bread_chain
from tests.ketens.test_foods import approve, load

NOW = datetime(2026, 11, 20, 10, tzinfo=UTC)
RECORD = FootprintRecord(
    product_ref="101",
    product_name="Drents roggebrood",
    company_name="Bakkerij Oost",
    kvk_number="12345678",
    food="Bread",
    match_quality="close",
    food_kg=Decimal("0.4"),
    transport_kg=Decimal("0.1"),
    primary_kg=Decimal("0.05"),
    sources=(FactorSource("Agribalyse 3.1.1", "agribalyse-2023-v1"),),
    valid_from=date(2023, 1, 1),
    valid_to=date(2027, 12, 31),
    created_at=NOW,
)
KNOWN = MethodFacts(
    including_uptake_kg=Decimal("-0.9"),
    fossil_kg=Decimal("0.3"),
    fossil_carbon_kg=Decimal(0),
    exempted_percent=Decimal(0),
    characterization=("AR6",),
    standards=("PACT-3.0",),
)


def test_only_the_fields_that_nobody_knows_are_missing_and_they_are_named() -> None:
    faults = faults_of(build_footprint(RECORD), "pact-3.0.3")
    assert sorted(faults) == [f"$.pcf: '{name}' is a required property" for name in GAPS]


def test_a_footprint_with_everything_known_fits_the_standard() -> None:
    document = build_footprint(RECORD, KNOWN)
    assert faults_of(document, "pact-3.0.3") == []
    assert document["pcf"]["pcfIncludingBiogenicUptake"] == "-0.9"
    assert document["pcf"]["fossilCarbonContent"] == "0"


def test_a_footprint_adds_food_and_transport_and_says_what_was_measured() -> None:
    pcf = build_footprint(RECORD)["pcf"]
    assert (pcf["pcfExcludingBiogenicUptake"], pcf["primaryDataShare"]) == ("0.5", "10")
    assert (pcf["referencePeriodStart"], pcf["referencePeriodEnd"]) == (
        "2023-01-01T00:00:00Z",
        "2028-01-01T00:00:00Z",
    )


def test_another_value_is_another_footprint_and_the_same_is_the_same() -> None:
    assert replace(RECORD).footprint_id == RECORD.footprint_id
    assert replace(RECORD, food_kg=Decimal("0.400000")).footprint_id == RECORD.footprint_id
    assert replace(RECORD, food_kg=Decimal("0.41")).footprint_id != RECORD.footprint_id


@pytest.mark.parametrize(
    ("value", "said"),
    [("0", "0"), ("100", "100"), ("1E-7", "0"), ("0.1234565", "0.123457"), ("-0.50", "-0.5")],
)
def test_a_decimal_is_a_string_with_a_point(value: str, said: str) -> None:
    assert say_decimal(Decimal(value)) == said


@pytest.fixture
def bread() -> BreadChain:
    """A chain that counts its bread with Agribalyse, and sells cookies without a food."""
    cache.clear()
    bread = build_bread_chain()
    foods = load("agribalyse-2023")
    choose_basis(chain=bread.chain, factor_set=foods, valid_from=date(2026, 1, 1))
    approve(bread, foods, farm_of(foods))
    add_product(chain=bread.chain, product_ref=COOKIES, maker=bread.members["bakery"])
    return bread


def farm_of(foods: FactorSet) -> str:
    """Return the key of the first food of the farm."""
    row = foods.factors.filter(scope="farm").order_by("key").first()
    assert row is not None
    return row.key


@pytest.mark.django_db
def test_the_footprint_of_bread_is_the_farm_and_the_way_to_the_bakery(
    bread: BreadChain, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(7):
        (record,) = list_footprints(today=DAY)
    farm = FactorSet.objects.get(key="agribalyse").factors.get(
        key=farm_of(FactorSet.objects.get(key="agribalyse"))
    )
    # Field to mill: 0.8 kg over 9 km; mill to bakery: 0.76 of 120 kg on 12 km driven.
    field = Decimal("0.0008") * 9 * Decimal("1.326")
    mill = 12 * Decimal("0.295") * Decimal("0.76") / 120
    assert (record.product_ref, record.food_kg, record.primary_kg) == (BREAD, farm.value, 0)
    assert say_decimal(record.transport_kg) == say_decimal(field + mill)
    assert [(source.name, source.version) for source in record.sources] == [
        ("Agribalyse 3.1.1", "agribalyse-2023-v1"),
        ("Nederlandse CO2-emissiefactoren 2026", "nl-2026-v1"),
    ]
    assert record.company_name == "Bakkerij Oost"


@pytest.mark.django_db
def test_an_unknown_stretch_to_the_maker_gives_no_footprint(bread: BreadChain) -> None:
    Leg.objects.filter(pk=bread.legs["bakery-shop"].pk).update(distance_m=None)
    assert len(list_footprints(today=DAY)) == 1
    Leg.objects.filter(pk=bread.legs["field-mill"].pk).update(distance_m=None)
    assert list_footprints(today=DAY) == ()


@pytest.mark.django_db
def test_a_database_that_goes_beyond_the_gate_gives_no_footprint(bread: BreadChain) -> None:
    rivm = load("rivm-2024")
    choose_basis(chain=bread.chain, factor_set=rivm, valid_from=DAY)
    row = rivm.factors.filter(scope="consumed").order_by("key").first()
    assert row is not None
    approve(bread, rivm, row.key)
    assert list_footprints(today=DAY) == ()


@pytest.mark.django_db
def test_a_program_reads_the_list_and_one_by_its_id(bread: BreadChain, settings: Any) -> None:
    reader = build_reader(settings)
    (listed,) = reader.get("/3/footprints").json()["data"]
    one = reader.get(f"/3/footprints/{listed['id']}")
    assert (one.status_code, one.json()) == (200, {"data": listed})
    gaps = [f"$.pcf: '{name}' is a required property" for name in GAPS]
    assert sorted(faults_of(listed, "pact-3.0.3")) == gaps
    missing = reader.get("/3/footprints/00000000-0000-4000-8000-000000000000")
    assert (missing.status_code, missing.json()["code"]) == (404, "NotFound")
    assert Client().get("/3/footprints").status_code == 403
    asked = reader.post("/3/events", {}, content_type="application/json")
    assert (asked.status_code, asked.json()["code"]) == (501, "NotImplemented")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("productId=urn:winkelstraat:product:101", 1),
        ("productId=urn:winkelstraat:product:101&productId=urn:x:y", 1),
        ("productId=urn:winkelstraat:product:999", 0),
        ("companyId=urn:kvk:00000000", 0),
        ("status=Active", 1),
        ("status=Deprecated", 0),
        ("geography=NL", 0),
        ("classification=urn:x:y", 0),
        ("validOn=2026-11-24T00:00:00Z", 1),
        ("validOn=2022-12-31T00:00:00Z", 0),
        ("validAfter=2022-12-31T00:00:00Z", 1),
        ("validAfter=2023-01-01T00:00:00Z", 0),
        ("validBefore=2028-01-02T00:00:00Z", 1),
        ("validBefore=2028-01-01T00:00:00Z", 0),
        ("offset=1", 0),
    ],
)
def test_a_filter_keeps_what_fits(bread: BreadChain, settings: Any, query: str, found: int) -> None:
    answer = build_reader(settings).get(f"/3/footprints?{query}")
    assert (answer.status_code, len(answer.json()["data"])) == (200, found)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "query", ["limit=0", "limit=x", "offset=-1", "validOn=soon", "validOn=2026-01-01", "$filter=a"]
)
def test_a_filter_that_cannot_be_read_is_refused(settings: Any, query: str) -> None:
    cache.clear()
    answer = build_reader(settings).get(f"/3/footprints?{query}")
    assert (answer.status_code, answer.json()["code"]) == (400, "BadRequest")


@pytest.mark.django_db
def test_a_long_list_comes_in_pages_that_lead_to_the_next(bread: BreadChain, settings: Any) -> None:
    foods = FactorSet.objects.get(key="agribalyse")
    approve(bread, foods, farm_of(foods), product_ref=COOKIES, product_name="Koekjes")
    reader = build_reader(settings)
    first = reader.get("/3/footprints?limit=1&status=Active")
    link = first.headers["Link"]
    address = link.removeprefix("<").removesuffix('>; rel="next"')
    assert address == "http://testserver/3/footprints?status=Active&limit=1&offset=1"
    second = reader.get(address)
    assert "Link" not in second.headers
    names = [answer.json()["data"][0]["productNameCompany"] for answer in (first, second)]
    assert names == ["Drents roggebrood", "Koekjes"]
    assert reverse("exchange:footprints") == "/3/footprints"
