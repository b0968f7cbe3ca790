"""Live pages: for analysts and staff only, down to the single weighing, nothing about people."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from itertools import count

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from ketens.domain.monitor import MEASURES
from ketens.models import BatchEntry
from ketens.operations import book_sale
from ketens.operations.monitor import refresh_months
from tests.ketens.monitor.waste import count_waste
from tests.ketens.street import BreadChain, build_bread_chain, build_sale
from winkelstraat.accounts.models import Role, User
from winkelstraat.accounts.operations import grant_role

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 28, 10, tzinfo=UTC)
NOVEMBER, OCTOBER = date(2026, 11, 5), date(2026, 10, 7)
WASTE = "/monitor/live/voedselverspilling/"
SIGNED_IN = 4
CLICKS = 6
_numbers = count(1)
WRITES = ("INSERT", "UPDATE", "DELETE")


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    cache.clear()
    with translation.override("en"):
        yield


@pytest.fixture
def bread() -> BreadChain:
    bread = build_bread_chain()
    book_sale(sale=build_sale(bread, day=NOVEMBER), now=NOW)
    count_waste(bread, 1_000, day=NOVEMBER, code="w1")
    count_waste(bread, 250, day=OCTOBER, code="w2")
    refresh_months(now=NOW)
    return bread


def client_of(*roles: Role) -> Client:
    person = User.objects.create_user(f"kijker-{next(_numbers)}@example.nl")
    Authenticator.objects.create(user=person, type=Authenticator.Type.TOTP, data={})
    for role in roles:
        grant_role(user=person, role=role)
    client = Client()
    client.force_login(person)
    client.cookies["django_language"] = "en"
    return client


@pytest.fixture
def analyst() -> Client:
    return client_of(Role.PROVINCE_ANALYST)


def read(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status, address
    return response.content.decode()


def addresses(bread: BreadChain) -> dict[str, int]:
    """Return live addresses with how many queries each takes besides those of signing in."""
    village = bread.bakery.village.slug
    return {
        "/monitor/live/": 6,
        WASTE: 6,
        f"{WASTE}gemeente/noordenveld/": 4,
        f"{WASTE}dorp/{village}/": 4,
        f"{WASTE}dorp/{village}/rogge-brood/": 5,
        "/monitor/live/emission_mg_co2e/keten/rogge-brood/": 6,
    }


def test_only_analysts_and_staff_see_live_figures(bread: BreadChain) -> None:
    keeper, guest, staff = client_of(), Client(), client_of(Role.PLATFORM_STAFF)
    for address in addresses(bread):
        assert "250 g" not in read(keeper, address, 404)
        answer = guest.get(address)
        assert answer.status_code == 302
        assert answer.headers["Location"].startswith("/account/login/")
        read(staff, address)


def test_a_role_without_a_second_factor_is_not_enough(bread: BreadChain) -> None:
    person = User.objects.create_user("zonder@example.nl")
    grant_role(user=person, role=Role.PROVINCE_ANALYST)
    client = Client()
    client.force_login(person)
    answer = client.get(WASTE)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/account/tweede-stap/")


def test_a_live_page_takes_few_queries_and_is_never_kept(
    bread: BreadChain, analyst: Client
) -> None:
    counted = {}
    for address in addresses(bread):
        with CaptureQueriesContext(connection) as found:
            answer = analyst.get(address)
        counted[address] = len(found) - SIGNED_IN
        assert "no-store" in answer.headers["Cache-Control"]
        assert not [row for row in found if row["sql"].startswith(WRITES)]
    assert counted == addresses(bread)


def test_an_analyst_comes_from_the_map_to_one_kilo_of_bread_waste_in_six_clicks(
    bread: BreadChain, analyst: Client
) -> None:
    weighing = BatchEntry.objects.get(mass_g=1_000)
    village = bread.bakery.village.slug
    way = [
        r'<a href="(/monitor/live/voedselverspilling/gemeente/noordenveld/[^"]*)" aria-label',
        rf'"(/monitor/live/voedselverspilling/dorp/{village}/\?[^"]*)"',
        rf'"(/monitor/live/voedselverspilling/dorp/{village}/rogge-brood/[^"]*)"',
        rf'"(/herkomst/{weighing.public_id}/)"',
    ]
    html, clicks = read(analyst, "/monitor/live/"), 0
    for step in way:
        found = re.search(step, html)
        assert found, step
        html, clicks = read(analyst, found[1].replace("&amp;", "&")), clicks + 1
    assert clicks <= CLICKS
    assert "Roggebrood: left over, digested to fertiliser and gas (rung 6)" in html
    assert "1.0 kg" in html
    assert "weighed" in html


def test_a_live_month_is_chosen_and_kept_on_the_way_down(
    bread: BreadChain, analyst: Client
) -> None:
    html = read(analyst, f"{WASTE}?periode=2026-10")
    assert "In October 2026 250 g of food was lost." in html
    assert "gemeente/noordenveld/?periode=2026-10" in html
    html = read(analyst, f"{WASTE}dorp/{bread.bakery.village.slug}/rogge-brood/?periode=2026-10")
    assert "250 g" in html
    assert "1.0 kg" not in html
    html = read(analyst, f"{WASTE}?periode=2031-01", 404)
    assert "Nothing is published of January 2031." in html
    assert '<option value="2031-01" selected>' in html


def test_nothing_about_people_is_live(bread: BreadChain, analyst: Client) -> None:
    html = read(analyst, "/monitor/live/")
    for row in MEASURES.values():
        if row.is_about_people:
            assert row.label_en not in html
            read(analyst, f"/monitor/live/{row.slug}/", 404)
            read(analyst, f"/monitor/live/{row.slug}/gemeente/noordenveld/", 404)


def test_what_is_not_told_apart_by_chain_has_no_sources(bread: BreadChain, analyst: Client) -> None:
    read(analyst, "/monitor/live/consumer_metres/keten/rogge-brood/", 404)
    read(analyst, f"{WASTE}keten/atlantis/", 404)
    read(analyst, f"{WASTE}dorp/atlantis/rogge-brood/", 404)


def test_an_emission_leads_to_its_calculation(bread: BreadChain, analyst: Client) -> None:
    html = read(analyst, "/monitor/live/emission_mg_co2e/keten/rogge-brood/")
    link = re.search(r'"(/herkomst/[^"]+/)"', html)
    assert link
    assert "How it is computed" in read(analyst, link[1])


def test_staff_is_led_to_the_live_figures_and_others_are_not(
    bread: BreadChain, analyst: Client
) -> None:
    assert "/monitor/live/" in read(analyst, "/monitor/")
    assert "/monitor/live/" not in read(client_of(), "/monitor/")
    assert "/monitor/live/" not in read(Client(), "/monitor/")


def test_a_count_that_was_taken_back_is_not_a_source(bread: BreadChain, analyst: Client) -> None:
    entry = BatchEntry.objects.get(mass_g=250)
    BatchEntry.objects.create(
        batch=entry.batch,
        kind=entry.kind,
        rung=entry.rung,
        mass_g=entry.mass_g,
        weighing=entry.weighing,
        activity_date=entry.activity_date,
        takes_back=entry,
        recorded_at=NOW,
    )
    html = read(analyst, f"{WASTE}keten/rogge-brood/?periode=2026")
    assert str(entry.public_id) not in html
    assert "It was taken back later" in read(analyst, f"/herkomst/{entry.public_id}/")
