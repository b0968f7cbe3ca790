"""A loaded factor set stands for ever; a correction is a new version."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction

from ketens.domain.factors import FactorListRefused
from ketens.models import Calculation, Factor, FactorSet
from ketens.operations import book_sale
from ketens.operations.factors import FactorSetChanged, load_factor_set, read_factor_folder
from ketens.queries.routes import get_factors_on
from tests.ketens.street import FACTORS, NOW, build_bread_chain, build_sale

pytestmark = pytest.mark.django_db


def test_the_dutch_set_of_2026_loads_once_with_its_printed_values(
    capsys: pytest.CaptureFixture[str],
) -> None:
    call_command("load_factors", FACTORS / "set.yaml")
    call_command("load_factors", FACTORS / "set.yaml")
    assert capsys.readouterr().out == "nl-2026: loaded\nnl-2026: already there\n"
    factors = get_factors_on(["bestelauto_lt2t.wtw", "stroom_onbekend.total"], date(2026, 6, 1))
    assert {key: factor.value for key, factor in factors.items()} == {
        "bestelauto_lt2t.wtw": Decimal("1.326"),
        "stroom_onbekend.total": Decimal("0.244"),
    }
    assert Factor.objects.count() == 166
    assert Factor.objects.get(key="lzv.wtw").rounding_difference == Decimal("-0.003")
    unverified = Factor.objects.filter(status="unverified").values_list("key", flat=True)
    assert sorted(unverified) == [
        "bakfiets_elektrisch.consumption",
        "bestelauto_elektrisch.consumption",
    ]


def test_no_factor_holds_outside_its_dates() -> None:
    call_command("load_factors", FACTORS / "set.yaml", verbosity=0)
    assert get_factors_on(["bestelauto_lt2t.wtw"], date(2027, 1, 1)) == {}
    assert get_factors_on(["bestelauto_lt2t.wtw"], date(2025, 12, 31)) == {}


def test_changed_rows_under_a_loaded_version_are_refused() -> None:
    content = read_factor_folder(FACTORS)
    load_factor_set(content=content, now=NOW)
    changed = replace(content.factors[0], value=Decimal("1.3"))
    with pytest.raises(FactorSetChanged):
        load_factor_set(content=replace(content, factors=(changed, *content.factors[1:])), now=NOW)
    assert Factor.objects.get(key=changed.key).value == Decimal("1.326")


def test_a_correction_is_a_new_version_and_old_calculations_keep_theirs() -> None:
    bread = build_bread_chain()
    book_sale(sale=build_sale(bread), now=NOW)
    content = read_factor_folder(FACTORS)
    corrected = tuple(
        replace(factor, value=Decimal("1.5")) if factor.key == "bestelauto_lt2t.wtw" else factor
        for factor in content.factors
    )
    second = replace(content, version=2, reason="uitgever herstelde een fout", factors=corrected)
    load_factor_set(content=second, now=NOW)
    book_sale(sale=build_sale(bread, source="seller_order:2"), now=NOW)
    found = Calculation.objects.filter(leg=bread.legs["field-mill"]).order_by("pk")
    assert [(row.factor_set_version, row.result) for row in found] == [
        ("nl-2026-v1", Decimal("0.015276")),
        ("nl-2026-v2", Decimal("0.017280")),
    ]


def test_a_set_whose_tank_to_wheel_exceeds_well_to_wheel_is_refused_whole() -> None:
    content = read_factor_folder(FACTORS)
    wrong = tuple(
        replace(factor, value=Decimal(9)) if factor.key == "diesel_b7.ttw" else factor
        for factor in content.factors
    )
    with pytest.raises(FactorListRefused):
        load_factor_set(content=replace(content, factors=wrong), now=NOW)
    assert not FactorSet.objects.exists()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ketens_factor SET value = 0",
        "DELETE FROM ketens_factor",
        "UPDATE ketens_factorset SET valid_to = '2030-01-01'",
        "UPDATE ketens_calculation SET result = 0",
        "DELETE FROM ketens_calculation",
        "UPDATE ketens_bookedline SET mass_g = 1",
        "UPDATE ketens_salebooking SET source = 'x'",
    ],
)
def test_the_database_refuses_to_edit_what_was_written(statement: str) -> None:
    bread = build_bread_chain()
    book_sale(sale=build_sale(bread), now=NOW)
    before = list(Calculation.objects.order_by("pk").values())
    with (
        pytest.raises(IntegrityError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert list(Calculation.objects.order_by("pk").values()) == before
