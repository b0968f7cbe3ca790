"""The public pages of the monitor: released figures, said in plain words, within few queries."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from django.utils.html import escape

from ketens.domain.monitor import MEASURES
from ketens.operations import book_sale
from ketens.operations.figure_releases import release_figures
from tests.ketens.monitor.street import close_books
from tests.ketens.monitor.waste import count_waste
from tests.ketens.street import BreadChain, build_bread_chain, build_sale, line_of_bread

pytestmark = pytest.mark.django_db

NOW = datetime(2027, 2, 3, 10, tzinfo=UTC)
SUMMER, AUTUMN = date(2026, 7, 1), date(2026, 10, 1)
AUGUST, OCTOBER = date(2026, 8, 12), date(2026, 10, 12)
WRITES = ("INSERT", "UPDATE", "DELETE")


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    cache.clear()
    with translation.override("en"):
        yield


@pytest.fixture
def visitor() -> Client:
    client = Client()
    client.cookies["django_language"] = "en"
    return client


@pytest.fixture
def bread() -> BreadChain:
    """Two released quarters: 400 g of bread lost in the first, 300 g in the second."""
    bread = build_bread_chain()
    for number, day, waste in ((1, AUGUST, 400), (2, OCTOBER, 300)):
        sale = build_sale(bread, line_of_bread(), source=f"seller_order:{number}", day=day)
        book_sale(sale=sale, now=NOW)
        count_waste(bread, waste, day=day, code=f"w{number}")
    close_books(date(2026, 12, 31), now=NOW)
    for quarter in (SUMMER, AUTUMN):
        release_figures(quarter=quarter, user=None, now=NOW)
    return bread


def read(visitor: Client, address: str, status: int = 200) -> str:
    response = visitor.get(address)
    assert response.status_code == status, address
    return response.content.decode()


def pages_of(bread: BreadChain) -> dict[str, int]:
    """Return addresses with how many queries each takes."""
    return {
        "/monitor/": 6,
        "/monitor/voedselverspilling/": 6,
        "/monitor/emission_mg_co2e/": 6,
        "/monitor/gemeente/noordenveld/": 4,
        f"/monitor/dorp/{bread.bakery.village.slug}/": 4,
        "/monitor/keten/rogge-brood/": 4,
        "/monitor/sdg/12.3/": 2,
    }


def test_each_page_takes_few_queries_and_none_of_them_writes(
    bread: BreadChain, visitor: Client
) -> None:
    counted = {}
    for address in pages_of(bread):
        with CaptureQueriesContext(connection) as found:
            read(visitor, f"{address}?periode=2026-K4")
        counted[address] = len(found)
        assert not [row for row in found if row["sql"].startswith(WRITES)]
    assert counted == pages_of(bread)
    assert max(counted.values()) < 8


def test_an_anonymous_page_is_kept_and_costs_nothing_the_second_time(
    bread: BreadChain, visitor: Client
) -> None:
    for address in pages_of(bread):
        read(visitor, address)
        with CaptureQueriesContext(connection) as found:
            kept = visitor.get(address)
            same = visitor.get(address, headers={"if-none-match": kept.headers["ETag"]})
        assert (kept.status_code, same.status_code) == (200, 304)
        assert len(found) == 0, address


def test_the_first_page_has_sentence_map_and_table_in_that_order(
    bread: BreadChain, visitor: Client
) -> None:
    html = read(visitor, "/monitor/")
    assert "In the fourth quarter of 2026 300 g of food was lost." in html
    assert html.index("first-sentence") < html.index("area-map") < html.index("<table")
    assert 'aria-label="Noordenveld: 300 g"' in html


def test_a_chosen_quarter_stays_chosen_and_its_links_keep_it(
    bread: BreadChain, visitor: Client
) -> None:
    html = read(visitor, "/monitor/?periode=2026-K3")
    assert "In the third quarter of 2026 400 g of food was lost." in html
    assert '<option value="2026-K3" selected>' in html
    assert "/monitor/gemeente/noordenveld/?maat=voedselverspilling&amp;periode=2026-K3" in html


def test_a_year_adds_quarters_up_but_never_averages(bread: BreadChain, visitor: Client) -> None:
    assert "In 2026 700 g of food was lost." in read(visitor, "/monitor/?periode=2026")
    html = read(visitor, "/monitor/mass_weighted_distance/?periode=2026")
    assert "choose a quarter: this does not add up over a year" in html


@pytest.mark.parametrize(
    ("typed", "status", "words"),
    [
        ("2027-K1", 404, "Nothing is published of the first quarter of 2027."),
        ("2026-07", 404, "Nothing is published of July 2026."),
        ("volgende week", 400, "“volgende week” is no quarter or year."),
        ("<script>", 400, "“&lt;script&gt;” is no quarter or year."),
    ],
)
def test_a_period_that_is_not_there_is_said_and_kept_in_its_field(
    bread: BreadChain, visitor: Client, typed: str, status: int, words: str
) -> None:
    response = visitor.get("/monitor/", {"periode": typed})
    html = response.content.decode()
    assert response.status_code == status
    assert words in html
    assert re.search(r"<option value=\"[^\"]+\" selected>", html)
    assert 'href="?periode=2026-K4"' in html
    assert "300 g" not in html


@pytest.mark.parametrize(
    "address",
    [
        "/monitor/water/",
        "/monitor/gemeente/atlantis/",
        "/monitor/dorp/atlantis/",
        "/monitor/keten/atlantis/",
        "/monitor/sdg/1.1/",
        "/monitor/gemeente/noordenveld/?maat=water",
    ],
)
def test_what_the_monitor_does_not_have_is_not_found(
    bread: BreadChain, visitor: Client, address: str
) -> None:
    read(visitor, address, 404)


def test_before_the_first_release_a_page_says_when_it_comes(visitor: Client) -> None:
    bread = build_bread_chain()
    book_sale(sale=build_sale(bread), now=NOW)
    for address in ("/monitor/", "/monitor/voedselverspilling/", "/monitor/dorp/norg/"):
        html = read(visitor, address)
        assert "No quarter is published yet." in html
        assert "1.6 kg" not in html


def test_money_of_one_shop_is_withheld_in_plain_words(bread: BreadChain, visitor: Client) -> None:
    html = read(visitor, "/monitor/turnover_cents/")
    assert "not shown: too few enterprises" in html
    assert "€ 6" not in html


def test_work_of_people_is_never_split_below_the_province(
    bread: BreadChain, visitor: Client
) -> None:
    html = read(visitor, f"/monitor/dorp/{bread.bakery.village.slug}/?maat=work_minutes")
    assert "hours" not in html.split("first-sentence")[1].split("</p>")[0]
    assert "This is about work of people." in read(visitor, "/monitor/work_minutes/")


def test_every_public_measure_has_a_page_with_its_meaning(
    bread: BreadChain, visitor: Client
) -> None:
    for row in MEASURES.values():
        if row.is_public:
            html = read(visitor, f"/monitor/{row.slug}/")
            assert escape(row.label_en) in html
            assert escape(row.meaning_en) in html


def test_every_picture_has_words_and_a_table(bread: BreadChain, visitor: Client) -> None:
    html = read(visitor, "/monitor/")
    pictures = re.findall(r"<svg[^>]*role=\"(?:img|group)\".*?</svg>", html, re.DOTALL)
    assert len(pictures) >= 6
    assert all("<title" in picture and "<desc" in picture for picture in pictures)
    ids = re.findall(r'\sid="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    assert html.count("<table") == 1 + html.count("table-behind")
    assert "style=" not in html


def test_a_target_shows_official_and_agenda_number(bread: BreadChain, visitor: Client) -> None:
    for code in ("11.a", "11.4"):
        html = read(visitor, f"/monitor/sdg/{code}/")
        assert "The provincial agenda prints 11.4 for this target." in html
        assert "Its official number is 11.a." in html
    assert "does not measure anything for this target" in read(visitor, "/monitor/sdg/8.10/")


@pytest.mark.parametrize("word", ["neutraal", "duurzaam", "neutral", "sustainable high"])
def test_no_page_makes_a_green_claim(bread: BreadChain, visitor: Client, word: str) -> None:
    for address in pages_of(bread):
        assert word not in read(visitor, address).lower()
