"""Staff say which food a product is, and the chain's footprint tells how much that covers."""

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as project
from django.test import Client

from ketens.models import FactorSet, FoodMatch
from ketens.operations import book_sale
from ketens.operations.factors import load_factor_set, read_factor_folder
from ketens.operations.foods import choose_basis
from ketens.queries.product_names import admit_product_names
from tests.backoffice.test_claims import client_of
from tests.backoffice.test_claims import staff as staff
from tests.ketens.street import BREAD, NOW, build_bread_chain, build_sale
from winkelstraat.accounts.models import Role
from winkelstraat.bridges import product_names

pytestmark = pytest.mark.django_db
ADDRESS = "/cms/voedsel/"
FOODS: Path = project.PROJECT_DIR / "fixtures" / "reference" / "factors" / "agribalyse-2023"


@pytest.fixture(autouse=True)
def names() -> Any:
    admit_product_names(lambda enterprise_id: [(BREAD, "Drents roggebrood")])
    yield
    product_names.connect()


def test_a_product_gets_its_food_from_a_person_and_the_footprint_its_coverage(
    staff: Client, client: Client
):
    bread = build_bread_chain()
    page = "/ketens/rogge-brood/voetafdruk/"
    assert "koos nog geen voedseldatabase" in client.get(page).content.decode()
    load_factor_set(content=read_factor_folder(FOODS), now=NOW)
    choose_basis(
        chain=bread.chain,
        factor_set=FactorSet.objects.get(key="agribalyse"),
        valid_from=bread.chain.started_on,
    )
    book_sale(sale=build_sale(bread), now=NOW)
    asked = staff.get(ADDRESS)
    (product,) = asked.context["waiting"]
    assert product.proposals[0].label == "Roggebrood"
    staff.post(ADDRESS, {"product": BREAD, "factor": product.proposals[0].factor_id})
    assert not FoodMatch.objects.exists()
    typed = {"product": BREAD, "factor": product.proposals[0].factor_id, "quality": "exact"}
    staff.post(ADDRESS, typed)
    staff.post(ADDRESS, typed)
    match = FoodMatch.objects.get()
    assert (match.food, match.approved_by.name) == ("roggebrood", "Marijke Vos")
    told = client.get(page, headers={"accept-language": "nl"}).content.decode()
    # 1.6 kg of 0.33195 kg CO2e, and what its own transport emitted.
    assert "531 g CO₂e" in told
    assert "100%" in told
    assert "Marijke Vos" in told


def test_that_no_food_fits_is_a_word_too(staff: Client):
    bread = build_bread_chain()
    load_factor_set(content=read_factor_folder(FOODS), now=NOW)
    listed = FactorSet.objects.get(key="agribalyse")
    choose_basis(chain=bread.chain, factor_set=listed, valid_from=bread.chain.started_on)
    staff.post(ADDRESS, {"product": BREAD, "factor": "", "quality": "exact"})
    assert FoodMatch.objects.get().quality == "none"
    assert staff.get(ADDRESS).context["waiting"] == ()


def test_an_analyst_approves_nothing(staff: Client):
    analyst = client_of(Role.PROVINCE_ANALYST)
    assert analyst.post(ADDRESS, {"product": BREAD}).status_code in (302, 403)
    assert not FoodMatch.objects.exists()
