"""The pages of the chains: every figure leads to its origin, and unknown is said."""

import re
from collections.abc import Iterator
from datetime import date
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from ketens.domain.measures import STREET, Measure, Scope, ScopeKind, public_id
from ketens.models import Calculation, ChainProduct
from ketens.operations import book_sale
from tests.ketens.street import (
    BREAD,
    NOW,
    BreadChain,
    build_bread_chain,
    build_sale,
    line_of_bread,
)

pytestmark = pytest.mark.django_db

PURCHASE = UUID("cc2d74c9-6575-49d0-9d8d-f40d18ac1579")


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def visitor() -> Client:
    client = Client()
    client.cookies["django_language"] = "en"
    return client


@pytest.fixture
def bread() -> BreadChain:
    """A chain with one sale of which one of two weights is known."""
    bread = build_bread_chain()
    lines = [line_of_bread(), line_of_bread(None, line_ref="8")]
    sale = build_sale(bread, *lines, pickup_distance_m=3_000, purchase_ref=PURCHASE)
    book_sale(sale=sale, now=NOW)
    return bread


def read(visitor: Client, address: str, **headers: str) -> str:
    response = visitor.get(address, headers=headers)
    assert response.status_code == 200, address
    return response.content.decode()


def links_to_provenance(html: str) -> set[str]:
    return set(re.findall(r'href="(/herkomst/[^"]+)"', html))


PAGES = [
    "/ketens/rogge-brood/",
    f"/ketens/bij-product/{BREAD}/",
    f"/ketens/bij-bestelling/{PURCHASE}/",
]


@pytest.mark.parametrize("address", PAGES)
def test_every_figure_leads_to_a_provenance_page_and_onwards(
    bread: BreadChain, visitor: Client, address: str
) -> None:
    waiting, seen = links_to_provenance(read(visitor, address)), set()
    assert len(waiting) >= 2
    while waiting:
        link = waiting.pop()
        seen.add(link)
        html = read(visitor, link.replace("&amp;", "&"))
        assert "How it is computed" in html
        waiting |= links_to_provenance(html) - seen


def test_each_figure_on_the_chain_page_has_its_own_link(bread: BreadChain, visitor: Client) -> None:
    html = read(visitor, "/ketens/rogge-brood/")
    facts = re.findall(r'<div class="figure-fact.*?</div>', html, re.DOTALL)
    assert len(facts) == 4
    assert all("/herkomst/" in fact for fact in facts)
    rows = re.findall(r"<tr>.*?</tr>", html, re.DOTALL)[1:]
    assert len(rows) == 3
    assert all("/herkomst/" in row for row in rows)


def test_the_chain_page_tells_what_it_does_not_know(bread: BreadChain, visitor: Client) -> None:
    html = read(visitor, "/ketens/rogge-brood/")
    assert "Of 1 of 2 sold lines the weight is not known." in html
    assert "complete for 50% of what was sold" in html


def test_a_chain_without_sales_shows_unknown_and_no_zero(visitor: Client) -> None:
    build_bread_chain()
    html = read(visitor, "/ketens/rogge-brood/")
    assert html.count('<dd class="figure-value">unknown</dd>') == 3
    assert "0 kg" not in html
    assert "0 g" not in html


def test_the_flow_picture_has_words_and_a_table_beside_it(
    bread: BreadChain, visitor: Client
) -> None:
    html = read(visitor, "/ketens/rogge-brood/")
    assert html.count('role="img"') == 2
    assert "from Akkerbouw de Es to Molen de Hoop: 1.3 kg" in html
    assert "from Dorpswinkel Norg to residents: 1.6 kg" in html
    assert 'class="folding"' in html


def test_the_provenance_of_a_calculation_names_formula_factor_source_and_day(
    bread: BreadChain, visitor: Client
) -> None:
    row = Calculation.objects.get(leg=bread.legs["field-mill"])
    html = read(visitor, reverse("ketens:provenance", args=[row.public_id]))
    for expected in (
        "15 g CO₂e",
        "estimate",
        "E = m / 1000 × d × g",
        "1.326 kg CO₂e per tkm",
        "Nederlandse CO2-emissiefactoren 2026, version 1",
        "https://co2emissiefactoren.nl/factoren/2026/",
        "read in its source",
        "5 of 5: average per tonne and kilometre",
        "20 November 2026",
        "winkelstraat ketens 2026.1",
        row.digest,
    ):
        assert expected in html, expected


def test_an_assumption_is_marked_as_not_checked(bread: BreadChain, visitor: Client) -> None:
    html = read(visitor, reverse("ketens:provenance", args=[bread.legs["bakery-shop"].public_id]))
    assert "source of the consumption" in html
    assert "eigen aanname" in html


def test_a_day_without_factors_is_told_as_unknown(visitor: Client) -> None:
    bread = build_bread_chain()
    book_sale(sale=build_sale(bread, day=date(2027, 1, 2)), now=NOW)
    row = Calculation.objects.filter(leg__isnull=False).first()
    assert row is not None
    html = read(visitor, reverse("ketens:provenance", args=[row.public_id]))
    assert "Unknown, because there is no factor for that day." in html


def test_the_street_total_names_its_accounts_and_transfers(
    bread: BreadChain, visitor: Client
) -> None:
    html = read(visitor, f"/herkomst/{public_id(STREET, Measure.EMISSION)}/")
    assert "52 g CO₂e" in html
    assert "village:" in html
    assert re.search(r"transfers on these accounts</dt>\s*<dd>3</dd>", html)


@pytest.mark.parametrize(
    ("scope", "measure"),
    [
        (Scope(ScopeKind.VILLAGE, 1), Measure.TURNOVER),
        (STREET, Measure.TURNOVER),
        (Scope(ScopeKind.CHAIN, 999_999), Measure.GOODS),
    ],
)
def test_a_total_that_nobody_shows_has_no_page(
    visitor: Client, scope: Scope, measure: Measure
) -> None:
    assert visitor.get(f"/herkomst/{public_id(scope, measure)}/").status_code == 404


def test_hours_of_the_street_are_never_told_since_a_chosen_day(
    bread: BreadChain, visitor: Client
) -> None:
    address = f"/herkomst/{public_id(STREET, Measure.WORK)}/"
    for asked in (address, f"{address}?vanaf=2099-01-01"):
        html = read(visitor, asked)
        assert "fewer than 10 hours" in html
        assert "from 1 January 2099" not in html


def test_hours_of_one_village_are_never_shown(bread: BreadChain, visitor: Client) -> None:
    scope = Scope(ScopeKind.VILLAGE, bread.village.pk)
    assert visitor.get(f"/herkomst/{public_id(scope, Measure.WORK)}/").status_code == 404


def test_the_product_panel_is_a_fragment_for_the_product_page(
    bread: BreadChain, visitor: Client
) -> None:
    address = reverse("ketens:product_panel", args=[BREAD])
    fragment = read(visitor, address, hx_request="true")
    assert "<html" not in fragment
    assert "33 g CO₂e" in fragment
    assert "20.0 km" in fragment
    assert ChainProduct.objects.get().chain.name in fragment


def test_a_product_without_a_chain_says_so(visitor: Client) -> None:
    html = read(visitor, reverse("ketens:product_panel", args=["404"]), hx_request="true")
    assert "We do not know the chain of this product yet." in html


def test_the_order_panel_keeps_the_residents_trip_apart(bread: BreadChain, visitor: Client) -> None:
    html = read(visitor, reverse("ketens:order_panel", args=[PURCHASE]), hx_request="true")
    assert "52 g CO₂e" in html
    assert "known for 1 of 2 lines" in html
    assert "By car it would be about 570 g CO₂e." in html


def test_an_order_that_was_not_collected_has_no_figures_yet(visitor: Client) -> None:
    html = read(visitor, reverse("ketens:order_panel", args=[uuid4()]), hx_request="true")
    assert "As soon as you have collected your order" in html


@pytest.mark.parametrize("words", ["neutraal", "duurzaam", "neutral", "sustainable", "groen"])
def test_no_page_makes_a_green_claim(bread: BreadChain, visitor: Client, words: str) -> None:
    for address in PAGES:
        assert words not in read(visitor, address).lower()


BUDGETS = {"/ketens/rogge-brood/": 12}


@pytest.mark.parametrize("address", [*PAGES, "/ketens/"])
def test_a_page_takes_at_most_eight_queries_and_a_chain_twelve(
    bread: BreadChain, visitor: Client, address: str
) -> None:
    with CaptureQueriesContext(connection) as captured:
        read(visitor, address)
    assert len(captured) <= BUDGETS.get(address, 8), "\n".join(row["sql"] for row in captured)


def test_an_unknown_address_is_not_found(visitor: Client) -> None:
    for address in ("/ketens/bestaat-niet/", f"/herkomst/{uuid4()}/"):
        assert visitor.get(address).status_code == 404
