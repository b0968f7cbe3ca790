"""What visitors find on home, a village's page and the pages around them."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from dorpen.pages.models import VillagePage
from dorpen.pages.operations import (
    EventDraft,
    NoticeDraft,
    StoryDraft,
    VillageDraft,
    announce_event,
    describe_village,
    write_story,
)
from dorpen.register.models import PostalCode
from tests.builders import build_listing, build_seller


def text_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_village_without_shops_shows_what_is_near_and_how_to_open_the_first(
    client: Client, norg: VillagePage
) -> None:
    near = VillagePage.objects.exclude(pk=norg.pk).get()
    build_listing("Boerenkaas", seller=build_seller(village=near.village))
    page = text_of(client, norg.url)
    assert "Boerenkaas" in page
    assert 'href="/meedoen/"' in page
    assert f'href="/dorpen/{near.slug}/"' in page


def test_a_village_shows_its_shops_and_products(client: Client, norg: VillagePage) -> None:
    seller = build_seller("Bakkerij Oost", village=norg.village)
    build_listing("Volkorenbrood", seller=seller)
    page = text_of(client, norg.url)
    assert f'href="/winkels/{seller.slug}/"' in page
    assert "Volkorenbrood" in page
    assert 'href="/meedoen/"' not in page
    assert "<h1" in page


def test_what_a_village_writes_stands_on_its_page_and_is_written_once(
    client: Client, norg: VillagePage
) -> None:
    today = timezone.localdate()
    draft = VillageDraft(
        village_slug=norg.slug,
        intro="Een esdorp.",
        head_layers=["es", "church"],
        story="Norg ligt rond zijn <brinken>.\nDe kerk is oud.",
        notices=[
            NoticeDraft("De weg is dicht", "Tot vrijdag.", until=today),
            NoticeDraft("Oud bericht", "Voorbij.", until=today - timedelta(days=1)),
        ],
    )
    assert describe_village(draft=draft) is True
    assert describe_village(draft=draft) is False
    story = StoryDraft(norg.slug, "Vier uur", "Om vier uur brandt er licht.", "Lang", today)
    assert write_story(draft=story) is True
    assert write_story(draft=story) is False
    event = EventDraft(norg.slug, "Oogstdag", "De es", "Kom.", timezone.now() + timedelta(days=3))
    assert announce_event(draft=event) is True
    assert announce_event(draft=event) is False
    cache.clear()

    page = text_of(client, norg.url)
    assert "Een esdorp." in page
    assert "Norg ligt rond zijn &lt;brinken&gt;." in page
    assert "De weg is dicht" in page
    assert "Oud bericht" not in page
    assert f'href="/dorpen/{norg.slug}/vier-uur/"' in page
    assert "Oogstdag" in page
    assert "Vier uur" in text_of(client, "/")
    assert "Om vier uur brandt er licht." in text_of(client, f"/dorpen/{norg.slug}/vier-uur/")
    address = f"/dorpen/{norg.slug}/oogstdag-{event.starts_at:%Y-%m-%d}/"
    assert "De es" in text_of(client, address)


def test_what_is_over_leaves_the_agenda(client: Client, norg: VillagePage) -> None:
    past = datetime(2026, 1, 5, 19, tzinfo=UTC)
    announce_event(draft=EventDraft(norg.slug, "Nieuwjaar", "Brink", "", past))
    assert "Nieuwjaar" not in text_of(client, norg.url)


@pytest.fixture
def postcode(norg: VillagePage) -> None:
    PostalCode.objects.create(
        pc4="9331", village=norg.village, latitude=53.07, longitude=6.46, source="test"
    )


@pytest.mark.parametrize("where", ["9331 AB", "9331ab", "9331", "Norg", " norg "])
def test_a_postcode_or_name_leads_to_the_village_and_is_remembered(
    client: Client, norg: VillagePage, postcode: None, where: str
) -> None:
    answer = client.get("/jouw-dorp/", {"waar": where})
    assert (answer.status_code, answer["Location"]) == (302, f"/dorpen/{norg.slug}/")
    assert client.cookies["dorp"].value == norg.slug
    assert norg.slug in text_of(client, "/")


@pytest.mark.parametrize("where", ["1012 AB", "Atlantis", "<script>", "x" * 500, "0000"])
def test_an_unknown_postcode_or_name_gets_a_clear_answer_and_the_form_again(
    client: Client, norg: VillagePage, postcode: None, where: str
) -> None:
    answer = client.get("/jouw-dorp/", {"waar": where})
    assert answer.status_code == 200
    page = answer.content.decode()
    assert 'role="alert"' in page
    assert 'name="waar"' in page
    assert "<script>" not in page.replace("<script src", "")
    assert "dorp" not in client.cookies


def test_a_cookie_with_a_village_that_is_none_of_ours_changes_nothing(
    client: Client, norg: VillagePage
) -> None:
    client.cookies["dorp"] = "atlantis"
    assert "Norg" not in text_of(client, "/")


def test_all_villages_stand_in_one_list_by_municipality(client: Client, norg: VillagePage) -> None:
    page = text_of(client, "/dorpen/")
    assert 'id="noordenveld"' in page
    assert f'href="/dorpen/{norg.slug}/"' in page


@pytest.mark.parametrize("address", ["/bronnen/", "/toegankelijkheid/", "/stijlgids/"])
def test_pages_with_a_text_of_our_own_answer(
    client: Client, norg: VillagePage, address: str
) -> None:
    assert "<h1" in text_of(client, address)


def test_every_picture_fact_and_program_on_the_street_has_its_licence(
    client: Client, norg: VillagePage
) -> None:
    page = text_of(client, "/bronnen/")
    for name in ("GeoNames", "CBS", "PDOK", "OpenMoji", "CC BY-SA 4.0", "Leaflet"):
        assert name in page


def test_robots_find_the_map_of_public_pages(client: Client, norg: VillagePage) -> None:
    robots = text_of(client, "/robots.txt")
    assert "Sitemap: http://testserver/sitemap.xml" in robots
    assert "Disallow: /mijn-winkel/" in robots
    seller = build_seller()
    sitemap = text_of(client, "/sitemap.xml")
    for address in ("/", f"/dorpen/{norg.slug}/", f"/winkels/{seller.slug}/"):
        assert f"<loc>{settings.SITE_ADDRESS}{address}</loc>" in sitemap
    assert "/cms/" not in sitemap


def test_a_story_knows_its_day(client: Client, norg: VillagePage) -> None:
    write_story(draft=StoryDraft(norg.slug, "Oud", "Lang geleden.", "Tekst", date(2025, 3, 1)))
    assert 'datetime="2025-03-01"' in text_of(client, f"/dorpen/{norg.slug}/oud/")


def test_a_village_is_drawn_as_a_picture_of_its_own(client: Client, norg: VillagePage) -> None:
    answer = client.get(f"/tekening/{norg.slug}.svg")
    assert answer["Content-Type"] == "image/svg+xml"
    assert answer.content.startswith(b"<svg")
    assert client.get("/tekening/atlantis.svg").status_code == 404
