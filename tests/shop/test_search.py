"""Dutch full-text search over listings and shops."""

from datetime import UTC, datetime

import pytest

from tests.builders import build_listing, build_seller, build_village
from winkelstraat.shop.domain.ranking import WEIGHTS
from winkelstraat.shop.domain.words import compound_heads
from winkelstraat.shop.queries.cards import CardFilters, list_cards
from winkelstraat.shop.queries.search import find_shops

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)


def search(text: str, **filters: object) -> list[str]:
    page = list_cards(filters=CardFilters(text=text, **filters), now=NOW)
    return [card.title for card in page.cards]


@pytest.mark.parametrize(
    "text",
    ["volkorenbroden", "VOLKORENBROOD", "volkor", "brood", "esrand", "norg", "brood norg"],
)
def test_dutch_words_find_a_loaf(text: str) -> None:
    seller = build_seller("Bakkerij De Esrand", village=build_village("Norg"))
    build_listing("Volkorenbrood", seller=seller)

    assert search(text) == ["Volkorenbrood"]


@pytest.mark.parametrize("text", ["crème", "creme", "CREME", "crè"])
def test_accents_do_not_matter(text: str) -> None:
    build_listing("Crème fraîche")

    assert search(text) == ["Crème fraîche"]


@pytest.mark.parametrize("text", ["fiets", "!!", "&|:*'", "brood & fiets", "\x00"])
def test_what_does_not_fit_finds_nothing(text: str) -> None:
    build_listing()

    assert search(text) == []


def test_a_title_counts_for_more_than_a_description() -> None:
    build_listing("Jam", description="Lekker op brood.", ingredients="Aardbeien, suiker.")
    build_listing("Brood")

    assert search("brood") == ["Brood", "Jam"]
    assert WEIGHTS.title > WEIGHTS.names > WEIGHTS.description > WEIGHTS.ingredients


def test_search_goes_on_from_the_last_hit() -> None:
    seller = build_seller()
    for number in range(5):
        build_listing(f"Brood {number}", seller=seller)

    first = list_cards(filters=CardFilters(text="brood"), limit=3, now=NOW)
    second = list_cards(filters=CardFilters(text="brood"), limit=3, after=first.after, now=NOW)

    assert [card.title for card in first.cards] == ["Brood 4", "Brood 3", "Brood 2"]
    assert [card.title for card in second.cards] == ["Brood 1", "Brood 0"]
    assert (first.total, second.after) == (5, None)


def test_search_and_filters_work_together() -> None:
    norg, rolde = build_village("Norg"), build_village("Rolde")
    build_listing("Roggebrood", seller=build_seller("Noord", village=norg))
    build_listing("Witbrood", seller=build_seller("Zuid", village=rolde))

    assert search("brood", village_id=rolde.pk) == ["Witbrood"]


def test_shops_are_found_by_name_and_village() -> None:
    build_seller("Branderij De Vaart", village=build_village("Veenhuizen"))

    assert [shop.name for shop in find_shops(text="vaart")] == ["Branderij De Vaart"]
    assert [shop.name for shop in find_shops(text="veenhuizen")] == ["Branderij De Vaart"]
    assert find_shops(text="slager") == []


def test_the_head_of_a_compound_is_known() -> None:
    assert compound_heads("Drents roggebrood") == ["brood"]
    assert compound_heads("Brood en prijs") == []
