"""Villages of the demo tell about themselves, once, on the pages that are there."""

from datetime import datetime

import pytest
from django.core.cache import cache

from dorpen.pages.models import EventPage, StoryPage, VillagePage
from dorpen.pages.operations import make_village_pages
from dorpen.register.models import Village
from tests.builders import build_village
from winkelstraat.accounts.models import User
from winkelstraat.bridges.demo.pages import make_village_texts, shorten
from winkelstraat.bridges.demo.plan import LOCAL
from winkelstraat.bridges.demo.stories import read_people, read_villages
from winkelstraat.bridges.demo.world import World, make_person

pytestmark = pytest.mark.django_db
MORNING = datetime(2026, 11, 23, 7, 30, tzinfo=LOCAL)


@pytest.fixture
def world() -> World:
    cache.clear()
    for row in read_villages():
        village = build_village(row["slug"].title())
        Village.objects.filter(pk=village.pk).update(slug=row["slug"])
    make_village_pages()
    world = World(MORNING)
    for person in read_people()["editors"]:
        make_person(world, name=person["name"], email=person["email"])
    return world


def test_every_village_gets_its_text_a_story_and_an_agenda(world: World) -> None:
    assert make_village_texts(world) == 12
    assert not VillagePage.objects.filter(intro="").exists()
    assert StoryPage.objects.live().count() == 12
    assert EventPage.objects.live().filter(starts_at__gt=MORNING).count() == 13


def test_telling_again_adds_nothing_and_keeps_what_an_editor_wrote(world: World) -> None:
    make_village_texts(world)
    norg = VillagePage.objects.get(slug="norg")
    norg.intro = "Zelf geschreven"
    norg.save_revision().publish()
    make_village_texts(world)
    assert VillagePage.objects.get(slug="norg").intro == "Zelf geschreven"
    assert (StoryPage.objects.count(), EventPage.objects.count()) == (12, 13)


def test_the_editor_of_the_demo_writes_in_two_villages(world: World) -> None:
    make_village_texts(world)
    editor = User.objects.get(email="redacteur@example.nl")
    allowed = {
        slug
        for slug in ("norg", "veenhuizen", "vries")
        if VillagePage.objects.get(slug=slug).permissions_for_user(editor).can_publish()
    }
    assert allowed == {"norg", "veenhuizen"}


def test_a_teaser_is_the_first_two_sentences() -> None:
    assert shorten("Een. Twee. Drie.") == "Een. Twee."
