"""Every village of the register has its page, and what people changed stays."""

import pytest
from django.core.management import call_command
from django.test import Client
from wagtail.models import Page, Site

from dorpen.pages.domain.heads import LAYERS, choose_layers, compose_head
from dorpen.pages.models import HomePage, VillageIndexPage, VillagePage
from dorpen.pages.operations import make_village_pages
from dorpen.register.models import Village
from dorpen.register.queries import list_villages

pytestmark = pytest.mark.django_db


def test_every_village_has_its_page_below_one_list(drenthe: None) -> None:
    index = VillageIndexPage.objects.get()
    assert VillagePage.objects.child_of(index).live().count() == 219
    assert Site.objects.get().root_page.specific == HomePage.objects.get()
    assert Page.find_problems() == ([], [], [], [], [])


def test_making_pages_again_changes_nothing_that_editors_wrote(drenthe: None) -> None:
    page = VillagePage.objects.get(slug="norg")
    page.intro = "Wij van Norg."
    page.head_layers = ["mill"]
    page.save_revision().publish()
    before = list(VillagePage.objects.order_by("pk").values("pk", "title", "latest_revision_id"))

    assert make_village_pages() == 0

    page.refresh_from_db()
    assert (page.intro, page.head_layers) == ("Wij van Norg.", ["mill"])
    after = list(VillagePage.objects.order_by("pk").values("pk", "title", "latest_revision_id"))
    assert after == before


def test_a_village_that_comes_later_gets_its_page_later(drenthe: None) -> None:
    village = Village.objects.get(slug="norg")
    VillagePage.objects.get(village=village).delete()
    call_command("make_village_pages", verbosity=0)
    assert VillagePage.objects.get(village=village).title == "Norg"
    assert Page.find_problems() == ([], [], [], [], [])


def test_no_two_villages_have_the_same_drawing(drenthe: None) -> None:
    heads = set()
    for village in list_villages():
        layers = choose_layers(name=village.name, municipality=village.municipality)
        assert 2 < len(layers) <= 6
        head = compose_head(village.slug, layers)
        heads.add((head.sky, head.sun_x, head.sun_y, head.layers))
    assert len(heads) == 219


def test_a_drawing_is_the_same_every_day_and_leaves_unknown_layers_out() -> None:
    head = compose_head("norg", ["es", "zee", "wood"])
    assert [layer.name for layer in head.layers] == ["wood", "es"]
    assert head == compose_head("norg", ["wood", "es"])
    assert choose_layers(name="Norg", municipality="Noordenveld") == choose_layers(
        name="Norg", municipality="Noordenveld"
    )


def test_every_layer_is_drawn(client: Client, drenthe: None) -> None:
    page = VillagePage.objects.get(slug="norg")
    page.head_layers = list(LAYERS)
    page.save_revision().publish()
    assert client.get("/dorpen/norg/").content.count(b"<g transform=") == 10


def test_the_address_of_a_border_part_leads_to_its_village(client: Client, drenthe: None) -> None:
    answer = client.get("/dorpen/nieuweroord-midden-drenthe/")
    assert (answer.status_code, answer["Location"]) == (301, "/dorpen/nieuweroord/")
    assert client.get("/dorpen/atlantis/").status_code == 404
