"""A sale moves grams, milligrams, metres and minutes, once, and says what it does not know."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ketens.domain import codes
from ketens.domain.sales import ConflictingSale
from ketens.models import BookedLine, Calculation, SaleBooking
from ketens.operations import book_sale
from ketens.operations.bookings import digest_of_calculation
from tests.ketens.street import (
    COOKIES,
    NOW,
    build_bread_chain,
    build_sale,
    line_of_bread,
    load_factors,
)
from winkelstraat.ledger.domain import Unit
from winkelstraat.ledger.models import Transfer
from winkelstraat.ledger.queries import get_balance, list_transfers

pytestmark = pytest.mark.django_db

# 1,600 g of bread: 1,280 g of rye over 9 km by van at 1.326 kg per tkm; 1,216 g of
# flour on a round of 2 x 6 km at 0.295 kg per km with a load of 120 kg; 1,600 g over
# 5 km by cargo bike at 0.03 kWh and 0.260 kg per kWh with a load of 50 kg.
FIELD_MG = 15_276
MILL_MG = 35_872
BIKE_MG = 1_248


def test_goods_move_from_field_to_resident_to_the_gram() -> None:
    bread = build_bread_chain()
    book_sale(sale=build_sale(bread), now=NOW)
    moved = [
        (row.credit, row.debit, row.amount)
        for row in list_transfers(source="seller_order:1")
        if row.unit is Unit.GRAMS
    ]
    member = {
        name: codes.member_account(bread.chain.pk, each.role, each.pk)
        for name, each in bread.members.items()
    }
    counter = codes.counter_account(bread.chain.pk)
    assert moved == [
        (member["field"], member["mill"], 1_280),
        (member["mill"], member["bakery"], 1_216),
        (member["bakery"], member["shop"], 1_600),
        (member["shop"], counter, 1_600),
        (counter, codes.residents_account(bread.village.pk), 1_600),
    ]


def test_each_leg_puts_its_emission_and_metres_on_the_line() -> None:
    bread = build_bread_chain()
    book_sale(sale=build_sale(bread), now=NOW)
    line = BookedLine.objects.get()
    by_leg = {row.leg_id: row for row in Calculation.objects.filter(leg__isnull=False)}
    results = {name: by_leg[leg.pk] for name, leg in bread.legs.items()}
    assert results["field-mill"].result == Decimal("0.015276")
    assert results["mill-bakery"].result == Decimal("0.035872")
    assert results["bakery-shop"].result == Decimal("0.001248")
    assert [row.quality_level for row in results.values()] == [5, 4, 3]
    assert line.emission_mg_co2e == FIELD_MG + MILL_MG + BIKE_MG
    residents = codes.residents_account(bread.village.pk)
    assert get_balance(unit=Unit.MG_CO2E, account=residents).net == line.emission_mg_co2e
    assert get_balance(unit=Unit.METRES, account=residents).net == 122 + 160
    assert line.distance_m is None, "the van's load is not known, so its metres are not"


def test_social_work_moves_minutes() -> None:
    bread = build_bread_chain()
    book_sale(sale=build_sale(bread), now=NOW)
    account = codes.work_account(bread.chain.pk, bread.members["bakery"].pk)
    assert get_balance(unit=Unit.MINUTES, account=account).credits == 10
    assert BookedLine.objects.get().work_minutes == 10


def test_a_calculation_tells_everything_needed_to_repeat_it() -> None:
    bread = build_bread_chain()
    book_sale(sale=build_sale(bread), now=NOW)
    row = Calculation.objects.select_related("booking", "line", "factor").get(
        leg=bread.legs["field-mill"]
    )
    assert row.inputs == {
        "sold_mass_g": "1600",
        "grams_per_kg_sold": "800",
        "distance_m": "9000",
        "factor_key": "bestelauto_lt2t.wtw",
        "factor_value": "1.326000",
        "factor_unit": "kgCO2e/tkm",
        "factor_set": "nl-2026-v1",
    }
    assert (row.formula, row.formula_version, row.factor_set_version) == (
        "transport.tkm",
        1,
        "nl-2026-v1",
    )
    assert row.digest == digest_of_calculation(row)


def test_an_unknown_mass_is_counted_and_moves_nothing() -> None:
    bread = build_bread_chain()
    book_sale(sale=build_sale(bread, line_of_bread(None)), now=NOW)
    line = BookedLine.objects.get()
    assert (line.mass_g, line.emission_mg_co2e, line.work_minutes) == (None, None, None)
    assert not Transfer.objects.exists()


def test_a_product_in_no_chain_moves_its_grams_only() -> None:
    bread = build_bread_chain()
    book_sale(sale=build_sale(bread, line_of_bread(product_ref=COOKIES)), now=NOW)
    (row,) = list_transfers(source="seller_order:1")
    assert (row.credit, row.amount) == (codes.loose_goods_account(bread.shop.pk), 1_600)
    assert BookedLine.objects.get().emission_mg_co2e is None


def test_a_day_without_factors_leaves_the_emission_unknown_and_books_the_goods() -> None:
    bread = build_bread_chain()
    book_sale(sale=build_sale(bread, day=date(2027, 1, 2)), now=NOW)
    assert BookedLine.objects.get().emission_mg_co2e is None
    found = Calculation.objects.filter(leg__isnull=False)
    assert {(row.result, row.unknown_because) for row in found} == {(None, "no_factor")}
    residents = codes.residents_account(bread.village.pk)
    assert get_balance(unit=Unit.MG_CO2E, account=residents).net == 0
    assert get_balance(unit=Unit.GRAMS, account=residents).net == 1_600


def test_the_bakery_that_sells_at_its_own_door_skips_the_last_leg() -> None:
    bread = build_bread_chain()
    sale = replace(build_sale(bread), enterprise_id=bread.bakery.pk)
    book_sale(sale=sale, now=NOW)
    assert BookedLine.objects.get().emission_mg_co2e == FIELD_MG + MILL_MG


def test_a_stranger_who_sells_the_product_is_not_in_the_chain() -> None:
    bread = build_bread_chain()
    stranger = build_bread_chain_outsider()
    book_sale(sale=replace(build_sale(bread), enterprise_id=stranger), now=NOW)
    assert BookedLine.objects.get().chain_id is None


def build_bread_chain_outsider() -> int:
    from tests.builders import build_enterprise

    return build_enterprise("Markt Assen").pk


def test_a_sale_before_the_chain_began_is_not_booked_on_it() -> None:
    bread = build_bread_chain()
    book_sale(sale=build_sale(bread, day=date(2025, 12, 31)), now=NOW)
    assert BookedLine.objects.get().chain_id is None


def test_the_same_sale_twice_changes_nothing() -> None:
    bread = build_bread_chain()
    first = book_sale(sale=build_sale(bread), now=NOW)
    transfers = Transfer.objects.count()
    again = build_sale(bread, replace(line_of_bread(), quantity=Decimal("2.000")))
    assert book_sale(sale=again, now=NOW) == first
    assert Transfer.objects.count() == transfers
    assert (SaleBooking.objects.count(), BookedLine.objects.count()) == (1, 1)


def test_other_content_under_the_same_source_is_refused() -> None:
    bread = build_bread_chain()
    book_sale(sale=build_sale(bread), now=NOW)
    transfers = Transfer.objects.count()
    with pytest.raises(ConflictingSale):
        book_sale(sale=build_sale(bread, line_of_bread(800)), now=NOW)
    assert Transfer.objects.count() == transfers
    assert BookedLine.objects.get().mass_g == 1_600


def test_a_residents_own_trip_is_told_apart_and_never_booked() -> None:
    bread = build_bread_chain()
    book_sale(sale=build_sale(bread, pickup_distance_m=3_000), now=NOW)
    trip = Calculation.objects.get(formula="trip.consumer")
    assert trip.result == Decimal("0.570000")
    assert BookedLine.objects.get().emission_mg_co2e == FIELD_MG + MILL_MG + BIKE_MG


def test_a_booking_of_ten_lines_takes_few_queries() -> None:
    bread = build_bread_chain()
    book_sale(sale=build_sale(bread, source="seller_order:9"), now=NOW)
    lines = [line_of_bread(line_ref=str(number)) for number in range(10)]
    with CaptureQueriesContext(
        connection,
    ) as captured:
        book_sale(sale=build_sale(bread, *lines), now=NOW)
    statements = [row["sql"] for row in captured if "SAVEPOINT" not in row["sql"]]
    assert len(statements) <= 12, "\n".join(statements)


def test_loading_the_factors_again_changes_nothing() -> None:
    load_factors()
    load_factors()
