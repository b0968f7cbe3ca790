"""A name points to a category with its VAT, right to return and unit; nothing is typed twice."""

import pytest
import yaml

from winkelstraat.payments.queries import list_vat_rates
from winkelstraat.settings.environment import PROJECT_DIR
from winkelstraat.shop.models.listings import AlcoholClass, SaleUnit, WithdrawalClass
from winkelstraat.shop.queries.shelf_rules import get_shelf_rule, list_shelf_rules, propose_for


@pytest.mark.parametrize(
    ("title", "slug", "vat"),
    [
        ("Drents roggebrood", "brood-en-gebak", "food"),
        ("Muurverf mat, wit", "huis-en-klussen", "general"),
        ("Wandelgids van de es", "boeken-en-papier", "books"),
        ("Speciaalbier Veenbrand", "bier-en-dranken", "alcohol"),
        ("Drentse jenever", "bier-en-dranken", "alcohol"),
        ("Appelsap", "bier-en-dranken", "food"),
        ("Droge worst", "vlees-en-vis", "food"),
        ("Appeltaart met room", "brood-en-gebak", "food"),
        ("6 verse eieren", "zuivel-en-eieren", "food"),
        ("Een ei", "zuivel-en-eieren", "food"),
        ("Schapenkaas jong", "kaas", "food"),
        ("Boeket dahlia's", "bloemen", "plants"),
        ("Fietsreparatie aan huis", "diensten", "repair_bicycle"),
        ("LAVENDELZEEP", "verzorging", "general"),
    ],
)
def test_a_name_points_to_its_shelf(title: str, slug: str, vat: str) -> None:
    rule = propose_for(title)
    assert rule is not None
    assert (rule.slug, rule.vat) == (slug, vat)


@pytest.mark.parametrize("title", ["", "Zwerfkei", "Ding", "Bewei", "123"])
def test_a_name_that_says_nothing_proposes_nothing(title: str) -> None:
    assert propose_for(title) is None


def test_every_rule_names_things_that_exist() -> None:
    shelves = yaml.safe_load((PROJECT_DIR / "fixtures/reference/categories.yaml").read_text())
    slugs = {child["slug"] for root in shelves for child in root["children"]}
    classes = {row.vat_class for row in list_vat_rates()}
    for rule in list_shelf_rules():
        assert rule.slug in slugs
        assert rule.vat in classes
        assert rule.withdrawal in WithdrawalClass.values
        assert rule.unit in SaleUnit.values
        assert rule.alcohol in AlcoholClass.values
        assert (rule.alcohol != "none") == (rule.vat == "alcohol")
    assert {rule.slug for rule in list_shelf_rules()} == slugs, "every category has a rule"
    words = [word for rule in list_shelf_rules() for word in rule.words]
    assert {word for word in words if words.count(word) > 1} == {"bloem"}, "flour and flower"
    assert get_shelf_rule("kaas") is not None
