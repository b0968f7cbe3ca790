"""A name proposes, a person approves, and what is not covered is told by its weight."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import IntegrityError, connection, transaction

from ketens.domain.footprint import FoodLine, MixedDatabases, footprint_of
from ketens.models import FactorSet, FoodMatch
from ketens.operations import book_sale
from ketens.operations.factors import load_factor_set, read_factor_folder
from ketens.operations.foods import Approval, NotAFood, approve_food, choose_basis
from ketens.queries.foods import get_footprint, propose_foods
from tests.ketens.street import (
    BREAD,
    DAY,
    NOW,
    BreadChain,
    build_bread_chain,
    build_sale,
    line_of_bread,
)

LISTS = settings.PROJECT_DIR / "fixtures" / "reference" / "factors"


def load(name: str) -> FactorSet:
    """Load a list of foods and return its row."""
    content = read_factor_folder(LISTS / name)
    load_factor_set(content=content, now=NOW)
    return FactorSet.objects.get(key=content.key)


def approve(bread: BreadChain, foods: FactorSet, name: str, **given: Any) -> FoodMatch:
    """Approve a food by its key for the bread."""
    user, _ = get_user_model().objects.get_or_create(email="bakker@example.nl")
    factor = foods.factors.filter(key=name).first()
    values = {
        "product_ref": BREAD,
        "product_name": "Drents roggebrood",
        "database": foods.key,
        "quality": "exact",
        "factor_id": factor.pk if factor else None,
        "likeness_percent": 90,
        **given,
    }
    return approve_food(chain=bread.chain, approval=Approval(**values), user=user, now=NOW)


def test_a_footprint_adds_own_stages_to_the_farm_and_tells_its_coverage() -> None:
    lines = [
        FoodLine("1", 2_000, "agribalyse", Decimal("0.33195")),
        FoodLine("2", 500, "agribalyse", None),
    ]
    found = footprint_of(lines, own_mg=1_000)
    assert (found.database_mg, found.total_mg) == (663_900, 664_900)
    assert found.coverage_permille == 800


def test_a_database_without_stages_takes_no_own_stage_on_top() -> None:
    found = footprint_of([FoodLine("1", 1_000, "rivm", Decimal("1.485405"))], own_mg=1_000)
    assert found.total_mg == 1_485_405


def test_databases_are_never_mixed() -> None:
    lines = [FoodLine("1", 1, "rivm", Decimal(1)), FoodLine("2", 1, "agribalyse", Decimal(1))]
    with pytest.raises(MixedDatabases):
        footprint_of(lines, None)


def test_nothing_covered_is_unknown_and_not_zero() -> None:
    found = footprint_of([FoodLine("1", 1_000, "rivm", None)], own_mg=5)
    assert (found.total_mg, found.coverage_permille) == (None, 0)
    assert footprint_of([], None).coverage_permille is None


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "food"),
    [
        ("Drents roggebrood", "roggebrood"),
        ("Winterwortelen", "wortel"),
        ("Bloemige aardappelen", "aardappel"),
        ("Belegen boerenkaas", None),
    ],
)
def test_foods_are_proposed_by_name_and_nothing_is_linked(name: str, food: str | None) -> None:
    found = propose_foods(name, load("agribalyse-2023"))
    assert len(found) <= 5
    if food:
        assert found[0].food == food
        assert found[0].likeness_percent >= 60
    assert not FoodMatch.objects.exists()


@pytest.mark.django_db
def test_an_approved_food_counts_and_a_later_one_supersedes_it() -> None:
    bread, foods = build_bread_chain(), load("agribalyse-2023")
    choose_basis(chain=bread.chain, factor_set=foods, valid_from=date(2026, 1, 1))
    book_sale(sale=build_sale(bread, line_of_bread(2_000)), now=NOW)
    before = get_footprint(bread.chain.pk, on=DAY, own_mg=7)
    assert before is not None
    assert before.footprint.coverage_permille == 0
    first = approve(bread, foods, "brood_volkoren.agribalyse.farm", quality="category")
    second = approve(bread, foods, "roggebrood.agribalyse.farm")
    assert second.supersedes == first
    found = get_footprint(bread.chain.pk, on=DAY, own_mg=7)
    assert found is not None
    assert found.footprint.total_mg == 663_907
    assert found.footprint.coverage_permille == 1000
    assert bread.chain.changes.count() == 2


@pytest.mark.django_db
def test_a_product_for_which_no_food_fits_is_left_out_but_weighed() -> None:
    bread, foods = build_bread_chain(), load("agribalyse-2023")
    choose_basis(chain=bread.chain, factor_set=foods, valid_from=date(2026, 1, 1))
    book_sale(sale=build_sale(bread, line_of_bread(2_000)), now=NOW)
    approve(bread, foods, "", quality="none")
    found = get_footprint(bread.chain.pk, on=DAY, own_mg=7)
    assert found is not None
    assert (found.footprint.total_mg, found.footprint.coverage_permille) == (None, 0)


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["roggebrood.agribalyse.to_retail", "roggebrood.rivm.consumed", ""])
def test_a_food_of_another_stage_or_database_is_refused(key: str) -> None:
    bread, foods = build_bread_chain(), load("agribalyse-2023")
    load("rivm-2024")
    with pytest.raises(NotAFood):
        approve(bread, foods, key)
    assert not FoodMatch.objects.exists()
    assert not bread.chain.changes.exists()


@pytest.mark.django_db
def test_a_chain_counts_with_one_database_at_a_time() -> None:
    bread = build_bread_chain()
    foods, other = load("agribalyse-2023"), load("rivm-2024")
    choose_basis(chain=bread.chain, factor_set=foods, valid_from=date(2026, 1, 1))
    choose_basis(chain=bread.chain, factor_set=other, valid_from=date(2026, 7, 1))
    rows = bread.chain.footprint_bases.values_list("factor_set__key", "valid_from", "valid_to")
    assert list(rows) == [
        ("agribalyse", date(2026, 1, 1), date(2026, 6, 30)),
        ("rivm", date(2026, 7, 1), None),
    ]
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE ketens_footprintbasis SET valid_to = '2026-12-31'")
    nl = FactorSet.objects.get(key="nl")
    with pytest.raises(NotAFood):
        choose_basis(chain=bread.chain, factor_set=nl, valid_from=date(2026, 9, 1))
