"""Anonymous answers come from what is kept; personal ones never do."""

import re
from typing import Any

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from dorpen.pages.models import VillagePage
from tests.builders import build_listing, build_seller
from winkelstraat.accounts.models import User
from winkelstraat.common.page_cache import PLACE_OF_TOKEN, keep, move_topics


def count_queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as found:
        assert client.get(address).status_code == 200
    return len(found)


def test_the_second_anonymous_visit_asks_the_database_nothing(norg: VillagePage) -> None:
    assert count_queries(Client(), norg.url) > 0
    assert count_queries(Client(), norg.url) == 0
    assert count_queries(Client(), "/dorpen/") > 0
    assert count_queries(Client(), "/dorpen/") == 0


def test_what_an_editor_publishes_is_seen_at_once(norg: VillagePage) -> None:
    Client().get(norg.url)
    norg.intro = "Nieuw op de brink."
    norg.save_revision().publish()
    assert "Nieuw op de brink." in Client().get(norg.url).content.decode()


def test_who_signed_in_gets_a_page_of_his_own(norg: VillagePage) -> None:
    Client().get(norg.url)
    client = Client()
    client.force_login(
        User.objects.create_user("bewoner@example.nl"),
        backend="django.contrib.auth.backends.ModelBackend",
    )
    answer = client.get(norg.url)
    assert "/account/logout/" in answer.content.decode()
    assert "/account/logout/" not in Client().get(norg.url).content.decode()


def test_an_answer_is_kept_for_each_language_and_village_apart(norg: VillagePage) -> None:
    dutch = Client().get("/dorpen/")
    english = Client()
    english.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    assert dutch["Content-Language"] == "nl"
    assert '<html lang="en"' in english.get("/dorpen/").content.decode()
    assert '<html lang="nl"' in Client().get("/dorpen/").content.decode()
    at_home = Client()
    at_home.cookies["dorp"] = norg.slug
    Client().get("/")
    assert f'href="/dorpen/{norg.slug}/"' in at_home.get("/").content.decode()
    assert f'href="/dorpen/{norg.slug}/"' not in Client().get("/").content.decode()


def test_every_visitor_gets_a_token_of_his_own_that_works(norg: VillagePage) -> None:
    listing = build_listing(seller=build_seller(village=norg.village))
    pages, tokens = [], []
    for _visit in range(2):
        client = Client(enforce_csrf_checks=True)
        page = client.get(norg.url).content.decode()
        assert PLACE_OF_TOKEN not in page
        found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        assert found is not None
        values = {"listing": listing.pk, "next": norg.url}
        refused = client.post("/mandje/erin/", values)
        assert refused.status_code == 403
        taken = client.post("/mandje/erin/", {**values, "csrfmiddlewaretoken": found[1]})
        assert taken.status_code == 302
        pages.append(page)
        tokens.append(found[1])
    assert tokens[0] != tokens[1]
    assert pages[0].replace(tokens[0], "") == pages[1].replace(tokens[1], "")


def test_who_has_the_page_already_gets_no_bytes_again(norg: VillagePage) -> None:
    client = Client()
    client.get(norg.url)
    tag = client.get(norg.url)["ETag"]
    again = client.get(norg.url, headers={"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")
    stranger = Client().get(norg.url, headers={"If-None-Match": tag})
    assert stranger.status_code == 200
    move_topics("pages")
    norg.intro = "Anders."
    norg.save()
    assert client.get(norg.url, headers={"If-None-Match": tag}).status_code == 200


def test_a_question_in_the_address_and_htmx_are_not_answered_from_what_is_kept(
    norg: VillagePage,
) -> None:
    count_queries(Client(), norg.url)
    assert count_queries(Client(), f"{norg.url}?preview=1") > 0
    with CaptureQueriesContext(connection) as found:
        Client().get(norg.url, headers={"HX-Request": "true"})
    assert len(found) > 0


def test_what_was_read_is_kept_until_one_of_its_topics_moves() -> None:
    answers = iter(["first", "second", "third"])

    def ask() -> str:
        return keep("test", topics=("here", "there"), seconds=60, read=lambda: next(answers))

    assert [ask(), ask()] == ["first", "first"]
    move_topics("elsewhere")
    assert ask() == "first"
    move_topics("there")
    assert [ask(), ask()] == ["second", "second"]


def test_what_a_shop_puts_up_for_sale_is_seen_at_once(
    norg: VillagePage, django_capture_on_commit_callbacks: Any
) -> None:
    seller = build_seller(village=norg.village)
    assert "Krentenbrood" not in Client().get(norg.url).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        build_listing("Krentenbrood", seller=seller)
    assert "Krentenbrood" in Client().get(norg.url).content.decode()
